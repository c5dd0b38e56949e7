#![doc = include_str!("../README.md")]

pub mod append;
pub mod banner;
pub mod cases;
mod client;
pub mod cold;
pub mod decide;
mod editor;
pub mod facets;
mod hugo;
pub mod imports;
mod machine;
pub mod objects;
mod options;
mod process;
pub mod publish;
pub mod rebuild;
mod registrar;
pub mod serving;
mod store;
mod table;
pub mod vetting;

pub use machine::describe;
pub use options::Options;
