#![doc = include_str!("../README.md")]

mod built_in;
mod examiner;
mod finding;
mod markup;
mod passage;
mod personal;
mod record;
mod shown;
mod spelling;
#[cfg(test)]
mod tests;
mod words;

pub use built_in::built_in;
pub use examiner::{Examined, Examiner, Text};
pub use finding::{Broken, Finding};
pub use passage::{Linked, Picture};
pub use personal::{PersonalNumber, personal_numbers};
pub use words::{Search, Unlistable, WORDS, Word};
