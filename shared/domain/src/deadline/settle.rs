//! What the passing of time and new calendars bring about.

use jiff::Timestamp;

use super::{
    change::{Change, Happened},
    decide::Moment,
    state::{Deadline, Deadlines},
};
use crate::{
    aggregate::{Aggregate, Fact},
    calendar::{Adoption, Calendar, CalendarHistory},
};

/// Deadlines that may fall due in one decision.
///
/// Each that a silence rule begins is due later than the one before, so a case has a handful. A case that does not take a change into its state would go on for
/// ever: the bound ends that.
const MOST: usize = 1000;

/// A case that has deadlines.
pub trait Case: Aggregate {
    /// Names of its deadlines; of two that are due at the same instant the lesser comes first.
    type Deadline: Copy + Ord;

    /// Its deadlines as they stand.
    fn deadlines(&self) -> &Deadlines<Self::Deadline>;

    /// The event of the case that carries `change`; its `evolve` gives it to [`Deadlines::evolve`].
    fn changed(change: Change<Self::Deadline>) -> Self::Event;

    /// What follows when `deadline` fell due (silence rules), on a state that knows it: deemed consent, the start of another deadline. None where it is only late.
    fn fell_due(&self, deadline: Self::Deadline, then: Moment<'_>) -> Vec<Self::Event>;
}

/// A case that is settled up to an instant, and what brought it there.
#[derive(Debug, Clone)]
pub struct Settled<'a, C: Case> {
    /// The case as it is now: decide on this.
    pub case: C,
    /// What has come to pass since its last commit; they stand before what is decided, in one commit.
    pub events: Vec<C::Event>,
    /// The instant it is settled to, and the calendar in force: what decisions about deadlines take.
    pub now: Moment<'a>,
}

impl<C: Case> Settled<'_, C> {
    /// All events of the commit: what came to pass, then what was decided.
    #[must_use]
    pub fn then(mut self, decided: Vec<C::Event>) -> Vec<C::Event> {
        self.events.extend(decided);
        self.events
    }
}

/// Settles `case` up to `fact.at`: the commit that the events will stand in.
///
/// What fell due falls due, earliest first, with its due instant, and with what follows from it. If a calendar was adopted meanwhile: what was due by then
/// falls due under the old one, the rest is counted again and is never due before the adoption. Adoptions that lie ahead of `fact.at` are not in force yet;
/// whoever decides takes a `now` that is not before the adoptions he has read.
///
/// Settling changes nothing that an earlier settling did: the clock, a person and a replay find the same instants, whenever they look.
#[must_use]
pub fn settle<'a, C: Case>(case: &C, history: &'a CalendarHistory, fact: &Fact) -> Settled<'a, C> {
    let mut settling = Settling { case: case.clone(), events: Vec::new(), fact };
    let mut calendar = history.unadopted();
    for adoption in history.adoptions().iter().take_while(|adoption| adoption.at <= fact.at) {
        if settling.case.deadlines().are_behind(&adoption.calendar) {
            settling.fall(adoption.at, calendar);
            settling.recompute(adoption);
        }
        calendar = &adoption.calendar;
    }
    let now = Moment { at: fact.at, calendar };
    settling.fall(now.at, now.calendar);
    let Settling { case, events, .. } = settling;
    Settled { case, events, now }
}

struct Settling<'f, C: Case> {
    case: C,
    events: Vec<C::Event>,
    fact: &'f Fact,
}

impl<C: Case> Settling<'_, C> {
    /// Lets fall due what is due by `until`, and do what follows under `calendar`.
    fn fall(&mut self, until: Timestamp, calendar: &Calendar) {
        for _ in 0..MOST {
            let Some((deadline, due)) = self.case.deadlines().next().filter(|(_, due)| *due <= until) else { break };
            self.take(C::changed(Change { deadline, effective_at: due, change: Happened::FellDue }));
            for event in self.case.fell_due(deadline, Moment { at: due, calendar }) {
                self.take(event);
            }
        }
    }

    /// Counts again what is open, by the calendar that was adopted.
    ///
    /// What somebody did in the instant of the adoption without knowing of it stays before it.
    fn recompute(&mut self, adoption: &Adoption) {
        let calendar = adoption.calendar.number();
        let behind = self.case.deadlines().open().filter(|(_, deadline)| deadline.calendar < calendar);
        let changes = behind.map(|(name, deadline)| {
            let Deadline { term, changed_at, .. } = deadline;
            let effective_at = adoption.at.max(*changed_at);
            let due = term.account(&adoption.calendar).due.map(|due| due.max(effective_at));
            Change { deadline: name, effective_at, change: Happened::Recomputed { due, calendar } }
        });
        let changes: Vec<_> = changes.collect();
        for change in changes {
            self.take(C::changed(change));
        }
    }

    fn take(&mut self, event: C::Event) {
        self.case.evolve(event.clone(), self.fact);
        self.events.push(event);
    }
}
