//! Error reports (我为政府网站找错): a reader tells that a page is wrong, and is answered.
//!
//! The thinnest kind of case: one deadline, one answer. Answered within three working days (RULES.md A1 G13), and the answer is published; what the reader
//! wrote is not.

mod decide;
mod event;
mod limits;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{Reply, Report, answer, dismiss, report, withdraw_answer};
pub use event::{CorrectionDeadline, CorrectionEvent, Fault, Finding, ReportedPage};
pub use limits::{CorrectionLimits, NATIONAL};
pub use refusal::CorrectionRefusal;
pub use state::{Answer, Correction};
