//! The calendar that a city begins with, held to other people's, day by day.

use std::{fmt::Write, path::Path};

use anyhow::{Context as _, Result, ensure};
use domain::{
    aggregate::{Aggregate, Context, Fact},
    calendar::{Adopt, Arrangement, CalendarHistory, NATIONAL, adopt},
    text::Line,
};
use jiff::{Timestamp, civil::date};
use serde_json::Value;

use crate::{process, tools};

/// Days on which calendars disagree that are told.
const TOLD: usize = 20;

/// Tells every day by each of three calendars, and compares.
pub(super) fn run(root: &Path) -> Result<()> {
    let ours = ours()?;
    let python = tools::python(root, tools::CHINESE_CALENDAR)?;
    let theirs = process::read(root, python, &["tests/calendar/days.py"])?;
    agree("chinesecalendar", &ours, &theirs)?;
    let folder = tools::node(root, "tests/calendar")?;
    agree("chinese-days", &ours, &process::read(&folder, "node", &["days.mjs"])?)
}

/// Every day of 2010–2026 by the calendar that a city begins with: `2026-10-10 1` if it is worked.
fn ours() -> Result<String> {
    let mut body: Value = serde_json::from_str(NATIONAL)?;
    let years: Vec<Arrangement> = serde_json::from_value(body.get_mut("years").context("years")?.take())?;
    let context = Context { actor: "registrar".parse()?, now: Timestamp::UNIX_EPOCH };
    let mut history = CalendarHistory::default();
    let adoption = Adopt { years, office_hours: None, reason: Line::new("national")? };
    let events = adopt(&history, adoption, &context)?;
    let fact = Fact { commit: 1, at: context.now, actor: context.actor };
    events.into_iter().for_each(|event| history.evolve(event, &fact));
    let (mut day, mut days) = (date(2010, 1, 1), String::new());
    while day <= date(2026, 12, 31) {
        writeln!(days, "{day} {}", u8::from(history.newest().kind(day).is_working()))?;
        day = day.tomorrow()?;
    }
    Ok(days)
}

/// Whether two calendars tell the same of the same days.
fn agree(name: &str, ours: &str, theirs: &str) -> Result<()> {
    let last = ours.lines().last().context("our calendar has no day")?;
    ensure!(last.starts_with("2026-12-31 "), "our calendar ends with {last}");
    let apart: Vec<String> = ours
        .lines()
        .zip(theirs.lines())
        .filter(|(ours, theirs)| ours != theirs)
        .map(|(ours, theirs)| format!("{ours} is {theirs} by {name}"))
        .collect();
    let (days, further) = (ours.lines().count(), theirs.lines().count());
    ensure!(days == further, "{name} tells of {further} days, not of {days}");
    ensure!(
        apart.is_empty(),
        "{} days are told otherwise: {}",
        apart.len(),
        apart.get(..TOLD).unwrap_or(&apart).join("; ")
    );
    println!("{days} days are told as by {name}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_told_otherwise_or_not_at_all_is_named() {
        let ours = "2026-12-30 1\n2026-12-31 1\n";
        assert!(agree("x", ours, ours).is_ok());
        let told = |theirs: &str| agree("x", ours, theirs).unwrap_err().to_string();
        assert_eq!(
            told("2026-12-30 0\n2026-12-31 1\n"),
            "1 days are told otherwise: 2026-12-30 1 is 2026-12-30 0 by x"
        );
        assert_eq!(told("2026-12-30 1\n"), "x tells of 1 days, not of 2");
        assert!(agree("x", "2026-12-30 1\n", "2026-12-30 1\n").is_err());
    }
}
