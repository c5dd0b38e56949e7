//! Given adoptions, when a day is asked for or a further version comes, then what the days are.

mod adopting;
mod counting;
mod national;

use jiff::{Timestamp, civil::Date};

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    text::Line,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn line<const LIMIT: usize>(text: &str) -> Line<LIMIT> {
    Line::new(text).unwrap()
}

/// A year with holidays `(name, first, last)` as month and day, and make-up days.
fn year(year: i16, holidays: &[(&str, &str, &str)], make_up: &[&str]) -> Arrangement {
    let day = |text: &str| date(&format!("{year}-{text}"));
    let holidays =
        holidays.iter().map(|(name, first, last)| Holiday { name: line(name), first: day(first), last: day(last) });
    Arrangement {
        year: year.try_into().unwrap(),
        notice: line("国办发明电〔2025〕7号"),
        holidays: holidays.collect(),
        make_up: make_up.iter().map(|text| day(text)).collect(),
    }
}

/// October 2026 as it was announced.
fn october() -> Arrangement {
    year(2026, &[("国庆节", "10-01", "10-07")], &["10-10"])
}

fn command(years: Vec<Arrangement>) -> Adopt {
    Adopt { years, office_hours: None, reason: line("依国务院办公厅通知") }
}

/// The calendar and its versions; every one is decided by the real function.
#[derive(Default)]
struct History(CalendarHistory);

impl History {
    fn adopt(&mut self, command: Adopt, now: &str) -> Result<Vec<CalendarEvent>, CalendarRefusal> {
        let context = Context { actor: "registrar".parse().unwrap(), now: at(now) };
        let events = adopt(&self.0, command, &context)?;
        let commit = self.0.adoptions().len() as u64 + 1;
        let fact = Fact { commit, at: context.now, actor: context.actor };
        for event in &events {
            self.0.evolve(event.clone(), &fact);
        }
        Ok(events)
    }

    fn of(years: Vec<Arrangement>) -> Self {
        let mut history = Self::default();
        history.adopt(command(years), "2025-11-04T16:00:00").unwrap();
        history
    }
}
