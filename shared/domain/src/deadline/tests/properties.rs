//! What holds for every term and every calendar.

use proptest::prelude::*;

use super::*;
use crate::calendar::days_from;

/// The first months of 2027 with any holidays apart from each other and any weekends made up.
fn arrangement() -> impl Strategy<Value = Arrangement> {
    let holidays = prop::collection::vec((0_i64..120, 0_i64..9), 1..5);
    let make_up = prop::collection::btree_set(0_i64..120, 0..6);
    (holidays, make_up).prop_map(|(spans, make_up)| {
        let (holidays, make_up) = (spans.into_iter().map(holiday).collect(), make_up.into_iter().map(day).collect());
        apart(Arrangement { year: 2027.try_into().unwrap(), notice: line("通知"), holidays, make_up })
    })
}

fn day(offset: i64) -> Date {
    date("2027-01-01").saturating_add(jiff::Span::new().days(offset))
}

fn holiday((begins, length): (i64, i64)) -> Holiday {
    Holiday { name: line("假日"), first: day(begins), last: day(begins + length) }
}

/// What of `arrangement` can be adopted: of holidays that meet the first, of make-up days those on weekends that are not off.
fn apart(mut arrangement: Arrangement) -> Arrangement {
    arrangement.holidays.sort_by_key(|holiday| holiday.first);
    let mut last = date("2026-12-31");
    arrangement.holidays.retain(|holiday| {
        let apart = last < holiday.first;
        last = if apart { holiday.last } else { last };
        apart
    });
    let Arrangement { holidays, make_up, .. } = &mut arrangement;
    let off = |date: &Date| holidays.iter().any(|holiday| holiday.covers(*date));
    make_up.retain(|date| date.weekday().to_monday_zero_offset() >= 5 && !off(date));
    arrangement
}

fn with(arrangement: Arrangement) -> Calendar {
    let mut history = CalendarHistory::default();
    adopted(&mut history, vec![arrangement], at("2026-11-05T09:00"));
    history.newest().clone()
}

fn calendar() -> impl Strategy<Value = Calendar> {
    arrangement().prop_map(with)
}

/// A calendar, and one in which one more day is off: a working day, a make-up day, or none that was worked.
fn with_one_more_day_off() -> impl Strategy<Value = (Calendar, Calendar)> {
    (arrangement(), 0_i64..120).prop_map(|(few, further)| {
        let mut more = few.clone();
        if few.holiday(day(further)).is_none() {
            more.holidays.push(holiday((further, 0)));
        }
        (with(few), with(apart(more)))
    })
}

fn minutes(after: i64) -> Timestamp {
    at("2026-12-20T00:00") + jiff::SignedDuration::from_mins(after)
}

prop_compose! {
    fn limits()(
        number in 1_u16..25,
        unit in prop_oneof![Just(Unit::WorkingDay), Just(Unit::CalendarDay), Just(Unit::OfficeHour)],
        starts in prop_oneof![Just(Starts::Act), Just(Starts::Receipt)],
        ends in prop_oneof![Just(Ends::Midnight), Just(Ends::CloseOfBusiness)],
    ) -> Limit {
        Limit { starts, ends, ..limit(number, unit) }
    }
}

prop_compose! {
    /// A term with up to three stops that are over and up to two extensions.
    fn terms()(
        limit in limits(),
        from in 0_i64..20_000,
        stops in prop::collection::vec((1_i64..9_000, 0_i64..9_000), 0..4),
        extensions in prop::collection::vec(1_u16..6, 0..3),
    ) -> Term {
        let mut term = Term::new(limit, minutes(from));
        let mut clock = from;
        for (after, length) in stops {
            term.stop(minutes(clock + after), line("征求意见"));
            clock += after + length;
            term.resume(minutes(clock));
        }
        term.extensions = extensions.into_iter().map(|by| Extension { by: count(by), reason: line("案情复杂"), rule: None }).collect();
        term
    }
}

/// By the words of the law and nothing of the engine: which days count, the last of them, and when it ends.
fn by_the_law(term: &Term, calendar: &Calendar) -> Timestamp {
    let end = |date: Date| match term.limit.ends {
        Ends::CloseOfBusiness => format!("{date}T17:30+08:00").parse::<Timestamp>().unwrap(),
        Ends::Midnight => format!("{}T00:00+08:00", date.tomorrow().unwrap()).parse().unwrap(),
    };
    let runs = |date: &Date| {
        let end = end(*date);
        !term.stops.iter().any(|stop| stop.from < end && end <= stop.until.unwrap())
    };
    let mut start: Date = crate::shanghai::day(term.from).parse().unwrap();
    while term.limit.starts == Starts::Receipt && !calendar.is_working(start) {
        start = start.tomorrow().unwrap();
    }
    let days: Vec<Date> = days_from(start).skip(1).take(500).filter(runs).collect();
    let counts = |date: &&Date| term.limit.unit == Unit::CalendarDay || calendar.is_working(**date);
    let last = *days.iter().filter(counts).nth(term.length() as usize - 1).unwrap();
    end(*days.iter().find(|date| **date >= last && calendar.is_working(**date)).unwrap())
}

proptest! {
    #[test]
    fn a_term_of_days_is_due_when_the_law_says(term in terms(), calendar in calendar()) {
        prop_assert_eq!(term.check(), Ok(()));
        if term.limit.unit != Unit::OfficeHour {
            prop_assert_eq!(due(&term, &calendar), by_the_law(&term, &calendar));
        }
    }

    #[test]
    fn a_term_of_hours_has_run_for_exactly_as_long_when_it_is_due(mut term in terms(), calendar in calendar()) {
        term.limit.unit = Unit::OfficeHour;
        let due = due(&term, &calendar);
        let runs = |minute: Timestamp| {
            let local = crate::shanghai::local(minute);
            let clock = i32::from(local.hour()) * 60 + i32::from(local.minute());
            calendar.is_working(local.date())
                && ((540..720).contains(&clock) || (810..1050).contains(&clock))
                && !term.stops.iter().any(|stop| stop.from <= minute && minute < stop.until.unwrap())
        };
        let minutes = (0..).map(|n| term.from + jiff::SignedDuration::from_mins(n)).take_while(|minute| *minute < due);
        prop_assert_eq!(minutes.filter(|minute| runs(*minute)).count(), term.length() as usize * 60);
    }

    #[test]
    fn the_days_that_an_account_counts_are_as_many_as_the_term_is_long(term in terms(), calendar in calendar()) {
        let account = term.account(&calendar);
        match term.limit.unit {
            Unit::OfficeHour => {
                let minutes: u32 = account.days.iter().map(|day| match day.counting {
                    Counting::Hours { minutes, .. } => minutes,
                    _ => 0,
                }).sum();
                prop_assert_eq!(minutes, term.length() * 60);
            }
            Unit::WorkingDay | Unit::CalendarDay => {
                let numbers: Vec<u32> = account.days.iter().filter_map(|day| match day.counting {
                    Counting::Counted { number } => Some(number),
                    _ => None,
                }).collect();
                prop_assert_eq!(numbers, (1..=term.length()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn an_account_tells_every_day_from_the_first_to_the_last_and_the_term_ends_on_a_working_day(
        term in terms(),
        calendar in calendar(),
    ) {
        let account = term.account(&calendar);
        let dates: Vec<Date> = account.days.iter().map(|day| day.day.date).collect();
        let first: Date = crate::shanghai::day(term.from).parse().unwrap();
        prop_assert_eq!(&dates, &days_from(first).take(dates.len()).collect::<Vec<_>>());
        prop_assert!(calendar.is_working(account.last_day().unwrap()));
        prop_assert!(account.due.unwrap() > term.from);
        prop_assert!(!account.sentence().is_empty());
    }

    #[test]
    fn a_day_off_more_never_makes_a_term_due_earlier(term in terms(), (few, more) in with_one_more_day_off()) {
        prop_assert!(due(&term, &few) <= due(&term, &more));
    }

    #[test]
    fn a_stop_of_no_length_changes_nothing(term in terms(), calendar in calendar(), after in 0_i64..20_000) {
        let mut stopped = term.clone();
        let at = term.stops.last().and_then(|stop| stop.until).unwrap_or(term.from) + jiff::SignedDuration::from_mins(after);
        stopped.stop(at, line("征求意见"));
        stopped.resume(at);
        prop_assert_eq!(due(&stopped, &calendar), due(&term, &calendar));
    }

    #[test]
    fn a_stop_or_an_extension_never_makes_a_term_due_earlier(term in terms(), calendar in calendar()) {
        let plain = Term::new(term.limit.clone(), term.from);
        prop_assert!(due(&plain, &calendar) <= due(&term, &calendar));
    }

    #[test]
    fn what_is_settled_is_settled(from in 0_i64..9_000, limit in limits(), later in 0_i64..90_000, arrangement in arrangement()) {
        let mut calendars = national();
        let mut history = History::default();
        let begin = |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Objection, limit, now.at, now);
        history.take(&calendars, minutes(from), begin).unwrap();
        adopted(&mut calendars, vec![arrangement], minutes(from + 5_000));
        let now = minutes(from + later);
        history.tick(&calendars, now);
        prop_assert_eq!(history.tick(&calendars, now), []);
        prop_assert!(history.case.deadlines.next().is_none_or(|(_, due)| due > now));
        prop_assert!(!history.case.deadlines.are_behind(calendars.at(now)));
    }
}
