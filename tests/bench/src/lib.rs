#![doc = include_str!("../README.md")]

pub mod append;
mod options;
mod table;

pub use options::Options;
