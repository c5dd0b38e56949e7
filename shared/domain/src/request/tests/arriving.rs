//! Applications that come on paper or in person, and the day on which each counts as received (art. 31).

use super::*;
use crate::{
    shanghai,
    statistics::{Closure, contributions},
};

#[test]
fn what_is_handed_in_counts_from_the_day_of_submission_whenever_it_is_registered() {
    let mut web = World::filed("2026-11-02T10:00");
    web.when("2026-11-02T10:00", confirm).unwrap();
    for registered in ["2026-11-02T16:00", "2026-11-05T09:00"] {
        let world = World::arrived(Channel::InPerson, Some("2026-11-02"), registered).unwrap();
        assert_eq!(names(&world.log), ["CaseOpened", "ApplicationFiled", "ApplicationConfirmed"]);
        assert_eq!(world.due(RequestDeadline::Reply), web.due(RequestDeadline::Reply));
        assert_eq!(world.due(RequestDeadline::CompletionNotice), web.due(RequestDeadline::CompletionNotice));
        assert_eq!(world.status(RequestDeadline::Confirmation), None, "there is nothing to confirm");
        assert_eq!(world.case.own.received_on, Some("2026-11-02".parse().unwrap()));
    }
}

#[test]
fn registered_or_express_mail_counts_from_the_day_on_which_it_was_signed_for() {
    let mut world = World::arrived(Channel::Post, Some("2026-11-02"), "2026-11-04T10:00").unwrap();
    assert_eq!(world.case.own.confirmed, Some(at("2026-11-02T00:00")));
    // 3–6 (4), 9–13 (9), 16–20 (14), 23–27 (19), 30 (20).
    assert_eq!(world.due(RequestDeadline::Reply), Some(at("2026-12-01T00:00")));
    assert_eq!(world.when("2026-11-04T11:00", confirm), Err(RequestRefusal::AlreadyConfirmed));
}

#[test]
fn ordinary_mail_and_fax_count_from_the_day_of_the_confirmation_and_wait_for_it_until_then() {
    for channel in [Channel::OrdinaryMail, Channel::Fax] {
        let known = World::arrived(channel, Some("2026-11-02"), "2026-11-04T10:00").unwrap();
        assert_eq!(known.due(RequestDeadline::Reply), Some(at("2026-12-01T00:00")));
        let mut unknown = World::arrived(channel, None, "2026-11-04T10:00").unwrap();
        assert_eq!((unknown.case.own.confirmed, unknown.case.own.came_in), (None, None));
        assert_eq!(unknown.due(RequestDeadline::Confirmation), Some(at("2026-11-06T00:00")));
        unknown.when("2026-11-05T10:00", confirm).unwrap();
        // 6 (1), 9–13 (6), 16–20 (11), 23–27 (16), 30 – 3 December (20).
        assert_eq!(unknown.due(RequestDeadline::Reply), Some(at("2026-12-04T00:00")));
    }
}

#[test]
fn a_receipt_on_a_day_off_counts_as_of_the_next_day_that_is_worked() {
    let saturday = World::arrived(Channel::InPerson, Some("2026-11-07"), "2026-11-09T09:00").unwrap();
    let monday = World::arrived(Channel::InPerson, Some("2026-11-09"), "2026-11-09T09:00").unwrap();
    assert_eq!(saturday.due(RequestDeadline::Reply), monday.due(RequestDeadline::Reply));
    // The tenth of October is worked: whoever comes then has come.
    let made_up = World::arrived(Channel::InPerson, Some("2026-10-10"), "2026-10-12T09:00").unwrap();
    let after = World::arrived(Channel::InPerson, Some("2026-10-12"), "2026-10-12T09:00").unwrap();
    assert!(made_up.due(RequestDeadline::Reply) < after.due(RequestDeadline::Reply));
}

#[test]
fn a_day_that_lies_ahead_or_too_far_back_is_none_and_so_is_one_that_does_not_fit_the_way() {
    let now = "2026-11-30T10:00";
    let outside =
        RequestRefusal::ReceivedOutside { first: "2026-05-30".parse().unwrap(), last: "2026-11-30".parse().unwrap() };
    for day in ["2026-12-01", "2026-05-29", "2025-11-30"] {
        for channel in [Channel::InPerson, Channel::Post, Channel::OrdinaryMail, Channel::Fax] {
            assert_eq!(World::arrived(channel, Some(day), now).err(), Some(outside.clone()), "{day}");
        }
    }
    assert!(World::arrived(Channel::Post, Some("2026-05-30"), now).is_ok());
    for (channel, day) in [(Channel::InPerson, None), (Channel::Post, None), (Channel::Web, Some("2026-11-30"))] {
        assert_eq!(World::arrived(channel, day, now).err(), Some(RequestRefusal::ReceiptDayUnfit { channel }));
    }
}

#[test]
fn one_that_lay_in_a_tray_is_late_since_its_reply_was_due_and_no_completion_is_asked_for_any_more() {
    let mut world = World::arrived(Channel::Post, Some("2026-10-12"), "2026-11-30T10:00").unwrap();
    let missing = world.when("2026-11-30T10:01", |case, now| ask_completion(case, sealed("?"), now));
    assert_eq!(missing, Err(RequestRefusal::TooLateForCompletion));
    world.tick(at("2026-11-30T10:01"));
    // 13–16 (4), 19–23 (9), 26–30 (14), 2–6 November (19), 9 (20).
    assert_eq!(world.status(RequestDeadline::Reply), Some(Status::FellDue { at: at("2026-11-10T00:00") }));
    assert_eq!(world.case.late_since(), Some(at("2026-11-10T00:00")));
}

#[test]
fn it_belongs_to_the_month_in_which_it_came_for_fees_repeats_and_statistics() {
    let mut world = World::arrived(Channel::InPerson, Some("2026-10-30"), "2026-11-02T10:00").unwrap();
    assert_eq!(world.case.came_in(), Some(at("2026-10-30T00:00")));
    assert_eq!(item_of_month(&world.case, &others(12)), 1, "the others came on the first of November");
    let earlier = Kin { opened_at: at("2026-10-09T10:00"), ..other(1) };
    assert_eq!(item_of_month(&world.case, &[earlier]), 2);
    assert_eq!(Kin::of(&world.case).map(|kin| kin.opened_at), Some(at("2026-10-30T00:00")));
    world.when("2026-11-03T10:00", |case, now| decide(case, Outcome::DoesNotExist, sealed("无"), &[], now)).unwrap();
    let months = contributions(&world.case);
    assert!(months["2026-10"].received && !months["2026-11"].received);
    let closure = Closure { opened_at: at("2026-10-30T00:00"), closed_at: at("2026-11-03T10:00"), redone: false };
    assert_eq!(months["2026-11"].closed, Some(closure));
    assert_eq!(
        shanghai::month(world.case.opened.unwrap().at),
        "2026-11",
        "its number is of the day on which it was registered"
    );
}

#[test]
fn each_way_has_its_rule() {
    let ways = [Channel::Web, Channel::InPerson, Channel::Post, Channel::OrdinaryMail, Channel::Fax];
    let rules: std::collections::BTreeSet<_> = ways.map(receipt_rule).into();
    assert_eq!(rules.len(), ways.len());
    assert!(rules.iter().all(|rule| rule.contains("为收到申请之日（条例第三十一条第")));
}
