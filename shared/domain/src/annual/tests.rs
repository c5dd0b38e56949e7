//! Given applications, when a year is reported, then each is counted where the national format counts it, and nothing is made up.

use super::*;
use crate::request::{Applicant, Conclusion, Decided, Extent, Lapsed, Outcome};
use crate::{sealed::Sealed, text::Line as Text};

fn one(received: i16, handled: Option<(i16, Handling)>) -> Applied {
    Applied { received, applicant: Applicant::Citizen, handled, paid: None }
}

fn text<const LIMIT: usize>() -> Text<LIMIT> {
    Text::new("依据").unwrap()
}

fn line<'a>(matrix: &'a Matrix, beginning: &str) -> &'a Line {
    matrix.lines.iter().find(|line| line.name.starts_with(beginning)).unwrap()
}

fn total(matrix: &Matrix, beginning: &str) -> Option<u64> {
    line(matrix, beginning).cells[7].told()
}

#[test]
fn what_is_open_at_the_end_of_a_year_is_carried_over_and_the_next_begins_with_it() {
    let cases = [
        one(2025, Some((2025, Handling::Disclosed))),
        one(2025, Some((2026, Handling::Partial))),
        // Open over a whole year in which nothing happened to it.
        one(2025, Some((2027, Handling::Disclosed))),
        one(2026, Some((2026, Handling::NotHeld))),
        one(2026, None),
    ];
    let told = |year| {
        let Matrix { received, carried_in, handled, carried_out, .. } = Matrix::of(year, &cases);
        [received, carried_in, handled, carried_out]
    };
    assert_eq!(told(2024), [0, 0, 0, 0]);
    assert_eq!(told(2025), [3, 0, 1, 2]);
    assert_eq!(told(2026), [2, 2, 2, 2]);
    assert_eq!(told(2027), [0, 2, 1, 1]);
    assert_eq!(told(2028), [0, 1, 0, 1]);
    for year in 2024..2030 {
        let [received, carried_in, handled, carried_out] = told(year);
        assert_eq!(received + carried_in, handled + carried_out, "{year}");
        assert_eq!(carried_out, told(year + 1)[1], "{year}");
    }
}

#[test]
fn every_handling_has_one_line_and_the_total_is_their_sum() {
    let all = [
        (Handling::Disclosed, "（一）"),
        (Handling::Partial, "（二）"),
        (Handling::Inquiry, "8. "),
        (Handling::NotHeld, "1、2"),
        (Handling::Petition, "1. 信访"),
        (Handling::Repeat, "2. 重复"),
        (Handling::Excessive, "4. 无正当"),
        (Handling::Uncompleted, "1. 申请人"),
        (Handling::Unpaid, "2. 申请人"),
        (Handling::Otherwise, "3. 其他"),
    ];
    for (handling, name) in all {
        let matrix = Matrix::of(2026, &[one(2026, Some((2026, handling)))]);
        assert_eq!(
            (total(&matrix, name), matrix.handled, total(&matrix, "（七）")),
            (Some(1), 1, Some(1)),
            "{handling:?}"
        );
        for (other, name) in all.into_iter().filter(|(other, _)| *other != handling) {
            assert_eq!(total(&matrix, name), Some(0), "{handling:?} {other:?}");
        }
    }
}

#[test]
fn what_no_event_tells_is_named_and_never_zero() {
    let nothing = Matrix::of(2026, &[]);
    assert!(nothing.lines.iter().flat_map(|line| line.cells).all(|cell| cell == Cell::Told(0)), "nothing happened");
    let withheld = Matrix::of(2026, &[one(2026, Some((2026, Handling::Withheld)))]);
    assert_eq!(
        (total(&withheld, "1. 属于国家秘密"), total(&withheld, "7. ")),
        (None, None),
        "the ground is a sentence"
    );
    assert_eq!((total(&withheld, "8. "), total(&withheld, "小计")), (Some(0), Some(1)));
    assert_eq!(total(&withheld, "3. 补正后"), None);
    let disclosed = Matrix::of(2026, &[one(2026, Some((2026, Handling::Disclosed)))]);
    assert_eq!((total(&disclosed, "1. 属于国家秘密"), total(&disclosed, "3. 要求提供")), (Some(0), None));
    assert_eq!(total(&disclosed, "2. 没有现成"), Some(0), "nothing was not there");
    let not_there = Matrix::of(2026, &[one(2026, Some((2026, Handling::NotHeld)))]);
    let told = ["1. 本机关不掌握", "2. 没有现成", "1、2 合计"].map(|name| total(&not_there, name));
    assert_eq!(told, [None, None, Some(1)], "which of the two it was no reply tells");
}

#[test]
fn what_is_known_of_one_party_is_told_though_it_is_not_of_another() {
    let organisation = Applied { applicant: Applicant::Organisation, ..one(2026, Some((2026, Handling::Withheld))) };
    let told = line(&Matrix::of(2026, &[organisation]), "1. 属于国家秘密").cells.map(Cell::told);
    assert_eq!(told, [Some(0), None, None, None, None, None, None, None]);
}

#[test]
fn of_which_kind_an_organisation_is_nobody_asks() {
    let organisation = Applied { applicant: Applicant::Organisation, ..one(2026, None) };
    let matrix = Matrix::of(2026, &[organisation, one(2026, None)]);
    let told = line(&matrix, "一、").cells.map(Cell::told);
    assert_eq!(told, [Some(1), None, None, None, None, None, Some(1), Some(2)]);
    let citizens = Matrix::of(2026, &[one(2026, None)]);
    assert_eq!(line(&citizens, "一、").cells[1], Cell::Told(0), "no organisation, none of any kind");
}

#[test]
fn a_fee_counts_in_the_year_in_which_it_was_paid() {
    let paid = Applied { paid: Some(Paid { year: 2027, fen: 10_000 }), ..one(2026, None) };
    assert_eq!([2026, 2027].map(|year| Matrix::of(year, &[paid, paid]).fees), [0, 20_000]);
}

#[test]
fn a_conclusion_is_counted_as_the_format_has_it() {
    let decided = |outcome| {
        let text = Sealed::new(b"sealed".to_vec()).unwrap();
        Handling::from(&Conclusion::Decided(Decided { outcome, text, files: Vec::new(), commit: 4 }))
    };
    let of = "YG-20261127-482133".parse().unwrap();
    for (outcome, handling) in [
        (Outcome::AlreadyPublic { found_at: text() }, Handling::Disclosed),
        (Outcome::Provided { extent: Extent::Whole }, Handling::Disclosed),
        (Outcome::Provided { extent: Extent::Partial { withheld: text() } }, Handling::Partial),
        (Outcome::NotDisclosable { ground: text() }, Handling::Withheld),
        (Outcome::DoesNotExist, Handling::NotHeld),
        (Outcome::NotOurs { body: None }, Handling::NotHeld),
        (Outcome::Repeat { of }, Handling::Repeat),
        (Outcome::Excessive, Handling::Excessive),
        (Outcome::SpecialLaw { law: text() }, Handling::Inquiry),
    ] {
        assert_eq!(decided(outcome.clone()), handling, "{outcome:?}");
    }
    assert_eq!(Handling::from(&Conclusion::Redirected { channel: text(), reason: text() }), Handling::Petition);
    assert_eq!(Handling::from(&Conclusion::Abandoned(Lapsed::Completion)), Handling::Uncompleted);
    assert_eq!(Handling::from(&Conclusion::Abandoned(Lapsed::Fee)), Handling::Unpaid);
    assert_eq!(Handling::from(&Conclusion::Withdrawn(None)), Handling::Otherwise);
}
