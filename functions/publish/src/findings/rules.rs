//! The rules and word lists in force, ready to be used.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    StreamId,
    id::ListName,
    vetting::{Level, Vetting, WordList},
};
use gateway::{Problem, kinds::INTERNAL};
use vetting::{Examiner, Search, Word, built_in};

use crate::{refusal::Refusal, state::PublishState};

/// What was made of the rules at a version: it is made once for as long as they stand.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Option<(u64, Arc<Examiner>)>>);

/// A word list.
#[derive(Debug)]
pub(crate) struct ListInForce {
    pub(crate) name: ListName,
    pub(crate) title: String,
    pub(crate) level: Level,
    pub(crate) count: usize,
    /// Whether it comes with the house.
    pub(crate) built_in: bool,
    /// Whether texts are checked with it: one of the house may have been dropped.
    pub(crate) in_force: bool,
}

/// The rules in force, and their version; 0 until a city changes something.
pub(super) async fn examiner(state: &PublishState) -> Result<(Arc<Examiner>, u64), Refusal> {
    let (rules, version, _) = state.ledger.read::<Vetting>(&StreamId::vetting()).await?;
    let kept = state.examiner.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, examiner)) = kept.filter(|(kept, _)| *kept == version) {
        return Ok((examiner, version));
    }
    let mut lists = Vec::new();
    for list in built_in().into_iter().filter(|list| rules.keeps_built_in(&list.name)) {
        let search = Search::new(list.name.clone(), list.title, list.level, list.words);
        lists.push(search.map_err(|error| unusable(&list.name, &error.to_string()))?);
    }
    for (name, list) in rules.lists.iter().filter(|(_, list)| list.level != Level::Off) {
        let words = words(state, name, list).await?;
        let search = Search::new(name.clone(), list.title.as_str(), list.level, words);
        lists.push(search.map_err(|error| unusable(name, &error.to_string()))?);
    }
    let examiner = Arc::new(Examiner::new(rules.strictness, lists));
    let mut kept = state.examiner.0.lock().unwrap_or_else(PoisonError::into_inner);
    // A slower request with older rules does not take the place of newer ones.
    if kept.as_ref().is_none_or(|(kept, _)| *kept < version) {
        *kept = Some((version, Arc::clone(&examiner)));
    }
    Ok((examiner, version))
}

/// The lists of the house and of the city, by name; of two of one name the city's.
pub(crate) fn in_force(rules: &Vetting) -> Vec<ListInForce> {
    let house = built_in().into_iter().filter(|list| !rules.lists.contains_key(&list.name)).map(|list| ListInForce {
        in_force: rules.keeps_built_in(&list.name),
        name: list.name,
        title: list.title.to_owned(),
        level: list.level,
        count: list.words.len(),
        built_in: true,
    });
    let own = rules.lists.iter().map(|(name, list)| ListInForce {
        name: name.clone(),
        title: list.title.to_string(),
        level: list.level,
        count: usize::try_from(list.count).unwrap_or(usize::MAX),
        built_in: false,
        in_force: true,
    });
    let mut lists: Vec<ListInForce> = house.chain(own).collect();
    lists.sort_by(|one, other| one.name.cmp(&other.name));
    lists
}

/// One list, with its words; none of that name if there is none.
pub(crate) async fn one_in_force(
    state: &PublishState,
    rules: &Vetting,
    name: &ListName,
) -> Result<Option<(ListInForce, Vec<Word>)>, Refusal> {
    let Some(found) = in_force(rules).into_iter().find(|list| list.name == *name) else { return Ok(None) };
    let words = match rules.lists.get(name) {
        Some(list) => words(state, name, list).await?,
        None => built_in().into_iter().find(|list| list.name == *name).map(|list| list.words).unwrap_or_default(),
    };
    Ok(Some((found, words)))
}

async fn words(state: &PublishState, name: &ListName, list: &WordList) -> Result<Vec<Word>, Refusal> {
    let stored = state.ledger.body(&list.words).await?;
    let stored = stored.ok_or_else(|| unusable(name, "its words are not in the store"))?;
    serde_json::from_slice(&stored).map_err(|error| unusable(name, &error.to_string()))
}

/// A list that was adopted cannot be used: nothing is checked without it, and somebody is told.
fn unusable(name: &ListName, reason: &str) -> Refusal {
    tracing::error!(alarm = "word-list", list = name.as_str(), reason, "a word list cannot be used");
    Problem::plain(&INTERNAL).into()
}
