//! Scopes as Cedar sees them: areas that lie in each other.

use std::collections::HashSet;

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid};
use domain::staff::Scope;

/// Name of the area: `jyj/www`; `*` stands for all.
pub(crate) fn uid(kind: &EntityTypeName, scope: &Scope) -> EntityUid {
    let department = scope.department.as_ref().map_or("*", |code| code.as_str());
    let site = scope.site.as_ref().map_or("*", |label| label.as_str());
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(format!("{department}/{site}")))
}

/// The area of `scope` and those it lies in, each with its parents: `jyj/www` in `jyj/*` and `*/www`, these in `*/*`.
pub(crate) fn with_all_around(kind: &EntityTypeName, scope: &Scope) -> Vec<Entity> {
    let Scope { department, site } = scope;
    let mut scopes = vec![scope.clone()];
    if department.is_some() && site.is_some() {
        scopes.push(Scope { site: None, ..scope.clone() });
        scopes.push(Scope { department: None, ..scope.clone() });
    }
    if *scope != Scope::CITY {
        scopes.push(Scope::CITY);
    }
    let entity = |inner: &Scope| {
        let parents: HashSet<EntityUid> = scopes
            .iter()
            .filter(|outer| *outer != inner && outer.covers(inner))
            .map(|outer| uid(kind, outer))
            .collect();
        Entity::new_no_attrs(uid(kind, inner), parents)
    };
    scopes.iter().map(entity).collect()
}
