//! The OpenAPI document of this function.

use std::sync::LazyLock;

use casework::Told;
use command::openapi::Bearer;
use gateway::{Change, FieldError, Problem};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::LetterState;

/// What an accepted command of this function is answered with.
type CommandReceipt = command::CommandReceipt<Told>;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Taihu letter API",
        description = "Cases of citizens, for those who answer them: today error reports (我为政府网站找错). 案件接口：网民找错的办理。\n\nCitizens themselves write and read at `/form/letter/…`, which are pages. What a citizen wrote is opened by `POST …/open` with a reason, recorded before anything is decrypted. A command is known by its sender, its operation, the case and its Idempotency-Key; sent again it gets the first answer.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem, FieldError, Change, CommandReceipt)),
    modifiers(&Bearer),
    security(("bearer" = [])),
    tags(
        (name = "cases", description = "案件: what is to be answered, by whom and by when"),
        (name = "corrections", description = "网民找错: reports of errors on pages"),
        (name = "service", description = "接口自身"),
    ),
)]
struct Described;

/// The document's frame, for the routes to fill.
pub(super) fn described() -> OpenApiRouter<LetterState> {
    OpenApiRouter::with_openapi(Described::openapi())
}

/// The OpenAPI 3.1 document of this function.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    super::assembled().into_openapi()
}

/// Serialised once per process.
static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| serde_json::to_vec(&openapi()).unwrap_or_default());

/// The same, serialised.
pub(crate) fn description() -> &'static [u8] {
    &DOCUMENT
}
