//! How the days of a term are counted.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    account::{Account, Counting, Day},
    limit::{Ends, Starts, Unit},
    term::{Stop, Term},
};
use crate::{
    calendar::{Calendar, LAST_DAY, Opening, days_from},
    shanghai,
};

impl Term {
    /// Counts it by `calendar`, day by day (RULES.md A11).
    ///
    /// The start day does not count. A day counts if the clock runs when it ends: the day of a stop does not, the day on which it resumes does, if there is time left
    /// on it; a stop within one day changes nothing. Whatever the term, the count ends on [`LAST_DAY`].
    #[must_use]
    pub fn account(&self, calendar: &Calendar) -> Account<'_> {
        let (days, due) = match self.limit.unit {
            Unit::WorkingDay | Unit::CalendarDay => self.by_days(calendar),
            Unit::OfficeHour => self.by_hours(calendar),
        };
        Account { term: self, calendar: calendar.number(), days, due }
    }

    fn by_days(&self, calendar: &Calendar) -> (Vec<Day<'_>>, Option<Timestamp>) {
        let received = shanghai::local(self.from).date();
        let start = match self.limit.starts {
            Starts::Act => received,
            Starts::Receipt => calendar.working_day_from(received),
        };
        let early = days_from(received).take_while(|date| *date < start).map(|date| (date, Counting::Early));
        let beginning = early.chain([(start, Counting::Start)]);
        let mut days: Vec<Day<'_>> =
            beginning.map(|(date, counting)| Day { day: calendar.day(date), counting }).collect();
        let mut number = 0;
        for date in days_from(start).skip(1) {
            let day = calendar.day(date);
            let works = day.kind.is_working();
            let end = self.end_of(date, calendar);
            let counting = match self.stop_at(end) {
                Some(stop) => Counting::Stopped(stop),
                None if number == self.length() => Counting::Rolled,
                None if self.limit.unit == Unit::WorkingDay && !works => Counting::Off,
                None => {
                    number += 1;
                    Counting::Counted { number }
                }
            };
            days.push(Day { day, counting });
            match counting {
                Counting::Stopped(stop) if stop.until.is_none() => return (days, None),
                Counting::Counted { .. } | Counting::Rolled if works && number == self.length() => {
                    return (days, Some(end));
                }
                _ => {}
            }
        }
        (days, Some(horizon()))
    }

    fn by_hours(&self, calendar: &Calendar) -> (Vec<Day<'_>>, Option<Timestamp>) {
        let whole = SignedDuration::from_hours(i64::from(self.length()));
        let mut counted = SignedDuration::ZERO;
        let mut days = Vec::new();
        for date in days_from(shanghai::local(self.from).date()) {
            let day = calendar.day(date);
            let before = counted;
            let openings = if day.kind.is_working() { calendar.office_hours().of(date).as_slice() } else { &[] };
            for (begins, ends) in openings.iter().flat_map(|opening| self.running(*opening, date)) {
                let left = whole - counted;
                let span = ends.duration_since(begins);
                if span < left {
                    counted += span;
                    continue;
                }
                days.push(Day { day, counting: hours(before, whole) });
                return (days, Some(begins.saturating_add(left).unwrap_or(ends)));
            }
            let midnight = shanghai::minute(date, 24 * 60);
            let stop = self.stop_at(midnight);
            let counting = match stop {
                Some(stop) if counted == before => Counting::Stopped(stop),
                None if openings.is_empty() => Counting::Off,
                _ => hours(before, counted),
            };
            days.push(Day { day, counting });
            if stop.is_some_and(|stop| stop.until.is_none()) {
                return (days, None);
            }
        }
        (days, Some(horizon()))
    }

    /// When the term would end on a day, were it worked: so it counts or not, whether it is or not.
    fn end_of(&self, date: Date, calendar: &Calendar) -> Timestamp {
        match self.limit.ends {
            Ends::Midnight => shanghai::minute(date, 24 * 60),
            Ends::CloseOfBusiness => calendar.office_hours().of(date).close(date),
        }
    }

    fn stop_at(&self, instant: Timestamp) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.covers(instant))
    }

    /// The parts of an opening in which the clock runs.
    fn running(&self, opening: Opening, date: Date) -> Vec<(Timestamp, Timestamp)> {
        let closes = opening.closes(date);
        let mut begins = opening.opens(date).max(self.from);
        let mut parts = Vec::new();
        for stop in &self.stops {
            parts.push((begins, stop.from.min(closes)));
            begins = begins.max(stop.until.unwrap_or(closes));
        }
        parts.push((begins, closes));
        parts.retain(|(begins, ends)| begins < ends);
        parts
    }
}

fn hours(before: SignedDuration, after: SignedDuration) -> Counting<'static> {
    Counting::Hours { minutes: minutes(after - before), sum: minutes(after) }
}

fn minutes(span: SignedDuration) -> u32 {
    u32::try_from(span.as_mins()).unwrap_or(u32::MAX)
}

/// The end of all counting.
fn horizon() -> Timestamp {
    shanghai::minute(LAST_DAY, 24 * 60)
}
