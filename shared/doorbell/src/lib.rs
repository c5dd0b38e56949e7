#![doc = include_str!("../README.md")]

mod doorbells;

pub use doorbells::Doorbells;
