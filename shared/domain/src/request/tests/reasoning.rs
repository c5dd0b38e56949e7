//! Too much, or too often: reasons are asked for once, and what follows from them (art. 35).

use super::*;

fn asked(kin: &[Kin]) -> World {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_reasons(case, sealed("请说明理由"), kin, now)).unwrap();
    world
}

fn refused_as_excessive(case: &Case, now: Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    decide(case, Outcome::Excessive, sealed("不予处理告知书"), &[], now)
}

fn reasons(received: Received) -> impl Fn(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| give_reasons(case, sealed("写论文"), received, now)
}

#[test]
fn reasons_are_asked_for_once_with_the_number_that_shows_the_excess_and_no_clock_stands() {
    let mut world = asked(&others(30));
    let found = world.case.own.reasons_asked.clone().unwrap();
    assert_eq!((found.applications, found.at), (31, at("2026-11-03T10:00")));
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-01T00:00")), "as before");
    assert!(world.case.own.awaits_reasons() && !world.case.own.is_waiting());
    let again = world.when("2026-11-04T10:00", |case, now| ask_reasons(case, sealed("?"), &[], now));
    assert_eq!(again, Err(RequestRefusal::ReasonsAskedBefore));
}

#[test]
fn nobody_is_asked_before_his_receipt_is_confirmed_or_after_the_end() {
    let ask = |case: &Case, now: Moment<'_>| ask_reasons(case, sealed("?"), &[], now);
    assert_eq!(World::filed("2026-11-02T10:00").when("2026-11-02T11:00", ask), Err(RequestRefusal::NotConfirmed));
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", withdraw).unwrap();
    assert_eq!(world.when("2026-11-03T11:00", ask), Err(RequestRefusal::Case(CaseRefusal::Closed)));
}

#[test]
fn the_applicant_says_why_once_by_himself_or_as_staff_record_it() {
    let mut himself = asked(&[]);
    himself.when("2026-11-05T10:00", reasons(Received::Now)).unwrap();
    assert!(!himself.case.own.awaits_reasons());
    let again = himself.when("2026-11-05T11:00", reasons(Received::Now));
    assert_eq!(again, Err(RequestRefusal::NoReasonsAwaited));
    let on = |day: &str| Received::On(day.parse().unwrap());
    let mut recorded = asked(&[]);
    let outside =
        RequestRefusal::ReceivedOutside { first: "2026-11-03".parse().unwrap(), last: "2026-11-09".parse().unwrap() };
    for day in ["2026-11-02", "2026-11-10"] {
        assert_eq!(recorded.when("2026-11-09T10:00", reasons(on(day))), Err(outside.clone()));
    }
    recorded.when("2026-11-09T10:00", reasons(on("2026-11-06"))).unwrap();
    let unasked = World::confirmed("2026-11-02T10:00").when("2026-11-03T10:00", reasons(Received::Now));
    assert_eq!(unasked, Err(RequestRefusal::NoReasonsAwaited));
}

#[test]
fn only_reasons_that_were_given_are_unreasonable_and_two_people_find_them_so() {
    for mut world in [World::confirmed("2026-11-02T10:00"), asked(&others(30))] {
        assert_eq!(world.when("2026-11-05T10:00", refused_as_excessive), Err(RequestRefusal::NoReasonsGiven));
        // Who says nothing is replied to.
        world
            .when("2026-11-06T10:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now))
            .unwrap();
    }
    let mut world = asked(&others(30));
    world.when("2026-11-04T10:00", reasons(Received::Now)).unwrap();
    let drafted = world
        .when("2026-11-05T10:00", |case, _| {
            draft_reply(case, Outcome::Excessive, sealed("不予处理告知书"), Vec::new(), &[])
        })
        .unwrap();
    assert_eq!(names(&drafted), ["ReplyDrafted"]);
    let own =
        world.when("2026-11-05T11:00", |case, now| approve_reply(case, &StaffId::of(&"clerk".parse().unwrap()), now));
    assert_eq!(own, Err(RequestRefusal::OwnDraft));
    world.when("2026-11-05T11:00", refused_as_excessive).unwrap();
    let Some((_, Conclusion::Decided(decided))) = &world.case.own.concluded else { panic!("not decided") };
    assert_eq!(decided.outcome, Outcome::Excessive);
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Met { at: at("2026-11-05T11:00") }));
}

#[test]
fn reasons_that_come_meanwhile_may_make_another_reply_of_a_draft() {
    let mut world = asked(&others(30));
    world
        .when("2026-11-04T10:00", |case, _| draft_reply(case, Outcome::DoesNotExist, sealed("无"), Vec::new(), &[]))
        .unwrap();
    world.when("2026-11-05T10:00", reasons(Received::Now)).unwrap();
    assert_eq!(world.case.own.draft, None);
}

#[test]
fn how_often_somebody_applied_is_counted_in_his_department_and_for_a_year() {
    let world = World::confirmed("2026-11-02T10:00");
    let kin = [
        Kin { opened_at: at("2025-11-03T10:00"), ..other(1) },
        Kin { opened_at: at("2025-11-01T10:00"), ..other(2) },
        Kin { department: "czj".parse().unwrap(), ..other(3) },
        other(4),
    ];
    let now = at("2026-11-02T10:00");
    assert_eq!(frequency(&world.case, &kin, now), Frequency { in_all: 4, in_a_year: 3 });
    assert_eq!(frequency(&world.case, &[], now), Frequency { in_all: 1, in_a_year: 1 });
}

#[test]
fn a_reply_that_is_asked_for_with_good_reason_comes_later_once_and_its_account_says_by_which_rule() {
    let delayed =
        |case: &Case, now: Moment<'_>| delay(case, 10.try_into().unwrap(), line("申请数量大，已与申请人商定"), now);
    let mut world = asked(&others(30));
    assert_eq!(world.when("2026-11-04T09:00", delayed), Err(RequestRefusal::NoReasonsGiven));
    world.when("2026-11-04T10:00", reasons(Received::Now)).unwrap();
    // Twenty working days end with 30 November; ten more: 1–4 December (4), 7–11 (9), 14 (10).
    let events = world.when("2026-11-05T10:00", delayed).unwrap();
    assert_eq!((events.len(), names(&events)), (1, Vec::new()), "its deadline changed, and nothing else");
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-15T00:00")));
    let reply = world.case.deadlines.get(RequestDeadline::Reply).unwrap();
    let sentence = reply.sentence(national().newest());
    assert!(
        sentence.contains("依《政府信息公开条例》第三十五条延迟10个工作日（申请数量大，已与申请人商定）"),
        "{sentence}"
    );
    assert_eq!(world.when("2026-11-06T10:00", delayed), Err(RequestRefusal::DelayedBefore));
    // What art. 33 allows is beside it: 15–18 December (14), 21–25 (19), 28 (20).
    let extended = |case: &Case, now: Moment<'_>| extend(case, 10.try_into().unwrap(), line("汇总资料"), now);
    world.when("2026-11-09T10:00", extended).unwrap();
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-29T00:00")));
}

#[test]
fn a_reply_that_is_late_is_late_and_is_not_delayed() {
    let mut world = asked(&others(30));
    world.when("2026-11-04T10:00", reasons(Received::Now)).unwrap();
    let late = world.when("2026-12-02T10:00", |case, now| delay(case, 10.try_into().unwrap(), line("数量大"), now));
    assert_eq!(late, Err(DeadlineRefusal::NotRunning.into()));
}
