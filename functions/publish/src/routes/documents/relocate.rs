//! `POST /documents/{id}/move`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, may, openapi::Changed, problems::unknown, proceed};
use domain::{
    ColumnId,
    document::{self, Document},
    path::Slug,
    site::SiteRefusal,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::document_id;
use crate::{
    findings, permission::may_on, problems::COLUMN_UNKNOWN, refusal::Refusal, register, release::told,
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/move";

/// Where a document goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveDocument {
    /// The new column, of this or another site.
    #[schema(
        example = "www.xw",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
    /// Another last part of its path without `.html`, 1–40 of a–z, 0–9 and `-`, where the place is taken; for a public document only. If absent: the one it has.
    #[serde(default)]
    #[schema(example = "water-2", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
}

/// Moves the document to another column (editor while it is not public, publisher after: of its own department, and of the one that publishes in the new column).
///
/// A public document keeps the date and, unless a slug is given, the name in its new path; the old path leads there for good. A draft loses its approvals: they were given for the old column. A public text that the checks would block in the new column, and not in the old one, is corrected first.
#[utoipa::path(post, operation_id = "move_document", path = "/documents/{id}/move", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = MoveDocument, responses(Changed))]
pub(crate) async fn relocate(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<MoveDocument>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let staff = order.envelope.staff();
        let (column, slug) = checked(&body.value)?;
        let target = register::column(&state, &column)
            .await?
            .ok_or_else(|| unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?
            .thing;
        let site = register::site(&state, &column.site()).await?;
        let permit = |standing: &Document| {
            let action = match standing.live {
                Some(_) => Action::MovePublished,
                None => Action::MoveUnpublished,
            };
            may_on(&state, staff, action, standing)?;
            may(&state, staff, Action::Place, &Resource::on(&target.department, column.site()))?;
            let Some(own) = standing.department.as_ref().filter(|_| standing.live.is_some()) else { return Ok(()) };
            // It is public there at once: whoever publishes there lets it in.
            let publisher = target.profile.review.publisher.of(own);
            may(&state, staff, Action::Publish, &Resource::on(publisher, column.site()))
        };
        let (standing, version, _) = state.ledger.read::<Document>(&order.stream).await?;
        permit(&standing)?;
        if order.expected == Some(version) {
            let told = told(None, slug.as_ref());
            findings::fit_for_column(&state, &standing, &target, told).await?;
        }
        proceed(&state, &order, permit, |standing, context| {
            site.as_ref().ok_or(SiteRefusal::NotOpen)?.thing.takes_new()?;
            Ok(document::relocate(standing, column.clone(), target.archive, slug.as_ref(), context)?)
        })
        .await
    })
    .await
}

fn checked(request: &MoveDocument) -> Result<(ColumnId, Option<Slug>), Refusal> {
    let mut checks = Checks::default();
    let column = checks.name("/column", &request.column);
    let slug = request.slug.as_deref().map(|slug| checks.name("/slug", slug));
    match (column, slug) {
        (Some(column), None) => Ok((column, None)),
        (Some(column), Some(Some(slug))) => Ok((column, Some(slug))),
        _ => Err(checks.refusal()),
    }
}
