//! The routes, and the OpenAPI document that describes those of staff.

mod answer;
mod cases;
mod dismiss;
mod erase_person;
mod openapi;
mod read;
mod withdraw_answer;

use casework::routes::{of_cases, of_service};
use domain::correction::Correction;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{LetterState, Letters};

pub(crate) use openapi::description;
pub use openapi::openapi;

/// Every route of staff under its base path `/api/letter`.
pub(crate) fn assembled() -> OpenApiRouter<LetterState> {
    let corrections = of_cases::<Letters, Correction>()
        .routes(routes!(read::read))
        .routes(routes!(answer::answer))
        .routes(routes!(withdraw_answer::withdraw_answer))
        .routes(routes!(dismiss::dismiss));
    let base = OpenApiRouter::new()
        .routes(routes!(cases::list))
        .routes(routes!(erase_person::erase_person))
        .nest("/corrections", corrections)
        .merge(of_service::<Letters>());
    openapi::described().nest("/api/letter", base)
}
