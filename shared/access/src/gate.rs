//! May they: Cedar decides.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    str::FromStr,
};

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Effect, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId,
    PolicySet, Request, RestrictedExpression,
};
use thiserror::Error;

use crate::{
    action::{Action, Resource},
    staff::{Reach, Role, Staff},
};

const POLICIES: &str = include_str!("../policies/taihu.cedar");

/// The answer to "may they".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed,
    /// No.
    Denied {
        /// Roles that may do this to things of their department; `staff` is everyone.
        roles: Vec<String>,
        /// Policies that would permit it, or those that forbid it.
        policies: Vec<String>,
    },
}

impl Decision {
    /// Whether the answer is yes.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }
}

/// The policies do not hold together; a test keeps this from being deployed.
#[derive(Debug, Error)]
#[error("the policies cannot be used: {reason}")]
pub struct PolicyError {
    /// What Cedar said.
    pub reason: String,
}

impl PolicyError {
    fn new(reason: impl ToString) -> Self {
        Self { reason: reason.to_string() }
    }
}

/// Asks the policies.
#[derive(Debug)]
pub struct Gate {
    authorizer: Authorizer,
    policies: PolicySet,
    permits: BTreeMap<&'static str, Needs>,
    staff: EntityTypeName,
    thing: EntityTypeName,
    action: EntityTypeName,
}

/// What a permit of an action takes.
#[derive(Debug, Clone, Default)]
struct Needs {
    roles: Vec<String>,
    policies: Vec<String>,
}

impl Gate {
    /// Reads the policies that are built in.
    ///
    /// # Errors
    /// They do not parse, or one lacks its annotations.
    pub fn new() -> Result<Self, PolicyError> {
        let policies = PolicySet::from_str(POLICIES).map_err(PolicyError::new)?;
        let kind = |name: &str| EntityTypeName::from_str(name).map_err(PolicyError::new);
        let mut permits: BTreeMap<&'static str, Needs> = BTreeMap::new();
        for action in Action::ALL {
            permits.insert(action.as_str(), needs(&policies, *action)?);
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            policies,
            permits,
            staff: kind("Staff")?,
            thing: kind("Thing")?,
            action: kind("Action")?,
        })
    }

    /// Whether `staff` may do `action` to `resource`.
    ///
    /// Anything that Cedar cannot evaluate is a no.
    #[must_use]
    pub fn allowed(&self, staff: &Staff, action: Action, resource: &Resource) -> Decision {
        match self.ask(staff, action, resource) {
            Ok(None) => Decision::Allowed,
            Ok(Some(policies)) => self.denied(action, policies),
            Err(_) => self.denied(action, Vec::new()),
        }
    }

    /// None is a yes; a no comes with the policies that forbid it.
    fn ask(&self, staff: &Staff, action: Action, resource: &Resource) -> Result<Option<Vec<String>>, PolicyError> {
        let principal = self.uid(&self.staff, staff.actor.as_str());
        let thing = self.uid(&self.thing, "it");
        let request = Request::new(
            principal.clone(),
            self.uid(&self.action, action.as_str()),
            thing.clone(),
            Context::empty(),
            None,
        )
        .map_err(PolicyError::new)?;
        let entities = [entity(principal, attributes_of(staff))?, entity(thing, attributes_of_thing(resource))?];
        let entities = Entities::from_entities(entities, None).map_err(PolicyError::new)?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &entities);
        if response.decision() == cedar_policy::Decision::Allow {
            return Ok(None);
        }
        let forbids = response.diagnostics().reason();
        Ok(Some(forbids.filter_map(|id| annotation(&self.policies, id, "id")).collect()))
    }

    fn denied(&self, action: Action, forbids: Vec<String>) -> Decision {
        let needs = self.permits.get(action.as_str()).cloned().unwrap_or_default();
        Decision::Denied { roles: needs.roles, policies: if forbids.is_empty() { needs.policies } else { forbids } }
    }

    fn uid(&self, kind: &EntityTypeName, id: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
    }
}

fn needs(policies: &PolicySet, action: Action) -> Result<Needs, PolicyError> {
    let mut needs = Needs::default();
    for policy in policies.policies() {
        let covers = |uid: &EntityUid| uid.id().unescaped() == action.as_str();
        let applies = match policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(uid) => covers(&uid),
            ActionConstraint::In(uids) => uids.iter().any(covers),
        };
        if !applies || policy.effect() == Effect::Forbid {
            continue;
        }
        let told = |key: &str| {
            annotation(policies, policy.id(), key)
                .ok_or_else(|| PolicyError::new(format!("policy `{}` has no @{key}", policy.id())))
        };
        needs.policies.push(told("id")?);
        needs.roles.push(told("role")?);
    }
    needs.policies.sort_unstable();
    needs.roles.sort_unstable();
    needs.roles.dedup();
    Ok(needs)
}

fn annotation(policies: &PolicySet, id: &PolicyId, key: &str) -> Option<String> {
    policies.annotation(id, key).map(str::to_owned)
}

fn entity(uid: EntityUid, attributes: HashMap<String, RestrictedExpression>) -> Result<Entity, PolicyError> {
    Entity::new(uid, attributes, HashSet::new()).map_err(PolicyError::new)
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn attributes_of(staff: &Staff) -> HashMap<String, RestrictedExpression> {
    let roles = staff.roles.iter().copied().map(Role::as_str).map(text);
    let city = staff.reach == Reach::City;
    let mut attributes = HashMap::from([
        ("department".to_owned(), text(staff.department.as_str())),
        ("roles".to_owned(), RestrictedExpression::new_set(roles)),
        ("city".to_owned(), RestrictedExpression::new_bool(city)),
    ]);
    if let Some(sites) = &staff.sites {
        let sites = sites.iter().map(|site| text(site.as_str()));
        attributes.insert("sites".to_owned(), RestrictedExpression::new_set(sites));
    }
    attributes
}

fn attributes_of_thing(resource: &Resource) -> HashMap<String, RestrictedExpression> {
    let mut attributes = HashMap::from([("department".to_owned(), text(resource.department.as_str()))]);
    if let Some(site) = &resource.site {
        attributes.insert("site".to_owned(), text(site.as_str()));
    }
    attributes
}
