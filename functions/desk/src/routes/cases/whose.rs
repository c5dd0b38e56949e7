//! Whose cases can be listed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Tab, Wanted, choices};
use crate::api::{cases::CaseEntry, problem::Refusal, staff::Permissions};

/// Roles that have to do with cases.
const OF_CASES: &[&str] = &["handler", "supervisor", "auditor"];

/// What somebody may see of cases.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Departments that his roles name; none stands for all.
    departments: BTreeSet<Option<String>>,
    /// All that he may do; none where that cannot be read now.
    permissions: Option<Permissions>,
}

/// Whose cases he can look at, and where.
#[derive(Debug, Serialize)]
pub(super) struct Whose {
    tabs: Vec<Tab>,
    /// All departments, code and name, where his roles count for all.
    every: Vec<(String, String)>,
    /// The department that is looked at.
    of: Option<String>,
    /// Whether no role of his has to do with cases.
    none: bool,
    /// Whether his roles cannot be read now.
    unknown: bool,
}

impl Roles {
    pub(super) fn of(read: Result<Permissions, Refusal>) -> Self {
        match read {
            Ok(permissions) => {
                let held = permissions.person.roles.iter();
                let of_cases = held.filter(|held| OF_CASES.contains(&held.role.as_str()));
                let departments = of_cases.map(|held| held.department.clone()).collect();
                Self { departments, permissions: Some(permissions) }
            }
            // The cases were read, so they are shown, and what is missing around them is said.
            Err(refusal) => {
                tracing::warn!(status = refusal.status.as_u16(), code = refusal.problem.code, "roles not read");
                Self::default()
            }
        }
    }

    /// Whether he is not known to be kept from taking a case.
    pub(super) fn may_take(&self, case: &CaseEntry) -> bool {
        let (department, site) = (Some(case.department.as_str()), Some(case.site.as_str()));
        self.permissions.as_ref().is_none_or(|own| own.allow("handle-case", department, site))
    }

    /// Whether he may work on messages anywhere.
    pub(super) fn may_work_messages(&self) -> bool {
        self.may_somewhere("work-messages")
    }

    /// Whether he may register applications anywhere.
    pub(super) fn may_register(&self) -> bool {
        self.may_somewhere("handle-case")
    }

    fn may_somewhere(&self, action: &str) -> bool {
        let actions = self.permissions.iter().flat_map(|own| &own.may).flat_map(|within| &within.actions);
        actions.into_iter().any(|known| known == action)
    }

    pub(super) fn whose(&self, wanted: &Wanted, names: &BTreeMap<String, String>) -> Whose {
        let tab = |name: String, of: Option<&String>| {
            let listed = Wanted { of: of.cloned(), pressure: wanted.pressure.clone(), after: None };
            Tab { name, address: listed.address(), is_here: wanted.of.as_ref() == of }
        };
        let named = self.departments.iter().flatten().map(|code| tab(choices::named(names, code), Some(code)));
        let is_everywhere = self.departments.contains(&None);
        let listed = |code: &String| self.departments.contains(&Some(code.clone()));
        // One that was chosen from all of them has its own place among the links.
        let chosen =
            wanted.of.iter().filter(|code| !listed(code)).map(|code| tab(choices::named(names, code), Some(code)));
        Whose {
            tabs: std::iter::once(tab("我承办的".to_owned(), None)).chain(named).chain(chosen).collect(),
            every: if is_everywhere { names.clone().into_iter().collect() } else { Vec::new() },
            of: wanted.of.clone(),
            none: self.permissions.is_some() && self.departments.is_empty(),
            unknown: self.permissions.is_none(),
        }
    }
}
