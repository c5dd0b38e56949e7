//! `POST /documents/{id}/share`, `POST /documents/{id}/end-sharing`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Checks, CreationHeaders, Envelope, Order, begin, carry_out, may, problems::unknown};
use domain::{
    ColumnId, StreamId,
    column::Opened,
    document::{Document, DocumentRefusal},
    sharing::{self, SharingRefusal, Source},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::target::document_id;
use crate::{
    findings::{self, Told},
    permission::may_on,
    problems::COLUMN_UNKNOWN,
    refusal::Refusal,
    register,
    routes::responses::Shared,
    state::PublishState,
};

const SHARE: &str = "POST documents/{id}/share";
const END: &str = "POST documents/{id}/end-sharing";

/// Which column lists the document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareDocument {
    /// The column, of this or another site.
    #[schema(
        example = "www.zwgk.tzgg",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
}

/// Which column lists the document no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndSharing {
    /// The column.
    #[schema(
        example = "www.zwgk.tzgg",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
    /// Why, 1–200 characters in one line; kept, not shown.
    #[schema(example = "内容已由市政府另行发布", max_length = 200, min_length = 1)]
    reason: String,
}

/// Lists a public document in another column, of its own site or another, under its source (publisher of the department that the column names for publishing, else of the column's own).
///
/// The entry leads to the document's one page: it is corrected, moved and withdrawn with it. It stands where it was shared, not where the document was published. It was reviewed where it stands; whoever publishes in the column answers for listing it.
#[utoipa::path(post, operation_id = "share_document", path = "/documents/{id}/share", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), CreationHeaders),
    request_body = ShareDocument, responses(Shared))]
pub(crate) async fn share(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ShareDocument>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let column = column(&body.value.column)?;
    let order = order(envelope, SHARE, StreamId::sharing(&column, &id), &body.json);
    carry_out(&state, &order, async {
        let (document, _, _) = state.ledger.read::<Document>(&id.stream()).await?;
        let target = target(&state, &column).await?;
        permitted(&state, &order, &target)?;
        document.id.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
        let source = source(&state, &document).await?;
        register::takes_new(&state, &column.site()).await?;
        // What the column's kind requires of its own it requires of what it lists.
        findings::fit_for_column(&state, &document, &target, Told::new()).await?;
        begin(&state, &order, |standing, context| {
            Ok(sharing::share(standing, source.as_ref(), column.clone(), target.archive, context)?)
        })
        .await
    })
    .await
}

/// Takes a shared document from a column's list (whoever may list it there, or a publisher of the document's own department).
///
/// It stays public where it stands, and in the lists of other columns.
#[utoipa::path(post, operation_id = "end_sharing", path = "/documents/{id}/end-sharing", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), CreationHeaders),
    request_body = EndSharing, responses(Shared))]
pub(crate) async fn end(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<EndSharing>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let column = column(&body.value.column)?;
    let order = order(envelope, END, StreamId::sharing(&column, &id), &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let reason: Line<200> = checks.line("/reason", &body.value.reason).ok_or_else(|| checks.problem())?;
        let (document, _, _) = state.ledger.read::<Document>(&id.stream()).await?;
        let target = target(&state, &column).await?;
        let own = may_on(&state, order.envelope.staff(), Action::Share, &document);
        own.or_else(|_| permitted(&state, &order, &target))?;
        begin(&state, &order, |standing, context| Ok(sharing::end(standing, reason.clone(), context)?)).await
    })
    .await
}

/// Nobody has to have seen a version: whether a column lists a document is all there is to know. A key counts for the document and the column: for another
/// column it is another command.
fn order(envelope: Envelope, action: &'static str, stream: StreamId, body: &serde_json::Value) -> Order {
    let id = envelope.commit_id(action, stream.as_str());
    envelope.creation(action, stream, id, body)
}

fn column(text: &str) -> Result<ColumnId, Refusal> {
    let mut checks = Checks::default();
    checks.name("/column", text).ok_or_else(|| checks.refusal())
}

async fn target(state: &PublishState, column: &ColumnId) -> Result<Opened, Refusal> {
    let found = register::column(state, column).await?;
    Ok(found.ok_or_else(|| unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?.thing)
}

/// Lets pass a publisher of the department that the column names for it, else of the column's own: whose the document is does not matter.
fn permitted(state: &PublishState, order: &Order, column: &Opened) -> Result<(), Refusal> {
    let publisher = column.profile.review.publisher.of(&column.department);
    may(state, order.envelope.staff(), Action::Share, &Resource::on(publisher, column.column.site()))
}

/// The document as its readers know it; none while it is not public.
async fn source(state: &PublishState, document: &Document) -> Result<Option<Source>, Refusal> {
    let (Some(live), Some(id), Some(own)) = (&document.live, &document.id, &document.department) else {
        return Ok(None);
    };
    let department = register::department(state, own).await?.ok_or(SharingRefusal::NotPublic)?.thing.name;
    let (document, column, public_at) = (id.clone(), live.column.clone(), live.public_at);
    Ok(Some(Source { document, column, department, public_at }))
}
