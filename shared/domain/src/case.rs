//! Cases (诉求、申请、办件): what citizens send in, from the receipt to the end.
//!
//! The common ground of letters, applications and requests. A case has a number that names it and is not secret, a department and maybe a person who answer
//! for it, deadlines that explain themselves, an end, and a day on which what is personal in it is erased. What is particular to one kind of case is a [`Kind`]:
//! its own events, its own deadlines, what follows when one falls due, and how it ends. [`CaseFile`] is the fold of both.
//!
//! Every command settles the case first ([`settle`]); the decisions here take a case that is settled.
//!
//! Nothing personal stands in the events but under the case's key ([`Sealed`](crate::sealed::Sealed)); with the key it is gone, and the history stays.

mod decide;
mod event;
mod kind;
mod notice;
mod number;
mod rating;
mod refusal;
mod settle;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{
    MOST_ADDED, add_file, assign, complete_erasure, erase, name_handler, note, open, undeliverable, wake,
};
pub use event::{Added, CaseEvent, Channel, Enclosed, ErasureBasis, Opening, Shown, Years};
pub use kind::{Duty, Kind, Occurrence, changed, own};
pub use notice::{Addressee, Notice};
pub use number::{CaseNumber, Prefix};
pub use rating::{Answered, NATIONAL_RATING, Rated, Rating, RatingTerm, Satisfaction, Shortcoming, rate, rateable};
pub use refusal::CaseRefusal;
pub use settle::settle;
pub use state::{CaseFile, Erasure, Note, Opened, Personal, Undelivered};
