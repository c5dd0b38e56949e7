//! What may happen to a deadline next.

use jiff::Timestamp;

use super::{
    change::{Change, Happened},
    limit::{Count, Limit},
    refusal::DeadlineRefusal,
    state::{Deadline, Deadlines, Status},
    term::{Extension, Stop, Term},
};
use crate::{calendar::Calendar, text::Line};

/// An instant and the calendar in force then: what a decision about deadlines may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment<'a> {
    /// The instant since which the decision counts.
    pub at: Timestamp,
    /// The calendar in force.
    pub calendar: &'a Calendar,
}

type Decision<K> = Result<Change<K>, DeadlineRefusal>;

/// Decisions of a case about its deadlines, once it is settled: what fell due is none that runs.
///
/// A change never counts from before the last one, however clocks jump: but for [`meet_since`](Deadlines::meet_since), which tells late what was in time.
impl<K: Copy + Ord> Deadlines<K> {
    /// Begins a deadline with what was done or received at `from`.
    ///
    /// # Errors
    /// It is open, or `from` lies ahead or beyond the calendar.
    pub fn start(&self, deadline: K, limit: Limit, from: Timestamp, now: Moment<'_>) -> Decision<K> {
        if self.get(deadline).is_some_and(|known| known.status.is_open()) {
            return Err(DeadlineRefusal::AlreadyRunning);
        }
        let at = self.get(deadline).map_or(now.at, |known| known.changed_at.max(now.at));
        let term = begun(Term::new(limit, from), at)?;
        let due = due(&term, now.calendar)?;
        let calendar = now.calendar.number();
        let change = Happened::Started { limit: term.limit, from, due, calendar };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// Lets the clock of a deadline stand.
    ///
    /// # Errors
    /// It is not open, or its clock stands already.
    pub fn stop(&self, deadline: K, reason: Line<300>, now: Moment<'_>) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let mut term = known.term.clone();
        term.stop(at, reason.clone());
        term.check()?;
        Ok(Change { deadline, effective_at: at, change: Happened::Stopped { reason } })
    }

    /// Lets it run again.
    ///
    /// # Errors
    /// The deadline is not open, or its clock runs.
    pub fn resume(&self, deadline: K, now: Moment<'_>) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let mut term = known.term.clone();
        if term.standing().is_none() {
            return Err(DeadlineRefusal::NotStopped);
        }
        term.resume(at);
        term.check()?;
        let due = due(&term, now.calendar)?;
        let change = Happened::Resumed { due, calendar: now.calendar.number() };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// Gives a deadline more time, whether its clock runs or stands.
    ///
    /// # Errors
    /// It is not open, or its limit allows no further extension or none so long.
    pub fn extend(&self, deadline: K, by: Count, reason: Line<300>, now: Moment<'_>) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let mut term = known.term.clone();
        term.extensions.push(Extension { by, reason: reason.clone(), rule: None });
        term.check()?;
        let due = term.account(now.calendar).due;
        let change = Happened::Extended { by, reason, due, calendar: now.calendar.number() };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// Gives a deadline more time by a rule of its own, whatever its limit allows; whether its clock runs or stands.
    ///
    /// # Errors
    /// It is not open.
    pub fn delay(
        &self,
        deadline: K,
        by: Count,
        (rule, reason): (Line<120>, Line<300>),
        now: Moment<'_>,
    ) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let mut term = known.term.clone();
        term.extensions.push(Extension { by, reason: reason.clone(), rule: Some(rule.clone()) });
        term.check()?;
        let due = term.account(now.calendar).due;
        let change = Happened::Delayed { by, rule, reason, due, calendar: now.calendar.number() };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// Counts a deadline from the beginning, with what arrived at `from`; stops and extensions of before are over.
    ///
    /// # Errors
    /// It is not open, or `from` lies ahead or beyond the calendar.
    pub fn restart(&self, deadline: K, from: Timestamp, now: Moment<'_>) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let term = begun(Term::new(known.term.limit.clone(), from), at)?;
        let change = Happened::Restarted { from, due: due(&term, now.calendar)?, calendar: now.calendar.number() };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// What a deadline asked for is done.
    ///
    /// # Errors
    /// It is not open.
    pub fn meet(&self, deadline: K, now: Moment<'_>) -> Decision<K> {
        let (_, at) = self.running(deadline, now)?;
        Ok(Change { deadline, effective_at: at, change: Happened::Met })
    }

    /// What a deadline asked for was done at `done`, though that is told only now. One that fell due in between was met after all.
    ///
    /// # Errors
    /// Its time was over at `done`, or it never began, was met or lifted.
    pub fn meet_since(&self, deadline: K, done: Timestamp) -> Decision<K> {
        let in_time = match self.get(deadline).map(|known| known.status) {
            Some(Status::Running { due } | Status::FellDue { at: due }) => done < due,
            Some(Status::Stopped) => true,
            Some(Status::Met { .. } | Status::Lifted { .. }) | None => false,
        };
        if !in_time {
            return Err(DeadlineRefusal::NotRunning);
        }
        Ok(Change { deadline, effective_at: done, change: Happened::Met })
    }

    /// Counts a deadline again by what is known now of when its clock stood: all of it since the term began.
    ///
    /// What comes of it may be over already: then it falls due with the next settling, and with that instant.
    ///
    /// # Errors
    /// It is not open, or the stops cannot be.
    pub fn recount(&self, deadline: K, stops: Vec<Stop>, now: Moment<'_>) -> Decision<K> {
        let (known, at) = self.running(deadline, now)?;
        let mut term = known.term.clone();
        term.stops.clone_from(&stops);
        term.check()?;
        let due = term.account(now.calendar).due;
        let change = Happened::Recounted { stops, due, calendar: now.calendar.number() };
        Ok(Change { deadline, effective_at: at, change })
    }

    /// What a deadline asked for is not asked for any more.
    ///
    /// # Errors
    /// It is not open.
    pub fn lift(&self, deadline: K, now: Moment<'_>) -> Decision<K> {
        let (_, at) = self.running(deadline, now)?;
        Ok(Change { deadline, effective_at: at, change: Happened::Lifted })
    }

    /// An open deadline, and the instant since which what is done to it counts.
    fn running(&self, deadline: K, now: Moment<'_>) -> Result<(&Deadline, Timestamp), DeadlineRefusal> {
        let known = self.get(deadline).filter(|known| known.status.is_open());
        known.map(|known| (known, known.changed_at.max(now.at))).ok_or(DeadlineRefusal::NotRunning)
    }
}

fn begun(term: Term, at: Timestamp) -> Result<Term, DeadlineRefusal> {
    if term.from > at {
        return Err(DeadlineRefusal::NotBegun { from: term.from, now: at });
    }
    term.check()?;
    Ok(term)
}

/// When a term is due whose clock runs.
fn due(term: &Term, calendar: &Calendar) -> Result<Timestamp, DeadlineRefusal> {
    term.account(calendar).due.ok_or(DeadlineRefusal::AlreadyStopped)
}
