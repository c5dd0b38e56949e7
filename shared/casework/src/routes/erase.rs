//! `POST /{id}/erase`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{case, text::Line};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    act::act,
    function::{Capability, CaseState},
    target,
    words::Words,
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseCase {
    /// Why, 1–300 characters; the citizen is told.
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
}

/// Erases what is personal in a closed case because its citizen asks for it; its history stays (supervisor).
#[utoipa::path(post, operation_id = "erase_case", path = "/{id}/erase", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = EraseCase, responses(Changed))]
pub(crate) async fn erase<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<EraseCase>,
) -> Result<Response, C::Refusal> {
    let order = envelope.change(K::ACTIONS.erase, target::stream::<K>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let reason: Line<300> = target::line("/reason", &body.value.reason)?;
        act::<_, K>(&state, &order, Action::SuperviseCase, |case, _| Ok(case::erase(case, reason.clone())?)).await
    })
    .await
}
