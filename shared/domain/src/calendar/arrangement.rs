//! How one year's holidays lie.

use std::{collections::BTreeSet, ops::RangeInclusive};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{refusal::CalendarRefusal, working::days_from};
use crate::{id::Malformed, text::Line};

/// Years that a calendar may arrange and terms may run in.
///
/// Before 1990 Saturdays were worked; after 2199 nothing is promised.
pub const YEARS: RangeInclusive<i16> = 1990..=2199;

/// Most days off in a year, weekends within holidays included: the notices since 2007 give 22 to 33.
const MOST_DAYS_OFF: usize = 60;

/// A year that a calendar arranges, 1990–2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i16", into = "i16")]
pub struct Year(i16);

impl Year {
    /// The number.
    #[must_use]
    pub fn get(self) -> i16 {
        self.0
    }
}

impl TryFrom<i16> for Year {
    type Error = Malformed;

    fn try_from(number: i16) -> Result<Self, Malformed> {
        if YEARS.contains(&number) {
            Ok(Self(number))
        } else {
            Err(Malformed::new(&number.to_string(), "a year of the calendar: 1990-2199", "年份（1990–2199）"))
        }
    }
}

impl From<Year> for i16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

/// One year's holidays and make-up days (年度放假安排), as notices announced them.
///
/// Stored in events. All its days lie in its year: what a notice says of the last days of the year before is a change of that year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// The year, of the city's calendar.
    pub year: Year,
    /// Which notices it follows: `国办发明电〔2025〕7号`.
    pub notice: Line<200>,
    /// Days off, ascending.
    pub holidays: Vec<Holiday>,
    /// Saturdays and Sundays that are worked (调休), ascending.
    pub make_up: Vec<Date>,
}

/// Days off under one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// `国庆节`.
    pub name: Line<40>,
    /// First day off.
    pub first: Date,
    /// Last day off.
    pub last: Date,
}

impl Holiday {
    /// Whether `date` is off by it.
    #[must_use]
    pub fn covers(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

impl Arrangement {
    /// The holiday that gives `date` off, if one does.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.covers(date))
    }

    /// Whether `date` is a Saturday or Sunday that is worked.
    #[must_use]
    pub fn is_made_up(&self, date: Date) -> bool {
        self.make_up.contains(&date)
    }

    /// The same with its days in order.
    #[must_use]
    pub(super) fn sorted(mut self) -> Self {
        self.holidays.sort_by_key(|holiday| (holiday.first, holiday.last));
        self.make_up.sort_unstable();
        self
    }

    /// Whether it can be a year's arrangement.
    ///
    /// # Errors
    /// The first thing that no notice can mean. A year without any day off is one: an empty list is how data says "not announced".
    pub(super) fn check(&self) -> Result<(), CalendarRefusal> {
        if self.holidays.is_empty() {
            return Err(CalendarRefusal::NoHoliday { year: self.year.get() });
        }
        let off = self.days_off()?;
        let mut on = BTreeSet::new();
        for date in self.make_up.iter().copied() {
            self.holds(date)?;
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return Err(CalendarRefusal::WeekdayMadeUp { date });
            }
            if off.contains(&date) {
                return Err(CalendarRefusal::BothOffAndOn { date });
            }
            if !on.insert(date) {
                return Err(CalendarRefusal::NamedTwice { date });
            }
        }
        Ok(())
    }

    fn days_off(&self) -> Result<BTreeSet<Date>, CalendarRefusal> {
        let mut off = BTreeSet::new();
        for holiday in &self.holidays {
            let &Holiday { first, last, .. } = holiday;
            self.holds(first)?;
            self.holds(last)?;
            if first > last {
                return Err(CalendarRefusal::Backwards { first, last });
            }
            for date in days_from(first).take_while(|date| *date <= last) {
                if !off.insert(date) {
                    return Err(CalendarRefusal::NamedTwice { date });
                }
            }
        }
        if off.len() > MOST_DAYS_OFF {
            return Err(CalendarRefusal::TooManyDaysOff {
                year: self.year.get(),
                days: off.len(),
                most: MOST_DAYS_OFF,
            });
        }
        Ok(off)
    }

    fn holds(&self, date: Date) -> Result<(), CalendarRefusal> {
        let year = self.year.get();
        if date.year() == year { Ok(()) } else { Err(CalendarRefusal::OutsideYear { year, date }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_the_calendar_is_one_that_it_reaches() {
        assert!([1990, 2199].into_iter().all(|year| Year::try_from(year).is_ok()));
        assert!([-1, 1989, 2200].into_iter().all(|year| Year::try_from(year).is_err()));
    }
}
