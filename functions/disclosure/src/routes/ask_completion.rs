//! `POST /requests/{id}/ask-completion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{MISSING, target};
use command::{ChangeHeaders, Envelope, openapi::Changed};
use domain::{
    case::CaseFile,
    request::{self, Request},
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, texts::Written};

const ACTION: &str = "POST requests/{id}/ask-completion";

/// What is to be completed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskCompletion {
    /// All that is to be said and how, 1–2,000 characters; kept under the case's key, the applicant reads it with number and code.
    #[schema(min_length = 1, max_length = 2000, example = "请写明是哪一年度的清单。")]
    text: String,
}

/// Asks the applicant to complete what is not clear: once, within seven working days (handler, supervisor; art. 30).
///
/// Until he does nothing is owed; the reply is then counted anew. Who does not complete has given it up.
#[utoipa::path(post, operation_id = "ask_completion", path = "/{id}/ask-completion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AskCompletion, responses(Changed))]
pub(crate) async fn ask_completion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AskCompletion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let written = Written { order, body: &body.json, text: &body.value.text, action: Action::HandleCase };
    let name = |_: &CaseFile<Request>| MISSING.to_owned();
    written.carry_out(&state, name, |case, sealed, now| Ok(request::ask_completion(case, sealed, now)?)).await
}
