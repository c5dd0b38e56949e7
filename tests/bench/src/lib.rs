#![doc = include_str!("../README.md")]

pub mod append;
pub mod cold;
pub mod decide;
mod machine;
mod options;
pub mod serving;
mod store;
mod table;

pub use machine::describe;
pub use options::Options;
