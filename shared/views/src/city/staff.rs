//! Rows of a member of staff: one in the list of each department he holds a role for.

use std::collections::BTreeMap;

use domain::staff::Staff;

use super::{
    rows::{StaffLine, StaffRole},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state. Ids and roles only: a name stands in no event.
pub(super) fn rows(state: &Staff) -> RowSet {
    let mut rows = RowSet::default();
    let Some(enrolled) = &state.enrolled else { return rows };
    let mut departments: BTreeMap<Option<&str>, Vec<StaffRole>> = BTreeMap::new();
    for held in &state.held {
        let scope = &held.assignment.scope;
        let role = StaffRole {
            role: held.assignment.role.as_str().to_owned(),
            site: scope.site.as_ref().map(ToString::to_string),
        };
        departments.entry(scope.department.as_ref().map(|code| code.as_str())).or_default().push(role);
    }
    for (department, roles) in departments {
        let line = StaffLine { subject: enrolled.subject.to_string(), disabled: state.disabled.is_some(), roles };
        rows.own(RowKey::new(slice::staff(department), enrolled.staff.as_str()), &line);
    }
    rows
}
