#![doc = include_str!("../README.md")]

mod body;
#[cfg(feature = "bulk-load")]
pub mod bulk;
mod by_day;
mod chain;
mod clock;
mod codec;
mod command;
mod commit;
mod companion;
mod error;
mod execute;
mod file;
mod guards;
mod heads;
mod item;
mod load;
mod scan;
mod store;
mod sweep;
mod upcast;

pub use clock::{Clock, SystemClock};
pub use codec::{decode_event, fold};
pub use command::{Command, DEADLINE, Receipt, refusal_open_for};
pub use commit::{Commit, Data, Outline, Recorded};
pub use companion::{Companion, Place};
pub use error::{DecodeError, ExecuteError, LoadError, StoreError};
pub use execute::COMMIT_LIMIT;
pub use guards::{HeldGuard, guards_of};
pub use scan::StreamCommits;
pub use store::{Ledger, LedgerConfig, store_error};
pub use sweep::{Sweep, Swept};
