//! What somebody may do.

use serde::{Deserialize, Serialize};

/// A person's roles, and what follows from them.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Permissions {
    pub(crate) person: Person,
    pub(crate) may: Vec<Within>,
}

impl Permissions {
    /// Whether they allow `action` on a site of a department; on all sites, where none is named.
    pub(crate) fn allow(&self, action: &str, department: Option<&str>, site: Option<&str>) -> bool {
        let covers = |own: &Option<String>, asked: Option<&str>| own.is_none() || own.as_deref() == asked;
        let within = |within: &&Within| covers(&within.department, department) && covers(&within.site, site);
        self.may.iter().filter(within).any(|within| within.actions.iter().any(|own| own == action))
    }

    /// Whether they allow `action` anywhere.
    pub(crate) fn allow_somewhere(&self, action: &str) -> bool {
        self.may.iter().any(|within| within.actions.iter().any(|own| own == action))
    }
}

/// A person.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Person {
    pub(crate) subject: String,
    pub(crate) roles: Vec<Held>,
}

/// A role that is held.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Held {
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) department: Option<String>,
    #[serde(default)]
    pub(crate) site: Option<String>,
}

/// What may be done in one scope.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Within {
    pub(crate) actions: Vec<String>,
    #[serde(default)]
    pub(crate) department: Option<String>,
    #[serde(default)]
    pub(crate) site: Option<String>,
}

/// Somebody else.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Colleague {
    pub(crate) subject: String,
}
