//! The calendar at one version, and how one counts in it.

use std::{collections::BTreeMap, iter, sync::Arc};

use jiff::civil::{Date, Weekday};

use super::{
    arrangement::{Arrangement, YEARS},
    day::{CalendarDay, DayKind, Standing},
    hours::OfficeHours,
};

/// The last day that anything is counted to; every count ends there at the latest.
pub const LAST_DAY: Date = Date::constant(*YEARS.end(), 12, 31);

/// The first day that anything is counted back to.
const FIRST_DAY: Date = Date::constant(*YEARS.start(), 1, 1);

/// The days from `first` on, to [`LAST_DAY`].
pub fn days_from(first: Date) -> impl Iterator<Item = Date> {
    iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= LAST_DAY)
}

/// The days from `last` back, to the first of [`YEARS`].
fn days_back_from(last: Date) -> impl Iterator<Item = Date> {
    iter::successors(Some(last), |day| day.yesterday().ok()).take_while(|day| *day >= FIRST_DAY)
}

/// The calendar at one version: what every day is.
///
/// The default is version 0, where nothing is adopted: all years are provisional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    number: u32,
    years: BTreeMap<i16, Arc<Arrangement>>,
    office_hours: Arc<OfficeHours>,
}

impl Calendar {
    /// The calendar of version `number` in which these years are arranged; offices are open as usual.
    #[must_use]
    pub fn arranged(number: u32, years: Vec<Arrangement>) -> Self {
        Self::default().next(number, years, None)
    }

    /// Which version it is: how many adoptions made it, 0 before the first.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The arrangements, by year.
    pub fn arrangements(&self) -> impl Iterator<Item = &Arrangement> {
        self.years.values().map(AsRef::as_ref)
    }

    /// The arrangement of `year`, if it is announced.
    #[must_use]
    pub fn arrangement(&self, year: i16) -> Option<&Arrangement> {
        self.years.get(&year).map(AsRef::as_ref)
    }

    /// When offices are open.
    #[must_use]
    pub fn office_hours(&self) -> &OfficeHours {
        &self.office_hours
    }

    /// What `date` is.
    #[must_use]
    pub fn kind(&self, date: Date) -> DayKind {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let arrangement = self.arrangement(date.year());
        if let Some(holiday) = arrangement.and_then(|year| year.holiday(date)) {
            return DayKind::Holiday { name: holiday.name.clone() };
        }
        match (weekend, arrangement.is_some_and(|year| year.is_made_up(date))) {
            (false, _) => DayKind::Working,
            (true, true) => DayKind::MakeUp,
            (true, false) => DayKind::Weekend,
        }
    }

    /// What `date` is, and whether that is announced.
    #[must_use]
    pub fn day(&self, date: Date) -> CalendarDay {
        CalendarDay { date, kind: self.kind(date), standing: self.standing(date.year()) }
    }

    /// Whether `year` is announced.
    #[must_use]
    pub fn standing(&self, year: i16) -> Standing {
        if self.years.contains_key(&year) { Standing::Announced } else { Standing::Provisional }
    }

    /// Whether `date` is worked.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.kind(date).is_working()
    }

    /// `date` if it is worked, else the next day that is; [`LAST_DAY`] at the latest.
    #[must_use]
    pub fn working_day_from(&self, date: Date) -> Date {
        days_from(date).find(|day| self.is_working(*day)).unwrap_or(LAST_DAY)
    }

    /// The `count`-th working day after `date`, which does not count itself; [`LAST_DAY`] at the latest.
    ///
    /// None after is the day itself.
    #[must_use]
    pub fn working_days_after(&self, date: Date, count: u16) -> Date {
        iter::once(date)
            .chain(days_from(date).skip(1).filter(|day| self.is_working(*day)))
            .nth(usize::from(count))
            .unwrap_or(LAST_DAY)
    }

    /// The `count`-th working day before `date`, which does not count itself; the first of [`YEARS`] at the earliest.
    #[must_use]
    pub fn working_days_before(&self, date: Date, count: u16) -> Date {
        iter::once(date)
            .chain(days_back_from(date).skip(1).filter(|day| self.is_working(*day)))
            .nth(usize::from(count))
            .unwrap_or(FIRST_DAY)
    }

    /// How many working days lie after `start`, up to and including `end`.
    #[must_use]
    pub fn working_days_between(&self, start: Date, end: Date) -> usize {
        days_from(start).skip(1).take_while(|day| *day <= end).filter(|day| self.is_working(*day)).count()
    }

    /// The next version: `years` in place of what stood for them, `office_hours` if they changed.
    #[must_use]
    pub(super) fn next(&self, number: u32, years: Vec<Arrangement>, office_hours: Option<OfficeHours>) -> Self {
        let mut next = self.clone();
        next.number = number;
        next.years.extend(years.into_iter().map(|arrangement| (arrangement.year.get(), Arc::new(arrangement))));
        if let Some(office_hours) = office_hours {
            next.office_hours = Arc::new(office_hours);
        }
        next
    }
}
