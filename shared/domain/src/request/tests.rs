//! Given what happened to an application for information, when somebody acts or time passes, then what the regulation says.

mod arriving;
mod consulting;
mod filing;
mod late;
mod properties;
mod reasoning;
mod replying;
mod reviewing;

use jiff::Timestamp;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    calendar::{Adopt, Arrangement, CalendarHistory, NATIONAL as HOLIDAYS, adopt},
    case::{self, CaseFile, CaseNumber, CaseRefusal, Channel, Kind, Occurrence, Opening, Shown},
    deadline::{DeadlineRefusal, Moment, Status},
    id::{CaseId, CommitId, StaffId},
    sealed::Sealed,
    text::Line,
};

type Event = Occurrence<Request>;
type Case = CaseFile<Request>;

/// An instant by the city's clock: `2026-09-28T10:00`.
fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

fn fact(now: Timestamp) -> Fact {
    Fact { commit: 1, at: now, actor: "clerk".parse().unwrap() }
}

fn sealed(text: &str) -> Sealed {
    Sealed::new(text.as_bytes().to_vec()).unwrap()
}

fn limits() -> RequestLimits {
    serde_json::from_str(NATIONAL).unwrap()
}

/// The national arrangements, adopted before anything here happens.
fn national() -> CalendarHistory {
    #[derive(serde::Deserialize)]
    struct Body {
        years: Vec<Arrangement>,
    }
    let Body { years } = serde_json::from_str(HOLIDAYS).unwrap();
    let mut history = CalendarHistory::default();
    let context = Context { actor: "registrar".parse().unwrap(), now: at("2025-12-01T09:00") };
    for event in adopt(&history, Adopt { years, office_hours: None, reason: line("依通知") }, &context).unwrap() {
        history.evolve(event, &fact(context.now));
    }
    history
}

fn opening(now: Timestamp) -> Opening {
    let creation = CommitId::derive(&"citizen:web".parse().unwrap(), "apply", "new", 0, "key");
    Opening {
        number: CaseNumber::derive(Request::PREFIX, &CaseId::derive(&creation), now, 0),
        channel: Channel::Web,
        site: "www".parse().unwrap(),
        form: Shown { name: line("information-request"), version: 1 },
        notice: Shown { name: line("information-request"), version: 1 },
        kept_for: limits().kept_for,
        department: "jyj".parse().unwrap(),
        code_key: 1,
        identity: Some("gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap()),
        content: sealed("2025年义务教育学校招生计划"),
        files: Vec::new(),
    }
}

/// Another application of the same person, on the first of November.
fn other(number: usize) -> Kin {
    let creation = CommitId::derive(&"citizen:web".parse().unwrap(), "apply", "new", number, "other");
    let opened_at = at("2026-11-01T00:00");
    let number = CaseNumber::derive(Request::PREFIX, &CaseId::derive(&creation), opened_at, 0);
    Kin { number, department: "jyj".parse().unwrap(), opened_at, is_replied: false }
}

/// So many other applications of the same person in the month of November, each before any that is filed here.
fn others(count: usize) -> Vec<Kin> {
    (0..count).map(other).collect()
}

/// An application and the calendars it is counted by; every step is decided by the real functions.
#[derive(Clone)]
struct World {
    calendars: CalendarHistory,
    case: Case,
    log: Vec<Event>,
}

impl World {
    /// An application that came in at `now`.
    fn filed(now: &str) -> Self {
        Self::arrived(Channel::Web, None, now).unwrap()
    }

    /// One that came by `channel`, and was taken in at `now` with what was told of its day.
    fn arrived(channel: Channel, received_on: Option<&str>, now: &str) -> Result<Self, RequestRefusal> {
        let mut world = Self { calendars: national(), case: CaseFile::default(), log: Vec::new() };
        let received_on = received_on.map(|day| day.parse().unwrap());
        let (applicant, delivery) = (Applicant::Citizen, Delivery::Online);
        let application = Application { applicant, delivery, asks_for_relief: false, received_on };
        let opened = |at| Opening { channel, ..opening(at) };
        world.when(now, |case, then| file(case, opened(then.at), application, limits(), then))?;
        Ok(world)
    }

    /// As [`filed`](Self::filed), and confirmed in the same minute.
    fn confirmed(now: &str) -> Self {
        let mut world = Self::filed(now);
        world.when(now, confirm).unwrap();
        world
    }

    fn when<E>(
        &mut self,
        now: &str,
        decide: impl FnOnce(&Case, Moment<'_>) -> Result<Vec<Event>, E>,
    ) -> Result<Vec<Event>, E> {
        self.at(at(now), decide)
    }

    fn at<E>(
        &mut self,
        now: Timestamp,
        decide: impl FnOnce(&Case, Moment<'_>) -> Result<Vec<Event>, E>,
    ) -> Result<Vec<Event>, E> {
        // The first commit opens it; what follows is of another one.
        let fact = Fact { commit: if self.log.is_empty() { 1 } else { 2 }, ..fact(now) };
        let settled = case::settle(&self.case, &self.calendars, &fact);
        let decided = decide(&settled.case, settled.now)?;
        let events = settled.then(decided);
        for event in &events {
            let stored = serde_json::to_value(event).unwrap();
            assert_eq!(&serde_json::from_value::<Event>(stored).unwrap(), event, "read back as stored");
            self.case.evolve(event.clone(), &fact);
        }
        self.log.extend(events.clone());
        Ok(events)
    }

    /// The clock comes by: it settles and does nothing else.
    fn tick(&mut self, now: Timestamp) -> Vec<Event> {
        self.at(now, |_, _| Ok::<_, CaseRefusal>(Vec::new())).unwrap()
    }

    fn status(&self, deadline: RequestDeadline) -> Option<Status> {
        self.case.deadlines.get(deadline).map(|known| known.status)
    }

    fn due(&self, deadline: RequestDeadline) -> Option<Timestamp> {
        self.case.deadlines.get(deadline)?.due()
    }
}

/// A reply that one drafts and another approves, at once.
fn decide(
    case: &Case,
    outcome: Outcome,
    text: Sealed,
    kin: &[Kin],
    now: Moment<'_>,
) -> Result<Vec<Event>, RequestRefusal> {
    let mut events = draft_reply(case, outcome, text, Vec::new(), kin)?;
    let mut drafted = case.clone();
    for event in &events {
        drafted.evolve(event.clone(), &Fact { commit: case.assigned_by + 1, ..fact(now.at) });
    }
    events.extend(approve_reply(&drafted, &StaffId::of(&"supervisor".parse().unwrap()), now)?);
    Ok(events)
}

fn names(events: &[Event]) -> Vec<String> {
    let name = |event: &Event| serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned();
    events.iter().map(name).filter(|name| name != "DeadlineChanged").collect()
}
