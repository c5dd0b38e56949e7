//! What an answer is narrowed to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::facet::Facet;

/// For each facet the values any of which is wanted; a facet that is not named is free.
///
/// A site and a year together: both must agree. Two years: either.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filters(BTreeMap<Facet, BTreeSet<String>>);

impl Filters {
    /// Nothing is left out.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Also wants `value` of `facet`.
    pub fn want(&mut self, facet: Facet, value: impl Into<String>) {
        self.0.entry(facet).or_default().insert(value.into());
    }

    /// The values that are wanted of `facet`; none where it is free.
    #[must_use]
    pub fn wanted(&self, facet: Facet) -> Option<&BTreeSet<String>> {
        self.0.get(&facet).filter(|values| !values.is_empty())
    }

    /// Everything that is wanted.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.0.iter().flat_map(|(facet, values)| values.iter().map(|value| (*facet, value.as_str())))
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl<V: Into<String>> FromIterator<(Facet, V)> for Filters {
    fn from_iter<I: IntoIterator<Item = (Facet, V)>>(values: I) -> Self {
        let mut filters = Self::default();
        for (facet, value) in values {
            filters.want(facet, value);
        }
        filters
    }
}
