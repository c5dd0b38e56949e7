//! The rules of the checks as their events tell them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    event::VettingEvent,
    required::{Field, Required, default_required},
    rule::{Level, Rule, default_levels},
};
use crate::{
    aggregate::{Aggregate, Fact},
    column::ColumnKind,
    document::BodyHash,
    id::ListName,
    text::Line,
};

/// The lists that come with the house; a list adopted under such a name takes its place.
pub const BUILT_IN: [&str; 2] = ["common-mistakes", "respectful-terms"];

/// A word list that was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordList {
    /// What it is, for editors.
    pub title: Line<40>,
    /// What its findings mean.
    pub level: Level,
    /// Its words are stored under this hash.
    pub words: BodyHash,
    /// How many.
    pub count: u32,
}

/// How strict the rules are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strictness {
    /// The level of each rule.
    pub levels: BTreeMap<Rule, Level>,
    /// What documents must tell, by the kind of their column.
    pub required: Vec<Required>,
}

impl Default for Strictness {
    fn default() -> Self {
        Self { levels: default_levels(), required: default_required() }
    }
}

impl Strictness {
    /// What a finding of `rule` means.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.levels.get(&rule).copied().unwrap_or_else(|| rule.default_level())
    }

    /// What a document in a column of `kind` must tell.
    #[must_use]
    pub fn required_of(&self, kind: ColumnKind) -> &[Field] {
        self.required.iter().find(|required| required.kind == kind).map_or(&[], |required| &required.fields)
    }
}

/// The rules of the checks, of the whole city.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vetting {
    /// How strict they are.
    pub strictness: Strictness,
    /// The lists that were adopted and are in force.
    pub lists: BTreeMap<ListName, WordList>,
    /// Those of the house that are not in force: dropped, and no other adopted under their names.
    pub without: BTreeSet<ListName>,
}

impl Vetting {
    /// Whether the house's own list of this name is in force.
    #[must_use]
    pub fn keeps_built_in(&self, name: &ListName) -> bool {
        BUILT_IN.contains(&name.as_str()) && !self.lists.contains_key(name) && !self.without.contains(name)
    }
}

impl Aggregate for Vetting {
    type Event = VettingEvent;

    const CATEGORY: &'static str = "vetting";

    fn evolve(&mut self, event: VettingEvent, _: &Fact) {
        match event {
            VettingEvent::VettingRulesChanged { levels, required, .. } => {
                self.strictness = Strictness { levels, required };
            }
            VettingEvent::WordListAdopted { list, title, level, words, count, .. } => {
                self.without.remove(&list);
                self.lists.insert(list, WordList { title, level, words, count });
            }
            VettingEvent::WordListDropped { list, .. } => {
                self.lists.remove(&list);
                if BUILT_IN.contains(&list.as_str()) {
                    self.without.insert(list);
                }
            }
        }
    }
}
