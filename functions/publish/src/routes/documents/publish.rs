//! `POST /documents/{id}/publish`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, optional};
use domain::{document::Override, path::Slug};
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

const ACTION: &str = "POST documents/{id}/publish";

/// How a document becomes public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishDocument {
    /// Last part of its path without `.html`, 1–40 of a–z, 0–9 and `-`. If absent: the one it had when it was public before, else made from its id.
    #[serde(default)]
    #[schema(example = "water", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
    /// Findings of the checks that the sender answers for.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// Makes the approved revision public (publisher of the department that publishes in the column).
///
/// Every level of the column must have approved it. Nobody can set the public instant: it is the commit's. A document that was public before keeps its index number, the date in its path and, unless a slug is given, its name.
#[utoipa::path(post, operation_id = "publish_document", path = "/documents/{id}/publish", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = PublishDocument, responses(Changed))]
pub(crate) async fn publish(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<PublishDocument>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let (slug, overriding) = checked(&body.value)?;
        let way = Way::Publish { slug };
        let staff = order.envelope.staff();
        let permit = |standing: &_, review: &_| may_publish(&state, staff, Action::Publish, standing, review);
        release(&state, &order, &way, overriding.as_ref(), permit).await
    })
    .await
}

fn checked(request: &PublishDocument) -> Result<(Option<Slug>, Option<Override>), Refusal> {
    let mut checks = Checks::default();
    let slug = optional(request.slug.as_deref(), |slug| checks.name("/slug", slug));
    let overriding = findings::overriding(request.overriding.as_ref(), &mut checks);
    match (slug, overriding) {
        (Some(slug), Some(overriding)) if checks.passed() => Ok((slug, overriding)),
        _ => Err(checks.refusal()),
    }
}
