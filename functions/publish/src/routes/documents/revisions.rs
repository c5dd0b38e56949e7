//! `GET /documents/{id}/revisions` and `GET /documents/{id}/revisions/{revision}`.

use std::collections::BTreeMap;

use axum::{extract::State, http::HeaderMap, response::Response};
use command::{
    Before, Caller,
    openapi::{PartProblems, ReadProblems},
    versioned,
};
use domain::{
    StreamId,
    document::{Document, Revision, RevisionHash, Revisions},
};
use gateway::{PathParam, PathParams, Problem, QueryParams};
use ledger::fold;
use serde::Serialize;
use utoipa::ToSchema;

use super::{read::body, review::may_read, target::document_id, view::ContentView};
use crate::{problems::REVISION_NOT_FOUND, refusal::Refusal, state::PublishState};

/// Every text a document ever had.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevisionList {
    /// The document's id.
    id: String,
    /// Its version.
    version: u64,
    /// Its texts, in the order in which they were written: the newest 200, or the 200 before the commit that was asked for. A text that was written again stands
    /// there again.
    revisions: Vec<RevisionEntry>,
    /// What `before` asks for the texts before these by; absent if these begin with the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<u64>,
}

/// A text, as somebody wrote it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevisionEntry {
    #[serde(flatten)]
    written: WrittenView,
    /// Its title.
    title: String,
    /// Number of the commit that wrote this text first, if it is an earlier one once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    restores: Option<u64>,
    /// When it became public here, if it did after it was written by this commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    public_at: Option<String>,
    /// When the draft that it was a text of was thrown away, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    discarded_at: Option<String>,
    /// Whether its body is not to be kept: it cannot be restored.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    erased: bool,
}

/// Which text, and who wrote it when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenView {
    /// Names the text: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// Number of the commit that wrote it.
    number: u64,
    /// Address of that commit.
    commit: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// By whom: the subject that tokens name him by, or `system:…` for the platform itself.
    actor: String,
}

/// One text of a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevisionView {
    /// The document's id.
    id: String,
    /// The document's version.
    version: u64,
    #[serde(flatten)]
    written: WrittenView,
    /// What it says.
    content: ContentView,
}

impl WrittenView {
    pub(super) fn of(stream: &StreamId, written: &Revision) -> Self {
        Self {
            revision: written.revision.to_string(),
            number: written.commit,
            commit: format!("{stream}:{}", written.commit),
            at: written.at.to_string(),
            actor: written.actor.to_string(),
        }
    }
}

/// Lists every text a document ever had: who wrote it, when, and when it became public or was thrown away.
///
/// In parts of 200, the newest first.
#[utoipa::path(get, operation_id = "list_revisions", path = "/documents/{id}/revisions", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), Before),
    responses((status = 200, description = "Its texts.", body = RevisionList), PartProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    QueryParams(before): QueryParams<Before>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stream = document_id(&id)?.stream();
    let (document, version, revisions) = readable(&state, &caller, &stream).await?;
    let mut first: BTreeMap<&RevisionHash, u64> = BTreeMap::new();
    let entries = revisions.written().iter().map(|written| {
        let first = *first.entry(&written.revision).or_insert(written.commit);
        RevisionEntry {
            written: WrittenView::of(&stream, written),
            title: written.content.title.to_string(),
            restores: Some(first).filter(|first| *first != written.commit),
            public_at: written.public_at.map(|at| at.to_string()),
            discarded_at: written.discarded_at.map(|at| at.to_string()),
            erased: document.erased.contains(&written.content.body),
        }
    });
    let (revisions, earlier) = before.part(entries.collect(), |entry: &RevisionEntry| entry.written.number);
    Ok(versioned(&headers, version, RevisionList { id, version, revisions, earlier }))
}

/// Reads one text that a document ever had, as it was first written.
#[utoipa::path(get, operation_id = "read_revision", path = "/documents/{id}/revisions/{revision}", tag = "documents",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ("revision" = String, Path, pattern = "^[0-9a-f]{64}$")),
    responses((status = 200, description = "The text.", body = RevisionView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParams(id, revision): PathParams,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stream = document_id(&id)?.stream();
    let (document, version, revisions) = readable(&state, &caller, &stream).await?;
    let written = found(&revisions, &revision)?;
    let html = match document.erased.contains(&written.content.body) {
        true => None,
        false => body(&state, &written.content.body).await?,
    };
    let view = RevisionView {
        id,
        version,
        written: WrittenView::of(&stream, written),
        content: ContentView::of(written.content.clone(), html),
    };
    Ok(versioned(&headers, version, view))
}

/// The document, its version and its texts, for whoever may read it.
pub(super) async fn readable(
    state: &PublishState,
    caller: &Caller,
    stream: &StreamId,
) -> Result<(Document, u64, Revisions), Refusal> {
    let (document, version, commits) = state.ledger.read::<Document>(stream).await?;
    may_read(state, &caller.staff, &document).await?;
    let revisions = fold(&commits).map_err(ledger::LoadError::from)?;
    Ok((document, version, revisions))
}

/// The text that `given` names; one of another shape, or of another document, is none of these.
pub(super) fn found<'a>(revisions: &'a Revisions, given: &str) -> Result<&'a Revision, Problem> {
    let named = RevisionHash::try_from(given.to_owned()).ok().and_then(|revision| revisions.named(&revision));
    named.ok_or_else(|| Problem::plain(&REVISION_NOT_FOUND))
}
