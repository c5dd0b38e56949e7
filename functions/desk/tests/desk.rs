//! Every page of the desk over an API that stands still, and what must hold for all of them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at the first surprise, as the tests do"
)]

#[path = "desk/applications.rs"]
mod applications;
#[path = "desk/cases.rs"]
mod cases;
#[path = "desk/contract.rs"]
mod contract;
#[path = "desk/departments.rs"]
mod departments;
#[path = "desk/drafts.rs"]
mod drafts;
#[path = "desk/fake.rs"]
mod fake;
#[path = "desk/forms.rs"]
mod forms;
#[path = "desk/gallery.rs"]
mod gallery;
#[path = "desk/gallery_cases.rs"]
mod gallery_cases;
#[path = "desk/hostile.rs"]
mod hostile;
#[path = "desk/letters.rs"]
mod letters;
#[path = "desk/registering.rs"]
mod registering;
#[path = "desk/requests.rs"]
mod requests;
#[path = "desk/session.rs"]
mod session;
#[path = "desk/terms.rs"]
mod terms;
#[path = "desk/world.rs"]
mod world;
