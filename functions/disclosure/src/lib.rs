#![doc = include_str!("../README.md")]

mod kin;
mod problems;
mod reception;
mod refusal;
mod registration;
mod routes;
mod shapes;
mod texts;

use std::sync::Arc;

use axum::Router;
use casework::{Capability, CaseState};
use domain::request::{NATIONAL, Request, RequestLimits};
use frontdoor::Reception;
use gateway::ProblemKind;

pub use casework::StartError;
pub use routes::openapi;

/// Applications for information.
#[derive(Debug)]
pub struct Disclosure;

/// What every route has at hand.
pub type DisclosureState = CaseState<Disclosure>;

impl Capability for Disclosure {
    type Refusal = refusal::Refusal;
    type Limits = RequestLimits;

    const NAME: &'static str = "disclosure";
    const LIMITS: &'static str = NATIONAL;
    const PROBLEMS: &'static [ProblemKind] = problems::ALL;

    fn reception(state: DisclosureState) -> Arc<dyn Reception> {
        Arc::new(reception::Applications(state))
    }

    fn description() -> &'static [u8] {
        routes::description()
    }
}

/// The whole function as one service: the API of staff, and the forms of citizens.
pub fn router(state: DisclosureState) -> Router {
    casework::router(state, routes::assembled())
}

/// Wakes and erases the applications whose time has come.
///
/// # Errors
/// What is due could not be read.
pub async fn keep_time(state: &DisclosureState) -> Result<casework::WakeReport, casework::WakeError> {
    casework::keep_time::<_, Request>(state).await
}
