//! The emulated cloud: a DynamoDB and an S3 on loopback, in this process.
//!
//! The functions speak to it with the very SDK code they use on AWS. Every
//! acknowledged write is on disk before its reply leaves, so a `kill -9` loses
//! nothing that anybody was told.
//!
//! INVARIANT: nothing in here knows an event, a view or a page. It plays the
//! services, not the system.

pub mod credentials;
pub mod dynamo;
pub mod error;
pub mod faults;
pub mod place;
mod server;

pub use error::CloudError;
pub use place::Place;
pub use server::Running;
