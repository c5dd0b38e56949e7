//! A case, its calendar and its oracle, with the steps that run in production, or with a shortcut.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    rc::Rc,
};

use super::{
    super::*,
    LAST, Shortcut,
    oracle::{ACTS, Act, BEGUN, Day, Oracle, Stands, Tick},
};

/// Friday 2027-01-01, 00:00, in a year that no calendar knows at first.
pub(super) fn instant(tick: Tick) -> Timestamp {
    at("2027-01-01T00:00") + jiff::SignedDuration::from_hours(12 * tick)
}

/// What is adopted first, a long holiday, and the days off by it; then one where the weekend is worked instead.
const LONG: &[Day] = &[2, 3, 4, 9, 10, 16, 17];
const SHORT: &[Day] = &[1, 2, 9, 10, 16, 17];

/// The calendar and its versions, adopted at these half days.
fn calendars(adoptions: &[Tick]) -> CalendarHistory {
    let years = [year(2027, &[("01-02", "01-04")], &[]), year(2027, &[("01-01", "01-01")], &["01-03"])];
    let mut history = CalendarHistory::default();
    for (arrangement, tick) in years.into_iter().zip(adoptions) {
        adopted(&mut history, vec![arrangement], instant(*tick));
    }
    history
}

/// Calendars that were made already.
pub(super) type Known = HashMap<Vec<Tick>, Rc<CalendarHistory>>;

pub(super) fn decide(act: Act, deadlines: &Deadlines<Owed>, now: Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal> {
    match act {
        Act::Meet => deadlines.meet(Owed::Objection, now),
        Act::Stop => deadlines.stop(Owed::Objection, line("征求意见"), now),
        Act::Resume => deadlines.resume(Owed::Objection, now),
        Act::Extend => deadlines.extend(Owed::Objection, count(1), line("案情复杂"), now),
        Act::Restart => deadlines.restart(Owed::Objection, now.at, now),
    }
}

/// What happens is told otherwise by `retell`, which knows the case as it has become until then.
fn retold<'a>(case: &Toy, settled: Settled<'a, Toy>, retell: impl Fn(&Toy, &mut Change<Owed>)) -> Settled<'a, Toy> {
    let mut told = Settled { case: case.clone(), events: Vec::new(), now: settled.now };
    for mut event in settled.events {
        if let ToyEvent::DeadlineChanged(change) = &mut event {
            retell(&told.case, change);
        }
        told.case.evolve(event.clone(), &fact(settled.now.at));
        told.events.push(event);
    }
    told
}

#[derive(Clone)]
pub(super) struct World {
    shortcut: Shortcut,
    pub(super) now: Tick,
    adoptions: Vec<Tick>,
    /// The versions that the engine is given.
    pub(super) calendars: Rc<CalendarHistory>,
    pub(super) history: History,
    oracle: Oracle,
    /// How often the clock may still be stopped or the term be restarted.
    breaks: u8,
}

impl World {
    pub(super) fn new(shortcut: Shortcut) -> Self {
        let mut limit = working_days(1);
        limit.extensions = Extensions { times: 1, most: 1 };
        let (mut history, calendars) = (History::default(), CalendarHistory::default());
        let begin = |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Objection, limit, now.at, now);
        history.take(&calendars, instant(BEGUN), begin).unwrap();
        let calendars = Rc::new(calendars);
        Self { shortcut, now: BEGUN, adoptions: Vec::new(), calendars, history, oracle: Oracle::new(), breaks: 1 }
    }

    /// What the future depends on, and what was told of the past.
    pub(super) fn key(&self) -> impl Eq + Hash + use<> {
        let told = |deadline: &Deadline| {
            let Deadline { term, calendar, status, changed_at, lapses: _, extended: _ } = deadline;
            let stops = term.stops.iter().map(|stop| (stop.from, stop.until));
            (term.from, stops.collect::<Vec<_>>(), term.extensions.len(), *calendar, *status, *changed_at)
        };
        let case: Vec<_> = self.history.case.deadlines.iter().map(|(_, deadline)| told(deadline)).collect();
        (self.now, self.adoptions.clone(), case, self.oracle.clone(), self.breaks)
    }

    pub(super) fn adopt(&mut self, known: &mut Known) -> bool {
        let Some(off) = [LONG, SHORT].get(self.adoptions.len()) else { return false };
        self.adoptions.push(self.now);
        let given = match self.shortcut {
            Shortcut::TheCaseKeepsItsCalendar => Vec::new(),
            Shortcut::AdoptionsReachBack => vec![0; self.adoptions.len()],
            _ => self.adoptions.clone(),
        };
        self.calendars = known.entry(given).or_insert_with_key(|given| Rc::new(calendars(given))).clone();
        self.oracle.adopt(off, self.now);
        true
    }

    /// The case as somebody finds it at half day `now`.
    fn settled(&self, now: Tick) -> Settled<'_, Toy> {
        let (case, calendars) = (&self.history.case, &self.calendars);
        let settled = settle(case, calendars, &fact(instant(now)));
        match self.shortcut {
            Shortcut::DueWhenSomebodyLooks => retold(case, settled, |_, change| {
                if change.change == Happened::FellDue {
                    change.effective_at = instant(now);
                }
            }),
            Shortcut::DueBeforeTheAdoption => retold(case, settled, |case, change| {
                let known = case.deadlines.get(change.deadline);
                match (&mut change.change, known) {
                    (Happened::Recomputed { due, calendar }, Some(known)) => {
                        *due = calendars.version(*calendar).and_then(|calendar| known.account(calendar).due);
                    }
                    (Happened::FellDue, Some(known)) => {
                        change.effective_at = known.due().unwrap_or(change.effective_at);
                    }
                    _ => {}
                }
            }),
            _ => settled,
        }
    }

    /// What a clock that comes by appends.
    fn brought_by_the_clock(&self) -> Vec<ToyEvent> {
        let now = if self.shortcut == Shortcut::TheClockIsEager { self.now + 1 } else { self.now };
        let events = self.settled(now).then(Vec::new());
        if self.shortcut == Shortcut::TwoClocksAppend { [events.clone(), events].concat() } else { events }
    }

    /// The case as somebody finds it who acts.
    fn before_an_act(&self) -> Settled<'_, Toy> {
        let mut settled = match self.shortcut {
            Shortcut::WhoeverActsIsEager => self.settled(self.now + self.now % 2),
            _ => self.settled(self.now),
        };
        settled.now.at = instant(self.now);
        if self.shortcut == Shortcut::OnlyTheClockSettles {
            settled = Settled { case: self.history.case.clone(), events: Vec::new(), ..settled };
        }
        settled
    }

    /// What follows from one step more: a half day passes, a clock comes by, a calendar is adopted, somebody acts.
    pub(super) fn steps(&self, known: &mut Known) -> Result<Vec<Self>, String> {
        let mut next = Vec::new();
        if self.now < LAST {
            let mut later = self.clone();
            later.now += 1;
            later.oracle.tick(later.now);
            next.push(later);
        }
        let brought = self.brought_by_the_clock();
        if !brought.is_empty() {
            let mut looked = self.clone();
            looked.history.append(brought, instant(self.now));
            next.push(looked);
        }
        let mut renewed = self.clone();
        if renewed.adopt(known) {
            next.push(renewed);
        }
        let settled = self.before_an_act();
        for act in ACTS {
            let needs = u8::from(matches!(act, Act::Stop | Act::Restart));
            let Some(breaks) = self.breaks.checked_sub(needs) else { continue };
            let mut oracle = self.oracle.clone();
            let allowed = oracle.act(act, self.now);
            let decided = decide(act, &settled.case.deadlines, settled.now);
            self.holds(decided.is_ok() == allowed, || format!("{act:?} is not to be answered by {decided:?}"))?;
            if let Ok(change) = decided {
                let mut acted = Self { oracle, breaks, ..self.clone() };
                let events = settled.clone().then(vec![ToyEvent::DeadlineChanged(change)]);
                acted.history.append(events, instant(self.now));
                next.push(acted);
            }
        }
        Ok(next)
    }

    /// What somebody sees who looks now is what the oracle tells, and what he would append brings nothing about twice.
    pub(super) fn check(&self) -> Result<(), String> {
        let Self { now, calendars, history, oracle, .. } = self;
        let settled = self.settled(*now);
        for (owed, expected) in [
            (Owed::Objection, Some(told(oracle.objection))),
            (Owed::Reply, oracle.reply.map(|(_, stands)| told(stands))),
        ] {
            let seen = settled.case.deadlines.get(owed).map(|deadline: &Deadline| deadline.status);
            self.holds(seen == expected, || format!("{owed:?} stands as {seen:?}, not as {expected:?}"))?;
        }
        let behind = settled.case.deadlines.are_behind(calendars.newest());
        self.holds(!behind, || "stands on an old calendar".to_owned())?;
        let again = settle(&settled.case, calendars, &fact(instant(*now)));
        self.holds(again.events.is_empty(), || format!("settled twice, with {:?}", again.events))?;
        let mut whole = history.clone();
        whole.append(settled.then(Vec::new()), instant(*now));
        sound(&whole)
    }

    pub(super) fn holds(&self, holds: bool, wrong: impl FnOnce() -> String) -> Result<(), String> {
        let told = || format!("{} at half day {}, after {:?}", wrong(), self.now, self.history.log);
        if holds { Ok(()) } else { Err(told()) }
    }
}

fn told(stands: Stands) -> Status {
    match stands {
        Stands::Runs { until } => Status::Running { due: instant(until) },
        Stands::Stopped => Status::Stopped,
        Stands::Met(at) => Status::Met { at: instant(at) },
        Stands::Fell(at) => Status::FellDue { at: instant(at) },
    }
}

/// What holds of every log: it replays to its state, nothing falls due twice, nothing counts from before what went before.
pub(super) fn sound(history: &History) -> Result<(), String> {
    let mut replayed = Toy::default();
    let mut fell: BTreeMap<Owed, usize> = BTreeMap::new();
    let mut latest: BTreeMap<Owed, Timestamp> = BTreeMap::new();
    let wrong = |what: &str| Err(format!("{what}: {:?}", history.log));
    for event in &history.log {
        replayed.evolve(event.clone(), &fact(Timestamp::MAX));
        let ToyEvent::DeadlineChanged(Change { deadline, effective_at, change }) = event else { continue };
        let before = latest.insert(*deadline, *effective_at);
        if before > Some(*effective_at) {
            return wrong("out of order");
        }
        if *change == Happened::FellDue {
            *fell.entry(*deadline).or_default() += 1;
        }
    }
    if replayed != history.case {
        return wrong("replayed otherwise");
    }
    if fell.values().any(|times| *times != 1) {
        return wrong("fell due twice");
    }
    if history.case.consented.len() != fell.get(&Owed::Objection).copied().unwrap_or(0) {
        return wrong("consented more or less often than it fell due");
    }
    Ok(())
}
