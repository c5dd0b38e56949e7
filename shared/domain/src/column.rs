//! Columns (栏目): the tree in which a site's documents lie.

mod archive;
mod decide;
mod duty;
mod event;
mod kind;
mod profile;
mod refusal;
mod review;
mod state;
#[cfg(test)]
mod tests;

pub use archive::Archive;
pub use decide::{change, open};
pub use duty::{Every, Period, UpdateDuty};
pub use event::ColumnEvent;
pub use kind::ColumnKind;
pub use profile::{ColumnProfile, Prominence};
pub use refusal::ColumnRefusal;
pub use review::{Levels, Post, Review};
pub use state::{Column, Opened};
