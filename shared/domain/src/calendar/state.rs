//! The calendar as its events tell it: every version there was.

use jiff::{Timestamp, civil::Date};

use super::{
    arrangement::Arrangement,
    day::DayKind,
    event::CalendarEvent,
    hours::OfficeHours,
    working::{Calendar, days_from},
};
use crate::{
    aggregate::{Aggregate, Fact},
    id::ActorId,
    text::Line,
};

/// A version of the calendar and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The calendar from then on.
    pub calendar: Calendar,
    /// Since when it is in force.
    pub at: Timestamp,
    /// Who adopted it.
    pub by: ActorId,
    /// Why.
    pub reason: Line<300>,
    /// What is different from the version before.
    pub changes: Changes,
}

/// What a version changed against the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Years that were provisional until then.
    pub announced: Vec<i16>,
    /// Days of announced years that became something else.
    pub days: Vec<DayChange>,
    /// The new office hours, if they changed.
    pub office_hours: Option<OfficeHours>,
}

/// A day that became something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChange {
    /// Which day.
    pub date: Date,
    /// What it was.
    pub was: DayKind,
    /// What it is.
    pub is: DayKind,
}

/// Every version of the calendar, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarHistory {
    unadopted: Calendar,
    adoptions: Vec<Adoption>,
}

impl CalendarHistory {
    /// The adoptions, oldest first.
    #[must_use]
    pub fn adoptions(&self) -> &[Adoption] {
        &self.adoptions
    }

    /// Version 0, before anything was adopted: all years are provisional.
    #[must_use]
    pub fn unadopted(&self) -> &Calendar {
        &self.unadopted
    }

    /// The last version; version 0, where all is provisional, if nothing was adopted.
    #[must_use]
    pub fn newest(&self) -> &Calendar {
        self.adoptions.last().map_or(&self.unadopted, |adoption| &adoption.calendar)
    }

    /// The version in force at `instant`.
    #[must_use]
    pub fn at(&self, instant: Timestamp) -> &Calendar {
        let adopted = self.adoptions.iter().rev().find(|adoption| adoption.at <= instant);
        adopted.map_or(&self.unadopted, |adoption| &adoption.calendar)
    }

    /// The version `number`, if there was one.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Calendar> {
        let adopted = self.adoptions.iter().map(|adoption| &adoption.calendar);
        adopted.chain([&self.unadopted]).find(|calendar| calendar.number() == number)
    }
}

impl Aggregate for CalendarHistory {
    type Event = CalendarEvent;

    const CATEGORY: &'static str = "calendar";

    fn evolve(&mut self, event: CalendarEvent, fact: &Fact) {
        let CalendarEvent::CalendarAdopted { number, years, office_hours, reason } = event;
        let before = self.newest();
        let announced = years.iter().map(|arrangement| arrangement.year.get());
        let announced = announced.filter(|year| before.arrangement(*year).is_none()).collect();
        let calendar = before.next(number, years.clone(), office_hours.clone());
        let days = years.iter().flat_map(|year| changed_days(before, &calendar, year)).collect();
        let changes = Changes { announced, days, office_hours };
        // Versions are in order whatever a clock says.
        let at = self.adoptions.last().map_or(fact.at, |last| last.at.max(fact.at));
        self.adoptions.push(Adoption { calendar, at, by: fact.actor.clone(), reason, changes });
    }
}

/// The days of an announced year that are no longer what they were.
fn changed_days(before: &Calendar, after: &Calendar, arrangement: &Arrangement) -> Vec<DayChange> {
    let year = arrangement.year.get();
    if before.arrangement(year).is_none() {
        return Vec::new();
    }
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    days_from(first)
        .take_while(|date| date.year() == year)
        .map(|date| DayChange { date, was: before.kind(date), is: after.kind(date) })
        .filter(|change| change.was != change.is)
        .collect()
}
