//! How the rules of the checks may change.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    event::VettingEvent,
    refusal::VettingRefusal,
    required::Required,
    rule::{Level, Rule},
    state::{Strictness, Vetting, WordList},
};
use crate::{aggregate::Context, id::ListName, text::Line};

type Decision = Result<Vec<VettingEvent>, VettingRefusal>;

/// Word lists that a city may have: each is read through for every text.
const LISTS: usize = 20;

/// Makes the rules as strict as this; a rule that `levels` does not name gets the level it comes with.
///
/// # Errors
/// Nothing would change, or a kind of column or one of its fields is named twice.
pub fn change_rules(
    state: &Vetting,
    levels: BTreeMap<Rule, Level>,
    required: Vec<Required>,
    reason: Line<300>,
    _: &Context,
) -> Decision {
    let mut kinds = Vec::new();
    for Required { kind, fields } in &required {
        if kinds.contains(kind) {
            return Err(VettingRefusal::KindTwice { kind: *kind });
        }
        kinds.push(*kind);
        let mut told = BTreeSet::new();
        if let Some(field) = fields.iter().find(|field| !told.insert(**field)) {
            return Err(VettingRefusal::FieldTwice { kind: *kind, field: *field });
        }
    }
    // Whole, so that a rule which comes with another level one day does not change what this city chose.
    let levels: BTreeMap<Rule, Level> = Rule::ALL
        .iter()
        .map(|rule| (*rule, levels.get(rule).copied().unwrap_or_else(|| rule.default_level())))
        .collect();
    if state.strictness == (Strictness { levels: levels.clone(), required: required.clone() }) {
        return Err(VettingRefusal::Unchanged);
    }
    Ok(vec![VettingEvent::VettingRulesChanged { levels, required, reason }])
}

/// Puts a word list in force, in place of an earlier one of its name.
///
/// # Errors
/// It is in force so already, or there are as many lists as there may be.
pub fn adopt(state: &Vetting, list: ListName, adopted: WordList, reason: Line<300>, _: &Context) -> Decision {
    match state.lists.get(&list) {
        Some(standing) if *standing == adopted => return Err(VettingRefusal::Unchanged),
        None if state.lists.len() >= LISTS => return Err(VettingRefusal::TooManyLists { most: LISTS }),
        _ => {}
    }
    let WordList { title, level, words, count } = adopted;
    Ok(vec![VettingEvent::WordListAdopted { list, title, level, words, count, reason }])
}

/// Takes a word list out of force; one of the house too.
///
/// # Errors
/// It is not in force.
pub fn drop_list(state: &Vetting, list: ListName, reason: Line<300>, _: &Context) -> Decision {
    if state.lists.contains_key(&list) || state.keeps_built_in(&list) {
        Ok(vec![VettingEvent::WordListDropped { list, reason }])
    } else {
        Err(VettingRefusal::NoSuchList { list })
    }
}
