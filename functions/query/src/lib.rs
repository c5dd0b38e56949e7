#![doc = include_str!("../README.md")]

mod answer;
mod asked;
mod counted;
mod current;
mod names;
mod page;
mod problems;
mod routes;
mod state;

pub use routes::{openapi, router};
pub use state::{QueryState, Settings};
