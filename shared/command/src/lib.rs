#![doc = include_str!("../README.md")]

mod answers;
mod caller;
mod carry_out;
mod checks;
mod door;
mod envelope;
mod events;
mod fingerprint;
mod function;
mod mirrored;
pub mod openapi;
mod order;
mod paging;
mod permission;
pub mod problems;
mod receipt;
mod setback;

pub use answers::{listed, versioned};
pub use caller::{Caller, Sender, TokenAge};
pub use carry_out::{begin, carry_out, execute, proceed, settled};
pub use checks::{Checks, optional};
pub use door::served;
pub use envelope::{ChangeHeaders, CreationHeaders, Envelope};
pub use events::{EventName, named};
pub use fingerprint::fingerprint;
pub use function::{Function, ledger_of};
pub use order::{Accepted, Order};
pub use paging::Before;
pub use permission::{holds_somewhere, may, may_grant};
pub use receipt::{COMMITS_PATH, CommandReceipt, Links, Tells, answered};
pub use setback::Setback;
