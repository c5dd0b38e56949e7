//! What falls due, in which order, and what a new calendar moves.

use super::*;

fn change(deadline: Owed, effective_at: &str, change: Happened) -> ToyEvent {
    ToyEvent::DeadlineChanged(Change { deadline, effective_at: at(effective_at), change })
}

fn meet(deadlines: &Deadlines<Owed>, now: Moment<'_>) -> Result<Change<Owed>, DeadlineRefusal> {
    deadlines.meet(Owed::Reply, now)
}

#[test]
fn nothing_falls_due_before_its_instant_and_all_does_at_it() {
    let calendars = national();
    let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
    assert_eq!(history.tick(&calendars, at("2026-11-09T23:59:59.999")), []);
    assert_eq!(
        history.tick(&calendars, at("2026-11-10T00:00")),
        [change(Owed::Reply, "2026-11-10T00:00", Happened::FellDue)]
    );
    assert_eq!(history.tick(&calendars, at("2026-11-10T00:00")), [], "once");
}

#[test]
fn an_act_in_time_meets_a_deadline_and_one_that_is_late_finds_it_fallen_due() {
    let calendars = national();
    let mut in_time = owing(working_days(5), "2026-11-02T10:00", &calendars);
    in_time.take(&calendars, at("2026-11-09T23:59:59.999"), meet).unwrap();
    assert_eq!(in_time.status(Owed::Reply), Status::Met { at: at("2026-11-09T23:59:59.999") });
    let mut late = owing(working_days(5), "2026-11-02T10:00", &calendars);
    assert_eq!(late.take(&calendars, at("2026-11-10T00:00"), meet), Err(DeadlineRefusal::NotRunning));
    assert_eq!(late.log.len(), 1, "a refusal changes nothing, not even what fell due");
}

#[test]
fn the_due_instant_counts_whoever_looks_and_whenever() {
    let calendars = national();
    for looked in ["2026-11-10T00:00", "2026-11-10T08:00", "2027-05-01T00:00"] {
        let mut history = owing(working_days(5), "2026-11-02T10:00", &calendars);
        history.tick(&calendars, at(looked));
        assert_eq!(history.status(Owed::Reply), Status::FellDue { at: at("2026-11-10T00:00") }, "{looked}");
    }
}

#[test]
fn silence_is_consent_and_what_follows_from_it_falls_due_in_its_turn() {
    let calendars = national();
    let mut history = History::default();
    let begin = |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Objection, working_days(5), now.at, now);
    history.take(&calendars, at("2026-11-02T10:00"), begin).unwrap();
    let consent = at("2026-11-10T00:00");
    let events = history.tick(&calendars, at("2026-12-01T10:00"));
    let due = at("2026-11-12T00:00");
    let started = Happened::Started { limit: working_days(1), from: consent, due, calendar: 1 };
    assert_eq!(
        events,
        [
            change(Owed::Objection, "2026-11-10T00:00", Happened::FellDue),
            ToyEvent::DeemedConsented { effective_at: consent },
            change(Owed::Reply, "2026-11-10T00:00", started),
            change(Owed::Reply, "2026-11-12T00:00", Happened::FellDue),
        ],
        "the 10th is the start day, the 11th counts"
    );
}

#[test]
fn what_is_due_first_falls_due_first_and_the_one_declared_first_of_two() {
    let calendars = national();
    let mut history = owing(working_days(6), "2026-11-02T10:00", &calendars);
    let begin =
        |days| move |d: &Deadlines<Owed>, now: Moment<'_>| d.start(Owed::Objection, working_days(days), now.at, now);
    let mut same = history.clone();
    history.take(&calendars, at("2026-11-03T10:00"), begin(6)).unwrap();
    same.take(&calendars, at("2026-11-03T10:00"), begin(5)).unwrap();
    let order = |events: Vec<ToyEvent>| {
        let fell = events.into_iter().filter_map(|event| match event {
            ToyEvent::DeadlineChanged(Change { deadline, change: Happened::FellDue, .. }) => Some(deadline),
            _ => None,
        });
        fell.collect::<Vec<_>>()
    };
    assert_eq!(history.case.deadlines.next(), Some((Owed::Reply, at("2026-11-11T00:00"))));
    assert_eq!(order(history.tick(&calendars, at("2026-11-12T00:00"))), [Owed::Reply, Owed::Objection]);
    assert_eq!(order(same.tick(&calendars, at("2026-11-11T00:00"))), [Owed::Objection, Owed::Reply]);
}

/// From 2026-12-29 five working days: by weekdays the last is 5 January; the new year's arrangement takes three of them away.
fn over_new_year() -> (History, CalendarHistory, Arrangement) {
    let calendars = national();
    let history = owing(working_days(5), "2026-12-29T10:00", &calendars);
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2027-01-06T00:00") });
    (history, calendars, year(2027, &[("01-01", "01-05")], &[]))
}

#[test]
fn a_new_calendar_moves_what_is_open() {
    let (mut history, mut calendars, longer) = over_new_year();
    adopted(&mut calendars, vec![longer], at("2026-12-30T09:00"));
    assert!(history.case.deadlines.are_behind(calendars.newest()));
    let due = Some(at("2027-01-09T00:00"));
    assert_eq!(
        history.tick(&calendars, at("2027-01-06T08:00")),
        [change(Owed::Reply, "2026-12-30T09:00", Happened::Recomputed { due, calendar: 2 })]
    );
    assert!(!history.case.deadlines.are_behind(calendars.newest()));
    history.take(&calendars, at("2027-01-08T23:00"), meet).unwrap();
}

#[test]
fn what_was_due_before_an_adoption_falls_due_by_the_old_calendar() {
    for adoption in ["2027-01-06T00:00", "2027-01-06T09:00"] {
        let (mut history, mut calendars, longer) = over_new_year();
        adopted(&mut calendars, vec![longer], at(adoption));
        let events = history.tick(&calendars, at("2027-01-07T08:00"));
        assert_eq!(events, [change(Owed::Reply, "2027-01-06T00:00", Happened::FellDue)]);
    }
}

#[test]
fn a_recomputed_deadline_is_never_due_before_the_adoption() {
    let mut calendars = national();
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-05")], &[])], at("2026-12-01T09:00"));
    let mut history = owing(working_days(5), "2026-12-29T10:00", &calendars);
    assert_eq!(history.status(Owed::Reply), Status::Running { due: at("2027-01-09T00:00") });
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-01")], &["01-02", "01-03"])], at("2027-01-07T09:00"));
    let due = Some(at("2027-01-07T09:00"));
    assert_eq!(
        history.tick(&calendars, at("2027-01-07T10:00")),
        [
            change(Owed::Reply, "2027-01-07T09:00", Happened::Recomputed { due, calendar: 3 }),
            change(Owed::Reply, "2027-01-07T09:00", Happened::FellDue),
        ]
    );
}

#[test]
fn several_adoptions_are_gone_through_one_after_the_other() {
    let (mut history, mut calendars, longer) = over_new_year();
    adopted(&mut calendars, vec![longer], at("2026-12-30T09:00"));
    adopted(&mut calendars, vec![year(2027, &[("01-01", "01-01")], &[])], at("2026-12-31T09:00"));
    let (longer, shorter) = (Some(at("2027-01-09T00:00")), Some(at("2027-01-07T00:00")));
    assert_eq!(
        history.tick(&calendars, at("2027-01-08T08:00")),
        [
            change(Owed::Reply, "2026-12-30T09:00", Happened::Recomputed { due: longer, calendar: 2 }),
            change(Owed::Reply, "2026-12-31T09:00", Happened::Recomputed { due: shorter, calendar: 3 }),
            change(Owed::Reply, "2027-01-07T00:00", Happened::FellDue),
        ]
    );
}

#[test]
fn a_clock_that_stands_is_counted_again_too_and_stands() {
    let (mut history, mut calendars, longer) = over_new_year();
    history.take(&calendars, at("2026-12-30T08:00"), |d, now| d.stop(Owed::Reply, line("征求意见"), now)).unwrap();
    adopted(&mut calendars, vec![longer], at("2026-12-30T09:00"));
    let events = history.tick(&calendars, at("2027-01-08T08:00"));
    assert_eq!(events, [change(Owed::Reply, "2026-12-30T09:00", Happened::Recomputed { due: None, calendar: 2 })]);
    history.take(&calendars, at("2027-01-11T09:00"), |d, now| d.resume(Owed::Reply, now)).unwrap();
    assert_eq!(
        history.status(Owed::Reply),
        Status::Running { due: at("2027-01-16T00:00") },
        "five days from the 11th on"
    );
}

#[test]
fn what_is_over_is_never_counted_again() {
    let (mut history, mut calendars, longer) = over_new_year();
    history.take(&calendars, at("2026-12-30T08:00"), meet).unwrap();
    adopted(&mut calendars, vec![longer], at("2026-12-30T09:00"));
    assert_eq!(history.tick(&calendars, at("2027-01-08T08:00")), []);
    assert!(!history.case.deadlines.are_behind(calendars.newest()));
}

#[test]
fn an_act_that_did_not_know_of_an_adoption_stays_before_it() {
    let (mut history, calendars, _) = over_new_year();
    let mut newer = calendars.clone();
    // Everything of the term is in the past by this calendar, where Saturday and Sunday are worked.
    adopted(&mut newer, vec![year(2027, &[("01-04", "01-04")], &["01-02", "01-03"])], at("2027-01-05T09:00:00"));
    let extend = |d: &Deadlines<Owed>, now: Moment<'_>| d.extend(Owed::Reply, count(1), line("案情复杂"), now);
    history.take(&calendars, at("2027-01-05T09:00:03"), extend).unwrap();
    let events = history.tick(&newer, at("2027-01-05T10:00"));
    let [ToyEvent::DeadlineChanged(recomputed)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(recomputed.effective_at, at("2027-01-05T09:00:03"));
}
