#![doc = include_str!("../README.md")]

mod counter;
mod list;
mod rule;

use aws_sdk_dynamodb::error::DisplayErrorContext;
use thiserror::Error;

pub use counter::{Outcome, TermCounter};
pub use list::{Term, TermList};
pub use rule::may_be_shown;

/// How often a text is searched for in a month before it is shown.
pub const OFTEN: u64 = 5;

/// The table did not do what was asked.
#[derive(Debug, Clone, Error)]
#[error("what is searched for cannot be counted or read: {0}")]
pub struct TermsError(String);

impl TermsError {
    fn of(error: impl std::error::Error) -> Self {
        Self(DisplayErrorContext(error).to_string())
    }
}

/// Where the texts of a month stand that are shown.
fn shown(month: &str) -> String {
    format!("shown#{month}")
}
