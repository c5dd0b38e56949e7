//! Every interleaving of what people, clocks and calendars do, beside an oracle that walks the days (PROTOCOLS.md "Time").
//!
//! The oracle is told of every half day that passes and of what was done, and not of who looked: it asks the words of the rules each time. It shares no code
//! with the engine.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
    rc::Rc,
};

use super::*;

/// Half days from the beginning, so that acts and adoptions also fall on the instants at which terms end.
type Tick = i64;

/// Friday 2027-01-01, 00:00, in a year that no calendar knows at first.
fn instant(tick: Tick) -> Timestamp {
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
type Known = HashMap<Vec<Tick>, Rc<CalendarHistory>>;

/// A day of January 2027.
type Day = i64;

/// The days off that everybody knows without a calendar.
const WEEKENDS: &[Day] = &[2, 3, 9, 10, 16, 17];

/// The half day in which the objection begins: noon of Saturday the 2nd.
const BEGUN: Tick = 3;

/// The last half day that is walked.
const LAST: Tick = 11;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Meet,
    Stop,
    Resume,
    Extend,
    Restart,
}

const ACTS: [Act; 5] = [Act::Meet, Act::Stop, Act::Resume, Act::Extend, Act::Restart];

/// How a deadline of the oracle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stands {
    Runs { until: Tick },
    Stopped,
    Met(Tick),
    Fell(Tick),
}

/// The objection has one working day, the reply that follows its silence another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Oracle {
    off: &'static [Day],
    begun: Tick,
    objection: Stands,
    reply: Option<(Tick, Stands)>,
    extended: Day,
    stopped: Vec<(Tick, Option<Tick>)>,
}

impl Oracle {
    /// The end of the last day: so many days that count after the start.
    fn until(begun: Tick, days: Day, stopped: &[(Tick, Option<Tick>)], off: &[Day]) -> Option<Tick> {
        let start: Day = begun / 2 + 1;
        let mut left = days;
        for day in start + 1..40 {
            // A day ends with the half day before `2 * day`.
            let end = 2 * day;
            match stopped.iter().find(|(from, until)| *from < end && until.is_none_or(|until| end <= until)) {
                Some((_, None)) => return None,
                Some(_) => {}
                None if off.contains(&day) => {}
                None => left -= 1,
            }
            if left == 0 {
                return Some(end);
            }
        }
        None
    }

    fn new() -> Self {
        let (objection, stopped) = (Stands::Stopped, Vec::new());
        let mut oracle = Self { off: WEEKENDS, begun: BEGUN, objection, reply: None, extended: 0, stopped };
        oracle.count(0);
        oracle
    }

    fn count(&mut self, not_before: Tick) {
        let off = self.off;
        if matches!(self.objection, Stands::Runs { .. } | Stands::Stopped) {
            let until = Self::until(self.begun, 1 + self.extended, &self.stopped, off);
            self.objection = until.map_or(Stands::Stopped, |until| Stands::Runs { until: until.max(not_before) });
        }
        if let Some((begun, stands @ Stands::Runs { .. })) = &mut self.reply
            && let Some(until) = Self::until(*begun, 1, &[], off)
        {
            *stands = Stands::Runs { until: until.max(not_before) };
        }
    }

    /// A half day begins: what is due is due.
    fn tick(&mut self, now: Tick) {
        if let Stands::Runs { until } = self.objection
            && until <= now
        {
            self.objection = Stands::Fell(until);
            self.reply = Self::until(until, 1, &[], self.off).map(|end| (until, Stands::Runs { until: end }));
        }
        if let Some((_, stands)) = &mut self.reply
            && let Stands::Runs { until } = *stands
            && until <= now
        {
            *stands = Stands::Fell(until);
        }
    }

    /// Whether somebody may do that now; if so it is done.
    fn act(&mut self, act: Act, now: Tick) -> bool {
        match (act, self.objection) {
            (_, Stands::Met(_) | Stands::Fell(_))
            | (Act::Stop, Stands::Stopped)
            | (Act::Resume, Stands::Runs { .. }) => {
                return false;
            }
            (Act::Meet, _) => self.objection = Stands::Met(now),
            (Act::Stop, Stands::Runs { .. }) => self.stopped.push((now, None)),
            (Act::Resume, Stands::Stopped) => {
                if let Some(last) = self.stopped.last_mut() {
                    last.1 = Some(now);
                }
            }
            (Act::Extend, _) if self.extended > 0 => return false,
            (Act::Extend, _) => self.extended += 1,
            (Act::Restart, _) => {
                (self.begun, self.extended) = (now, 0);
                self.stopped.clear();
            }
        }
        self.count(0);
        true
    }

    fn adopt(&mut self, off: &'static [Day], now: Tick) {
        self.off = off;
        self.count(now);
        self.tick(now);
    }
}

fn decide(act: Act, deadlines: &Deadlines<Owed>, now: Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal> {
    match act {
        Act::Meet => deadlines.meet(Owed::Objection, now),
        Act::Stop => deadlines.stop(Owed::Objection, line("征求意见"), now),
        Act::Resume => deadlines.resume(Owed::Objection, now),
        Act::Extend => deadlines.extend(Owed::Objection, count(1), line("案情复杂"), now),
        Act::Restart => deadlines.restart(Owed::Objection, now.at, now),
    }
}

#[derive(Clone)]
struct World {
    now: Tick,
    adoptions: Vec<Tick>,
    calendars: Rc<CalendarHistory>,
    history: History,
    oracle: Oracle,
    /// How often the clock may still be stopped or the term be restarted.
    breaks: u8,
}

impl World {
    fn new() -> Self {
        let mut limit = working_days(1);
        limit.extensions = Extensions { times: 1, most: 1 };
        let (mut history, calendars) = (History::default(), CalendarHistory::default());
        let begin = |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Objection, limit, now.at, now);
        history.take(&calendars, instant(BEGUN), begin).unwrap();
        let calendars = Rc::new(calendars);
        Self { now: BEGUN, adoptions: Vec::new(), calendars, history, oracle: Oracle::new(), breaks: 1 }
    }

    /// What the future depends on, and what was told of the past.
    fn key(&self) -> impl Eq + Hash + use<> {
        let told = |deadline: &Deadline| {
            let Deadline { term, calendar, status, changed_at } = deadline;
            let stops = term.stops.iter().map(|stop| (stop.from, stop.until));
            (term.from, stops.collect::<Vec<_>>(), term.extensions.len(), *calendar, *status, *changed_at)
        };
        let case: Vec<_> = self.history.case.deadlines.iter().map(|(_, deadline)| told(deadline)).collect();
        (self.now, self.adoptions.clone(), case, self.oracle.clone(), self.breaks)
    }

    fn adopt(&mut self, known: &mut Known) -> bool {
        let Some(off) = [LONG, SHORT].get(self.adoptions.len()) else { return false };
        self.adoptions.push(self.now);
        let adoptions = &self.adoptions;
        self.calendars = known.entry(adoptions.clone()).or_insert_with(|| Rc::new(calendars(adoptions))).clone();
        self.oracle.adopt(off, self.now);
        true
    }

    /// What follows from one step more: a half day passes, a clock comes by, a calendar is adopted, somebody acts.
    fn steps(&self, known: &mut Known) -> Vec<Self> {
        let mut next = Vec::new();
        if self.now < LAST {
            let mut later = self.clone();
            later.now += 1;
            later.oracle.tick(later.now);
            next.push(later);
        }
        let mut looked = self.clone();
        if !looked.history.tick(&looked.calendars, instant(looked.now)).is_empty() {
            next.push(looked);
        }
        let mut renewed = self.clone();
        if renewed.adopt(known) {
            next.push(renewed);
        }
        let settled = settle(&self.history.case, &self.calendars, &fact(instant(self.now)));
        for act in ACTS {
            let needs = u8::from(matches!(act, Act::Stop | Act::Restart));
            let Some(breaks) = self.breaks.checked_sub(needs) else { continue };
            let mut oracle = self.oracle.clone();
            let allowed = oracle.act(act, self.now);
            let decided = decide(act, &settled.case.deadlines, settled.now);
            assert_eq!(decided.is_ok(), allowed, "{act:?} at {} after {:?}", self.now, self.history.log);
            if let Ok(change) = decided {
                let mut acted = Self { oracle, breaks, ..self.clone() };
                let events = settled.clone().then(vec![ToyEvent::DeadlineChanged(change)]);
                acted.history.append(events, instant(self.now));
                next.push(acted);
            }
        }
        next
    }

    /// What somebody sees who looks now is what the oracle tells, and what he would append brings nothing about twice.
    fn check(&self) {
        let Self { now, calendars, history, oracle, .. } = self;
        let settled = settle(&history.case, calendars, &fact(instant(*now)));
        let seen = |owed| settled.case.deadlines.get(owed).map(|deadline: &Deadline| deadline.status);
        let log = &history.log;
        assert_eq!(seen(Owed::Objection), Some(told(oracle.objection)), "objection at {now} after {log:?}");
        assert_eq!(seen(Owed::Reply), oracle.reply.map(|(_, stands)| told(stands)), "reply at {now} after {log:?}");
        assert!(!settled.case.deadlines.are_behind(calendars.newest()), "on an old calendar at {now} after {log:?}");
        let again = settle(&settled.case, calendars, &fact(instant(*now)));
        assert_eq!(again.events, [], "settled twice at {now} after {log:?}");
        let mut whole = history.clone();
        whole.append(settled.then(Vec::new()), instant(*now));
        sound(&whole);
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
fn sound(history: &History) {
    let mut replayed = Toy::default();
    let mut fell: BTreeMap<Owed, usize> = BTreeMap::new();
    let mut latest: BTreeMap<Owed, Timestamp> = BTreeMap::new();
    for event in &history.log {
        replayed.evolve(event.clone(), &fact(Timestamp::MAX));
        let ToyEvent::DeadlineChanged(Change { deadline, effective_at, change }) = event else { continue };
        let before = latest.insert(*deadline, *effective_at);
        assert!(before <= Some(*effective_at), "out of order: {:?}", history.log);
        if *change == Happened::FellDue {
            *fell.entry(*deadline).or_default() += 1;
        }
    }
    assert_eq!(replayed, history.case, "replayed otherwise: {:?}", history.log);
    assert!(fell.values().all(|times| *times == 1), "fell due twice: {:?}", history.log);
    assert_eq!(history.case.consented.len(), fell.get(&Owed::Objection).copied().unwrap_or(0));
}

/// Every world that steps lead to, each once, up to half day `last`.
fn worlds(last: Tick, mut visit: impl FnMut(&World, &mut Known)) -> usize {
    let mut known = Known::new();
    let mut seen = HashSet::new();
    let mut open = vec![World::new()];
    while let Some(world) = open.pop() {
        visit(&world, &mut known);
        for next in world.steps(&mut known) {
            if next.now <= last && seen.insert(next.key()) {
                open.push(next);
            }
        }
    }
    seen.len()
}

#[test]
fn whoever_looks_whenever_and_however_often_finds_what_the_days_tell() {
    let worlds = worlds(LAST, |world, _| world.check());
    assert!(worlds > 10_000, "{worlds} worlds");
}

/// Somebody read the calendar just before an adoption and his commit comes just after it, at most once in each history.
#[test]
fn an_act_that_crossed_an_adoption_loses_nothing_doubles_nothing_and_stays_before_it() {
    let mut crossed = 0;
    worlds(6, |world, known| {
        let mut renewed = world.clone();
        if !renewed.adopt(known) {
            return;
        }
        for act in ACTS {
            let mut late = renewed.clone();
            let now = instant(late.now) + jiff::SignedDuration::from_secs(3);
            if late.history.take(&world.calendars, now, |d, now| decide(act, d, now)).is_err() {
                continue;
            }
            crossed += 1;
            for tick in late.now + 1..=LAST + 20 {
                late.history.tick(&late.calendars, instant(tick));
                assert!(!late.history.case.deadlines.are_behind(late.calendars.newest()));
            }
            sound(&late.history);
            let runs = late.history.case.deadlines.next();
            assert_eq!(runs, None, "something that runs was forgotten: {:?}", late.history.log);
        }
    });
    assert!(crossed > 1_000, "{crossed} acts crossed an adoption");
}
