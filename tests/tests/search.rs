//! From what is public to what is found: whatever happened on the way, the index is the one that is built from nothing.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do: by panicking"
)]

#[path = "search/doors.rs"]
mod doors;
#[path = "search/force.rs"]
mod force;
#[path = "search/generations.rs"]
mod generations;
#[path = "search/hits.rs"]
mod hits;
#[path = "search/lives.rs"]
mod lives;
#[path = "search/terms.rs"]
mod terms;
#[expect(dead_code, reason = "the tests of projection use the rest of it")]
#[path = "projection/town.rs"]
mod town;
#[path = "search/world.rs"]
mod world;
