//! The front door as a citizen meets it: requests in, pages out, with a reception that keeps what it receives in memory.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails; the helpers of tests are tests")]

#[path = "router/acting.rs"]
mod acting;
#[path = "router/adding.rs"]
mod adding;
#[path = "router/filling.rs"]
mod filling;
#[path = "router/hostile.rs"]
mod hostile;
#[path = "router/sending.rs"]
mod sending;
#[path = "router/status.rs"]
mod status;
#[path = "router/world.rs"]
mod world;
