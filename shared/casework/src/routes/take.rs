//! `POST /{id}/take`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::case;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    act::act,
    function::{Capability, CaseState},
    target,
    words::Words,
};

/// Nothing more is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeCase {}

/// Takes a case: the caller answers for it from now on (handler, supervisor).
#[utoipa::path(post, operation_id = "take_case", path = "/{id}/take", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = TakeCase, responses(Changed))]
pub(crate) async fn take<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<TakeCase>,
) -> Result<Response, C::Refusal> {
    let staff = envelope.staff_id();
    let order = envelope.change(K::ACTIONS.take, target::stream::<K>(&id)?, &body.json);
    carry_out(&state, &order, async {
        act::<_, K>(&state, &order, Action::HandleCase, |case, _| Ok(case::name_handler(case, staff.clone())?)).await
    })
    .await
}
