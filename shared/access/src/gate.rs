//! May they: Cedar decides.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    str::FromStr,
};

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Effect, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId,
    PolicySet, Request, RestrictedExpression,
};
use domain::staff::{Assignment, Role, Scope, Staff};
use thiserror::Error;

use crate::{
    action::{Action, Resource},
    area,
};

const POLICIES: &str = include_str!("../policies/taihu.cedar");

/// The answer to "may they".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed,
    /// No.
    Denied {
        /// Roles that may do this where they count; `staff` is any role.
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
    area: EntityTypeName,
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
            area: kind("Area")?,
            action: kind("Action")?,
        })
    }

    /// Whether `staff` may do `action` to `resource`.
    ///
    /// Anything that Cedar cannot evaluate is a no.
    #[must_use]
    pub fn allowed(&self, staff: &Staff, action: Action, resource: &Resource) -> Decision {
        self.decide(staff, action, resource.scope(), Context::empty())
    }

    /// Whether `staff` may trust somebody else with `assignment`: within his own area, and only what he holds himself.
    #[must_use]
    pub fn may_grant(&self, staff: &Staff, assignment: &Assignment) -> Decision {
        let held = self.areas(staff.scopes(assignment.role));
        match Context::from_pairs([("held".to_owned(), held)]) {
            Ok(context) => self.decide(staff, Action::GrantRole, &assignment.scope, context),
            Err(_) => self.denied(Action::GrantRole, Vec::new()),
        }
    }

    fn decide(&self, staff: &Staff, action: Action, scope: &Scope, context: Context) -> Decision {
        match self.ask(staff, action, scope, context) {
            Ok(None) => Decision::Allowed,
            Ok(Some(policies)) => self.denied(action, policies),
            Err(_) => self.denied(action, Vec::new()),
        }
    }

    /// None is a yes; a no comes with the policies that forbid it.
    fn ask(
        &self,
        staff: &Staff,
        action: Action,
        scope: &Scope,
        context: Context,
    ) -> Result<Option<Vec<String>>, PolicyError> {
        let principal = self.uid(&self.staff, "who-asks");
        let request = Request::new(
            principal.clone(),
            self.uid(&self.action, action.as_str()),
            area::uid(&self.area, scope),
            context,
            None,
        )
        .map_err(PolicyError::new)?;
        let mut entities = area::with_all_around(&self.area, scope);
        entities.push(Entity::new(principal, self.attributes_of(staff), HashSet::new()).map_err(PolicyError::new)?);
        let entities = Entities::from_entities(entities, None).map_err(PolicyError::new)?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &entities);
        if response.decision() == cedar_policy::Decision::Allow {
            return Ok(None);
        }
        let forbids = response.diagnostics().reason();
        Ok(Some(forbids.filter_map(|id| annotation(&self.policies, id, "id")).collect()))
    }

    fn attributes_of(&self, staff: &Staff) -> HashMap<String, RestrictedExpression> {
        let mut attributes: HashMap<String, RestrictedExpression> =
            Role::ALL.map(|role| (role.as_str().to_owned(), self.areas(staff.scopes(role)))).into();
        let any = staff.held.iter().map(|held| &held.assignment.scope);
        attributes.insert("any".to_owned(), self.areas(any));
        let sites: Vec<Scope> = [Role::Editor, Role::Publisher]
            .into_iter()
            .flat_map(|role| staff.scopes(role))
            .filter(|scope| scope.site.is_some())
            .map(|scope| Scope { department: None, site: scope.site.clone() })
            .collect();
        attributes.insert("guest".to_owned(), self.areas(sites.iter()));
        attributes.insert("serves".to_owned(), RestrictedExpression::new_bool(!staff.held.is_empty()));
        attributes.insert("disabled".to_owned(), RestrictedExpression::new_bool(staff.disabled.is_some()));
        attributes
    }

    fn areas<'a>(&self, scopes: impl Iterator<Item = &'a Scope>) -> RestrictedExpression {
        RestrictedExpression::new_set(
            scopes.map(|scope| RestrictedExpression::new_entity_uid(area::uid(&self.area, scope))),
        )
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
