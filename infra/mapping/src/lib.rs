#![doc = include_str!("../README.md")]

mod body;
mod chain;
mod clean;
mod document;
mod map;
mod value;

pub use chain::{Unlinked, link};
pub use document::{Record, Reject, Row, read};
pub use map::{Create, MapError, Mapping};
