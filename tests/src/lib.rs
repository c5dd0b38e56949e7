#![doc = include_str!("../README.md")]

pub mod app;
pub mod cases;
pub mod clock;
pub mod corpus;
pub mod people;
pub mod tokens;
