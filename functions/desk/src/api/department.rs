//! A department, and who takes applications for information there.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a profile calls who takes applications.
const OFFICE: &str = "disclosure";

/// A department, its profile as the API tells it: all of it goes back when a part is changed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Department {
    pub(crate) version: u64,
    profile: Map<String, Value>,
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

impl Department {
    pub(crate) fn name(&self) -> &str {
        self.profile.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// Who takes applications, if somebody is named.
    pub(crate) fn office(&self) -> Option<Office> {
        serde_json::from_value(self.profile.get(OFFICE)?.clone()).ok()
    }

    /// The whole profile, in which it is `office` that takes applications; nobody, where that says nothing.
    pub(crate) fn profile_with(&self, office: &Office) -> Value {
        let mut profile = self.profile.clone();
        profile.remove(OFFICE);
        if *office != Office::default()
            && let Ok(office) = serde_json::to_value(office)
        {
            profile.insert(OFFICE.to_owned(), office);
        }
        profile.into()
    }
}
