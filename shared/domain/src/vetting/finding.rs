//! What names a finding: the rule and the place, never the words that were found.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use crate::id::{ListName, Malformed};

/// Most characters of a finding's name.
const LONGEST: usize = 120;

/// The part of a content that a finding lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Title.
    Title,
    /// Summary.
    Summary,
    /// Source.
    Source,
    /// Keywords and terms.
    Keywords,
    /// The office that answers questions.
    Office,
    /// What only one form of document has: a leader's post and duties.
    Form,
    /// Body.
    Body,
    /// Alternative texts of the body's pictures.
    Picture,
    /// Where the body's pictures lie.
    File,
    /// Where the body's links lead.
    Link,
    /// What is told beside the text: number, catalogue, dates, relations.
    Record,
    /// What it is to other documents.
    Relations,
    /// The titles of attachments; each is a passage.
    Attachments,
    /// What the command tells the public: a change note, the last part of the path.
    Command,
}

impl Part {
    /// The name, as it stands in the names of findings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Source => "source",
            Self::Keywords => "keywords",
            Self::Office => "office",
            Self::Form => "form",
            Self::Body => "body",
            Self::Picture => "picture",
            Self::File => "file",
            Self::Link => "link",
            Self::Record => "record",
            Self::Relations => "relations",
            Self::Attachments => "attachments",
            Self::Command => "command",
        }
    }
}

/// Where in its passage a finding lies. A text does not change within a revision, so this names the same spot whatever else is found, and by which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// Characters, from 1, both ends included.
    Characters {
        /// The first.
        from: usize,
        /// The last.
        to: usize,
    },
    /// The so many-th link, picture or relation, from 1.
    Thing(usize),
    /// The field of this name.
    Field(&'static str),
    /// The passage as a whole.
    Whole,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters { from, to } => write!(f, "{from}-{to}"),
            Self::Thing(place) => write!(f, "{place}"),
            Self::Field(name) => f.write_str(name),
            Self::Whole => f.write_str("all"),
        }
    }
}

/// Names a finding in one revision: `mobile@body.3.8-18`, the mobile number at characters 8 to 18 of the body's third passage.
///
/// It stands in events, so it holds nothing of what was found: not even a hash, which would betray a telephone number to whoever tries them all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FindingId(String);

impl FindingId {
    /// What `rule` finds at `spot` of passage `passage` (from 1) of `part`.
    #[must_use]
    pub fn of_rule(rule: Rule, part: Part, passage: usize, spot: Spot) -> Self {
        Self(format!("{}@{}.{passage}.{spot}", rule.name(), part.name()))
    }

    /// A word of the list `list` at `spot` of passage `passage` (from 1) of `part`.
    #[must_use]
    pub fn of_word(list: &ListName, part: Part, passage: usize, spot: Spot) -> Self {
        Self(format!("word.{list}@{}.{passage}.{spot}", part.name()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FindingId {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let spelled = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
        };
        let fits =
            text.len() <= LONGEST && text.split_once('@').is_some_and(|(rule, place)| spelled(rule) && spelled(place));
        if fits {
            Ok(Self(text))
        } else {
            Err(Malformed::new(
                &text,
                "the id of a finding, as the checks tell it: mobile@body.3.8-18",
                "检查发现的编号，如 mobile@body.3.8-18",
            ))
        }
    }
}

impl From<FindingId> for String {
    fn from(id: FindingId) -> Self {
        id.0
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
