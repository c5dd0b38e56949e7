//! The keys of a case as they stand: who has a way to them, or that they were erased.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{DepartmentCode, StreamId};
use jiff::Timestamp;

use crate::{
    case_key::CaseKey,
    error::VaultError,
    key::Key,
    ring::department_name,
    store::{Item, Vault, binary, binary_in, map_in, number, number_in},
};

/// How long what is missing is waited for before it is an alarm: of a transaction that was committed just now, one item may be seen before another.
pub(crate) const PAUSES: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(80), Duration::ZERO];

/// The case's key, wrapped by a department's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wrap {
    /// Number of the department's key.
    pub(crate) number: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Wrap {
    pub(crate) fn stored(&self) -> AttributeValue {
        let members = [("key".to_owned(), number(self.number)), ("wrapped".to_owned(), binary(&self.bytes))];
        AttributeValue::M(HashMap::from(members))
    }

    fn read(value: &AttributeValue) -> Option<Self> {
        let item = value.as_m().ok()?;
        Some(Self { number: number_in(item, "key")?, bytes: binary_in(item, "wrapped")?.to_vec() })
    }
}

/// A case's item in the table of keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CaseKeys {
    /// There is none.
    Missing,
    /// They were erased; this stays for good.
    Erased(Timestamp),
    /// They stand.
    Held {
        /// Who holds the case.
        wraps: BTreeMap<DepartmentCode, Wrap>,
        /// Commit of the case that they follow from; none where they are as the case began.
        version: Option<u64>,
    },
}

impl CaseKeys {
    /// The item's attributes beside its key.
    pub(crate) fn item(wraps: &BTreeMap<DepartmentCode, Wrap>) -> Item {
        let wraps = wraps.iter().map(|(department, wrap)| (department.to_string(), wrap.stored())).collect();
        Item::from([("wraps".to_owned(), AttributeValue::M(wraps))])
    }

    fn read(case: &StreamId, item: &Item) -> Result<Self, VaultError> {
        let damaged = || VaultError::damaged("keys", case.as_str(), "the item does not have its shape");
        if let Some(at) = item.get("erased_at") {
            let at = at.as_n().ok().and_then(|at| at.parse().ok()).and_then(|at| Timestamp::from_millisecond(at).ok());
            return at.map(Self::Erased).ok_or_else(damaged);
        }
        let mut wraps = BTreeMap::new();
        for (department, wrap) in map_in(item, "wraps").ok_or_else(damaged)? {
            let department = department.parse().map_err(|_| damaged())?;
            wraps.insert(department, Wrap::read(wrap).ok_or_else(damaged)?);
        }
        Ok(Self::Held { wraps, version: number_in(item, "version") })
    }
}

impl Vault {
    /// A case's keys as they stand; consistent.
    pub(crate) async fn case_keys(&self, case: &StreamId) -> Result<CaseKeys, VaultError> {
        match self.keys_item(case.as_str()).await? {
            None => Ok(CaseKeys::Missing),
            Some(item) => CaseKeys::read(case, &item),
        }
    }

    /// A case's wraps; an error where there are none, erased or not.
    pub(crate) async fn wraps(&self, case: &StreamId) -> Result<BTreeMap<DepartmentCode, Wrap>, VaultError> {
        for pause in PAUSES {
            match self.case_keys(case).await? {
                CaseKeys::Held { wraps, .. } => return Ok(wraps),
                CaseKeys::Erased(at) => return Err(VaultError::Erased { case: case.clone(), at }),
                CaseKeys::Missing => tokio::time::sleep(pause).await,
            }
        }
        Err(VaultError::KeyMissing { name: case.to_string() })
    }

    /// A case's key by way of a department's; by any that holds it where none is named.
    ///
    /// For sealing what is added to the case, and for fingerprints of requests; it opens nothing by itself.
    ///
    /// # Errors
    /// Erased, missing, or not in the department's hands: each apart.
    pub async fn case_key(&self, case: &StreamId, by: Option<&DepartmentCode>) -> Result<CaseKey, VaultError> {
        let wraps = self.wraps(case).await?;
        let (department, wrap) = way(case, &wraps, by)?;
        Ok(CaseKey::new(case.clone(), &self.data_key(case, department, wrap).await?))
    }

    /// A data key, wrapped for a department by its current key.
    pub(crate) async fn wrapped(
        &self,
        case: &StreamId,
        department: &DepartmentCode,
        data: &Key,
    ) -> Result<Wrap, VaultError> {
        let name = department_name(department);
        let ring = self.ring_or_new(&name).await?;
        let (number, key) = ring.current().ok_or_else(|| VaultError::KeyMissing { name: name.clone() })?;
        let sealed = key.seal(&place(case, department, &number.to_be_bytes()), data.expose());
        let bytes = sealed.map_err(|_| VaultError::damaged("wrap", case.as_str(), "the key cannot be wrapped"))?;
        Ok(Wrap { number, bytes })
    }

    /// The data key in a department's wrap.
    pub(crate) async fn data_key(
        &self,
        case: &StreamId,
        department: &DepartmentCode,
        wrap: &Wrap,
    ) -> Result<Key, VaultError> {
        let ring = self.ring_with(&department_name(department), wrap.number).await?;
        let opened = ring
            .key(wrap.number)
            .map(|key| key.open(&place(case, department, &wrap.number.to_be_bytes()), &wrap.bytes));
        let data = opened.and_then(Result::ok).and_then(|data| Key::from_bytes(&data));
        data.ok_or_else(|| VaultError::damaged("wrap", case.as_str(), format!("that of `{department}` does not open")))
    }
}

/// The wrap by which the case's key is reached.
pub(crate) fn way<'a>(
    case: &StreamId,
    wraps: &'a BTreeMap<DepartmentCode, Wrap>,
    by: Option<&'a DepartmentCode>,
) -> Result<(&'a DepartmentCode, &'a Wrap), VaultError> {
    let missing = || VaultError::KeyMissing { name: case.to_string() };
    match by {
        None => wraps.iter().next().ok_or_else(missing),
        Some(department) => wraps
            .get_key_value(department)
            .ok_or_else(|| VaultError::NotHeld { case: case.clone(), department: department.clone() }),
    }
}

/// INVARIANT: of which case, for which department, by which of its keys: a wrap that is moved does not open.
fn place<'a>(case: &'a StreamId, department: &'a DepartmentCode, number: &'a [u8]) -> [&'a [u8]; 4] {
    [b"wrap", case.as_str().as_bytes(), department.as_str().as_bytes(), number]
}
