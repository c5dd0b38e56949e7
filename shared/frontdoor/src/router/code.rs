//! Number and code of a case, as people type them, and how often they may be tried.

use std::time::Duration;

use pages::front::{Control, ErrorNote, Field, Keyboard};

use super::answer::Around;
use crate::{
    answers::half_width,
    attempts::{Try, Verdict},
    posted::Posted,
    reception::ReceptionProblem,
};

/// Characters of a number or a code at most.
const LONGEST: usize = 40;

/// Number and code of a case, as they were typed into a form; neither where it has other characters, or too many.
pub(super) struct Typed {
    pub(super) number: Option<String>,
    pub(super) code: Option<String>,
    /// The beginning of the number, to be shown again.
    pub(super) shown: String,
}

impl Typed {
    /// Of a form whose code stands in the field `code_field`.
    pub(super) fn of(posted: &Posted, code_field: &str) -> Self {
        let typed = posted.first("number").unwrap_or_default();
        Self {
            number: number(typed),
            code: code(posted.first(code_field).unwrap_or_default()),
            shown: typed.chars().take(LONGEST).collect(),
        }
    }

    /// What is wrong with them, where both are asked for.
    pub(super) fn flaws(&self) -> Vec<ErrorNote> {
        let both = [("number", "受理编号", &self.number), ("code", "查询码", &self.code)];
        both.into_iter().filter_map(|(field, label, text)| flaw(field, label, text.as_deref())).collect()
    }
}

/// The field `id` that a code is typed into once more; `why` stands before how it may be typed.
pub(super) fn field(id: String, why: &str) -> Field {
    Field {
        id,
        label: "查询码".to_owned(),
        help: Some(format!("{why}空格和连字符可以不填，字母不分大小写。")),
        optional: false,
        autocomplete: None,
        control: Control::Line { value: String::new(), keys: Keyboard::Text },
    }
}

/// What came of a try.
pub(super) enum Tried<T> {
    /// The code was right.
    Right(T),
    /// It was not, or there is no such case.
    Wrong,
    /// It was, and what was asked is not done.
    Refused(ReceptionProblem),
    /// It may be tried again after this.
    Wait(Duration),
    /// It cannot be told now.
    Unavailable,
}

/// Counts a try of a code for `number`, and makes it; one that was right costs nothing.
///
/// INVARIANT: counted for address and number before anybody looks. Whoever may not try any more from his address takes no try from the number: nobody closes a number
/// to its owner from one address. Where the hyphens stand in a number tells nothing: it is one bucket.
pub(super) async fn tried<T>(
    around: &Around,
    number: &str,
    attempt: impl Future<Output = Result<Option<T>, ReceptionProblem>>,
) -> Tried<T> {
    let (limiter, now) = (&around.front.parts().limiter, around.front.now());
    let visitor = around.visitor();
    let bucket = number.replace('-', "");
    let (for_number, from_here) = (Try::Number(&bucket), Try::Code(&visitor));
    for attempt in [&from_here, &for_number] {
        match limiter.take(attempt, now).await {
            Ok(Verdict::Granted) => {}
            Ok(Verdict::Wait(wait)) => return Tried::Wait(wait),
            Err(error) => {
                tracing::error!(alarm = "frontdoor-attempts", %error);
                return Tried::Unavailable;
            }
        }
    }
    let tried = match attempt.await {
        Ok(Some(found)) => Tried::Right(found),
        Ok(None) => return Tried::Wrong,
        Err(ReceptionProblem::Unavailable) => return Tried::Unavailable,
        Err(problem) => Tried::Refused(problem),
    };
    let given = tokio::join!(limiter.give_back(&from_here, now), limiter.give_back(&for_number, now));
    if let Err(error) = given.0.and(given.1) {
        tracing::warn!(%error, "a try was not given back");
    }
    tried
}

/// A number as it is compared: half width, upper case, without spaces. Nothing where it has other characters, or too many; an empty one stays empty.
pub(super) fn number(text: &str) -> Option<String> {
    spelled(text, |c| c.is_ascii_alphanumeric() || c == '-')
}

/// A code as it is compared: as a number, and without hyphens too.
pub(super) fn code(text: &str) -> Option<String> {
    spelled(text, |c| c.is_ascii_alphanumeric())
}

fn spelled(text: &str, fits: fn(char) -> bool) -> Option<String> {
    let text = text.chars().map(half_width).filter(|c| !c.is_whitespace() && (fits('-') || *c != '-'));
    let text: String = text.map(|c| c.to_ascii_uppercase()).take(LONGEST + 1).collect();
    (text.len() <= LONGEST && text.chars().all(fits)).then_some(text)
}

/// What is wrong with what was typed in `field`, where neither is told from a case.
pub(super) fn flaw(field: &str, label: &str, text: Option<&str>) -> Option<ErrorNote> {
    match text {
        Some("") => Some(note(Some(field), "missing", &format!("请填写{label}"))),
        Some(_) => None,
        None => Some(note(Some(field), "not-one", &format!("{label}只有字母、数字和连字符，请核对"))),
    }
}

pub(super) fn note(field: Option<&str>, code: &str, text: &str) -> ErrorNote {
    ErrorNote { field: field.map(str::to_owned), code: code.to_owned(), text: text.to_owned() }
}
