#![doc = include_str!("../README.md")]

pub mod city;
pub mod doorbell;
pub mod projector;
pub mod purge_door;

pub use city::{Addresses, City};
pub use projector::Projector;
