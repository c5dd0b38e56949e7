//! Messages about cases, from the doorbell to who carries them, and to the dead letter that its case tells of.

#![expect(clippy::indexing_slicing, reason = "helpers of tests stop at the first surprise, as the tests do")]

#[path = "reactions/applicants.rs"]
mod applicants;
#[expect(dead_code, reason = "tests of applications need more of it")]
#[path = "requests/town.rs"]
mod applications;
#[path = "reactions/carrier.rs"]
mod carrier;
#[path = "reactions/dead.rs"]
mod dead;
#[path = "reactions/faults.rs"]
mod faults;
#[path = "publish/follower.rs"]
mod follower;
#[path = "reactions/hearing.rs"]
mod hearing;
#[path = "reactions/rebuilding.rs"]
mod rebuilding;
#[path = "reactions/returned.rs"]
mod returned;
#[path = "reactions/stuck.rs"]
mod stuck;
#[path = "reactions/telling.rs"]
mod telling;
#[path = "letters/town.rs"]
mod town;
