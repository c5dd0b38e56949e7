//! Staff (工作人员): who is trusted with which role, where, by whom and why.
//!
//! One stream per person, named by a hash of the subject that the city's identity provider knows him by. Tokens tell who somebody is; this stream alone tells
//! what he may do (docs/adr/009). A role counts in a [`Scope`]: a department, a site, a department's things on one site, or the whole city.
//! Nobody decides about himself: so the city's last administrator cannot be lost.

mod decide;
mod event;
mod refusal;
mod role;
mod scope;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{disable, enable, enrol, grant, revoke, take_office};
pub use event::{Assignment, StaffEvent};
pub use refusal::StaffRefusal;
pub use role::Role;
pub use scope::Scope;
pub use state::{Disabled, Enrolled, Former, Held, Staff};
