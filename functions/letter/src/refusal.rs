//! Why a request is answered with a problem.

use domain::correction::CorrectionRefusal;
use gateway::Problem;

use crate::problems::{ANSWER_EMPTY, ANSWERED_ALREADY, NOT_ANSWERED};

command::refusals! {
    CorrectionRefusal => correction,
    domain::case::CaseRefusal => casework::problems::case,
    vault::VaultError => casework::problems::vault,
    views::ViewError => casework::problems::view,
}

fn correction(refusal: &CorrectionRefusal) -> Problem {
    match refusal {
        CorrectionRefusal::EmptyAnswer => Problem::plain(&ANSWER_EMPTY),
        CorrectionRefusal::AlreadyAnswered => Problem::plain(&ANSWERED_ALREADY),
        CorrectionRefusal::NotAnswered => Problem::plain(&NOT_ANSWERED),
        CorrectionRefusal::Case(refusal) => casework::problems::case(refusal),
    }
}
