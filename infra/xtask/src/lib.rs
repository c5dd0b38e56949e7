#![doc = include_str!("../README.md")]

pub mod finding;
pub mod tidy;
pub mod tree;
