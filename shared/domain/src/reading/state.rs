//! The readings of a case as their events tell them.

use jiff::Timestamp;

use super::event::ReadingEvent;
use crate::{
    aggregate::{Aggregate, Fact},
    id::{ActorId, DepartmentCode, FieldName},
    text::Line,
};

/// That somebody opened sealed fields of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The commit that records it: its place among the readings of the case.
    pub commit: u64,
    /// Who.
    pub actor: ActorId,
    /// When.
    pub at: Timestamp,
    /// Which fields.
    pub fields: Vec<FieldName>,
    /// By whose key.
    pub department: DepartmentCode,
    /// Why.
    pub why: Line<200>,
}

/// Every reading of a case, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    /// The readings.
    pub readings: Vec<Reading>,
}

impl Aggregate for Readings {
    type Event = ReadingEvent;

    const CATEGORY: &'static str = "reading";

    fn evolve(&mut self, event: ReadingEvent, fact: &Fact) {
        let ReadingEvent::CaseRead { fields, department, why } = event;
        let Fact { commit, at, actor } = fact.clone();
        self.readings.push(Reading { commit, actor, at, fields, department, why });
    }
}
