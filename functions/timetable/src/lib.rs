#![doc = include_str!("../README.md")]

pub use publish::{PublishState, keep_time};
