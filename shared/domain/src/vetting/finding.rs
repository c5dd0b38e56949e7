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
    /// What is told beside the text: catalogue, dates, relations.
    Record,
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
            Self::Record => "record",
        }
    }
}

/// Names a finding in one revision: `mobile@body.3.1`, the first mobile number in the third paragraph of the body.
///
/// It stands in events, so it holds nothing of what was found: not even a hash, which would betray a telephone number to whoever tries them all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FindingId(String);

impl FindingId {
    /// The `nth` finding of `rule` in passage `passage` of `part`, both from 1.
    #[must_use]
    pub fn of_rule(rule: Rule, part: Part, passage: usize, nth: usize) -> Self {
        Self(format!("{}@{}.{passage}.{nth}", rule.name(), part.name()))
    }

    /// The `nth` word of the list `list` in passage `passage` of `part`, both from 1.
    #[must_use]
    pub fn of_word(list: &ListName, part: Part, passage: usize, nth: usize) -> Self {
        Self(format!("word.{list}@{}.{passage}.{nth}", part.name()))
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
                "the id of a finding, as the checks tell it: mobile@body.3.1",
                "检查发现的编号，如 mobile@body.3.1",
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
