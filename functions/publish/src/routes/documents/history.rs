//! `GET /documents/{id}/history`.

use std::collections::BTreeMap;

use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Before, Caller, named, openapi::PartProblems, versioned};
use domain::document::{Document, DocumentEvent, RevisionHash, Revisions};
use gateway::{City, PathParam, QueryParams};
use ledger::{Commit, LoadError, decode_event, fold};
use serde::Serialize;
use utoipa::ToSchema;

use super::{review::may_read, said::Said, target::document_id};
use crate::{refusal::Refusal, state::PublishState};

/// What happened to a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct History {
    /// The document's id.
    id: String,
    /// Its version.
    version: u64,
    /// Its commits, oldest first: the newest 200, or the 200 before the commit that was asked for.
    commits: Vec<HistoryEntry>,
    /// What `before` asks for the commits before these by; absent if these begin with the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<u64>,
}

/// One commit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryEntry {
    /// Its place, from 1.
    number: u64,
    /// Its address.
    commit: String,
    /// Commit time.
    #[schema(format = "date-time")]
    at: String,
    /// Who gave the command: the subject that tokens name him by, or `system:…` for the platform itself.
    actor: String,
    /// What happened.
    events: Vec<HistoryEvent>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryEvent {
    /// Its name.
    #[schema(example = "DocumentReturned")]
    name: String,
    /// Its name, Chinese.
    #[schema(example = "退回修改")]
    name_zh: String,
    #[serde(flatten)]
    said: Said,
}

/// Tells who did what to a document, and when.
///
/// In parts of 200 commits, the newest first.
#[utoipa::path(get, operation_id = "read_history", path = "/documents/{id}/history", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), Before),
    responses((status = 200, description = "Its commits.", body = History), PartProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    QueryParams(before): QueryParams<Before>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let (document, version, commits) = state.ledger.read::<Document>(&id.stream()).await?;
    may_read(&state, &caller.staff, &document).await?;
    let first = first_written(&commits)?;
    let (part, earlier) = before.part(commits, |commit| commit.number);
    let commits = part.iter().map(|commit| entry(commit, &state.city, &first)).collect::<Result<_, _>>()?;
    Ok(versioned(&headers, version, History { id: id.into(), version, commits, earlier }))
}

/// The commit that first wrote each revision.
fn first_written(commits: &[Commit]) -> Result<BTreeMap<RevisionHash, u64>, LoadError> {
    let revisions: Revisions = fold(commits)?;
    let mut first = BTreeMap::new();
    for written in revisions.written() {
        first.entry(written.revision.clone()).or_insert(written.commit);
    }
    Ok(first)
}

fn entry(commit: &Commit, city: &City, first: &BTreeMap<RevisionHash, u64>) -> Result<HistoryEntry, LoadError> {
    let earlier = |revision: &RevisionHash| first.get(revision).copied().filter(|number| *number < commit.number);
    let events = commit.events.iter().map(|recorded| {
        let event: DocumentEvent = decode_event(commit, recorded)?;
        let name = recorded.name.clone();
        let name_zh = named(&name).map_or_else(|| name.clone(), |known| known.zh.to_owned());
        Ok(HistoryEvent { name, name_zh, said: Said::of(event, city, earlier) })
    });
    Ok(HistoryEntry {
        number: commit.number,
        commit: format!("{}:{}", commit.stream, commit.number),
        at: commit.at.to_string(),
        actor: commit.actor.to_string(),
        events: events.collect::<Result<_, LoadError>>()?,
    })
}
