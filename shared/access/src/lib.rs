#![doc = include_str!("../README.md")]

mod action;
mod gate;
mod keys;
mod staff;
mod verifier;

pub use action::{Action, Resource};
pub use gate::{Decision, Gate, PolicyError};
pub use keys::KeyError;
pub use staff::{Reach, Role, Staff};
pub use verifier::{TokenRefusal, Verifier};
