//! When offices are open.

use std::fmt;

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::{id::Malformed, shanghai};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A span of a day in which offices are open: `09:00-12:00`, at most to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Opening {
    opens: u16,
    closes: u16,
}

impl Opening {
    /// When it opens on `date`.
    #[must_use]
    pub fn opens(self, date: Date) -> Timestamp {
        shanghai::minute(date, self.opens)
    }

    /// When it closes on `date`.
    #[must_use]
    pub fn closes(self, date: Date) -> Timestamp {
        shanghai::minute(date, self.closes)
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opens, closes } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
    }
}

impl From<Opening> for String {
    fn from(opening: Opening) -> Self {
        opening.to_string()
    }
}

impl TryFrom<String> for Opening {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let span = text.split_once('-').and_then(|(opens, closes)| Some((minutes(opens)?, minutes(closes)?)));
        match span {
            Some((opens, closes)) if opens < closes => Ok(Self { opens, closes }),
            _ => Err(Malformed::new(&text, "a span of a day: 09:00-12:00", "一天中的时段，如 09:00-12:00")),
        }
    }
}

/// Minutes since midnight of `09:30`; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?;
    let (hours, minutes): (u16, u16) = (two(hours)?, two(minutes)?);
    let sum = hours * 60 + minutes;
    (minutes < 60 && sum <= DAY).then_some(sum)
}

/// The spans of one day, 1–6, ascending and apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Opening>", into = "Vec<Opening>")]
pub struct Openings(Vec<Opening>);

impl Openings {
    /// The spans, in the order of the day.
    #[must_use]
    pub fn as_slice(&self) -> &[Opening] {
        &self.0
    }

    /// When business closes on `date`.
    #[must_use]
    pub fn close(&self, date: Date) -> Timestamp {
        shanghai::minute(date, self.0.last().map_or(DAY, |last| last.closes))
    }
}

impl From<Openings> for Vec<Opening> {
    fn from(openings: Openings) -> Self {
        openings.0
    }
}

impl TryFrom<Vec<Opening>> for Openings {
    type Error = Malformed;

    fn try_from(spans: Vec<Opening>) -> Result<Self, Malformed> {
        let apart = spans.iter().zip(spans.iter().skip(1)).all(|(earlier, later)| earlier.closes < later.opens);
        if (1..=6).contains(&spans.len()) && apart {
            return Ok(Self(spans));
        }
        let given: Vec<String> = spans.iter().map(ToString::to_string).collect();
        Err(Malformed::new(
            &given.join(", "),
            "one to six spans of a day, ascending and apart",
            "1–6 个先后不相接的时段",
        ))
    }
}

/// When offices are open on days that are worked (办公时间): data of the city, not a rule of the code.
///
/// A Saturday or Sunday is worked only as a make-up day, so it has no hours of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHours {
    /// Mondays.
    pub monday: Openings,
    /// Tuesdays.
    pub tuesday: Openings,
    /// Wednesdays.
    pub wednesday: Openings,
    /// Thursdays.
    pub thursday: Openings,
    /// Fridays.
    pub friday: Openings,
    /// Make-up days (调休).
    pub make_up: Openings,
}

impl OfficeHours {
    /// The spans of `date` if it is worked: a Saturday or Sunday is only as a make-up day.
    #[must_use]
    pub fn of(&self, date: Date) -> &Openings {
        match date.weekday() {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday | Weekday::Sunday => &self.make_up,
        }
    }
}

impl Default for OfficeHours {
    /// A usual day, until a city says otherwise: 09:00–12:00 and 13:30–17:30.
    fn default() -> Self {
        let usual = Openings(vec![
            Opening { opens: 9 * 60, closes: 12 * 60 },
            Opening { opens: 13 * 60 + 30, closes: 17 * 60 + 30 },
        ]);
        Self {
            monday: usual.clone(),
            tuesday: usual.clone(),
            wednesday: usual.clone(),
            thursday: usual.clone(),
            friday: usual.clone(),
            make_up: usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_read_as_it_is_written_and_nothing_else_is_one() {
        for text in ["09:00-12:00", "00:00-24:00", "13:30-17:30"] {
            assert_eq!(Opening::try_from(text.to_owned()).unwrap().to_string(), text);
        }
        for text in
            ["", "9:00-12:00", "12:00-09:00", "09:00-09:00", "09:00-24:01", "09:60-10:00", "09:00–12:00", "+9:00-12:00"]
        {
            assert!(Opening::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn spans_of_a_day_are_in_order_and_apart() {
        let spans = |texts: &[&str]| {
            let spans: Vec<Opening> = texts.iter().map(|text| Opening::try_from((*text).to_owned()).unwrap()).collect();
            Openings::try_from(spans)
        };
        assert!(spans(&["09:00-12:00", "13:30-17:30"]).is_ok());
        for wrong in [&[][..], &["13:00-17:00", "09:00-12:00"], &["09:00-12:00", "12:00-17:00"], &["09:00-10:00"; 7]] {
            assert!(spans(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_saturday_has_the_hours_of_a_make_up_day() {
        let spans = |text: &str| Openings(vec![Opening::try_from(text.to_owned()).unwrap()]);
        let hours =
            OfficeHours { friday: spans("09:00-16:00"), make_up: spans("09:00-11:30"), ..OfficeHours::default() };
        for (day, close) in
            [("2026-10-08", "17:30"), ("2026-10-09", "16:00"), ("2026-10-10", "11:30"), ("2026-10-11", "11:30")]
        {
            let date: Date = day.parse().unwrap();
            assert_eq!(hours.of(date).close(date), format!("{day}T{close}+08:00").parse::<Timestamp>().unwrap());
        }
    }
}
