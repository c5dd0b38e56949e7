//! Letters of citizens, from the outside: the form, the status page, and the API of those who answer.

#![expect(clippy::indexing_slicing, reason = "helpers of tests stop at the first surprise, as the tests do")]

#[path = "letters/answering.rs"]
mod answering;
#[path = "letters/cost.rs"]
mod cost;
#[path = "letters/erasing.rs"]
mod erasing;
#[path = "letters/files.rs"]
mod files;
#[path = "publish/follower.rs"]
mod follower;
#[path = "letters/rating.rs"]
mod rating;
#[path = "letters/reporting.rs"]
mod reporting;
#[path = "letters/town.rs"]
mod town;
#[path = "letters/waking.rs"]
mod waking;
