//! What was found, where, and what to do.

use std::cmp::Reverse;

use domain::{
    id::ListName,
    vetting::{FindingId, Level, Part, Rule, Spot},
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
    /// What blocks comes first, then what stands further ahead.
    pub(crate) order: (Reverse<Level>, Option<usize>, Part, usize, Spot),
}

/// A passage of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) part: Part,
    pub(crate) pointer: String,
    /// Which of its part's, from 1.
    pub(crate) number: usize,
    /// The passage of the body that a reader finds it in.
    pub(crate) passage: Option<usize>,
}

impl Place {
    /// A passage of the body.
    pub(crate) fn body(passage: usize) -> Self {
        Self { part: Part::Body, pointer: BODY.to_owned(), number: passage, passage: Some(passage) }
    }

    /// The alternative text of the body's picture `number`, which stands in `passage`.
    pub(crate) fn picture(number: usize, passage: usize) -> Self {
        Self { part: Part::Picture, pointer: BODY.to_owned(), number, passage: Some(passage) }
    }

    /// Where the body's picture `number`, which stands in `passage`, lies.
    pub(crate) fn file(number: usize, passage: usize) -> Self {
        Self { part: Part::File, ..Self::picture(number, passage) }
    }

    /// Where the body's link `number`, which stands in `passage`, leads.
    pub(crate) fn link(number: usize, passage: usize) -> Self {
        Self { part: Part::Link, ..Self::picture(number, passage) }
    }

    /// The `number`-th field of a part beside the body.
    pub(crate) fn field(part: Part, pointer: impl Into<String>, number: usize) -> Self {
        Self { part, pointer: pointer.into(), number, passage: None }
    }
}

/// Where the body stands in a content.
const BODY: &str = "/content/body_html";

/// What a check says of a spot.
pub(crate) struct Says {
    pub(crate) excerpt: String,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) instead: Option<String>,
}

impl Finding {
    /// Whether it lies in what a command tells the public beside the text: no revision holds it, so nobody answers for it.
    #[must_use]
    pub fn is_of_command(&self) -> bool {
        let (_, _, part, ..) = self.order;
        part == Part::Command
    }

    pub(crate) fn new(broken: Broken, level: Level, place: &Place, spot: Spot, says: Says) -> Self {
        let id = match &broken {
            Broken::Rule(rule) => FindingId::of_rule(*rule, place.part, place.number, spot),
            Broken::List { name, .. } => FindingId::of_word(name, place.part, place.number, spot),
        };
        let order = (Reverse(level), place.passage, place.part, place.number, spot);
        let (pointer, passage) = (place.pointer.clone(), place.passage);
        let Says { excerpt, zh, en, instead } = says;
        Self { id, broken, level, pointer, passage, excerpt, zh, en, instead, order }
    }
}
