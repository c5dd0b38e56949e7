#![doc = include_str!("../README.md")]

#[macro_use]
mod mirrored;

mod assignment;
mod attachments;
mod caller;
mod catalogue;
mod checks;
mod content;
mod envelope;
mod events;
mod findings;
mod fingerprint;
mod form;
mod order;
mod origin;
pub mod problems;
mod progress;
mod quarantine;
mod receipt;
mod refusal;
mod register;
mod relations;
mod release;
mod routes;
mod slices;
mod state;
mod timetable;

pub use routes::{openapi, router};
pub use state::{PublishState, StartError};
pub use timetable::{TimetableError, TimetableReport, keep_time};
