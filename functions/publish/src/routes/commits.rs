//! `GET /commits/{address}`: how far an accepted command has travelled.

use access::{Action, Resource};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use command::{Caller, Function, may, openapi::ReadProblems};
use domain::{
    Aggregate, StreamId,
    appearance::Appearance,
    calendar::CalendarHistory,
    case::{CaseFile, Kind},
    column::Column,
    correction::Correction,
    department::Department,
    document::Document,
    request::Request,
    sharing::Sharing,
    site::Site,
    staff::{Scope, Staff},
};
use gateway::{PathParam, Problem};
use ledger::{Commit, LoadError, fold};
use serde::Serialize;
use utoipa::ToSchema;

use super::{documents::review::may_read, staff::target::may_see};
use crate::{
    problems::COMMIT_NOT_FOUND,
    progress::{self, Progress},
    refusal::Refusal,
    state::PublishState,
};

/// One commit, as the ledger has it, and how far it has travelled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitStatus {
    /// Its address.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge:3")]
    commit: String,
    /// Its stream.
    stream: String,
    /// Its place in the stream, from 1.
    number: u64,
    /// Commit time.
    #[schema(format = "date-time")]
    at: String,
    /// Names of its events.
    #[schema(example = json!(["DocumentPublished"]))]
    events: Vec<String>,
    /// The stream's last commit.
    head: u64,
    /// What the stream tells of.
    thing: String,
    #[serde(flatten)]
    progress: Progress,
}

/// Tells of one commit.
#[utoipa::path(get, operation_id = "read_commit", path = "/commits/{address}", tag = "commits",
    params(("address" = String, Path, description = "`<stream>:<number>`", example = "document:gq4tmnzzgqztsmzrgq2dqmjsge:3")),
    responses((status = 200, description = "The commit.", body = CommitStatus), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(address): PathParam,
) -> Result<Response, Refusal> {
    let (stream, number) = parse(&address).ok_or_else(not_found)?;
    let commits = state.ledger.load(&stream).await?;
    match stream.category() {
        Staff::CATEGORY => {
            let person: Staff = fold(&commits).map_err(LoadError::from)?;
            may_see(&state, &caller.actor, &caller.staff, &person)?;
        }
        Document::CATEGORY => {
            let document: Document = fold(&commits).map_err(LoadError::from)?;
            document.id.as_ref().ok_or_else(not_found)?;
            may_read(&state, &caller.staff, &document).await?;
        }
        Correction::CATEGORY => may(&state, &caller.staff, Action::ListCases, &case_of::<Correction>(&commits)?)?,
        Request::CATEGORY => may(&state, &caller.staff, Action::ListCases, &case_of::<Request>(&commits)?)?,
        // All others are public facts.
        _ => {
            let resource = resource_of(&stream, &commits)?.ok_or_else(not_found)?;
            may(&state, &caller.staff, Action::ReadRegister, &resource)?;
        }
    }
    let commit = commits.iter().find(|commit| commit.number == number).ok_or_else(not_found)?;
    let head = commits.last().map_or(0, |commit| commit.number);
    let status = CommitStatus {
        commit: format!("{stream}:{number}"),
        stream: stream.to_string(),
        number,
        at: commit.at.to_string(),
        events: commit.events.iter().map(|event| event.name.clone()).collect(),
        head,
        thing: state.address_of(&stream),
        progress: progress::of(&state, &stream, &commits, number).await?,
    };
    // Not an ETag of the stream: the progress changes while the stream stands still.
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(status)).into_response())
}

fn parse(address: &str) -> Option<(StreamId, u64)> {
    let (stream, number) = address.rsplit_once(':')?;
    Some((stream.parse().ok()?, number.parse().ok()?))
}

fn not_found() -> Refusal {
    Problem::plain(&COMMIT_NOT_FOUND).into()
}

/// Where a role has to count for somebody to see that a case is there: at the department that answers for it, on the site it came from.
fn case_of<K: Kind>(commits: &[Commit]) -> Result<Resource, Refusal> {
    let case: CaseFile<K> = fold(commits).map_err(LoadError::from)?;
    let resource =
        case.department.zip(case.opened).map(|(department, opened)| Resource::on(&department, opened.opening.site));
    resource.ok_or_else(not_found)
}

/// What a stream of the register is about; none for a stream that is empty or another's.
fn resource_of(stream: &StreamId, commits: &[Commit]) -> Result<Option<Resource>, LoadError> {
    Ok(match stream.category() {
        "department" => fold::<Department>(commits)?.registered.map(|(code, _)| Resource::of(&code)),
        "site" => fold::<Site>(commits)?.opened.map(|(label, department, _)| Resource::on(&department, label)),
        "column" => {
            fold::<Column>(commits)?.opened.map(|opened| Resource::on(&opened.department, opened.column.site()))
        }
        // A site's own look is as public a fact as that of all, and so is what a column lists.
        Appearance::CATEGORY | Sharing::CATEGORY | "vetting" | CalendarHistory::CATEGORY => {
            (!commits.is_empty()).then(|| Resource::all_of(&Scope::CITY))
        }
        _ => None,
    })
}
