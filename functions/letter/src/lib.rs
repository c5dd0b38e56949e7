#![doc = include_str!("../README.md")]

mod problems;
mod reception;
mod refusal;
mod routes;

use std::sync::Arc;

use axum::Router;
use casework::{Capability, CaseState};
use domain::correction::{Correction, CorrectionLimits, NATIONAL};
use frontdoor::Reception;
use gateway::ProblemKind;

pub use casework::StartError;
pub use routes::openapi;

/// What citizens write, and what they are answered.
#[derive(Debug)]
pub struct Letters;

/// What every route has at hand.
pub type LetterState = CaseState<Letters>;

impl Capability for Letters {
    type Refusal = refusal::Refusal;
    type Limits = CorrectionLimits;

    const NAME: &'static str = "letter";
    const LIMITS: &'static str = NATIONAL;
    const PROBLEMS: &'static [ProblemKind] = problems::ALL;

    fn reception(state: LetterState) -> Arc<dyn Reception> {
        Arc::new(reception::Reports(state))
    }

    fn description() -> &'static [u8] {
        routes::description()
    }
}

/// The whole function as one service: the API of staff, and the forms of citizens.
pub fn router(state: LetterState) -> Router {
    casework::router(state, routes::assembled())
}

/// Wakes and erases the cases of this function whose time has come.
///
/// # Errors
/// What is due could not be read.
pub async fn keep_time(state: &LetterState) -> Result<casework::WakeReport, casework::WakeError> {
    casework::keep_time::<_, Correction>(state).await
}
