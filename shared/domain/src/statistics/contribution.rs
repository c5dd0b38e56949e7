//! What one case adds to the months it passes through.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    case::{CaseFile, Channel, Kind, Satisfaction},
    deadline::Status,
    shanghai,
};

/// What one case adds to one month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Whether it came in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub received: bool,
    /// That it came to its end, the last one where it was open again meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closure>,
    /// Whether what is owed to the citizen was done in time; none where that was decided in another month, or nothing was owed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub punctuality: Option<Punctuality>,
    /// What its citizen says of the reply, if he said so in this month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    /// The way it came, in whatever month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// How a case came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// When it came in.
    pub opened_at: Timestamp,
    /// When it came to its end.
    pub closed_at: Timestamp,
    /// Whether it was answered anew since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redone: bool,
}

impl Closure {
    /// How many working days it took: received on a day off counts as received on the next that is worked, and that day does not count (RULES.md A11).
    ///
    /// As the citizen waited: days on which the clock of a deadline stood count, too.
    #[must_use]
    pub fn working_days(&self, calendar: &Calendar) -> u64 {
        let received = calendar.working_day_from(shanghai::local(self.opened_at).date());
        let days = calendar.working_days_between(received, shanghai::local(self.closed_at).date());
        u64::try_from(days).unwrap_or(u64::MAX)
    }

    /// How many hours it took, by night and on days off too; rounded down.
    #[must_use]
    pub fn hours(&self) -> u64 {
        u64::try_from(self.closed_at.duration_since(self.opened_at).as_hours()).unwrap_or(0)
    }
}

/// Whether what is owed to the citizen was done in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Punctuality {
    /// It was.
    InTime,
    /// Its time ran out before.
    Late,
}

/// What `case` adds to which months, by `2026-11`; nothing for a stream that nothing began.
#[must_use]
pub fn contributions<K: Kind>(case: &CaseFile<K>) -> BTreeMap<String, Contribution> {
    let mut months: BTreeMap<String, Contribution> = BTreeMap::new();
    let Some(opened_at) = case.came_in() else { return months };
    months.entry(shanghai::month(opened_at)).or_default().received = true;
    if let Some(closed_at) = case.own.closed_at() {
        let closure = Closure { opened_at, closed_at, redone: case.own.was_redone() };
        months.entry(shanghai::month(closed_at)).or_default().closed = Some(closure);
    }
    for (at, punctuality) in decided(case) {
        let month = months.entry(shanghai::month(at)).or_default();
        // Late and in time in one month, it was late.
        if month.punctuality != Some(Punctuality::Late) {
            month.punctuality = Some(punctuality);
        }
    }
    if let Some(rated) = &case.rated {
        months.entry(shanghai::month(rated.at)).or_default().satisfaction = Some(rated.satisfaction);
    }
    let channel = case.opened.as_ref().map(|opened| opened.opening.channel);
    months.values_mut().for_each(|month| month.channel = channel);
    months
}

/// Whether what is owed was done in time, and when that was decided: each lateness there was, and whether it was done in time what is owed now.
///
/// What is not owed any more (taken back, abandoned, no report of an error) was neither in time nor late.
fn decided<K: Kind>(case: &CaseFile<K>) -> Vec<(Timestamp, Punctuality)> {
    let Some(owed) = case.deadlines.get(K::OWED) else { return Vec::new() };
    // A term ends with the first instant that is not in it: its last day is the one before.
    let last_day = |at: Timestamp| at.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(at);
    let late = owed.lapses.iter().map(|at| (last_day(*at), Punctuality::Late));
    let in_time = match owed.status {
        Status::Met { at } => Some((at, Punctuality::InTime)),
        Status::FellDue { .. } | Status::Running { .. } | Status::Stopped | Status::Lifted { .. } => None,
    };
    late.chain(in_time).collect()
}
