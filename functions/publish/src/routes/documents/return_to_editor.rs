//! `POST /documents/{id}/return`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, openapi::Changed};
use domain::{
    document::{self, RevisionHash},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{act::act_in_column, review::may_review, target::document_id};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST documents/{id}/return";

/// Which revision goes back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnDraft {
    /// The revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// What to mend, 1–500 characters in one line.
    #[schema(example = "请补充联系电话", max_length = 500, min_length = 1)]
    remark: String,
}

/// Sends the draft back to its editors, from any level (reviewer of the level whose turn it is, of the last one if all have approved).
#[utoipa::path(post, operation_id = "return_draft", path = "/documents/{id}/return", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ReturnDraft, responses(Changed))]
pub(crate) async fn return_to_editor(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ReturnDraft>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_review(&state, staff, Action::Return, standing, review),
        checked(&body.value),
        |standing, (revision, remark), _, context| {
            document::return_to_editor(standing, revision.clone(), remark.clone(), context)
        },
    )
    .await
}

fn checked(request: &ReturnDraft) -> Result<(RevisionHash, Line<500>), Refusal> {
    let mut checks = Checks::default();
    let revision = checks.converted("/revision", &request.revision);
    let remark = checks.line("/remark", &request.remark);
    match (revision, remark) {
        (Some(revision), Some(remark)) => Ok((revision, remark)),
        _ => Err(checks.refusal()),
    }
}
