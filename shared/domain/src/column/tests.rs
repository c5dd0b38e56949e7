//! Rules of columns.

use std::collections::BTreeSet;

use super::*;
use crate::{
    aggregate::Context,
    mandatory::Category,
    text::{Line, Prose},
};

fn context() -> Context {
    Context { actor: "registrar".parse().unwrap(), now: "2026-11-23T01:00:00Z".parse().unwrap() }
}

fn column(id: &str) -> Opened {
    Opened {
        column: id.parse().unwrap(),
        department: "jyj".parse().unwrap(),
        kind: ColumnKind::Notices,
        archive: Archive::Month,
        profile: ColumnProfile {
            name: Line::new("通知公告").unwrap(),
            description: Prose::default(),
            position: 1,
            prominence: Prominence::Both,
            update_duty: None,
            review: Review::default(),
            discloses: BTreeSet::new(),
        },
    }
}

#[test]
fn refuses_paths_of_the_platform_and_paths_like_dates() {
    for id in ["www.api", "www.bm.x", "www.xw.2026", "www.2026"] {
        assert!(
            matches!(open(&Column::default(), column(id), &context()), Err(ColumnRefusal::Reserved { .. })),
            "{id}"
        );
    }
    assert!(open(&Column::default(), column("www.zwgk.tzgg"), &context()).is_ok());
}

#[test]
fn ten_days_are_cut_on_the_city_calendar() {
    let cases = [
        ("2026-11-10T15:59:59Z", "2026-11-01"),
        ("2026-11-10T16:00:00Z", "2026-11-11"),
        ("2026-11-30T00:00:00Z", "2026-11-21"),
    ];
    for (instant, slice) in cases {
        assert_eq!(Archive::TenDays.slice(instant.parse().unwrap()), slice);
    }
}

#[test]
fn a_review_has_one_to_three_levels() {
    let post = Post::default();
    for (levels, fits) in [(0, false), (1, true), (3, true), (4, false)] {
        assert_eq!(Levels::try_from(vec![post.clone(); levels]).is_ok(), fits, "{levels}");
    }
    let zfb = Post { department: "zfb".parse().ok() };
    let review = Review { levels: vec![post, zfb.clone()].try_into().unwrap(), publisher: zfb };
    assert_eq!(review.departments().count(), 2);
    assert_eq!(Review::default().departments().count(), 0);
}

#[test]
fn the_levels_take_turns_and_the_last_one_keeps_its_turn() {
    let (jyj, zfb) = ("jyj".parse().unwrap(), "zfb".parse().unwrap());
    let levels = Levels::try_from(vec![Post::default(), Post { department: Some("zfb".parse().unwrap()) }]).unwrap();
    assert_eq!(levels.count(), 2);
    for (approvals, turn) in [(0, &jyj), (1, &zfb), (2, &zfb)] {
        assert_eq!(levels.turn(approvals, &jyj), turn, "{approvals}");
    }
    assert_eq!(Levels::default().turn(0, &jyj), &jyj);
}

#[test]
fn name_and_place_are_the_sites_where_it_shows_them_and_the_review_is_always() {
    let plain = ColumnProfile { prominence: Prominence::Plain, ..column("www.zwgk.tzgg").profile };
    let renamed = ColumnProfile { name: Line::new("公告").unwrap(), position: 7, ..plain.clone() };
    assert_eq!(plain.of_the_site(), renamed.of_the_site());
    let home = ColumnProfile { prominence: Prominence::Home, ..plain.clone() };
    assert_ne!(home.of_the_site(), plain.of_the_site());
    assert_ne!(ColumnProfile { prominence: Prominence::Home, ..renamed }.of_the_site(), home.of_the_site());
    let described = ColumnProfile { description: Prose::new("公告").unwrap(), ..home.clone() };
    assert_eq!(described.of_the_site(), home.of_the_site());
    let review = Review { publisher: Post { department: "zfb".parse().ok() }, ..Review::default() };
    assert_ne!(ColumnProfile { review, ..plain.clone() }.of_the_site(), plain.of_the_site());
}

#[test]
fn an_update_duty_is_every_one_to_366_periods() {
    for (every, fits) in [(0, false), (1, true), (366, true), (367, false)] {
        assert_eq!(Every::try_from(every).is_ok(), fits, "{every}");
    }
    let duty: UpdateDuty = serde_json::from_str(r#"{"every":2,"unit":"week"}"#).unwrap();
    assert_eq!(duty, UpdateDuty { every: Every::try_from(2).unwrap(), unit: Period::Week });
}

#[test]
fn a_changed_review_is_a_change() {
    let opened = column("www.zwgk.tzgg");
    let state = Column { opened: Some(opened.clone()) };
    assert_eq!(change(&state, opened.profile.clone(), &context()), Err(ColumnRefusal::Unchanged));
    let duty = UpdateDuty { every: Every::try_from(6).unwrap(), unit: Period::Month };
    let profile = ColumnProfile { update_duty: Some(duty), ..opened.profile };
    assert!(change(&state, profile, &context()).is_ok());
}

#[test]
fn what_a_column_discloses_is_its_own_and_not_the_sites() {
    let opened = column("www.zwgk.tzgg");
    let state = Column { opened: Some(opened.clone()) };
    let discloses = BTreeSet::from([Category::Regulations, Category::Welfare]);
    let profile = ColumnProfile { discloses, ..opened.profile.clone() };
    assert!(change(&state, profile.clone(), &context()).is_ok());
    assert_eq!(profile.of_the_site(), opened.profile.of_the_site());
}
