//! Why a request is answered with a problem.

use domain::request::RequestRefusal;
use gateway::{FieldError, Problem, ProblemKind};
use jiff::civil::Date;

use crate::problems::{
    ALREADY_ARCHIVED, ALREADY_CONFIRMED, CAME_TOO_LATE, COMPLETION_ASKED_BEFORE, DAY_OUTSIDE, DELAYED_BEFORE,
    DELIVERED_BEFORE, FEE_ASKED_BEFORE, FURTHER_ROUND, ITEM_BEYOND_COUNTED, NO_COMPLETION_AWAITED, NO_DRAFT,
    NO_FEE_AWAITED, NO_OPINION_AWAITED, NO_REASONS_AWAITED, NO_REASONS_GIVEN, NO_SUCH_LETTER, NOT_CONFIRMED,
    NOT_GRANTED, NOT_REOPENABLE, NOT_REPEATED, OWN_DRAFT, PUBLISHED_BEFORE, REASONS_ASKED_BEFORE, RECEIPT_DAY_UNFIT,
    REPLY_FILES, REQUEST_FREE, REQUEST_WAITS, TOO_LATE_FOR_COMPLETION, TOO_MANY_LETTERS,
};

command::refusals! {
    RequestRefusal => request,
    domain::case::CaseRefusal => casework::problems::case,
    vault::VaultError => casework::problems::vault,
    views::ViewError => casework::problems::view,
}

fn request(refusal: &RequestRefusal) -> Problem {
    let kind = match refusal {
        RequestRefusal::ReceiptDayUnfit { .. } => {
            let sentence = "当面提交的填写提交之日，邮寄的填写签收之日。".to_owned();
            return at(&RECEIPT_DAY_UNFIT, "/received_on", sentence, refusal.to_string());
        }
        RequestRefusal::NotConfirmed => &NOT_CONFIRMED,
        RequestRefusal::AlreadyConfirmed => &ALREADY_CONFIRMED,
        RequestRefusal::CompletionAskedBefore => &COMPLETION_ASKED_BEFORE,
        RequestRefusal::TooLateForCompletion => &TOO_LATE_FOR_COMPLETION,
        RequestRefusal::NoCompletionAwaited => &NO_COMPLETION_AWAITED,
        RequestRefusal::FurtherRound => {
            return at(&FURTHER_ROUND, "/reason", "请写明理由。".to_owned(), refusal.to_string());
        }
        RequestRefusal::NoSuchLetter => {
            return at(&NO_SUCH_LETTER, "/letter", "没有这个号数。".to_owned(), refusal.to_string());
        }
        RequestRefusal::TooManyLetters => &TOO_MANY_LETTERS,
        RequestRefusal::DeliveredBefore => &DELIVERED_BEFORE,
        RequestRefusal::DeliveredOutside { first, last } => return outside("/delivered_on", *first, *last),
        RequestRefusal::NoOpinionAwaited => &NO_OPINION_AWAITED,
        RequestRefusal::Awaiting => &REQUEST_WAITS,
        RequestRefusal::ReasonsAskedBefore => &REASONS_ASKED_BEFORE,
        RequestRefusal::NoReasonsAwaited => &NO_REASONS_AWAITED,
        RequestRefusal::NoReasonsGiven => &NO_REASONS_GIVEN,
        RequestRefusal::DelayedBefore => &DELAYED_BEFORE,
        RequestRefusal::Free => &REQUEST_FREE,
        RequestRefusal::ItemBeyondCounted { counted } => {
            return at(&ITEM_BEYOND_COUNTED, "/item", format!("当月第 {counted} 件。"), refusal.to_string());
        }
        RequestRefusal::NotRepeated => {
            let sentence = "没有这样的已经答复的申请。".to_owned();
            return at(&NOT_REPEATED, "/outcome/of", sentence, refusal.to_string());
        }
        RequestRefusal::FeeAskedBefore => &FEE_ASKED_BEFORE,
        RequestRefusal::NoFeeAwaited => &NO_FEE_AWAITED,
        RequestRefusal::CameTooLate => &CAME_TOO_LATE,
        RequestRefusal::ReceivedOutside { first, last } => return outside("/received_on", *first, *last),
        RequestRefusal::NotReopenable => &NOT_REOPENABLE,
        RequestRefusal::FileUnfit { .. } | RequestRefusal::TooManyFiles => &REPLY_FILES,
        RequestRefusal::NoDraft => &NO_DRAFT,
        RequestRefusal::OwnDraft => &OWN_DRAFT,
        RequestRefusal::NotGranted => &NOT_GRANTED,
        RequestRefusal::PublishedBefore => &PUBLISHED_BEFORE,
        RequestRefusal::AlreadyArchived => &ALREADY_ARCHIVED,
        RequestRefusal::Case(refusal) => return casework::problems::case(refusal),
    };
    Problem::plain(kind)
}

/// A day that lies ahead, or before what it follows from.
fn outside(pointer: &str, first: Date, last: Date) -> Problem {
    at(&DAY_OUTSIDE, pointer, format!("应在 {first} 至 {last} 之间。"), format!("It lies between {first} and {last}"))
}

/// A problem with one field of the body.
fn at(kind: &'static ProblemKind, pointer: &str, detail: String, detail_en: String) -> Problem {
    Problem::plain(kind).with_errors(vec![FieldError {
        pointer: pointer.to_owned(),
        code: kind.code.to_owned(),
        detail,
        detail_en: format!("{detail_en}."),
        finding: None,
    }])
}
