//! Deadlines as the changes of a case tell them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    account::Account,
    change::{Change, Happened},
    term::{Extension, Term},
};
use crate::calendar::Calendar;

/// A deadline of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What is counted.
    pub term: Term,
    /// By which version of the calendar it is counted.
    pub calendar: u32,
    /// How it stands.
    pub status: Status,
    /// Since when it stands so; of what was told late, when it had come before.
    pub changed_at: Timestamp,
    /// Every instant at which its time ran out: what is owed anew later makes none of them good.
    pub lapses: Vec<Timestamp>,
    /// How often it was extended since it first began: what counts it anew takes nothing of that back.
    pub extended: u8,
}

/// How a deadline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its clock runs.
    Running {
        /// When it is due: the end of its last day, no longer within it.
        due: Timestamp,
    },
    /// Its clock stands.
    Stopped,
    /// What it asked for was done in time.
    Met {
        /// When.
        at: Timestamp,
    },
    /// Nothing is asked for any more.
    Lifted {
        /// Since when.
        at: Timestamp,
    },
    /// Its time ran out.
    FellDue {
        /// When.
        at: Timestamp,
    },
}

impl Status {
    /// Whether the deadline can still be met.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Running { .. } | Self::Stopped)
    }
}

impl Deadline {
    /// When it is due, while its clock runs.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        match self.status {
            Status::Running { due } => Some(due),
            Status::Stopped | Status::Met { .. } | Status::Lifted { .. } | Status::FellDue { .. } => None,
        }
    }

    /// How it was counted; `calendar` is the version it stands on.
    #[must_use]
    pub fn account(&self, calendar: &Calendar) -> Account<'_> {
        self.term.account(calendar)
    }

    /// The status of a clock that runs until `due`, or stands.
    fn run(&mut self, due: Option<Timestamp>, calendar: u32) {
        self.status = due.map_or(Status::Stopped, |due| Status::Running { due });
        self.calendar = calendar;
    }

    fn evolve(&mut self, happened: Happened, at: Timestamp) {
        self.changed_at = self.changed_at.max(at);
        match happened {
            Happened::Started { limit, from, due, calendar } => {
                self.term = Term::new(limit, from);
                self.run(Some(due), calendar);
            }
            Happened::Restarted { from, due, calendar } => {
                self.term = Term::new(self.term.limit.clone(), from);
                self.run(Some(due), calendar);
            }
            Happened::Stopped { reason } => {
                self.term.stop(at, reason);
                self.status = Status::Stopped;
            }
            Happened::Resumed { due, calendar } => {
                self.term.resume(at);
                self.run(Some(due), calendar);
            }
            Happened::Extended { by, reason, due, calendar } => {
                self.term.extensions.push(Extension { by, reason, rule: None });
                self.extended = self.extended.saturating_add(1);
                self.run(due, calendar);
            }
            Happened::Delayed { by, rule, reason, due, calendar } => {
                self.term.extensions.push(Extension { by, reason, rule: Some(rule) });
                self.run(due, calendar);
            }
            Happened::Recomputed { due, calendar } => self.run(due, calendar),
            Happened::Recounted { stops, due, calendar } => {
                self.term.stops = stops;
                self.run(due, calendar);
            }
            Happened::Met => self.status = Status::Met { at },
            Happened::Lifted => self.status = Status::Lifted { at },
            Happened::FellDue => {
                self.status = Status::FellDue { at };
                self.lapses.push(at);
            }
        }
    }
}

/// The deadlines of one case, by name.
///
/// Of two that are due at the same instant the lesser name comes first: the one that its case declares first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlines<K>(BTreeMap<K, Deadline>);

impl<K> Default for Deadlines<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Copy + Ord> Deadlines<K> {
    /// Takes a change into the state. Total: what happened to a deadline that never began is nothing.
    pub fn evolve(&mut self, change: Change<K>) {
        let Change { deadline, effective_at, change } = change;
        match (self.0.get_mut(&deadline), change) {
            (Some(known), change) => known.evolve(change, effective_at),
            (None, Happened::Started { limit, from, due, calendar }) => {
                let status = Status::Running { due };
                let (term, changed_at) = (Term::new(limit, from), effective_at);
                let begun = Deadline { term, calendar, status, changed_at, lapses: Vec::new(), extended: 0 };
                self.0.insert(deadline, begun);
            }
            (None, _) => {}
        }
    }

    /// The deadline of that name, if it ever began.
    #[must_use]
    pub fn get(&self, deadline: K) -> Option<&Deadline> {
        self.0.get(&deadline)
    }

    /// All that ever began, by name.
    pub fn iter(&self) -> impl Iterator<Item = (K, &Deadline)> {
        self.0.iter().map(|(name, deadline)| (*name, deadline))
    }

    /// Those that can still be met, by name.
    pub fn open(&self) -> impl Iterator<Item = (K, &Deadline)> {
        self.iter().filter(|(_, deadline)| deadline.status.is_open())
    }

    /// The one that is due first, and when.
    #[must_use]
    pub fn next(&self) -> Option<(K, Timestamp)> {
        self.iter().filter_map(|(name, deadline)| Some((name, deadline.due()?))).min_by_key(|(name, due)| (*due, *name))
    }

    /// Whether one that is open was counted by an earlier version than `calendar`: the case has to be settled.
    #[must_use]
    pub fn are_behind(&self, calendar: &Calendar) -> bool {
        self.counted_by().is_some_and(|counted_by| counted_by < calendar.number())
    }

    /// The earliest version of the calendar that one that is open was counted by; none where none is open.
    #[must_use]
    pub fn counted_by(&self) -> Option<u32> {
        self.open().map(|(_, deadline)| deadline.calendar).min()
    }
}
