#![doc = include_str!("../README.md")]

pub mod bench;
pub mod cli;
pub mod finding;
pub mod gate;
pub mod golden;
pub mod process;
pub mod product;
pub mod tidy;
pub mod tools;
pub mod tree;
