//! Stops, extensions and the restart of a term.

use super::*;

fn reason() -> Line<300> {
    line("征求第三方意见")
}

fn stopped(from: &str, until: &str) -> Term {
    let mut term = Term::new(working_days(5), at("2026-11-02T10:00"));
    term.stop(at(from), reason());
    term.resume(at(until));
    term
}

#[test]
fn a_term_of_five_days_from_a_monday_ends_on_the_next_monday() {
    let calendars = national();
    assert_eq!(due(&Term::new(working_days(5), at("2026-11-02T10:00")), calendars.newest()), at("2026-11-10T00:00"));
}

#[test]
fn the_day_of_a_stop_does_not_count_and_the_day_it_ends_does() {
    let calendars = national();
    let term = stopped("2026-11-04T09:00", "2026-11-06T09:00");
    let account = term.account(calendars.newest());
    let off: Vec<_> = account.days.iter().filter(|day| matches!(day.counting, Counting::Stopped(_))).collect();
    assert_eq!(off.iter().map(|day| day.day.date).collect::<Vec<_>>(), [date("2026-11-04"), date("2026-11-05")]);
    assert_eq!(account.due, Some(at("2026-11-12T00:00")));
}

#[test]
fn a_stop_within_one_day_changes_nothing() {
    let calendars = national();
    let term = stopped("2026-11-04T09:00", "2026-11-04T17:00");
    assert_eq!(due(&term, calendars.newest()), at("2026-11-10T00:00"));
}

#[test]
fn a_stop_on_the_last_day_leaves_the_last_day_to_come() {
    let calendars = national();
    let term = stopped("2026-11-09T23:00", "2026-11-16T00:00");
    assert_eq!(due(&term, calendars.newest()), at("2026-11-17T00:00"), "the 16th is the fifth day");
}

#[test]
fn a_day_on_which_the_clock_resumes_after_offices_closed_has_no_time_left() {
    let calendars = national();
    let mut term = stopped("2026-11-09T09:00", "2026-11-16T17:30");
    term.limit.ends = Ends::CloseOfBusiness;
    assert_eq!(due(&term, calendars.newest()), at("2026-11-17T17:30"));
}

/// Or a day off more would make a term due earlier: it would count where the working day had no time left.
#[test]
fn a_day_off_counts_in_calendar_days_exactly_where_it_would_count_if_it_were_worked() {
    let calendars = national();
    let mut term =
        Term::new(Limit { ends: Ends::CloseOfBusiness, ..limit(3, Unit::CalendarDay) }, at("2026-11-05T10:00"));
    term.stop(at("2026-11-07T09:00"), reason());
    term.resume(at("2026-11-07T20:00"));
    assert_eq!(due(&term, calendars.newest()), at("2026-11-09T17:30"), "the 6th, the 8th and the 9th");
}

#[test]
fn a_stop_of_office_hours_is_exact() {
    let calendars = national();
    let mut term = Term::new(limit(2, Unit::OfficeHour), at("2026-11-02T09:00"));
    term.stop(at("2026-11-02T09:30"), reason());
    term.resume(at("2026-11-02T11:00"));
    assert_eq!(due(&term, calendars.newest()), at("2026-11-02T14:00"));
    term.stop(at("2026-11-02T13:45"), reason());
    let account = term.account(calendars.newest());
    assert_eq!(account.due, None);
    assert_eq!(account.days[0].counting, Counting::Hours { minutes: 105, sum: 105 });
}

#[test]
fn a_last_day_off_does_not_roll_to_a_day_on_which_the_clock_stands() {
    let calendars = national();
    let mut term = Term::new(limit(5, Unit::CalendarDay), at("2026-11-02T10:00"));
    assert_eq!(due(&term, calendars.newest()), at("2026-11-10T00:00"), "the 7th is a Saturday, the 9th a Monday");
    term.stop(at("2026-11-08T10:00"), reason());
    term.resume(at("2026-11-11T10:00"));
    assert_eq!(due(&term, calendars.newest()), at("2026-11-12T00:00"));
}

#[test]
fn while_the_clock_stands_nothing_is_due_and_the_account_ends_on_that_day() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    history.take(&calendars, at("2026-11-04T10:00"), |d, now| d.stop(Owed::Reply, reason(), now)).unwrap();
    assert_eq!(history.tick(&calendars, at("2027-11-04T10:00")), []);
    let deadline = history.case.deadlines.get(Owed::Reply).unwrap();
    let account = deadline.account(calendars.newest());
    assert_eq!((deadline.due(), account.due, account.last_day(), account.days.len()), (None, None, None, 3));
}

#[test]
fn a_clock_stops_once_and_resumes_once() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    let resume = |d: &Deadlines<Owed>, now: Moment<'_>| d.resume(Owed::Reply, now);
    let stop = |d: &Deadlines<Owed>, now: Moment<'_>| d.stop(Owed::Reply, reason(), now);
    assert_eq!(history.take(&calendars, at("2026-11-03T10:00"), resume), Err(DeadlineRefusal::NotStopped));
    history.take(&calendars, at("2026-11-04T10:00"), stop).unwrap();
    assert_eq!(history.take(&calendars, at("2026-11-05T10:00"), stop), Err(DeadlineRefusal::AlreadyStopped));
    history.take(&calendars, at("2026-11-06T10:00"), resume).unwrap();
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2026-11-12T00:00") });
}

#[test]
fn stops_of_a_term_that_was_put_together_do_not_overlap() {
    let mut term = stopped("2026-11-04T09:00", "2026-11-06T09:00");
    assert_eq!(term.check(), Ok(()));
    term.stops.push(Stop { from: at("2026-11-06T08:00"), until: Some(at("2026-11-06T10:00")), reason: reason() });
    let (from, after) = (at("2026-11-06T08:00"), at("2026-11-06T09:00"));
    assert_eq!(term.check(), Err(DeadlineRefusal::StopsOverlap { from, after }));
    term.stops[1] = Stop { from: at("2026-11-07T08:00"), until: Some(at("2026-11-06T10:00")), reason: reason() };
    assert!(matches!(term.check(), Err(DeadlineRefusal::Backwards { .. })));
    term.stops[1] = Stop { from: at("2026-11-07T08:00"), until: None, reason: reason() };
    assert_eq!(term.check(), Ok(()));
    term.stops.push(Stop { from: at("2026-11-08T08:00"), until: None, reason: reason() });
    assert_eq!(term.check(), Err(DeadlineRefusal::AlreadyStopped));
    let early = Stop { from: at("2026-11-02T09:59"), until: None, reason: reason() };
    let term = Term { stops: vec![early], ..Term::new(working_days(5), at("2026-11-02T10:00")) };
    assert!(matches!(term.check(), Err(DeadlineRefusal::StopsOverlap { .. })));
}

#[test]
fn an_extension_adds_days_as_often_and_as_much_as_the_limit_allows() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    let mut extend =
        |by, now| history.take(&calendars, at(now), |d, now| d.extend(Owed::Reply, count(by), line("案情复杂"), now));
    assert_eq!(extend(11, "2026-11-03T10:00"), Err(DeadlineRefusal::ExtendedTooLong { asked: 11, most: 10 }));
    assert_eq!(extend(6, "2026-11-03T10:00"), Ok(()));
    assert_eq!(extend(5, "2026-11-04T10:00"), Err(DeadlineRefusal::ExtendedTooLong { asked: 11, most: 10 }));
    assert_eq!(extend(4, "2026-11-04T10:00"), Ok(()));
    assert_eq!(extend(1, "2026-11-05T10:00"), Err(DeadlineRefusal::ExtendedTooOften { times: 2 }));
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2026-11-24T00:00") });
}

#[test]
fn an_extension_may_come_while_the_clock_stands() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    history.take(&calendars, at("2026-11-04T10:00"), |d, now| d.stop(Owed::Reply, reason(), now)).unwrap();
    let extend = |d: &Deadlines<Owed>, now: Moment<'_>| d.extend(Owed::Reply, count(5), line("案情复杂"), now);
    history.take(&calendars, at("2026-11-05T10:00"), extend).unwrap();
    assert_eq!(history.status(Owed::Reply), Status::Stopped);
    history.take(&calendars, at("2026-11-06T10:00"), |d, now| d.resume(Owed::Reply, now)).unwrap();
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2026-11-19T00:00") });
}

#[test]
fn a_completed_application_starts_the_whole_term_again() {
    let calendars = national();
    let mut history = owing(Limit { starts: Starts::Receipt, ..working_days(5) }, "2026-11-02T10:00", &calendars);
    let extend = |d: &Deadlines<Owed>, now: Moment<'_>| d.extend(Owed::Reply, count(10), line("案情复杂"), now);
    history.take(&calendars, at("2026-11-03T10:00"), extend).unwrap();
    history.take(&calendars, at("2026-11-04T10:00"), |d, now| d.stop(Owed::Reply, line("补正"), now)).unwrap();
    let restart = |d: &Deadlines<Owed>, now: Moment<'_>| d.restart(Owed::Reply, at("2026-11-21T08:00"), now);
    history.take(&calendars, at("2026-11-23T10:00"), restart).unwrap();
    assert_eq!(
        history.status(Owed::Reply),
        Status::Running { due: at("2026-12-01T00:00") },
        "received on Monday the 23rd"
    );
    let deadline = history.case.deadlines.get(Owed::Reply).unwrap();
    assert_eq!((deadline.term.stops.len(), deadline.term.extensions.len()), (0, 0));
    let ahead = |d: &Deadlines<Owed>, now: Moment<'_>| d.restart(Owed::Reply, at("2026-11-25T08:00"), now);
    assert!(matches!(history.take(&calendars, at("2026-11-24T10:00"), ahead), Err(DeadlineRefusal::NotBegun { .. })));
}

#[test]
fn what_is_over_can_neither_be_met_nor_lifted_nor_extended_but_may_begin_anew() {
    let calendars = national();
    type Act = fn(&Deadlines<Owed>, Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal>;
    let acts: [Act; 6] = [
        |d, now| d.meet(Owed::Reply, now),
        |d, now| d.lift(Owed::Reply, now),
        |d, now| d.extend(Owed::Reply, count(1), line("案情复杂"), now),
        |d, now| d.stop(Owed::Reply, reason(), now),
        |d, now| d.resume(Owed::Reply, now),
        |d, now| d.restart(Owed::Reply, now.at, now),
    ];
    let ends: [Act; 2] = [|d, now| d.meet(Owed::Reply, now), |d, now| d.lift(Owed::Reply, now)];
    let begin = |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Reply, working_days(5), now.at, now);
    for end in ends {
        let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
        assert_eq!(history.take(&calendars, at("2026-11-03T10:00"), begin), Err(DeadlineRefusal::AlreadyRunning));
        history.take(&calendars, at("2026-11-03T10:00"), end).unwrap();
        for act in acts {
            assert_eq!(history.take(&calendars, at("2026-11-04T10:00"), act), Err(DeadlineRefusal::NotRunning));
        }
        history.take(&calendars, at("2026-11-04T10:00"), begin).unwrap();
        assert!(history.status(Owed::Reply).is_open());
    }
    for act in acts {
        let refused = History::default().take(&calendars, at("2026-11-04T10:00"), act);
        assert_eq!(refused, Err(DeadlineRefusal::NotRunning), "what never began");
    }
}
