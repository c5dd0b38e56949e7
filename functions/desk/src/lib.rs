#![doc = include_str!("../README.md")]

mod acts;
mod api;
mod attempt;
mod case_acts;
mod case_kind;
mod content;
mod cookies;
mod due;
mod engine;
mod fields;
mod flash;
mod markup;
mod moments;
mod oidc;
mod page;
mod posted;
mod randomness;
mod replies;
mod routes;
mod seal;
mod session;
mod sign_in;
mod state;
mod stop;
mod style;
mod trouble;
mod visit;
mod words;

pub use oidc::Oidc;
pub use randomness::{Randomness, SystemRandomness};
pub use routes::router;
pub use sign_in::{SignIn, SignInError, Token, signed_in_url};
pub use state::{DeskState, Parts};
pub use style::address as stylesheet;
