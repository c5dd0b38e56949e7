//! Extension, reply and what else ends it (art. 33, 36, 37, 39, 45).

use super::*;
use crate::deadline::Count;

fn days(number: u16) -> Count {
    number.try_into().unwrap()
}

fn replied(outcome: Outcome) -> impl FnOnce(&Case, Moment<'_>) -> Result<Vec<Event>, RequestRefusal> {
    move |case, now| decide(case, outcome, sealed("答复书"), now)
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
fn every_kind_of_reply_ends_it_and_nothing_is_owed_any_more() {
    let outcomes = [
        Outcome::AlreadyPublic { found_at: line("http://www.example.cn/zwgk/a.html") },
        Outcome::Provided { extent: Extent::Whole },
        Outcome::Provided { extent: Extent::Partial { withheld: line("第三人联系方式，依第十五条") } },
        Outcome::NotDisclosable { ground: line("依第十六条，属内部事务信息") },
        Outcome::DoesNotExist,
        Outcome::NotOurs { body: Some(line("市公安局，电话见该局公开指南")) },
        Outcome::Repeat { of: World::filed("2026-10-09T10:00").case.opened.unwrap().opening.number },
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
fn a_late_reply_is_given_and_the_delay_is_told_first() {
    let mut world = World::confirmed("2026-11-02T10:00");
    world.when("2026-12-09T10:00", replied(Outcome::DoesNotExist)).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
}

#[test]
fn who_is_late_may_still_ask_for_an_opinion_and_buys_no_time_by_it() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let ask = |case: &Case, now: Moment<'_>| seek_opinion(case, Consulted::ThirdParty, sealed("书"), now);
    world.when("2026-12-02T10:00", ask).unwrap();
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-12-01T00:00") }));
    let answer =
        |case: &Case, now: Moment<'_>| record_opinion(case, Consulted::ThirdParty, Stance::Agrees, sealed("同意"), now);
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
fn only_what_came_to_its_end_is_filed_and_once() {
    let mut world = World::confirmed("2026-11-02T10:00");
    let file = |case: &Case, _: Moment<'_>| archive(case, line("2026-依申请-0007"));
    assert_eq!(world.when("2026-11-03T10:00", file), Err(RequestRefusal::Case(CaseRefusal::NotClosed)));
    world.when("2026-11-03T10:00", replied(Outcome::DoesNotExist)).unwrap();
    world.when("2026-11-04T10:00", file).unwrap();
    assert_eq!(world.when("2026-11-05T10:00", file), Err(RequestRefusal::AlreadyArchived));
}
