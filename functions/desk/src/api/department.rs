//! A department, and who takes applications for information there.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A department as the API tells it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Department {
    pub(crate) version: u64,
    pub(crate) profile: Profile,
}

/// What the public may know of it, as far as these pages tell it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// Who takes applications, if somebody is named.
    #[serde(default)]
    pub(crate) disclosure: Option<Office>,
}

/// Who takes applications for information.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Office {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) office_hours: String,
    #[serde(default)]
    pub(crate) telephone: String,
    #[serde(default)]
    pub(crate) fax: String,
    #[serde(default)]
    pub(crate) mailbox: String,
}

impl Office {
    /// What the API is asked for: that this office takes applications; nobody, where it says nothing.
    pub(crate) fn command(&self) -> Value {
        json!({ "office": (*self != Self::default()).then_some(self) })
    }
}
