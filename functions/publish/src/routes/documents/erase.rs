//! `POST /documents/{id}/erase`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, proceed};
use domain::{
    document::{self, Document, Revisions},
    text::Line,
};
use gateway::{Body, PathParam, Problem};
use ledger::{LoadError, fold};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::{document_id, revision};
use crate::{permission::may_on, problems::REVISION_NOT_FOUND, refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/erase";

/// Which text is not to be kept, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseText {
    /// A revision that the document once had: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// Why, 1–300 characters; it stands in the history for good.
    #[schema(min_length = 1, max_length = 300, example = "误发，附件含个人信息")]
    reason: String,
}

/// Says that an earlier text is not to be kept: its body and its files, but for those that readers are given or that stand in the draft (administrator).
///
/// It cannot be restored from then on. The receipt names what goes; `taihu sweep` takes the bytes away, unless another document names the same. Title, summary and names of files stay in the history, as does
/// that the text was there. What is public is withdrawn first.
#[utoipa::path(post, operation_id = "erase_text", path = "/documents/{id}/erase", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = EraseText, responses(Changed))]
pub(crate) async fn erase(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<EraseText>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let permit = |standing: &Document| may_on(&state, order.envelope.staff(), Action::EraseText, standing);
        // What a document once had never goes out of its events: what is found now is there at the decision.
        let (standing, _, commits) = state.ledger.read::<Document>(&order.stream).await?;
        permit(&standing)?;
        let reason = reason(&body.value)?;
        let revision = revision(&body.value.revision)?;
        let revisions: Revisions = fold(&commits).map_err(LoadError::from)?;
        let earlier = revisions.named(&revision).ok_or_else(|| Problem::plain(&REVISION_NOT_FOUND))?;
        proceed(&state, &order, permit, |standing, context| {
            Ok(document::erase_text(standing, earlier, reason.clone(), context)?)
        })
        .await
    })
    .await
}

fn reason(asked: &EraseText) -> Result<Line<300>, Refusal> {
    let mut checks = Checks::default();
    checks.line("/reason", &asked.reason).ok_or_else(|| checks.refusal())
}
