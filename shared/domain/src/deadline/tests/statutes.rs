//! What statutes and rules of letters and licences ask for, worked by hand on the national calendar (RULES.md A6, A8).
//!
//! Each test names its source and tells the days that count: two days with dots between them are a run of neighbours. Whoever has a wall calendar of the year
//! and the State Council's notice can check it. The days that matter here, `+` for a weekend that is worked:
//!
//! | year | off | worked |
//! |---|---|---|
//! | 2025 | We 10-01 to We 10-08 | +Su 09-28, +Sa 10-11 |
//! | 2026 | Th 01-01 to Sa 01-03 | +Su 01-04 |
//! | 2026 | Su 02-15 to Mo 02-23 | +Sa 02-14, +Sa 02-28 |
//! | 2026 | Sa 04-04 to Mo 04-06; Fr 05-01 to Tu 05-05 | +Sa 05-09 |
//! | 2026 | Fr 09-25 to Su 09-27; Th 10-01 to We 10-07 | +Su 09-20, +Sa 10-10 |

mod letters;
mod licences;

use super::*;

/// So many working days from the day of an act, as `source` says.
fn days(source: &str, number: u16) -> Limit {
    let none = Extensions::default();
    Limit { title: line("办理期限"), rule: line(source), extensions: none, ..working_days(number) }
}

/// So many days of the calendar from receipt.
fn calendar_days(source: &str, number: u16) -> Limit {
    Limit { unit: Unit::CalendarDay, starts: Starts::Receipt, ..days(source, number) }
}

fn received(limit: Limit) -> Limit {
    Limit { starts: Starts::Receipt, ..limit }
}

/// The limit, to be extended once by so many of its unit.
fn extended_once(limit: Limit, most: u16) -> Limit {
    Limit { extensions: Extensions { times: 1, most }, ..limit }
}

/// The days that count, `01-02 01-05..01-09`, and the first instant that is too late.
fn told(term: &Term) -> (String, Timestamp) {
    let calendars = national();
    let account = term.account(calendars.newest());
    let mut runs: Vec<(Date, Date)> = Vec::new();
    let counted = account.days.iter().filter(|day| matches!(day.counting, Counting::Counted { .. }));
    for date in counted.map(|day| day.day.date) {
        match runs.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == date) => *last = date,
            _ => runs.push((date, date)),
        }
    }
    let day = |date: Date| format!("{:02}-{:02}", date.month(), date.day());
    let run =
        |(first, last): (Date, Date)| if first == last { day(first) } else { format!("{}..{}", day(first), day(last)) };
    (runs.into_iter().map(run).collect::<Vec<_>>().join(" "), account.due.unwrap())
}

/// What `limit` asks of whoever has to act since `from`.
fn owed(limit: Limit, from: &str) -> (String, Timestamp) {
    told(&Term::new(limit, at(from)))
}

/// The days, and that the last of them ends at `end`.
fn counts(days: &str, end: &str) -> (String, Timestamp) {
    (days.to_owned(), at(end))
}

fn extend(by: u16) -> impl Fn(&Deadlines<Owed>, Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal> {
    move |deadlines, now| deadlines.extend(Owed::Reply, count(by), line("情况复杂"), now)
}

/// How the reply of a case is counted now.
fn reply(history: &History) -> (String, Timestamp) {
    told(&history.case.deadlines.get(Owed::Reply).unwrap().term)
}
