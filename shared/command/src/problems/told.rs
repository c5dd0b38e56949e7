//! How what refuses is told in words: the sentences that functions make of refusals of their own.

use std::fmt::Display;

use domain::shanghai;
use gateway::{FieldError, Problem, ProblemKind, Sentence, kinds::MALFORMED_PARAMETER};
use jiff::Timestamp;

/// The kind's own advice after a sentence on this very case; `en` is a refusal of the domain, whose messages begin in lower case and end without a full stop.
pub fn with_advice(kind: &ProblemKind, zh: String, en: impl Display) -> Problem {
    Problem::of(
        kind,
        Sentence::new(format!("{zh}{}", kind.remedy), format!("{}. {}", capitalised(&en.to_string()), kind.remedy_en)),
    )
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}

/// A field names something that does not exist.
#[must_use]
pub fn unknown(kind: &ProblemKind, pointer: &str, name: &str) -> Problem {
    named(kind, pointer, name, &format!("There is no such thing as {name}."))
}

/// A field names something that exists and will not do.
#[must_use]
pub fn unfit(kind: &ProblemKind, pointer: &str, name: &str) -> Problem {
    named(kind, pointer, name, &format!("This concerns {name}: {}.", kind.title_en))
}

fn named(kind: &ProblemKind, pointer: &str, name: &str, en: &str) -> Problem {
    let error = FieldError {
        pointer: pointer.to_owned(),
        code: kind.code.to_owned(),
        detail: format!("{}：{name}", kind.title),
        detail_en: format!("{}: {name}", kind.title_en),
        finding: None,
    };
    Problem::of(
        kind,
        Sentence::new(format!("{}：{name}。{}", kind.title, kind.remedy), format!("{en} {}", kind.remedy_en)),
    )
    .with_errors(vec![error])
}

/// A parameter behind the question mark is not as it should be.
#[must_use]
pub fn malformed(zh: &str, en: &str) -> Problem {
    let kind = &MALFORMED_PARAMETER;
    Problem::of(kind, Sentence::new(format!("{zh}{}", kind.remedy), format!("{en} {}", kind.remedy_en)))
}

/// An instant on the city's clock: 2026年12月1日 09:00.
#[must_use]
pub fn clock(at: Timestamp) -> String {
    let local = shanghai::local(at);
    format!("{}年{}月{}日 {:02}:{:02}", local.year(), local.month(), local.day(), local.hour(), local.minute())
}
