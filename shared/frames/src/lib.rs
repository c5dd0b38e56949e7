#![doc = include_str!("../README.md")]

mod addresses;
mod banner;
mod frame;
mod site_frames;

pub use addresses::Addresses;
pub use banner::banners;
pub use frame::{Framed, home_link, of};
pub use site_frames::{FrameError, FrameSource, SiteFrames};
