//! The sample city 澄湖市: a fictional city's register, documents and cases, brought in through the API's own commands.
//!
//! Its texts lie in `infra/local/sample/`. Nothing here writes a store: every fact goes through the publish function's router with tokens of
//! the roles concerned, under fixed idempotency keys, so that a second run adds nothing and an interrupted one goes on.
//!
//! A public instant is its commit's and nobody can set it; so that the archive shows more than today, the publish function used for filling
//! runs on a clock that begins ninety days back. It is another instance than the one behind the public door.

pub mod act;
pub mod cases;
pub mod clock;
pub mod fill;
pub mod letters;
pub mod sample;
pub mod schedule;

pub use fill::{Filled, Filling, fill};
