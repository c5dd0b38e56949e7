#![doc = include_str!("../README.md")]

mod action;
mod area;
mod gate;
mod keys;
mod verifier;

pub use action::{Action, Resource};
pub use gate::{Decision, Gate, PolicyError};
pub use keys::KeyError;
pub use verifier::{TokenRefusal, Verifier};
