//! `POST /requests/{id}/draft-reply`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{REPLY, Sealing, target};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{
    FieldName,
    request::{self, Request},
    text::Prose,
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, kin::kin, problems::REPLY_FILES, refusal::Refusal, shapes::Outcome};

const ACTION: &str = "POST requests/{id}/draft-reply";

/// A reply that is to be approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftReply {
    /// Of which kind.
    outcome: Outcome,
    /// The reply with the way to appeal, 1–10,000 characters; kept under the case's key, the applicant reads it with number and code once it is approved. A blank line begins a paragraph.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "经审查，您申请的信息予以公开。\n\n如不服本答复，可以自收到之日起六十日内申请行政复议。"
    )]
    text: String,
    /// Files that staff put into the case, to be given with it: what the case lists them by, at most 10. The applicant downloads them with number and code once the reply is approved.
    #[serde(default)]
    #[schema(max_items = 10, example = json!(["file-k5qw2m7xa3dlt"]))]
    files: Vec<String>,
}

/// Drafts the reply to an application, for somebody else to approve (handler, supervisor; art. 36, 37, 45).
///
/// Nobody but who may open the case reads it before. It stands in place of a draft of before, and falls with whatever else happens to the case.
#[utoipa::path(post, operation_id = "draft_reply", path = "/{id}/draft-reply", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = DraftReply, responses(Changed))]
pub(crate) async fn draft_reply(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<DraftReply>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let mut checks = Checks::default();
        let Some(outcome) = body.value.outcome.checked(&mut checks) else { return Err(checks.problem().into()) };
        // The reply is under the case's key; of which kind it is, and why, is not.
        let told = body.json.get("outcome").map(ToString::to_string).unwrap_or_default();
        target::nothing_personal(&[("/outcome", &told)])?;
        // Only a repeat names another one.
        let kin = match outcome {
            domain::request::Outcome::Repeat { .. } => kin(&state, &sealing.order.stream).await?,
            _ => Vec::new(),
        };
        let text: Prose<10000> = target::prose("/text", &body.value.text)?;
        let files = files(&body.value.files)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |_| REPLY.to_owned(),
                |case, sealed, _| Ok(request::draft_reply(case, outcome.clone(), sealed, files.clone(), &kin)?),
            )
            .await
    })
    .await
}

/// What was named as files: what cannot be a name of one is none of the case.
fn files(named: &[String]) -> Result<Vec<FieldName>, Problem> {
    named.iter().map(|file| file.parse().map_err(|_| Problem::plain(&REPLY_FILES))).collect()
}
