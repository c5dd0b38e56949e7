//! Applications for information (依申请公开), as the regulation of 2019 has them (RULES.md A3).
//!
//! One deadline is the applicant's: the reply, 20 working days from the day on which it counts as received (art. 31), extended once by at most 20
//! (art. 33), counted anew when a completed application arrives (art. 30); its clock stands while somebody else is asked for his opinion (art. 32–34) and while a
//! fee is awaited (art. 42). The others guard it: what to ask for within seven days, and what silence means.
//!
//! What comes from outside counts by the day on which it came, whenever it is recorded ([`Received`]): silence that was none is undone.

mod arrival;
mod conclude;
mod consult;
mod decide;
mod event;
mod fee;
mod kin;
mod letter;
mod limits;
mod outcome;
mod owed;
mod reasons;
mod received;
mod refusal;
mod review;
mod state;
#[cfg(test)]
mod tests;

pub use arrival::receipt_rule;
pub use conclude::{archive, record_publication, record_withdrawal, redirect, withdraw};
pub use consult::{Asking, record_delivery, record_opinion, seek_opinion};
pub use decide::{Application, confirm, extend, file};
pub use event::{Applicant, Consulted, Delivery, Lapsed, Recorded, RequestDeadline, RequestEvent, ShownBy, Stance};
pub use fee::{FeeSchedule, Fen};
pub use kin::{Frequency, Kin, frequency, item_of_month, repeatable};
pub use letter::{Letter, LetterEnd, LetterNumber};
pub use limits::{NATIONAL, RequestLimits};
pub use outcome::{Extent, Outcome};
pub use owed::{Completion, ask_completion, ask_fee, complete, pay, reopen};
pub use reasons::{ask_reasons, delay, give_reasons};
pub use received::Received;
pub use refusal::RequestRefusal;
pub use review::{MOST_GIVEN, approve_reply, draft_reply, return_reply};
pub use state::{Conclusion, Decided, Draft, Opinion, Published, ReasonsAsked, Request};
