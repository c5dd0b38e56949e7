//! The protocols on small worlds, in every interleaving, driving the real step functions.
//!
//! `plan`, `PageWriter`, `Reads::digest`, `Projection::scopes_of` and `Registry` are the shipped ones; the world around them answers in memory. Each check also runs with
//! one step replaced by a shortcut, and must find the history that breaks it: so the check itself can fail.

#![expect(clippy::large_enum_variant, reason = "states are cloned whole at every step; boxes would only add to it")]

mod explore;
mod projection;
mod rebuild;
mod sweep;
mod world;
