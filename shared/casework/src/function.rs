//! A function that takes cases: what it has at hand, and its two doors.

mod doors;
mod state;

use std::sync::Arc;

use axum::response::IntoResponse;
use command::Setback;
use domain::case::CaseRefusal;
use frontdoor::Reception;
use gateway::{Problem, ProblemKind};
use ledger::LoadError;
use serde::de::DeserializeOwned;
use vault::VaultError;
use views::ViewError;

pub use doors::router;
pub use state::{CaseState, Parts, StartError, Told};

/// What a function that takes cases has of its own.
pub trait Capability: Send + Sync + Sized + 'static {
    /// Why it answers with a problem.
    type Refusal: Refuses;
    /// How long things may take.
    type Limits: DeserializeOwned + Send + Sync + 'static;

    /// Its name in addresses: `letter`.
    const NAME: &'static str;
    /// The limits of the city, as JSON.
    const LIMITS: &'static str;
    /// The kinds of problems that it has beside those of any case.
    const PROBLEMS: &'static [ProblemKind];

    /// What becomes of what citizens send.
    fn reception(state: CaseState<Self>) -> Arc<dyn Reception>;

    /// The OpenAPI document of what staff may do, serialised.
    fn description() -> &'static [u8];
}

/// What a refusal of such a function is made of, beside what the rules of its kinds say.
pub trait Refuses:
    From<Setback>
    + Into<Setback>
    + From<CaseRefusal>
    + From<LoadError>
    + From<VaultError>
    + From<ViewError>
    + From<Problem>
    + IntoResponse
    + Send
    + 'static
{
}

impl<R> Refuses for R where
    R: From<Setback>
        + Into<Setback>
        + From<CaseRefusal>
        + From<LoadError>
        + From<VaultError>
        + From<ViewError>
        + From<Problem>
        + IntoResponse
        + Send
        + 'static
{
}
