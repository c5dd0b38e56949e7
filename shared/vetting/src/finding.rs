//! What was found, where, and what to do.

use std::collections::BTreeMap;

use domain::{
    id::ListName,
    vetting::{FindingId, Level, Part, Rule},
};

/// What a finding breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// A rule.
    Rule(Rule),
    /// A word of this list stands there.
    List {
        /// Its name.
        name: ListName,
        /// What it is, for editors.
        title: String,
    },
}

impl Broken {
    /// Stable code: the rule's name, or `word`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::List { .. } => "word",
        }
    }
}

/// Something that the checks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Names it within its revision.
    pub id: FindingId,
    /// What it breaks.
    pub broken: Broken,
    /// What it means for the text.
    pub level: Level,
    /// JSON pointer of the field it lies in: `/content/body_html`.
    pub pointer: String,
    /// The passage of the body it lies in, from 1; none outside the body.
    pub passage: Option<usize>,
    /// What stands there, a few characters around it included; personal numbers are masked.
    pub excerpt: String,
    /// What is wrong and what to do, Chinese.
    pub zh: String,
    /// What is wrong and what to do, English.
    pub en: String,
    /// What to write instead, where one thing is right.
    pub instead: Option<String>,
}

/// A place in a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) part: Part,
    pub(crate) pointer: String,
    /// From 1.
    pub(crate) passage: usize,
}

impl Place {
    /// A place in the body.
    pub(crate) fn body(passage: usize) -> Self {
        Self { part: Part::Body, pointer: "/content/body_html".to_owned(), passage }
    }
}

/// Findings in the order in which they are found; each gets a name of its own.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
    /// How many there are of each kind in each passage.
    counted: BTreeMap<(Broken, Part, usize), usize>,
}

/// What a check says of a place.
pub(crate) struct Says {
    pub(crate) excerpt: String,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) instead: Option<String>,
}

impl Findings {
    pub(crate) fn add(&mut self, broken: Broken, level: Level, place: &Place, says: Says) {
        let nth = self.counted.entry((broken.clone(), place.part, place.passage)).or_default();
        *nth += 1;
        let id = match &broken {
            Broken::Rule(rule) => FindingId::of_rule(*rule, place.part, place.passage, *nth),
            Broken::List { name, .. } => FindingId::of_word(name, place.part, place.passage, *nth),
        };
        let passage = (place.part == Part::Body).then_some(place.passage);
        let Says { excerpt, zh, en, instead } = says;
        let pointer = place.pointer.clone();
        self.found.push(Finding { id, broken, level, pointer, passage, excerpt, zh, en, instead });
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}
