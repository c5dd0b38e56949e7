//! A case that begins: its key in hand, and what must stand from the instant of its first commit.

use std::collections::{BTreeMap, HashMap};

use domain::{DepartmentCode, IdentityId, StreamId};
use ledger::{Companion, Place};

use crate::{
    case_key::CaseKey,
    error::VaultError,
    identity::Identity,
    key::Key,
    keys::CaseKeys,
    people::PersonMark,
    rows,
    store::{Item, Vault, binary},
};

/// Whose a new case is, and who brought it.
#[derive(Clone, Default)]
pub struct Parties {
    /// Departments that hold the case from the beginning; one at least.
    pub departments: Vec<DepartmentCode>,
    /// Who brought it, if he said so.
    pub identity: Option<Identity>,
    /// What he is found by.
    pub found_by: Vec<PersonMark>,
}

/// A case that may begin: nothing of it is stored until its first commit is.
#[derive(Debug)]
pub struct NewCase {
    /// What seals its texts.
    pub key: CaseKey,
    /// Where its identity will lie; for the event that names it.
    pub identity: Option<IdentityId>,
    companions: Vec<Companion>,
}

impl NewCase {
    /// What is put in the very transaction of the first commit, for [`Ledger::execute_accompanied`](ledger::Ledger::execute_accompanied).
    #[must_use]
    pub fn companions(&self) -> &[Companion] {
        &self.companions
    }
}

impl Vault {
    /// A new key for a case that does not exist yet, and the items that come with it; nothing is stored but the departments' own keys, if they had none.
    ///
    /// [`Vault::submit`] does this and what goes with it: a case that citizens may send twice needs more than a new key.
    ///
    /// # Errors
    /// No department is named; store or root failed.
    pub async fn new_case(&self, case: &StreamId, parties: &Parties) -> Result<NewCase, VaultError> {
        if parties.departments.is_empty() {
            return Err(VaultError::HeldByNobody { case: case.clone() });
        }
        let data = Key::random();
        let mut wraps = BTreeMap::new();
        for department in &parties.departments {
            wraps.insert(department.clone(), self.wrapped(case, department, &data).await?);
        }
        let key = CaseKey::new(case.clone(), &data);
        let keys = Place { table: self.config().keys_table.clone(), pk: case.to_string(), sk: None };
        let mut companions = vec![Companion::new(keys, CaseKeys::item(&wraps))];
        let mut identity = None;
        if let Some(told) = &parties.identity {
            let id = IdentityId::from_bits(rand::random());
            let sealed = Item::from([("sealed".to_owned(), binary(&key.seal_identity(&id, told)?))]);
            companions.push(Companion::new(self.row(case.as_str(), &rows::identity(&id)), sealed));
            identity = Some(id);
        }
        let mut marks = parties.found_by.clone();
        marks.sort();
        marks.dedup();
        for mark in &marks {
            companions.push(Companion::new(self.row(case.as_str(), &mark.key()), HashMap::new()));
            companions.push(Companion::new(self.row(&mark.key(), case.as_str()), HashMap::new()));
        }
        Ok(NewCase { key, identity, companions })
    }

    fn row(&self, pk: &str, sk: &str) -> Place {
        Place { table: self.config().vault_table.clone(), pk: pk.to_owned(), sk: Some(sk.to_owned()) }
    }
}
