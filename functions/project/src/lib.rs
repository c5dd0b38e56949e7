#![doc = include_str!("../README.md")]

pub mod city;
pub mod projector;
pub mod purge_door;

pub use city::{Addresses, City};
pub use projector::Projector;

/// The source code that stands between an event and a page's bytes: where it differs, pages may.
pub const COMPOSERS: &str = include_str!(concat!(env!("OUT_DIR"), "/composers.txt"));
