//! `GET /vetting/history`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Before, Caller, may, named, openapi::PartProblems, versioned};
use domain::{
    StreamId,
    staff::Scope,
    vetting::{Strictness, Vetting, VettingEvent},
};
use gateway::QueryParams;
use ledger::{Commit, LoadError, decode_event};
use serde::Serialize;
use utoipa::ToSchema;

use super::strictness::{Level, StrictnessProfile};
use crate::{refusal::Refusal, state::PublishState};

/// Who changed the checks, when and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VettingHistory {
    /// Their version.
    version: u64,
    /// The changes, in their order: the newest 200, or the 200 before the commit that was asked for.
    changes: Vec<VettingChange>,
    /// What `before` asks for the changes before these by; absent if these begin with the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<u64>,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VettingChange {
    /// The version that came with it.
    number: u64,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// By whom: the subject that tokens name him by.
    actor: String,
    /// Name of the event.
    #[schema(example = "WordListAdopted")]
    name: String,
    /// Its name, Chinese.
    #[schema(example = "启用词库")]
    name_zh: String,
    /// The rules from then on, if they were changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<StrictnessProfile>,
    /// The word list, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    /// What its findings mean from then on, if it was adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    /// How many words it had then.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    /// Why.
    reason: String,
}

/// Tells who changed the checks, when and why (staff).
///
/// In parts of 200 changes, the newest first.
#[utoipa::path(get, operation_id = "read_vetting_history", path = "/vetting/history", tag = "vetting", params(Before),
    responses((status = 200, description = "The changes.", body = VettingHistory), PartProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(before): QueryParams<Before>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let (_, version, commits) = state.ledger.read::<Vetting>(&StreamId::vetting()).await?;
    let (part, earlier) = before.part(commits, |commit| commit.number);
    let changes = part.iter().map(entries).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    Ok(versioned(&headers, version, VettingHistory { version, changes, earlier }))
}

fn entries(commit: &Commit) -> Result<Vec<VettingChange>, LoadError> {
    let entries = commit.events.iter().map(|recorded| {
        let (rules, list, level, count, reason) = match decode_event(commit, recorded)? {
            VettingEvent::VettingRulesChanged { levels, required, reason } => {
                let rules = StrictnessProfile::of(&Strictness { levels, required });
                (Some(rules), None, None, None, reason)
            }
            VettingEvent::WordListAdopted { list, level, count, reason, .. } => {
                (None, Some(list.into()), Some(level.into()), Some(count), reason)
            }
            VettingEvent::WordListDropped { list, reason } => (None, Some(list.into()), None, None, reason),
        };
        let name = recorded.name.clone();
        let name_zh = named(&name).map_or_else(|| name.clone(), |known| known.zh.to_owned());
        let (at, actor) = (commit.at.to_string(), commit.actor.to_string());
        let (number, reason) = (commit.number, reason.into());
        Ok(VettingChange { number, at, actor, name, name_zh, rules, list, level, count, reason })
    });
    entries.collect()
}
