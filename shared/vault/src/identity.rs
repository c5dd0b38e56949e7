//! Who somebody is, as he told: kept apart from what he wrote.

use std::collections::BTreeMap;

use zeroize::{Zeroize, Zeroizing};

/// Name, phone, number of an identity card and whatever else a form asks of a person; a text under each name.
///
/// Wiped from memory when it goes; it has no Debug.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity(BTreeMap<String, String>);

impl Identity {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one thing more; an empty text is none.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty()
            && let Some(mut former) = self.0.insert(name.to_owned(), text)
        {
            former.zeroize();
        }
        self
    }

    /// What stands under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The names under which something stands.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn to_json(&self) -> Zeroizing<Vec<u8>> {
        // A map of texts always serialises.
        Zeroizing::new(serde_json::to_vec(&self.0).unwrap_or_default())
    }

    pub(crate) fn from_json(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().map(Self)
    }
}

impl Zeroize for Identity {
    fn zeroize(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
        self.0.clear();
    }
}

impl Drop for Identity {
    fn drop(&mut self) {
        self.zeroize();
    }
}
