//! Who holds a case: hand-over, co-handling, rotation.
//!
//! A hand-over has three steps, and may die between any two of them:
//!
//! 1. [`Vault::add_holder`]: the new department's wrap is added to keys that exist and are not erased;
//! 2. the case's `Assigned` is committed: from now on the case *is* the new department's;
//! 3. [`Vault::set_holders`]: the wraps become those of the departments that the case's events name, in one conditional write. It is a consequence of the
//!    event *or of its refusal*, repaired until done; which commit it follows from stands beside the wraps, so that a late one never undoes a later one.
//!
//! Whoever is dropped by a step 3 that came between another one's steps 1 and 2 is added again by that one's step 3. At no instant is there nobody.

mod steps;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{DepartmentCode, StreamId};
use ledger::store_error;

pub(crate) use steps::{Change, Goal, Next, Steps, Unheld};

use crate::{
    error::VaultError,
    keys::{CaseKeys, Wrap, way},
    store::{Vault, is_refused, number, text},
};

impl Vault {
    /// Gives one more department a way to the case's key; before the event that says so is committed.
    ///
    /// # Errors
    /// Erased or missing, each apart; store or root failed.
    pub async fn add_holder(&self, case: &StreamId, department: &DepartmentCode) -> Result<(), VaultError> {
        self.hold(case, Goal::Also(department.clone())).await
    }

    /// Makes the departments that hold the case those that its events name as of commit `version`; safe to repeat, and of no effect where the keys follow
    /// from a later commit already.
    ///
    /// # Errors
    /// Nobody would hold the case; erased or missing, each apart; store or root failed.
    pub async fn set_holders(
        &self,
        case: &StreamId,
        departments: &BTreeSet<DepartmentCode>,
        version: u64,
    ) -> Result<(), VaultError> {
        self.hold(case, Goal::Exactly { holders: departments.clone(), version }).await
    }

    /// Wraps the case's key anew by the department's current key, if it holds the case; after [`Vault::rotate_department_key`].
    ///
    /// # Errors
    /// Erased, missing or not held, each apart; store or root failed.
    pub async fn rewrap(&self, case: &StreamId, department: &DepartmentCode) -> Result<(), VaultError> {
        self.hold(case, Goal::Anew(department.clone())).await
    }

    /// The departments that have a way to the case's key.
    ///
    /// # Errors
    /// Erased or missing, each apart; the store failed.
    pub async fn holders(&self, case: &StreamId) -> Result<BTreeSet<DepartmentCode>, VaultError> {
        Ok(self.wraps(case).await?.into_keys().collect())
    }

    async fn hold(&self, case: &StreamId, goal: Goal) -> Result<(), VaultError> {
        let mut steps = Steps::new(goal);
        let mut wraps = BTreeMap::new();
        let mut next = Next::Read;
        loop {
            next = match next {
                Next::Read => {
                    let keys = self.case_keys(case).await?;
                    let next = steps.read(&keys);
                    if let CaseKeys::Held { wraps: held, .. } = keys {
                        wraps = held;
                    }
                    next
                }
                Next::Write(change) => {
                    let (by, wrap) = way(case, &wraps, None)?;
                    let data = self.data_key(case, by, wrap).await?;
                    let mut fresh = BTreeMap::new();
                    for department in change.to_wrap() {
                        fresh.insert(department.clone(), self.wrapped(case, department, &data).await?);
                    }
                    steps.written(self.change(case, &change, &wraps, fresh).await?)
                }
                Next::Done(done) => return done.map_err(|unheld| refusal(case, unheld)),
            };
        }
    }

    /// Performs a change; whether its condition held.
    async fn change(
        &self,
        case: &StreamId,
        change: &Change,
        wraps: &BTreeMap<DepartmentCode, Wrap>,
        mut fresh: BTreeMap<DepartmentCode, Wrap>,
    ) -> Result<bool, VaultError> {
        let update = self.dynamo().update_item().table_name(&self.config().keys_table).key("pk", text(case.as_str()));
        // INVARIANT: no update makes an item or touches a tombstone: neither has wraps.
        let update = update.expression_attribute_names("#wraps", "wraps");
        let update = match change {
            Change::Add(department) | Change::Renew(department) => {
                let Some(wrap) = fresh.remove(department) else { return Ok(false) };
                let condition = match change {
                    Change::Renew(_) => "attribute_exists(#wraps.#department)",
                    _ => "attribute_exists(#wraps)",
                };
                update
                    .update_expression("SET #wraps.#department = :wrap")
                    .condition_expression(condition)
                    .expression_attribute_names("#department", department.as_str())
                    .expression_attribute_values(":wrap", wrap.stored())
            }
            Change::Replace { keep, version, .. } => {
                let kept = keep.iter().filter_map(|department| wraps.get_key_value(department));
                let stored = kept.chain(&fresh).map(|(department, wrap)| (department.to_string(), wrap.stored()));
                update
                    .update_expression("SET #wraps = :wraps, #version = :version")
                    .condition_expression(
                        "attribute_exists(#wraps) AND (attribute_not_exists(#version) OR #version <= :version)",
                    )
                    .expression_attribute_names("#version", "version")
                    .expression_attribute_values(":wraps", AttributeValue::M(stored.collect()))
                    .expression_attribute_values(":version", number(version))
            }
        };
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(store_error(&error).into()),
        }
    }
}

fn refusal(case: &StreamId, unheld: Unheld) -> VaultError {
    let case = case.clone();
    match unheld {
        Unheld::Nobody => VaultError::HeldByNobody { case },
        Unheld::Erased(at) => VaultError::Erased { case, at },
        Unheld::Missing => VaultError::KeyMissing { name: case.to_string() },
        Unheld::Not(department) => VaultError::NotHeld { case, department },
        Unheld::Restless => VaultError::Store(ledger::StoreError::Throttled),
    }
}
