//! Why a request is answered with a problem.

use command::problems::with_advice;
use domain::correction::CorrectionRefusal;
use gateway::Problem;

use crate::problems::{ANSWER_EMPTY, ANSWERED_ALREADY, NOT_ANSWERED};

command::refusals! {
    CorrectionRefusal => correction,
    domain::case::CaseRefusal => casework::problems::case,
    vault::VaultError => casework::problems::vault,
    views::ViewError => view,
}

fn correction(refusal: &CorrectionRefusal) -> Problem {
    match refusal {
        CorrectionRefusal::EmptyAnswer => Problem::plain(&ANSWER_EMPTY),
        CorrectionRefusal::AlreadyAnswered => Problem::plain(&ANSWERED_ALREADY),
        CorrectionRefusal::NotAnswered => Problem::plain(&NOT_ANSWERED),
        CorrectionRefusal::Case(refusal) => casework::problems::case(refusal),
    }
}

fn view(error: &views::ViewError) -> Problem {
    with_advice(&command::problems::UNAVAILABLE, "视图暂不可读。".to_owned(), error)
}
