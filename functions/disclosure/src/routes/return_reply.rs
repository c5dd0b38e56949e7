//! `POST /requests/{id}/return-reply`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{remark_name, target};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::{
    case::CaseFile,
    request::{self, Request},
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, texts::Written};

const ACTION: &str = "POST requests/{id}/return-reply";

/// Why a draft is returned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnReply {
    /// What is to be mended, 1–2,000 characters; kept under the case's key, for colleagues.
    #[schema(min_length = 1, max_length = 2000, example = "请补充不予公开的依据。")]
    text: String,
}

/// Returns the draft of a reply to whoever handles the case, with what is to be mended (supervisor; art. 45).
#[utoipa::path(post, operation_id = "return_reply", path = "/{id}/return-reply", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ReturnReply, responses(Changed))]
pub(crate) async fn return_reply(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ReturnReply>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let written = Written { order, body: &body.json, text: &body.value.text, action: Action::SuperviseCase };
    let name = |case: &CaseFile<Request>| remark_name(case.own.remarks.len() + 1);
    written.carry_out(&state, name, |case, sealed, _| Ok(request::return_reply(case, sealed)?)).await
}
