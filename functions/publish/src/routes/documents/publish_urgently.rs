//! `POST /documents/{id}/publish-urgently`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, optional};
use domain::document::Override;
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{review::may_publish, target::document_id};
use crate::{
    findings::{self, OverrideInput},
    refusal::Refusal,
    release::{Way, release},
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/publish-urgently";

/// Why a text cannot wait for its review, and how it becomes public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishUrgently {
    /// Why it cannot wait, 1–300 characters in one line: stands in its history, and before whoever reviews it after.
    #[schema(example = "台风红色预警，值班室来不及送审", max_length = 300, min_length = 1)]
    reason: String,
    /// Last part of its path, for a document that is not public; as for publishing.
    #[serde(default)]
    #[schema(example = "typhoon", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
    /// Public change note, for a document that is public: it is then corrected.
    #[serde(default)]
    #[schema(example = "更新避险电话", max_length = 300, min_length = 1)]
    note: Option<String>,
    /// Findings of the checks that the sender answers for.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// Makes the draft public before its review (publisher of the department that publishes in the column).
///
/// For what cannot wait: the reason is logged, and the column's levels review exactly this revision after, in their queue. Whoever edited or published it does not.
#[utoipa::path(post, operation_id = "publish_urgently", path = "/documents/{id}/publish-urgently", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = PublishUrgently, responses(Changed))]
pub(crate) async fn publish_urgently(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<PublishUrgently>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let (way, overriding) = checked(&body.value)?;
        let staff = order.envelope.staff();
        let permit = |standing: &_, review: &_| may_publish(&state, staff, Action::PublishUrgently, standing, review);
        release(&state, &order, &way, overriding.as_ref(), permit).await
    })
    .await
}

fn checked(request: &PublishUrgently) -> Result<(Way, Option<Override>), Refusal> {
    let mut checks = Checks::default();
    let reason = checks.line("/reason", &request.reason);
    let slug = optional(request.slug.as_deref(), |slug| checks.name("/slug", slug));
    let note = optional(request.note.as_deref(), |note| checks.line("/note", note));
    let overriding = findings::overriding(request.overriding.as_ref(), &mut checks);
    match (reason, slug, note, overriding) {
        (Some(reason), Some(slug), Some(note), Some(overriding)) if checks.passed() => {
            Ok((Way::Urgently { slug, note, reason }, overriding))
        }
        _ => Err(checks.refusal()),
    }
}
