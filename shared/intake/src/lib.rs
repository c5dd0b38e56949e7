#![doc = include_str!("../README.md")]

mod archive;
mod compound;
mod csv;
mod found;
mod limits;
mod offered;
mod pdf;
mod picture;
mod plain;
mod refusal;
mod shown;
mod taken;
#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use offered::{Offered, take_in};
pub use refusal::Refusal;
pub use taken::{Picture, Smaller, Taken};
