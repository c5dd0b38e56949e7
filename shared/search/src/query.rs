//! What somebody is looking for.

use jiff::civil::Date;

use crate::{cursor::Cursor, filters::Filters};

/// What somebody is looking for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What was typed; empty means everything. At most [`Query::LONGEST`] characters.
    pub text: String,
    /// What the answer is narrowed to.
    pub filters: Filters,
    /// Leaves out what was known not to be in force on this day.
    pub in_force_on: Option<Date>,
    /// What comes first.
    pub order: Order,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// Hits of a page, at most [`Query::LARGEST`].
    pub limit: usize,
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What fits best, then what is newer.
    #[default]
    Relevance,
    /// What is newer.
    Newest,
}

impl Query {
    /// Characters that are read.
    pub const LONGEST: usize = 500;
    /// Words, quotes and numbers that are looked for at once.
    pub const CLAUSES: usize = 32;
    /// Hits of a page.
    pub const LARGEST: usize = 100;

    /// Looks for `text` in everything: the first twenty by relevance.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            filters: Filters::none(),
            in_force_on: None,
            order: Order::default(),
            after: None,
            limit: 20,
        }
    }
}
