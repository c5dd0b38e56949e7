//! A term that runs: all that its count depends on, beside the calendar.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    limit::{Count, Limit},
    refusal::DeadlineRefusal,
};
use crate::{calendar::YEARS, shanghai, text::Line};

/// A span in which the clock stood (中止).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Why: `征求第三方意见`.
    pub reason: Line<300>,
}

impl Stop {
    /// Whether the clock stood when `instant` came.
    #[must_use]
    pub fn covers(&self, instant: Timestamp) -> bool {
        self.from < instant && self.until.is_none_or(|until| instant <= until)
    }
}

/// More time (延长).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// How much, in the limit's unit.
    pub by: Count,
    /// Why: `案情复杂`.
    pub reason: Line<300>,
    /// The rule that allows it beside the limit; none where the limit does.
    pub rule: Option<Line<120>>,
}

/// A term that runs: all that its count depends on, beside the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How long it is and how it is counted.
    pub limit: Limit,
    /// When what it starts with was done or received.
    pub from: Timestamp,
    /// When the clock stood, in order.
    pub stops: Vec<Stop>,
    /// By how much it was extended, in order.
    pub extensions: Vec<Extension>,
}

impl Term {
    /// A term that nothing has happened to yet.
    #[must_use]
    pub fn new(limit: Limit, from: Timestamp) -> Self {
        Self { limit, from, stops: Vec::new(), extensions: Vec::new() }
    }

    /// The stop that lasts, if the clock stands.
    #[must_use]
    pub fn standing(&self) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.until.is_none())
    }

    /// How many of its unit it has, extensions included.
    #[must_use]
    pub fn length(&self) -> u32 {
        u32::from(self.limit.count.get()) + self.extended()
    }

    fn extended(&self) -> u32 {
        self.extensions.iter().map(|extension| u32::from(extension.by.get())).sum()
    }

    /// Whether it has more time by a rule of its own.
    #[must_use]
    pub fn is_delayed(&self) -> bool {
        self.extensions.iter().any(|extension| extension.rule.is_some())
    }

    /// Lets the clock stand.
    pub(super) fn stop(&mut self, from: Timestamp, reason: Line<300>) {
        self.stops.push(Stop { from, until: None, reason });
    }

    /// Lets the clock run again.
    pub(super) fn resume(&mut self, at: Timestamp) {
        if let Some(stop) = self.stops.iter_mut().find(|stop| stop.until.is_none()) {
            stop.until = Some(at);
        }
    }

    /// Whether it can be: for terms that are put together from outside, and after each thing that is done to one.
    ///
    /// # Errors
    /// An instant beyond the calendar, stops that overlap or end before they begin, or more extension than the limit allows.
    pub fn check(&self) -> Result<(), DeadlineRefusal> {
        within(self.from)?;
        let mut earliest = Some(self.from);
        for stop in &self.stops {
            let Some(after) = earliest else { return Err(DeadlineRefusal::AlreadyStopped) };
            within(stop.from)?;
            if stop.from < after {
                return Err(DeadlineRefusal::StopsOverlap { from: stop.from, after });
            }
            if let Some(until) = stop.until {
                within(until)?;
                if until < stop.from {
                    return Err(DeadlineRefusal::Backwards { from: stop.from, until });
                }
            }
            earliest = stop.until;
        }
        let allowed = self.limit.extensions;
        let by_limit = || self.extensions.iter().filter(|extension| extension.rule.is_none());
        if by_limit().count() > usize::from(allowed.times) {
            return Err(DeadlineRefusal::ExtendedTooOften { times: allowed.times });
        }
        let asked: u32 = by_limit().map(|extension| u32::from(extension.by.get())).sum();
        if asked > u32::from(allowed.most) {
            return Err(DeadlineRefusal::ExtendedTooLong { asked, most: allowed.most });
        }
        Ok(())
    }
}

/// An instant that calendars reach.
fn within(at: Timestamp) -> Result<(), DeadlineRefusal> {
    if YEARS.contains(&shanghai::local(at).year()) { Ok(()) } else { Err(DeadlineRefusal::OutOfRange { at }) }
}
