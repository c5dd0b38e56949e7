//! `POST /requests/{id}/ask-reasons`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{QUESTION, Sealing, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, kin::kin, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/ask-reasons";

/// What reasons are asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskReasons {
    /// What shows the excess and what is to be said, 1–2,000 characters; kept under the case's key, the applicant reads it with number and code.
    #[schema(min_length = 1, max_length = 2000, example = "您今年已向本机关提交 31 件申请，请说明申请的理由。")]
    text: String,
}

/// Asks the applicant for his reasons, once, where he clearly applies for too much or too often (handler, supervisor; art. 35).
///
/// How many applications of his the department received stands in the event. No clock stands for it: the reply is owed as before, and who says nothing is replied to.
#[utoipa::path(post, operation_id = "ask_reasons", path = "/{id}/ask-reasons", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AskReasons, responses(Changed))]
pub(crate) async fn ask_reasons(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AskReasons>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let text: Prose<2000> = target::prose("/text", &body.value.text)?;
        let kin = kin(&state, &sealing.order.stream).await?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |_| QUESTION.to_owned(),
                |case, sealed, now| Ok(request::ask_reasons(case, sealed, &kin, now)?),
            )
            .await
    })
    .await
}
