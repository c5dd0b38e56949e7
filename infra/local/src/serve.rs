//! One machine as a cloud: what AWS would do around the functions.

pub mod api;
pub mod control;
pub mod door;
pub mod doorbell;
pub mod error;
pub mod forgetting;
pub mod functions;
pub mod gateway_event;
pub mod indexing;
pub mod keys;
pub mod machine;
pub mod options;
pub mod own_pages;
pub mod provider;
pub mod remote;
pub mod running;
pub mod schedule;
pub mod secrets;
pub mod served;
pub mod staff;
pub mod store_origin;
pub mod stream_event;
pub mod task;
pub mod wiping;

pub use error::ServeError;
pub use machine::Machine;
pub use options::{Beginning, Options};
