//! The publish API, from the outside.

#[path = "publish/bad_input.rs"]
mod bad_input;
#[path = "publish/commits.rs"]
mod commits;
#[path = "publish/index_numbers.rs"]
mod index_numbers;
#[path = "publish/permission.rs"]
mod permission;
#[path = "publish/register.rs"]
mod register;
#[path = "publish/resends.rs"]
mod resends;
#[path = "publish/road.rs"]
mod road;
#[path = "publish/service.rs"]
mod service;
