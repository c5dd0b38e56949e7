#![doc = include_str!("../README.md")]

mod body;
mod by_day;
mod clock;
mod codec;
mod command;
mod commit;
mod error;
mod execute;
mod guards;
mod load;
mod scan;
mod store;
mod upcast;

pub use clock::{Clock, SystemClock};
pub use codec::{decode_event, fold};
pub use command::{Command, Receipt};
pub use commit::{Commit, Recorded};
pub use error::{DecodeError, ExecuteError, LoadError, StoreError};
pub use guards::HeldGuard;
pub use scan::StreamCommits;
pub use store::{Ledger, LedgerConfig};
