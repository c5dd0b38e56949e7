#![doc = include_str!("../README.md")]

mod addresses;
mod banner;
mod frame;

pub use addresses::Addresses;
pub use banner::banners;
pub use frame::{Framed, home_link, of};
