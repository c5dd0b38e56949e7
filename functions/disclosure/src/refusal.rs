//! Why a request is answered with a problem.

use domain::request::RequestRefusal;
use gateway::Problem;

use crate::problems::{
    ALREADY_ARCHIVED, ALREADY_CONFIRMED, COMPLETION_ASKED_BEFORE, FEE_ASKED_BEFORE, NO_COMPLETION_AWAITED,
    NO_FEE_AWAITED, NO_OPINION_AWAITED, NOT_CONFIRMED, OPINION_AWAITED, REQUEST_FREE, REQUEST_WAITS,
    TOO_LATE_FOR_COMPLETION,
};

command::refusals! {
    RequestRefusal => request,
    domain::case::CaseRefusal => casework::problems::case,
    vault::VaultError => casework::problems::vault,
    views::ViewError => casework::problems::view,
}

fn request(refusal: &RequestRefusal) -> Problem {
    let kind = match refusal {
        RequestRefusal::NotConfirmed => &NOT_CONFIRMED,
        RequestRefusal::AlreadyConfirmed => &ALREADY_CONFIRMED,
        RequestRefusal::CompletionAskedBefore => &COMPLETION_ASKED_BEFORE,
        RequestRefusal::TooLateForCompletion => &TOO_LATE_FOR_COMPLETION,
        RequestRefusal::NoCompletionAwaited => &NO_COMPLETION_AWAITED,
        RequestRefusal::OpinionAwaited => &OPINION_AWAITED,
        RequestRefusal::NoOpinionAwaited => &NO_OPINION_AWAITED,
        RequestRefusal::Awaiting => &REQUEST_WAITS,
        RequestRefusal::Free => &REQUEST_FREE,
        RequestRefusal::FeeAskedBefore => &FEE_ASKED_BEFORE,
        RequestRefusal::NoFeeAwaited => &NO_FEE_AWAITED,
        RequestRefusal::AlreadyArchived => &ALREADY_ARCHIVED,
        RequestRefusal::Case(refusal) => return casework::problems::case(refusal),
    };
    Problem::plain(kind)
}
