//! Where a role counts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentCode, SiteLabel};

/// Where a role counts: department × site, each of them one or all.
///
/// It may name a department or site that does not exist yet: it counts from the day that is registered. A member that this code does not know is refused and not
/// skipped, for skipping a limit would widen the scope.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The only department; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentCode>,
    /// The only site; none for all, and for what stands on no site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteLabel>,
}

impl Scope {
    /// Everything there is.
    pub const CITY: Self = Self { department: None, site: None };

    /// All that is a department's.
    #[must_use]
    pub fn of(department: &DepartmentCode) -> Self {
        Self { department: Some(department.clone()), site: None }
    }

    /// What is a department's on one site.
    #[must_use]
    pub fn on(department: &DepartmentCode, site: &SiteLabel) -> Self {
        Self { department: Some(department.clone()), site: Some(site.clone()) }
    }

    /// Whether all of `other` lies within this scope.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let department = self.department.is_none() || self.department == other.department;
        let site = self.site.is_none() || self.site == other.site;
        department && site
    }
}

impl fmt::Display for Scope {
    /// `jyj`, `jyj on www`, `all departments on www`, `the whole city`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.department, &self.site) {
            (None, None) => f.write_str("the whole city"),
            (Some(department), None) => write!(f, "{department}"),
            (None, Some(site)) => write!(f, "all departments on {site}"),
            (Some(department), Some(site)) => write!(f, "{department} on {site}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(department: &str, site: &str) -> Scope {
        Scope { department: department.parse().ok(), site: site.parse().ok() }
    }

    #[test]
    fn covers_what_lies_within_it_and_nothing_else() {
        let scopes = [("", ""), ("jyj", ""), ("", "www"), ("jyj", "www"), ("czj", ""), ("czj", "www"), ("jyj", "jyj")];
        let within = |outer: (&str, &str), inner: (&str, &str)| {
            (outer.0.is_empty() || outer.0 == inner.0) && (outer.1.is_empty() || outer.1 == inner.1)
        };
        for outer in scopes {
            for inner in scopes {
                let covered = scope(outer.0, outer.1).covers(&scope(inner.0, inner.1));
                assert_eq!(covered, within(outer, inner), "{outer:?} {inner:?}");
            }
        }
    }

    #[test]
    fn a_limit_that_this_code_does_not_know_is_not_skipped() {
        assert!(serde_json::from_str::<Scope>(r#"{"department":"jyj","column":"jyj.tzgg"}"#).is_err());
        assert_eq!(serde_json::from_str::<Scope>("{}").unwrap(), Scope::CITY);
    }
}
