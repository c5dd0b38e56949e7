//! Deadlines (期限): terms that law counts in days, stops, extends and lets fall due.
//!
//! The engine knows no kind of case. A case keeps [`Deadlines`] in its state, stores each [`Change`] inside an event of its own, and says by implementing
//! [`Case`] what follows when one falls due (silence rules). What it needs at each decision is one call: [`settle`] first brings about what the passing of time
//! and new calendars brought, and its events stand before those of the command, in the same commit. So a legal effect does not wait for a scheduler, and it
//! is the same whoever looks and whenever (PROTOCOLS.md "Time").
//!
//! A [`Term`] is all that a count depends on beside the calendar; its [`Account`] tells every day and why it counts or not, and is the only place where a due
//! instant is computed: what is explained is what is decided.

mod account;
mod change;
mod count;
mod decide;
mod limit;
mod refusal;
mod sentence;
mod settle;
mod state;
mod term;
#[cfg(test)]
mod tests;

pub use account::{Account, Counting, Day};
pub use change::{Change, Happened};
pub use decide::Moment;
pub use limit::{Count, Ends, Extensions, Limit, Starts, Unit};
pub use refusal::DeadlineRefusal;
pub use settle::{Case, Settled, settle};
pub use state::{Deadline, Deadlines, Status};
pub use term::{Extension, Stop, Term};
