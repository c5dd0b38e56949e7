//! Checks before publication (发布前检查): which rules look at a text, how strict they are, and the word lists they look with.
//!
//! What is wrong with a text is found outside (`shared/vetting`); what this module tells is the city's own choice, as events: the strictness of each rule, the
//! fields that a column of each kind requires, and the word lists. A city that never chose anything has [`Vetting::default`].

mod decide;
mod event;
mod finding;
mod refusal;
mod required;
mod rule;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{adopt, change_rules, drop_list};
pub use event::VettingEvent;
pub use finding::{FindingId, Part};
pub use refusal::VettingRefusal;
pub use required::{Field, Required};
pub use rule::{Level, Rule};
pub use state::{BUILT_IN, Strictness, Vetting, WordList};
