//! Erasure: the consequence of a case's `…Erased`, repaired until done.
//!
//! The event comes first and decides alone: whoever folds it sees redacted fields, whether or not a key is left. What is done here may die between any two
//! steps, and is then done again from the beginning:
//!
//! 1. the keys become a tombstone, for good: from here on nothing that was sealed opens, whoever had begun to hand the case over;
//! 2. every row that stands under the case goes: its identity, and for each mark first the person's row and then the one that leads to it;
//! 3. what is left is counted.

mod steps;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::StreamId;
use jiff::{SignedDuration, Timestamp};
use ledger::store_error;

pub(crate) use steps::{Next, Row, Steps};

use crate::{
    error::VaultError,
    keys::CaseKeys,
    store::{Item, Vault, is_refused, number, text, text_in},
};

/// For how many days a backup can bring back what the tables of keys and of the vault held: their window of recovery (`infra/template.yaml`).
pub const BACKUP_DAYS: i64 = 7;

/// What came of an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Since when the keys are gone; the first time, if it was done before.
    pub at: Timestamp,
    /// Whether there were keys to erase.
    pub keys: Keys,
    /// Rows that this call removed.
    pub removed: usize,
    /// Keys of rows that are still there: none, or the erasure is to be called again.
    pub remains: Vec<String>,
    /// When nothing that was removed here can be brought back from a backup any more.
    pub beyond_backups: Timestamp,
}

/// What became of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// This call erased them.
    Erased,
    /// They were erased before.
    ErasedBefore,
    /// There were none, and none were erased: an alarm; now there is a tombstone.
    WereMissing,
}

impl Erasure {
    /// Whether nothing remains: the receipt may be committed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.remains.is_empty()
    }
}

impl Vault {
    /// Erases the keys, the identity and the traces of a case whose `…Erased` **is committed**; to be called until [`Erasure::is_complete`].
    ///
    /// # Errors
    /// The store failed; what was done stays done, and calling again goes on.
    pub async fn erase(&self, case: &StreamId) -> Result<Erasure, VaultError> {
        let mut steps = Steps::new(case.as_str());
        let mut keys = Keys::ErasedBefore;
        let mut next = steps.begin();
        loop {
            next = match next {
                Next::Tombstone => {
                    keys = self.bury(case).await?;
                    steps.buried()
                }
                Next::List => steps.listed(self.rows_under(case).await?),
                Next::Delete(row) => {
                    self.delete(&row).await?;
                    steps.deleted()
                }
                Next::Done { removed, remains } => {
                    let CaseKeys::Erased(at) = self.case_keys(case).await? else {
                        return Err(VaultError::damaged("keys", case.as_str(), "a tombstone is gone"));
                    };
                    let day = SignedDuration::from_hours(24 * BACKUP_DAYS);
                    let beyond_backups = self.ledger().now().saturating_add(day).unwrap_or(Timestamp::MAX);
                    let remains = remains.into_iter().map(|row| format!("{}/{}", row.pk, row.sk)).collect();
                    return Ok(Erasure { at, keys, removed, remains, beyond_backups });
                }
            };
        }
    }

    /// Puts the tombstone where there is none; it holds when, and nothing else.
    async fn bury(&self, case: &StreamId) -> Result<Keys, VaultError> {
        let tombstone = Item::from([
            ("pk".to_owned(), text(case.as_str())),
            ("erased_at".to_owned(), number(self.ledger().now().as_millisecond())),
        ]);
        let put = self.dynamo().put_item().table_name(&self.config().keys_table).set_item(Some(tombstone));
        let put = put.condition_expression("attribute_not_exists(erased_at)");
        match put.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld).send().await {
            Ok(put) if put.attributes().is_some_and(|old| old.contains_key("wraps")) => Ok(Keys::Erased),
            Ok(_) => Ok(Keys::WereMissing),
            Err(error) if is_refused(&error) => Ok(Keys::ErasedBefore),
            Err(error) => Err(store_error(&error).into()),
        }
    }

    /// Every row that stands under the case; consistent.
    async fn rows_under(&self, case: &StreamId) -> Result<Vec<String>, VaultError> {
        let mut rows = Vec::new();
        let mut from = None;
        loop {
            let query = self.dynamo().query().table_name(&self.config().vault_table);
            let page = query
                .key_condition_expression("pk = :case")
                .expression_attribute_values(":case", text(case.as_str()))
                .projection_expression("sk")
                .consistent_read(true)
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|error| store_error(&error))?;
            for item in page.items() {
                let row =
                    text_in(item, "sk").ok_or_else(|| VaultError::damaged("row", case.as_str(), "it has no key"))?;
                rows.push(row.to_owned());
            }
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(rows),
            }
        }
    }

    async fn delete(&self, row: &Row) -> Result<(), VaultError> {
        let key = |value: &str| AttributeValue::S(value.to_owned());
        let delete = self.dynamo().delete_item().table_name(&self.config().vault_table);
        let sent = delete.key("pk", key(&row.pk)).key("sk", key(&row.sk)).send().await;
        sent.map(drop).map_err(|error| store_error(&error).into())
    }
}
