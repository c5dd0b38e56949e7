//! Rows of work left for later.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, de::DeserializeOwned};

use super::{Item, Prefix, SAME_TOKEN, Swap, ViewError, Views, n, parse, s, text};
use crate::{
    page::PageKey,
    work::{Cause, Copies, Dirty, DirtyWork, Parked, ParkedWork, PurgeRow},
};

/// 128 random bits: nobody's token comes again.
pub(super) fn fresh_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Dirty rows that are looked at to tell what a prefix owes; more are never told apart.
const LOOKED_AT: i32 = 1000;

/// Partition of the purge rows: they belong to no prefix, for a URL outlives them all.
const PURGES: &str = "purges";

impl Views {
    /// Marks work dirty, with a fresh token and from its beginning; gives the row it left.
    ///
    /// # Errors
    /// The store failed.
    pub async fn mark_dirty(&self, prefix: &Prefix, work: DirtyWork) -> Result<Dirty, ViewError> {
        let key = work.key();
        let row = Dirty { work, token: fresh_token(), cursor: None, done: 0 };
        self.put(left(&prefix.pk("dirty"), &key, &row.token, &row)?).await?;
        Ok(row)
    }

    /// At most `limit` dirty rows, urgent first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn dirty(&self, prefix: &Prefix, limit: i32) -> Result<Vec<Dirty>, ViewError> {
        self.left_rows(&prefix.pk("dirty"), limit).await
    }

    /// Whether a page, a scope or everything waits in a prefix for what may have been a withdrawal; also if this code cannot tell.
    pub(crate) async fn may_owe_withdrawals(&self, prefix: &Prefix) -> Result<bool, ViewError> {
        let dirty = match self.dirty(prefix, LOOKED_AT).await {
            Ok(dirty) => dirty,
            Err(ViewError::Shape(_)) => return Ok(true),
            Err(error) => return Err(error),
        };
        let owes = dirty.iter().any(|row| match &row.work {
            DirtyWork::Page(_) | DirtyWork::Copies => true,
            DirtyWork::Scope(scope) => scope.cause == Cause::Withdrawn,
            DirtyWork::City => false,
        });
        let more = i32::try_from(dirty.len()).is_ok_and(|count| count == LOOKED_AT);
        Ok(owes || more || !self.left_items(&prefix.pk("parked"), None, 1).await?.is_empty())
    }

    /// The first dirty row whose key is after `after`.
    pub(crate) async fn next_dirty(&self, prefix: &Prefix, after: Option<&str>) -> Result<Option<Dirty>, ViewError> {
        Ok(self.left_rows_after(&prefix.pk("dirty"), after, 1).await?.into_iter().next())
    }

    /// Notes how far a scope has been worked, if nobody marked it anew.
    pub(crate) async fn advance_dirty(&self, prefix: &Prefix, row: &Dirty) -> Result<Swap, ViewError> {
        let item = left(&prefix.pk("dirty"), &row.work.key(), &row.token, row)?;
        self.put_if(item, SAME_TOKEN, &[(":t", s(&row.token))]).await
    }

    /// Deletes a dirty row if nobody marked it anew.
    pub(crate) async fn clear_dirty(&self, prefix: &Prefix, row: &Dirty) -> Result<Swap, ViewError> {
        self.delete_if_token(&prefix.pk("dirty"), &row.work.key(), &row.token).await
    }

    /// Parks work with its reason.
    ///
    /// # Errors
    /// The store failed.
    pub async fn park(&self, prefix: &Prefix, work: ParkedWork, reason: String) -> Result<(), ViewError> {
        let key = work.key();
        let row = Parked { work, reason, token: fresh_token() };
        self.put(left(&prefix.pk("parked"), &key, &row.token, &row)?).await
    }

    /// At most `limit` parked rows.
    ///
    /// # Errors
    /// The store failed.
    pub async fn parked(&self, prefix: &Prefix, limit: i32) -> Result<Vec<Parked>, ViewError> {
        self.left_rows(&prefix.pk("parked"), limit).await
    }

    /// At most `limit` parked rows whose keys are after `after`.
    pub(crate) async fn parked_after(
        &self,
        prefix: &Prefix,
        after: Option<&str>,
        limit: i32,
    ) -> Result<Vec<Parked>, ViewError> {
        self.left_rows_after(&prefix.pk("parked"), after, limit).await
    }

    /// Why this work is parked; none if it is not.
    ///
    /// # Errors
    /// The store failed.
    pub async fn parked_for(&self, prefix: &Prefix, work: &ParkedWork) -> Result<Option<String>, ViewError> {
        let item = self.get(&prefix.pk("parked"), &work.key()).await?;
        item.map(|item| Ok(parse::<Parked>(text(&item, "body")?, "parked")?.reason)).transpose()
    }

    /// How far a round over many things has come, as its walker wrote it; none where a round begins.
    pub(crate) async fn place<T: DeserializeOwned>(
        &self,
        prefix: &Prefix,
        round: &str,
    ) -> Result<Option<T>, ViewError> {
        let item = self.get(&prefix.pk("round"), round).await?;
        item.map(|item| parse(text(&item, "body")?, round)).transpose()
    }

    /// Notes how far a round has come. Two walkers at once only look twice.
    pub(crate) async fn note_place(
        &self,
        prefix: &Prefix,
        round: &str,
        place: Option<&impl Serialize>,
    ) -> Result<(), ViewError> {
        match place {
            Some(place) => self.put(left(&prefix.pk("round"), round, &fresh_token(), place)?).await,
            None => self.delete(&prefix.pk("round"), round).await,
        }
    }

    /// Deletes a parked row if it was not parked anew.
    pub(crate) async fn unpark(&self, prefix: &Prefix, row: &Parked) -> Result<Swap, ViewError> {
        self.delete_if_token(&prefix.pk("parked"), &row.work.key(), &row.token).await
    }

    /// Leaves a purge row for a page's URL; gives it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn leave_purge_for(&self, page: &PageKey, cause: Cause) -> Result<PurgeRow, ViewError> {
        let row = purge_of(page, cause);
        self.put(purge_item(&row)?).await?;
        Ok(row)
    }

    /// Leaves a purge row for every copy there is.
    ///
    /// # Errors
    /// The store failed.
    pub async fn leave_purge_of_all(&self) -> Result<(), ViewError> {
        let row = PurgeRow { copies: Copies::All, cause: Cause::Withdrawn, token: fresh_token() };
        self.put(purge_item(&row)?).await
    }

    /// At most `limit` purge rows, withdrawals first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn purges(&self, limit: i32) -> Result<Vec<PurgeRow>, ViewError> {
        self.left_rows(PURGES, limit).await
    }

    /// Whether a purge of this page still waits.
    ///
    /// # Errors
    /// The store failed.
    pub async fn awaits_purge(&self, page: &PageKey) -> Result<bool, ViewError> {
        for cause in [Cause::Withdrawn, Cause::Changed] {
            if self.get(PURGES, &purge_of(page, cause).key()).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Deletes a purge row if no later look at its page left another.
    pub(crate) async fn clear_purge(&self, row: &PurgeRow) -> Result<Swap, ViewError> {
        self.delete_if_token(PURGES, &row.key(), &row.token).await
    }

    /// The first day (UTC, `2026-11-23`) that repair still has to look at; none before the first repair.
    ///
    /// # Errors
    /// The store failed.
    pub async fn low_water(&self, prefix: &Prefix) -> Result<Option<String>, ViewError> {
        let item = self.get(&prefix.pk("low-water"), "-").await?;
        item.map(|item| text(&item, "body").map(str::to_owned)).transpose()
    }

    /// Moves the low-water day forward.
    pub(crate) async fn move_low_water(&self, prefix: &Prefix, day: &str) -> Result<(), ViewError> {
        let item = Item::from([
            ("pk".to_owned(), s(prefix.pk("low-water"))),
            ("sk".to_owned(), s("-")),
            ("v".to_owned(), n(1)),
            ("body".to_owned(), s(day)),
        ]);
        self.put_if(item, "attribute_not_exists(pk) OR body < :day", &[(":day", s(day))]).await?;
        Ok(())
    }

    pub(super) async fn left_rows<T: DeserializeOwned>(&self, pk: &str, limit: i32) -> Result<Vec<T>, ViewError> {
        self.left_rows_after(pk, None, limit).await
    }

    async fn left_rows_after<T: DeserializeOwned>(
        &self,
        pk: &str,
        after: Option<&str>,
        limit: i32,
    ) -> Result<Vec<T>, ViewError> {
        self.left_items(pk, after, limit).await?.iter().map(|item| parse(text(item, "body")?, pk)).collect()
    }

    async fn left_items(&self, pk: &str, after: Option<&str>, limit: i32) -> Result<Vec<Item>, ViewError> {
        let from = after.map(|sk| Item::from([("pk".to_owned(), s(pk)), ("sk".to_owned(), s(sk))]));
        let page = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(pk))
            .set_exclusive_start_key(from)
            .limit(limit)
            .send()
            .await
            .map_err(|error| ViewError::of(&error))?;
        Ok(page.items.unwrap_or_default())
    }
}

/// A purge row, as stored.
pub(super) fn purge_item(row: &PurgeRow) -> Result<Item, ViewError> {
    left(PURGES, &row.key(), &row.token, row)
}

pub(super) fn purge_of(page: &PageKey, cause: Cause) -> PurgeRow {
    let copies = Copies::Page { site: page.site.clone(), path: page.path.clone() };
    PurgeRow { copies, cause, token: fresh_token() }
}

pub(super) fn left(pk: &str, sk: &str, token: &str, body: &impl Serialize) -> Result<Item, ViewError> {
    let body = serde_json::to_string(body).map_err(|error| ViewError::Shape(error.to_string()))?;
    Ok([("pk", pk), ("sk", sk), ("token", token), ("body", body.as_str())]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())))
        .collect())
}
