//! Keys of the rows in the table of the vault.
//!
//! | row | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | identity | the case's stream | `identity#<id>` | `sealed` B |
//! | what the case is found by | the case's stream | `person#<mark>` | |
//! | a case of a person | `person#<mark>` | the case's stream | |
//!
//! Whatever a case has stands under its stream, so that an erasure finds it without opening anything.

use domain::IdentityId;

const IDENTITY: &str = "identity#";

const PERSON: &str = "person#";

/// Sort key of an identity.
pub(crate) fn identity(id: &IdentityId) -> String {
    format!("{IDENTITY}{id}")
}

/// Where a person's cases stand, and the sort key by which a case leads there.
pub(crate) fn person(mark: &str) -> String {
    format!("{PERSON}{mark}")
}

/// The mark that such a sort key names.
pub(crate) fn mark(sk: &str) -> Option<&str> {
    sk.strip_prefix(PERSON)
}

/// Whether a row of a case leads to a person's.
pub(crate) fn is_mark(sk: &str) -> bool {
    sk.starts_with(PERSON)
}
