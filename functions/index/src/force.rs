//! When a document was in force, as far as it and those that change it tell.
//!
//! A text keeps the first day on which it took effect (`自2009年8月1日起施行`), a version the day on which it was adopted or amended; the later of the two is its
//! beginning. It ends where a later version, or what repeals it, begins, or after the last day that its editors name. What nobody tells stays unknown: no day is made up.

use std::sync::LazyLock;

use domain::document::{RelationKind, Validity as Told};
use jiff::civil::Date;
use regex::Regex;
use search::{Force, Validity};
use views::city::DocumentPage;

use crate::document::version_day;

/// A document that changes or ends another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Later {
    /// What it does.
    pub(crate) kind: Change,
    /// The first day on which it was in force; none where nobody knows.
    pub(crate) begins: Option<Date>,
}

/// What a later document does to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It ends its force.
    Repeals,
    /// It is its next version.
    Replaces,
    /// It changes part of it.
    Amends,
}

impl Later {
    /// What `document`, whose text is `body`, does to one that it names as `kind`; none where that leaves it as it is.
    pub(crate) fn of(kind: RelationKind, document: &DocumentPage, body: &str) -> Option<Self> {
        let kind = match kind {
            RelationKind::Repeals => Change::Repeals,
            // A version that an older system kept is the whole text anew.
            RelationKind::Amends if version_day(document.dated).is_some() => Change::Replaces,
            RelationKind::Amends => Change::Amends,
            RelationKind::Interprets | RelationKind::BasedOn => return None,
        };
        Some(Self { kind, begins: begins(document, body) })
    }
}

/// When `document`, whose text is `body`, was in force, those that came `later` considered.
pub(crate) fn of(document: &DocumentPage, body: &str, later: &[Later]) -> Force {
    let ends = later.iter().filter(|later| matches!(later.kind, Change::Repeals | Change::Replaces));
    let expires = document.catalogue.expires_on.and_then(|last| last.tomorrow().ok());
    let until = ends.filter_map(|later| later.begins).chain(expires).min();
    Force { validity: validity(document, later), from: begins(document, body), until }
}

/// 有效性: as a document that repeals it says, else its editors, else its source, else what amends it.
fn validity(document: &DocumentPage, later: &[Later]) -> Validity {
    let is = |change| later.iter().any(|later| later.kind == change);
    let source = || document.arrival.as_ref()?.validity.as_deref();
    let told = document.catalogue.validity.map(Told::chinese).or_else(source);
    match told {
        _ if is(Change::Repeals) => Validity::Repealed,
        Some("废止") => Validity::Repealed,
        Some("失效") => Validity::Expired,
        _ if is(Change::Replaces) || is(Change::Amends) => Validity::Amended,
        Some("有效") => Validity::InForce,
        _ => Validity::Unknown,
    }
}

/// The first day on which a document was in force; none where neither its text nor its source tells.
pub(crate) fn begins(document: &DocumentPage, body: &str) -> Option<Date> {
    let version = version_day(document.dated);
    version.max(first_day(body))
}

/// `自2009年8月1日起施行`, `自二〇〇九年八月一日起施行`: the last that a text says, for it says so of itself at its end.
static FIRST_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"自\s*([0-9〇零○一二三四五六七八九]{4})\s*年\s*([0-9一二三四五六七八九十]{1,3})\s*月\s*([0-9一二三四五六七八九十]{1,3})\s*日\s*起(?:正式)?(?:施行|实施|执行)").ok()
});

fn first_day(body: &str) -> Option<Date> {
    let found = FIRST_DAY.as_ref()?.captures_iter(body).last()?;
    let part = |index| found.get(index).and_then(|part| number(part.as_str()));
    Date::new(part(1)?.try_into().ok()?, part(2)?.try_into().ok()?, part(3)?.try_into().ok()?).ok()
}

/// A number in digits of either kind: `2009`, `二〇〇九`, `十二`, `二十一`.
fn number(text: &str) -> Option<u16> {
    let digit = |character: char| match character {
        '〇' | '零' | '○' => Some(0),
        _ => "一二三四五六七八九".chars().position(|known| known == character).map(|place| place as u32 + 1).or(character.to_digit(10)),
    };
    if let Some((tens, ones)) = text.split_once('十') {
        let part = |text: &str, empty| match text.chars().next() {
            None => Some(empty),
            Some(character) => digit(character),
        };
        return u16::try_from(part(tens, 1)? * 10 + part(ones, 0)?).ok();
    }
    let value = text.chars().try_fold(0u32, |value, character| Some(value * 10 + digit(character)?))?;
    u16::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_text_tells_the_first_day_on_which_it_took_effect() {
        for (body, first) in [
            ("第三十九条 本条例自2009年8月1日起施行。", Some("2009-08-01")),
            ("本办法自 2024 年 10 月 1 日 起实施", Some("2024-10-01")),
            ("本规定自二〇一一年四月一日起施行。", Some("2011-04-01")),
            ("自二○一九年十二月二十一日起正式施行", Some("2019-12-21")),
            ("第二条自2001年1月1日起施行的办法废止。第三条 本办法自2002年2月2日起施行。", Some("2002-02-02")),
            ("本办法自公布之日起施行。", None),
            ("自2024年13月1日起施行", None),
            ("", None),
        ] {
            assert_eq!(first_day(body), first.map(day), "{body}");
        }
    }

    #[test]
    fn numbers_are_read_in_both_kinds_of_digits() {
        for (text, value) in [("2009", 2009), ("二〇〇九", 2009), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("7", 7)] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("百"), None);
    }
}
