//! The city's wall clock: months, index years and all that people read.
//!
//! Events hold UTC instants; China keeps UTC+8 without summer time, so a fixed offset is exact for every public instant of this system.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

/// UTC+8.
pub const OFFSET: Offset = Offset::constant(8);

/// The wall clock in the city at `instant`.
#[must_use]
pub fn local(instant: Timestamp) -> DateTime {
    OFFSET.to_datetime(instant)
}

/// The instant at which `day` begins in the city: 24:00 of the day before.
///
/// A day beyond all instants begins at the last or first one there is.
#[must_use]
pub fn midnight(day: Date) -> Timestamp {
    let edge = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    OFFSET.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(edge)
}

/// The instant `minutes` after midnight of `day` in the city; 1440 is its 24:00.
#[must_use]
pub fn minute(day: Date, minutes: u16) -> Timestamp {
    midnight(day).saturating_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(Timestamp::MAX)
}

/// `2026-11` of `instant`, as month pages are named.
#[must_use]
pub fn month(instant: Timestamp) -> String {
    let local = local(instant);
    format!("{:04}-{:02}", local.year(), local.month())
}

/// `2026-11-23` of `instant`.
#[must_use]
pub fn day(instant: Timestamp) -> String {
    let local = local(instant);
    format!("{:04}-{:02}-{:02}", local.year(), local.month(), local.day())
}

/// `2026-11-23T08:00:00.123` of `instant`: sorts as time does.
#[must_use]
pub fn sortable(instant: Timestamp) -> String {
    let local = local(instant);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second(),
        local.millisecond()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_the_city() {
        let last: Timestamp = "2026-10-31T15:59:59.999Z".parse().unwrap();
        let first: Timestamp = "2026-10-31T16:00:00Z".parse().unwrap();
        assert_eq!((month(last), month(first)), ("2026-10".to_owned(), "2026-11".to_owned()));
        assert_eq!(sortable(last), "2026-10-31T23:59:59.999");
        assert_eq!(day(first), "2026-11-01");
        assert_eq!(midnight("2026-11-01".parse().unwrap()), first);
        assert_eq!(minute("2026-10-31".parse().unwrap(), 1440), first);
    }

    #[test]
    fn what_lies_beyond_all_instants_is_the_last_or_first_one() {
        assert_eq!(minute(Date::MAX, 1440), Timestamp::MAX);
        assert_eq!(midnight(Date::MIN), Timestamp::MIN);
    }
}
