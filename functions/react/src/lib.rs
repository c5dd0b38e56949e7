#![doc = include_str!("../README.md")]

mod addresses;
mod answering;
pub mod channels;
mod facts;
mod feedback;
mod kinds;
mod post;
mod problems;
mod react;
mod refusal;
mod routes;
mod state;
mod wording;

pub use react::{React, ReactFailure, TickReport};
pub use routes::{openapi, router};
pub use state::{ReactState, StartError};
