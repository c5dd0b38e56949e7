#![doc = include_str!("../README.md")]

mod document;
mod force;
mod gather;
mod indexer;
mod slice;

pub use indexer::{Indexer, IndexerError, Round, Task};
