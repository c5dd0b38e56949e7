#![doc = include_str!("../README.md")]

mod case_key;
mod erase;
mod error;
mod holders;
mod identity;
mod key;
mod keys;
mod loose;
#[cfg(test)]
mod model;
mod new_case;
mod open;
mod padded;
mod people;
mod query_code;
mod ring;
mod root;
mod rows;
mod secret;
mod store;
mod submit;
mod typed;

pub use case_key::{CaseKey, TEXT_LIMIT, TooLong};
pub use erase::{BACKUP_DAYS, Erasure, Keys};
pub use error::VaultError;
pub use identity::Identity;
pub use key::Key;
pub use loose::LooseKey;
pub use new_case::{NewCase, Parties};
pub use open::{Closed, Opened, Opening};
pub use people::{FoundBy, PersonMark, Unfit};
pub use ring::{Ring, ServerKey};
pub use root::{KeyFile, Root, RootError};
pub use secret::Secret;
pub use store::{Vault, VaultConfig};
pub use submit::{Beginning, Submission, SubmitError};
