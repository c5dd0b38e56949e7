//! The rules and word lists in force, ready to be used.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    StreamId,
    id::ListName,
    vetting::{Level, Vetting},
};
use gateway::{Problem, kinds::INTERNAL};
use vetting::{Examiner, Search, Word, built_in};

use crate::{refusal::Refusal, state::PublishState};

/// What was made of the rules at a version: it is made once for as long as they stand.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Option<(u64, Arc<Examiner>)>>);

/// A word list that is in force.
#[derive(Debug)]
pub(crate) struct ListInForce {
    pub(crate) name: ListName,
    pub(crate) title: String,
    pub(crate) level: Level,
    pub(crate) words: Vec<Word>,
    /// Whether it comes with the house.
    pub(crate) built_in: bool,
}

/// The rules in force, and their version; 0 until a city changes something.
pub(super) async fn examiner(state: &PublishState) -> Result<(Arc<Examiner>, u64), Refusal> {
    let (rules, version, _) = state.ledger.read::<Vetting>(&StreamId::vetting()).await?;
    let kept = state.examiner.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, examiner)) = kept.filter(|(kept, _)| *kept == version) {
        return Ok((examiner, version));
    }
    let mut lists = Vec::new();
    for list in in_force(state, &rules).await? {
        if list.level != Level::Off {
            let search = Search::new(list.name.clone(), &list.title, list.level, list.words);
            lists.push(search.map_err(|error| unusable(&list.name, &error.to_string()))?);
        }
    }
    let examiner = Arc::new(Examiner::new(rules.strictness, lists));
    let mut kept = state.examiner.0.lock().unwrap_or_else(PoisonError::into_inner);
    // A slower request with older rules does not take the place of newer ones.
    if kept.as_ref().is_none_or(|(kept, _)| *kept < version) {
        *kept = Some((version, Arc::clone(&examiner)));
    }
    Ok((examiner, version))
}

/// The lists in force, by name.
pub(crate) async fn in_force(state: &PublishState, rules: &Vetting) -> Result<Vec<ListInForce>, Refusal> {
    let mut lists: Vec<ListInForce> = built_in()
        .into_iter()
        .filter(|list| rules.keeps_built_in(&list.name))
        .map(|list| {
            let (name, title, level, words) = (list.name, list.title.to_owned(), list.level, list.words);
            ListInForce { name, title, level, words, built_in: true }
        })
        .collect();
    for (name, list) in &rules.lists {
        let stored = state.ledger.body(&list.words).await?;
        let stored = stored.ok_or_else(|| unusable(name, "its words are not in the store"))?;
        let words = serde_json::from_slice(&stored).map_err(|error| unusable(name, &error.to_string()))?;
        let (name, title) = (name.clone(), list.title.to_string());
        lists.push(ListInForce { name, title, level: list.level, words, built_in: false });
    }
    lists.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(lists)
}

/// A list that was adopted cannot be used: nothing is checked without it, and somebody is told.
fn unusable(name: &ListName, reason: &str) -> Refusal {
    tracing::error!(alarm = "word-list", list = name.as_str(), reason, "a word list cannot be used");
    Problem::plain(&INTERNAL).into()
}
