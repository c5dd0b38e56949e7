//! `GET /vetting`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::{StreamId, staff::Scope, vetting::Vetting};
use serde::Serialize;
use utoipa::ToSchema;

use super::strictness::{Level, StrictnessProfile};
use crate::{findings::in_force, refusal::Refusal, state::PublishState};

/// The checks before publication, as the city wants them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VettingView {
    /// Their version: what the next `If-Match` names; 0 until something is changed.
    version: u64,
    /// How strict the rules are.
    rules: StrictnessProfile,
    /// The word lists, by name: those in force, and those of the house that were dropped.
    lists: Vec<ListEntry>,
}

/// A word list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListEntry {
    /// Its name.
    #[schema(example = "common-mistakes")]
    name: String,
    /// What it is.
    #[schema(example = "常见错别字")]
    title: String,
    /// What its findings mean.
    level: Level,
    /// How many words it has.
    count: usize,
    /// Whether it comes with the house.
    built_in: bool,
    /// Whether texts are checked with it: one of the house may have been dropped.
    in_force: bool,
}

/// Reads how strict the checks are and which word lists are in force (staff).
#[utoipa::path(get, operation_id = "read_vetting", path = "/vetting", tag = "vetting",
    responses((status = 200, description = "The checks.", body = VettingView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let (rules, version, _) = state.ledger.read::<Vetting>(&StreamId::vetting()).await?;
    let lists = in_force(&rules).into_iter().map(|list| ListEntry {
        name: list.name.into(),
        title: list.title,
        level: list.level.into(),
        count: list.count,
        built_in: list.built_in,
        in_force: list.in_force,
    });
    let view = VettingView { version, rules: StrictnessProfile::of(&rules.strictness), lists: lists.collect() };
    Ok(versioned(&headers, version, view))
}
