//! One of what was found.

use crate::{force::Force, known::Known, marked::Marked};

/// One of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its stream without `document:`.
    pub id: String,
    /// The version of its row that was indexed.
    pub version: u64,
    /// Its title.
    pub title: Marked,
    /// A place of its text where most of what was searched for stands together; the beginning where nothing does.
    pub snippet: Marked,
    /// When it was in force.
    pub force: Force,
    /// Whether it was in force on the day that was asked for; none where no day was.
    pub in_force: Option<Known>,
}
