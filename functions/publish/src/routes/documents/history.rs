//! `GET /documents/{id}/history`.

use axum::{extract::State, http::HeaderMap, response::Response};
use domain::document::Document;
use gateway::PathParam;
use ledger::Commit;
use serde::Serialize;
use utoipa::ToSchema;

use super::{review::may_read, target::document_id};
use crate::{
    caller::Caller,
    refusal::Refusal,
    routes::{etag::versioned, responses::ReadProblems},
    state::PublishState,
};

/// Everything that ever happened to a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct History {
    /// The document's id.
    id: String,
    /// Its version.
    version: u64,
    /// Its commits, oldest first.
    commits: Vec<HistoryEntry>,
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
    /// Who gave the command.
    actor: String,
    /// Names of its events.
    #[schema(example = json!(["DocumentSubmitted"]))]
    events: Vec<String>,
}

/// Tells who did what to a document, and when.
#[utoipa::path(get, operation_id = "read_history", path = "/documents/{id}/history", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "Its commits.", body = History), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let (document, version, commits) = state.ledger.read::<Document>(&id.stream()).await?;
    may_read(&state, &caller.staff, &document).await?;
    let history = History { id: id.into(), version, commits: commits.iter().map(entry).collect() };
    Ok(versioned(&headers, version, history))
}

fn entry(commit: &Commit) -> HistoryEntry {
    HistoryEntry {
        number: commit.number,
        commit: format!("{}:{}", commit.stream, commit.number),
        at: commit.at.to_string(),
        actor: commit.actor.to_string(),
        events: commit.events.iter().map(|event| event.name.clone()).collect(),
    }
}
