//! Applications for information, from the outside: the form, what applicants do, the API of those who answer, and one life from its beginning to its end.

#[path = "requests/concluding.rs"]
mod concluding;
#[path = "requests/consulting.rs"]
mod consulting;
#[path = "requests/files.rs"]
mod files;
#[path = "requests/filing.rs"]
mod filing;
#[path = "publish/follower.rs"]
mod follower;
#[path = "requests/giving.rs"]
mod giving;
#[path = "requests/handling.rs"]
mod handling;
#[path = "requests/life.rs"]
mod life;
#[path = "requests/reasoning.rs"]
mod reasoning;
#[path = "requests/registering.rs"]
mod registering;
#[path = "requests/storms.rs"]
mod storms;
#[path = "requests/town.rs"]
mod town;
