//! Given what happened to a case and to the calendar, when somebody looks or acts, then what is due.

mod clocks;
mod counting;
mod embedding;
mod model;
mod properties;
mod sentences;
mod settling;
mod statutes;
mod stopping;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Event, Fact},
    calendar::{Adopt, Arrangement, Calendar, CalendarHistory, Holiday, NATIONAL, OfficeHours, adopt},
    text::Line,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// An instant by the city's clock: `2026-09-28T10:00`.
fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

fn count(number: u16) -> Count {
    number.try_into().unwrap()
}

/// So many of a unit from an act to 24:00, to be extended twice by at most ten.
fn limit(number: u16, unit: Unit) -> Limit {
    Limit {
        title: line("答复期限"),
        rule: line("《政府信息公开条例》第三十三条"),
        count: count(number),
        unit,
        starts: Starts::Act,
        ends: Ends::Midnight,
        extensions: Extensions { times: 2, most: 10 },
    }
}

fn working_days(number: u16) -> Limit {
    limit(number, Unit::WorkingDay)
}

fn fact(now: Timestamp) -> Fact {
    Fact { commit: 1, at: now, actor: "clerk".parse().unwrap() }
}

/// Adopts a version; the office hours stay.
fn adopted(history: &mut CalendarHistory, years: Vec<Arrangement>, now: Timestamp) {
    let context = Context { actor: "registrar".parse().unwrap(), now };
    let command = Adopt { years, office_hours: None, reason: line("依通知") };
    for event in adopt(history, command, &context).unwrap() {
        history.evolve(event, &fact(now));
    }
}

fn year(year: i16, holidays: &[(&str, &str)], make_up: &[&str]) -> Arrangement {
    let day = |text: &str| date(&format!("{year}-{text}"));
    let holidays =
        holidays.iter().map(|(first, last)| Holiday { name: line("假日"), first: day(first), last: day(last) });
    Arrangement {
        year: year.try_into().unwrap(),
        notice: line("通知"),
        holidays: holidays.collect(),
        make_up: make_up.iter().map(|text| day(text)).collect(),
    }
}

/// The national arrangements as version 1, adopted before anything here happens.
fn national() -> CalendarHistory {
    #[derive(Deserialize)]
    struct Body {
        years: Vec<Arrangement>,
    }
    let Body { years } = serde_json::from_str(NATIONAL).unwrap();
    let mut history = CalendarHistory::default();
    adopted(&mut history, years, at("2025-12-01T09:00"));
    history
}

fn due(term: &Term, calendar: &Calendar) -> Timestamp {
    term.account(calendar).due.unwrap()
}

/// What a toy case owes: first somebody may object; if nobody does, a reply is owed from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Owed {
    Objection,
    Reply,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
enum ToyEvent {
    DeadlineChanged(Change<Owed>),
    DeemedConsented { effective_at: Timestamp },
}

impl Event for ToyEvent {
    fn version(&self) -> u16 {
        1
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Toy {
    deadlines: Deadlines<Owed>,
    consented: Vec<Timestamp>,
}

impl Aggregate for Toy {
    type Event = ToyEvent;

    const CATEGORY: &'static str = "toy";

    fn evolve(&mut self, event: ToyEvent, _: &Fact) {
        match event {
            ToyEvent::DeadlineChanged(change) => self.deadlines.evolve(change),
            ToyEvent::DeemedConsented { effective_at } => self.consented.push(effective_at),
        }
    }
}

impl Case for Toy {
    type Deadline = Owed;

    fn deadlines(&self) -> &Deadlines<Owed> {
        &self.deadlines
    }

    fn changed(change: Change<Owed>) -> ToyEvent {
        ToyEvent::DeadlineChanged(change)
    }

    fn fell_due(&self, deadline: Owed, then: Moment<'_>) -> Vec<ToyEvent> {
        match deadline {
            Owed::Objection => {
                let reply = self.deadlines.start(Owed::Reply, working_days(1), then.at, then);
                let consented = ToyEvent::DeemedConsented { effective_at: then.at };
                [consented].into_iter().chain(reply.ok().map(ToyEvent::DeadlineChanged)).collect()
            }
            Owed::Reply => Vec::new(),
        }
    }
}

/// A toy case with its log; every step is decided by the real functions.
#[derive(Debug, Clone, Default)]
struct History {
    case: Toy,
    log: Vec<ToyEvent>,
}

impl History {
    /// Settles, decides, appends; a refusal changes nothing.
    fn take(
        &mut self,
        calendars: &CalendarHistory,
        now: Timestamp,
        decide: impl FnOnce(&Deadlines<Owed>, Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal>,
    ) -> Result<(), DeadlineRefusal> {
        let settled = settle(&self.case, calendars, &fact(now));
        let change = decide(&settled.case.deadlines, settled.now)?;
        self.append(settled.then(vec![ToyEvent::DeadlineChanged(change)]), now);
        Ok(())
    }

    /// The clock comes by: it settles and does nothing else.
    fn tick(&mut self, calendars: &CalendarHistory, now: Timestamp) -> Vec<ToyEvent> {
        let events = settle(&self.case, calendars, &fact(now)).then(Vec::new());
        self.append(events.clone(), now);
        events
    }

    fn append(&mut self, events: Vec<ToyEvent>, now: Timestamp) {
        for event in events {
            self.case.evolve(event.clone(), &fact(now));
            self.log.push(event);
        }
    }

    fn status(&self, owed: Owed) -> Status {
        self.case.deadlines.get(owed).unwrap().status
    }
}

/// A reply that is owed in `limit` from `from` on.
fn owing(limit: Limit, from: &str, calendars: &CalendarHistory) -> History {
    let mut history = History::default();
    history.take(calendars, at(from), |d, now| d.start(Owed::Reply, limit, now.at, now)).unwrap();
    history
}
