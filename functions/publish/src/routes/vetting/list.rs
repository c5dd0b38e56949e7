//! `GET /vetting/lists/{name}`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::{StreamId, staff::Scope, vetting::Vetting};
use gateway::{PathParam, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{list_name, strictness::Level};
use crate::{findings::one_in_force, problems::WORD_LIST_NOT_FOUND, refusal::Refusal, state::PublishState};

/// A word and what to do about it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordEntry {
    /// The word, 1–40 characters.
    #[schema(example = "登陆", max_length = 40, min_length = 1)]
    pub(super) word: String,
    /// What to write instead, if one thing is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "登录", max_length = 40, min_length = 1)]
    pub(super) instead: Option<String>,
    /// Longer words in which it is right, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["登陆舰"]), max_items = 50)]
    pub(super) unless: Vec<String>,
}

/// A word list, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListView {
    /// Its name.
    name: String,
    /// Version of the checks: what the next `If-Match` names.
    version: u64,
    /// What it is.
    title: String,
    /// What its findings mean.
    level: Level,
    /// Whether it comes with the house.
    built_in: bool,
    /// Whether texts are checked with it.
    in_force: bool,
    /// Its words.
    words: Vec<WordEntry>,
}

/// Reads a word list, one of the house that was dropped too (staff).
#[utoipa::path(get, operation_id = "read_word_list", path = "/vetting/lists/{name}", tag = "vetting", params(("name" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "common-mistakes")),
    responses((status = 200, description = "The list.", body = ListView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(name): PathParam,
) -> Result<Response, Refusal> {
    let name = list_name(&name)?;
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let (rules, version, _) = state.ledger.read::<Vetting>(&StreamId::vetting()).await?;
    let found = one_in_force(&state, &rules, &name).await?;
    let (list, words) = found.ok_or_else(|| Problem::plain(&WORD_LIST_NOT_FOUND))?;
    let words = words.into_iter().map(|word| WordEntry {
        word: word.word.into(),
        instead: word.instead.map(Into::into),
        unless: word.unless.into_iter().map(Into::into).collect(),
    });
    let view = ListView {
        name: name.into(),
        version,
        title: list.title,
        level: list.level.into(),
        built_in: list.built_in,
        in_force: list.in_force,
        words: words.collect(),
    };
    // No entity tag: the words of the house change with the code.
    Ok(listed(view))
}
