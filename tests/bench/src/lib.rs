#![doc = include_str!("../README.md")]

pub mod append;
mod table;
