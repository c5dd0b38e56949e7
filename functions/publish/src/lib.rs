#![doc = include_str!("../README.md")]

mod assignment;
mod attachments;
mod catalogue;
mod content;
mod findings;
mod form;
mod function;
mod origin;
mod permission;
pub mod problems;
mod progress;
mod quarantine;
mod refusal;
mod register;
mod relations;
mod release;
mod routes;
mod slices;
mod state;
mod timetable;
mod told;

pub use routes::{openapi, router};
pub use state::{PublishState, StartError};
pub use timetable::{TimetableError, TimetableReport, keep_time};
