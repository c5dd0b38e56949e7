#![doc = include_str!("../README.md")]

use casework::{WakeError, WakeReport};
use disclosure::DisclosureState;
use letter::LetterState;
use publish::{PublishState, TimetableError, TimetableReport};
use serde::Serialize;
use thiserror::Error;

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What editors had timed.
    pub documents: TimetableReport,
    /// What became of cases though nobody acted.
    pub cases: WakeReport,
}

/// A part of a round could not be begun; the others were carried out.
#[derive(Debug, Error)]
pub enum RoundError {
    /// What editors had timed.
    #[error(transparent)]
    Documents(#[from] TimetableError),
    /// Cases.
    #[error(transparent)]
    Cases(#[from] WakeError),
}

/// Carries out what is due: what editors have timed, and what is to be done to cases though nobody acts.
///
/// # Errors
/// One of them could not be begun; none keeps the others waiting.
pub async fn keep_time(
    publish: &PublishState,
    letters: &LetterState,
    requests: &DisclosureState,
) -> Result<Report, RoundError> {
    // At once: each takes up work for as long as a round may, and none of them what another one needs.
    let (documents, reports, requests) =
        tokio::join!(publish::keep_time(publish), letter::keep_time(letters), disclosure::keep_time(requests));
    let mut cases = reports?;
    cases += requests?;
    Ok(Report { documents: documents?, cases })
}
