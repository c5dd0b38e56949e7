//! The storage format of the checks' rules: change a shape only as a new version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    required::Required,
    rule::{Level, Rule},
};
use crate::{aggregate::Event, document::BodyHash, id::ListName, text::Line};

/// What can happen to the rules of the checks. Who did it is in the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum VettingEvent {
    /// The rules are as strict as this from now on.
    VettingRulesChanged {
        /// The level of each rule; one that is not named has the level it comes with.
        levels: BTreeMap<Rule, Level>,
        /// What documents must tell, by the kind of their column.
        required: Vec<Required>,
        /// Why.
        reason: Line<300>,
    },
    /// A word list is in force, in place of an earlier one of its name.
    WordListAdopted {
        /// Its name, for good.
        list: ListName,
        /// What it is, for editors.
        title: Line<40>,
        /// What its findings mean.
        level: Level,
        /// Its words: a JSON document, stored under this hash like a body.
        words: BodyHash,
        /// How many.
        count: u32,
        /// Why.
        reason: Line<300>,
    },
    /// A word list is in force no more.
    WordListDropped {
        /// Its name.
        list: ListName,
        /// Why.
        reason: Line<300>,
    },
}

impl Event for VettingEvent {
    fn version(&self) -> u16 {
        1
    }
}
