//! Extension, reply and what else ends it (art. 33, 36, 37, 39, 45).

use super::*;
use crate::deadline::Count;

fn days(number: u16) -> Count {
    number.try_into().unwrap()
}

fn replied(outcome: Outcome) -> impl FnOnce(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| decide(case, outcome, sealed("答复书"), &[], now)
}

#[test]
fn it_is_extended_once_by_at_most_twenty_days() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let more = |by| move |case: &Case, now: Moment<'_>| extend(case, days(by), line("涉及多个部门"), now);
    let long = world.when("2026-11-20T10:00", more(21)).unwrap_err();
    assert_eq!(long, RequestRefusal::from(DeadlineRefusal::ExtendedTooLong { asked: 21, most: 20 }));
    world.when("2026-11-20T10:00", more(15)).unwrap();
    // 1–4 December (4), 7–11 (9), 14–18 (14), 21 (15).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-22T00:00")));
    let twice = world.when("2026-11-23T10:00", more(1)).unwrap_err();
    assert_eq!(twice, RequestRefusal::from(DeadlineRefusal::ExtendedTooOften { times: 1 }));
}

#[test]
fn a_reply_that_is_counted_anew_is_not_extended_a_second_time() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let more = |case: &Case, now: Moment<'_>| extend(case, days(20), line("涉及多个部门"), now);
    world.when("2026-11-03T10:00", more).unwrap();
    world.when("2026-11-04T10:00", |case, now| ask_completion(case, sealed("?"), now)).unwrap();
    world.when("2026-11-05T10:00", |case, now| complete(case, sealed("!").into(), Received::Now, now)).unwrap();
    // The days that were added went with the count that was broken off: 6 (1), 9–13 (6), 16–20 (11), 23–27 (16), 30 – 3 December (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-04T00:00")));
    let twice = world.when("2026-11-06T10:00", more).unwrap_err();
    assert_eq!(twice, RequestRefusal::from(DeadlineRefusal::ExtendedTooOften { times: 1 }));
    // Nor one that was lifted and begins again.
    world.when("2026-11-09T10:00", |case, now| ask_fee(case, 11, &others(10), now)).unwrap();
    world.tick(at("2026-12-20T10:00"));
    world.when("2026-12-21T10:00", |case, now| pay(case, Received::On("2026-11-10".parse().unwrap()), now)).unwrap();
    let late = world.when("2026-12-21T11:00", more).unwrap_err();
    assert_eq!(late, RequestRefusal::from(DeadlineRefusal::NotRunning), "it was due on 8 December");
}

#[test]
fn every_kind_of_reply_ends_it_and_nothing_is_owed_any_more() {
    let outcomes = [
        Outcome::AlreadyPublic { found_at: line("http://www.example.cn/zwgk/a.html") },
        Outcome::Provided { extent: Extent::Whole },
        Outcome::Provided { extent: Extent::Partial { withheld: line("第三人联系方式，依第十五条") } },
        Outcome::NotDisclosable { ground: line("依第十六条，属内部事务信息") },
        Outcome::DoesNotExist,
        Outcome::NotOurs { body: Some(line("市公安局，电话见该局公开指南")) },
        Outcome::SpecialLaw { law: line("《不动产登记暂行条例》") },
    ];
    for outcome in outcomes {
        let mut world = World::confirmed("2026-11-02T10:00");
        world.when("2026-11-30T23:59", replied(outcome.clone())).unwrap();
        assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Met { at: at("2026-11-30T23:59") }));
        let Some((_, Conclusion::Decided(decided))) = &world.case.own.concluded else { panic!("not decided") };
        assert_eq!(decided.outcome, outcome);
        assert!(world.case.deadlines.open().next().is_none());
        let again = world.when("2026-12-01T10:00", replied(Outcome::DoesNotExist));
        assert_eq!(again, Err(RequestRefusal::Case(CaseRefusal::Closed)));
    }
}

#[test]
fn a_repeat_names_an_application_of_the_same_person_that_was_replied_to_before_it() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let earlier =
        |number: usize, opened: &str, is_replied: bool| Kin { opened_at: at(opened), is_replied, ..other(number) };
    let kin = [
        earlier(1, "2026-10-09T10:00", true),
        earlier(2, "2026-10-09T10:00", false),
        earlier(3, "2026-11-02T10:01", true),
        // What another authority replied is no reply of this one.
        Kin { department: "czj".parse().unwrap(), ..earlier(5, "2026-10-09T10:00", true) },
    ];
    let repeats = |world: &mut World, kin: &[Kin], number: usize| {
        let outcome = Outcome::Repeat { of: other(number).number };
        world.when("2026-11-30T23:59", |case, now| decide(case, outcome, sealed("答复书"), kin, now))
    };
    for none in [2, 3, 4, 5] {
        assert_eq!(repeats(&mut world, &kin, none), Err(RequestRefusal::NotRepeated), "{none}");
    }
    let number = world.case.opened.clone().unwrap().opening.number;
    let itself = world.when("2026-11-30T23:59", |case, now| {
        decide(case, Outcome::Repeat { of: number }, sealed("答复书"), &kin, now)
    });
    assert_eq!(itself, Err(RequestRefusal::NotRepeated));
    let found: Vec<_> = repeatable(&world.case, &kin).collect();
    assert_eq!(found, [&kin[0]]);
    repeats(&mut world, &kin, 1).unwrap();
    assert_eq!(Kin::of(&world.case).map(|kin| kin.is_replied), Some(true));
    let mut elsewhere = World::confirmed("2026-11-02T10:00");
    elsewhere.when("2026-11-03T10:00", replied(Outcome::NotOurs { body: None })).unwrap();
    assert_eq!(Kin::of(&elsewhere.case).map(|kin| kin.is_replied), Some(false), "nobody has said yes or no to it");
    // Turned away because there were too many: the same application, made properly later, is no repeat of it.
    let mut excessive = World::confirmed("2026-11-02T10:00");
    excessive.when("2026-11-03T10:00", |case, now| ask_reasons(case, sealed("理由？"), &others(30), now)).unwrap();
    excessive.when("2026-11-04T10:00", |case, now| give_reasons(case, sealed("好奇"), Received::Now, now)).unwrap();
    excessive.when("2026-11-05T10:00", replied(Outcome::Excessive)).unwrap();
    assert_eq!(Kin::of(&excessive.case).map(|kin| kin.is_replied), Some(false), "nobody has looked for it");
}

#[test]
fn a_late_reply_is_given_and_the_delay_is_told_first() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-12-09T10:00", replied(Outcome::DoesNotExist)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
}

#[test]
fn who_is_late_may_still_ask_for_an_opinion_and_buys_no_time_by_it() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let asking = Asking { of: Consulted::ThirdParty, letter: sealed("书"), delivered_on: None, further: None };
    let ask = |case: &Case, now: Moment<'_>| seek_opinion(case, asking.clone(), now);
    world.when("2026-12-02T10:00", ask).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
    let answer = |case: &Case, now: Moment<'_>| {
        record_opinion(case, 1.try_into().unwrap(), Stance::Agrees, sealed("同意"), Received::Now, now)
    };
    world.when("2026-12-04T10:00", answer).unwrap();
    world.when("2026-12-04T11:00", replied(Outcome::Provided { extent: Extent::Whole })).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
}

#[test]
fn a_petition_is_told_where_to_go() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-05T10:00", |case, now| redirect(case, line("信访渠道"), line("内容为投诉"), now)).unwrap();
    assert!(matches!(world.case.own.concluded, Some((_, Conclusion::Redirected { .. }))));
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::Met { at: at("2026-11-05T10:00") }));
}

#[test]
fn the_applicant_takes_it_back_whenever_he_likes_and_once() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-11-03T10:00", |case, now| ask_completion(case, sealed("?"), now)).unwrap();
    world.when("2026-11-04T10:00", withdraw).unwrap();
    assert!(world.case.deadlines.open().next().is_none());
    assert_eq!(world.when("2026-11-04T11:00", withdraw), Err(RequestRefusal::Case(CaseRefusal::Closed)));
}

#[test]
fn what_staff_record_as_taken_back_says_why_and_what_shows_it_for_good() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let recorded = Recorded { reason: sealed("已从其他途径获得"), shown_by: ShownBy::Letter };
    world.when("2026-11-04T10:00", |case, now| record_withdrawal(case, recorded.clone(), now)).unwrap();
    assert_eq!(world.case.own.concluded, Some((at("2026-11-04T10:00"), Conclusion::Withdrawn(Some(recorded.clone())))));
    assert!(world.case.deadlines.open().next().is_none());
    let again = world.when("2026-11-04T11:00", |case, now| record_withdrawal(case, recorded, now));
    assert_eq!(again, Err(RequestRefusal::Case(CaseRefusal::Closed)));
    let mut himself = World::confirmed("2026-11-02T10:00");
    himself.when("2026-11-04T10:00", withdraw).unwrap();
    assert_eq!(himself.case.own.concluded, Some((at("2026-11-04T10:00"), Conclusion::Withdrawn(None))));
}

#[test]
fn what_was_given_is_recorded_as_published_once() {
    let published = || Published {
        document: "gq4tmnzzgqztsmzrgq2dqmjsge".parse().unwrap(),
        found_at: line("https://jyj.cheng.example/zwgk/2026/11/05/plan.html"),
    };
    let publish = |case: &Case, _: Moment<'_>| record_publication(case, published());
    let mut refused = World::confirmed("2026-11-02T10:00");
    assert_eq!(refused.when("2026-11-03T10:00", publish), Err(RequestRefusal::NotGranted));
    refused.when("2026-11-03T10:00", replied(Outcome::DoesNotExist)).unwrap();
    assert_eq!(refused.when("2026-11-04T10:00", publish), Err(RequestRefusal::NotGranted));
    let mut world = World::confirmed("2026-11-02T10:00");
    let partly = Extent::Partial { withheld: line("第三人联系方式，依第十五条") };
    world.when("2026-11-03T10:00", replied(Outcome::Provided { extent: partly })).unwrap();
    world.when("2026-11-04T10:00", |case, _| archive(case, line("卷1"))).unwrap();
    assert_eq!(names(&world.when("2026-11-05T10:00", publish).unwrap()), ["InformationPublished"]);
    assert_eq!(world.case.own.published, Some(published()));
    assert_eq!(world.when("2026-11-06T10:00", publish), Err(RequestRefusal::PublishedBefore));
}

#[test]
fn only_what_came_to_its_end_is_filed_and_once() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let file = |case: &Case, _: Moment<'_>| archive(case, line("2026-依申请-0007"));
    assert_eq!(world.when("2026-11-03T10:00", file), Err(RequestRefusal::Case(CaseRefusal::NotClosed)));
    world.when("2026-11-03T10:00", replied(Outcome::DoesNotExist)).unwrap();
    world.when("2026-11-04T10:00", file).unwrap();
    assert_eq!(world.when("2026-11-05T10:00", file), Err(RequestRefusal::AlreadyArchived));
}
