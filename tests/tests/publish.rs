//! The publish API, from the outside.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first surprise, as the tests do"
)]

#[path = "publish/appearance.rs"]
mod appearance;
#[path = "publish/bad_input.rs"]
mod bad_input;
#[path = "publish/bodies.rs"]
mod bodies;
#[path = "publish/calendar.rs"]
mod calendar;
#[path = "publish/commits.rs"]
mod commits;
#[path = "publish/deadlines.rs"]
mod deadlines;
#[path = "publish/discard.rs"]
mod discard;
#[path = "publish/drafts.rs"]
mod drafts;
#[path = "publish/erase.rs"]
mod erase;
#[path = "publish/files.rs"]
mod files;
#[path = "publish/follower.rs"]
mod follower;
#[path = "publish/history.rs"]
mod history;
#[path = "publish/index_numbers.rs"]
mod index_numbers;
#[path = "publish/kinds.rs"]
mod kinds;
#[path = "publish/lists.rs"]
mod lists;
#[path = "publish/migrations.rs"]
mod migrations;
#[path = "publish/permission.rs"]
mod permission;
#[path = "publish/register.rs"]
mod register;
#[path = "publish/resends.rs"]
mod resends;
#[path = "publish/restore.rs"]
mod restore;
#[path = "publish/review.rs"]
mod review;
#[path = "publish/road.rs"]
mod road;
#[path = "publish/service.rs"]
mod service;
#[path = "publish/shapes.rs"]
mod shapes;
#[path = "publish/sharing.rs"]
mod sharing;
#[path = "publish/site_state.rs"]
mod site_state;
#[path = "publish/staff.rs"]
mod staff;
#[path = "publish/staff_delegated.rs"]
mod staff_delegated;
#[path = "publish/staff_random.rs"]
mod staff_random;
#[path = "publish/staff_revoked.rs"]
mod staff_revoked;
#[path = "publish/stale.rs"]
mod stale;
#[path = "publish/vetting.rs"]
mod vetting;
#[path = "publish/workflow.rs"]
mod workflow;
