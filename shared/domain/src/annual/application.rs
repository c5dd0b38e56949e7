//! What one application adds to the reports of the years it passes through.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::handling::Handling;
use crate::{
    case::CaseFile,
    request::{Applicant, Request},
    shanghai,
};

/// An application as the reports count it: nothing of a person is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The year in which it came in.
    pub received: i16,
    /// As what somebody applied.
    pub applicant: Applicant,
    /// How it was handled, and in which year; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handled: Option<(i16, Handling)>,
    /// What was paid for it, and in which year, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Paid>,
}

/// A fee that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// The year in which it was paid.
    pub year: i16,
    /// How much, in fen.
    pub fen: u32,
}

/// What an application adds; nothing for a stream that nothing began.
///
/// It counts for the year in which it was received (art. 31): on the day that staff told, or on which both sides knew of it; while neither is known, in which it came in.
#[must_use]
pub fn applied(case: &CaseFile<Request>) -> Option<Applied> {
    let year = |at: Timestamp| shanghai::local(at).year();
    let own = &case.own;
    // What counts as confirmed by silence counts so at midnight: of the day that was over.
    let confirmed = own.confirmed.map(|at| at.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(at));
    Some(Applied {
        received: year(own.came_in.or(confirmed).or(case.came_in())?),
        applicant: own.applicant?,
        handled: own.concluded.as_ref().map(|(at, conclusion)| (year(*at), Handling::from(conclusion))),
        paid: own.paid.zip(own.fee).map(|(at, fee)| Paid { year: year(at), fen: fee.0 }),
    })
}
