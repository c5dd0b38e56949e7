#![doc = include_str!("../README.md")]

mod item;
mod message;
#[cfg(test)]
mod model;
mod reaction;
mod reactor;
mod repair;
mod row;
pub mod rules;
mod sender;
mod sending;
mod store;

pub use message::{Channel, Medium, Message, Recipient};
pub use reactor::{ReactError, Reactor};
pub use repair::{RepairError, RepairReport};
pub use row::{Delivery, Raised, Row, Standing};
pub use rules::Starts;
pub use sender::{Post, SendReport};
pub use store::{Listed, Outbox, Raising, Returning, WORK_INDEX, WORK_KEY, WORK_PLACE};
