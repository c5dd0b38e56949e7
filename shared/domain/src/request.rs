//! Applications for information (依申请公开), as the regulation of 2019 has them (RULES.md A3).
//!
//! One deadline is the applicant's: the reply, 20 working days from the day on which both sides confirm the receipt (art. 31), extended once by at most 20
//! (art. 33), counted anew when a completed application arrives (art. 30); its clock stands while somebody else is asked for his opinion (art. 32–34) and while a
//! fee is awaited (art. 42). The others guard it: what to ask for within seven days, and what silence means.

mod conclude;
mod decide;
mod event;
mod fee;
mod limits;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use conclude::{archive, decide, redirect, withdraw};
pub use decide::{
    Application, ask_completion, ask_fee, complete, confirm, extend, file, pay, record_opinion, seek_opinion,
};
pub use event::{Applicant, Consulted, Delivery, Extent, Lapsed, Outcome, RequestDeadline, RequestEvent, Stance};
pub use fee::{FeeSchedule, Fen};
pub use limits::{NATIONAL, RequestLimits};
pub use refusal::RequestRefusal;
pub use state::{Conclusion, Decided, Letter, Opinion, Request};
