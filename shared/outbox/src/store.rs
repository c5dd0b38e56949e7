//! The table `outbox`. It is no view: it follows from the ledger once, survives every rebuild, and what was sent stays in it as proof.
//!
//! | item | `pk` | attributes |
//! |---|---|---|
//! | message | `message#<id>` | what it is (`id`, `stream`, `number`, `event`, `rule`, `recipient`, `channel`, `department`, `at`) and how it stands (`standing`, `since`, `attempts`, `round`, `by`, `reason`, `raised_…`); `work_pk` and `work_sk` while somebody may look for it |
//! | how far a stream is reacted to | `stream#<stream>` | `head` N |
//! | since when rules count | `rules` | an instant N under the name of each rule |
//! | the first day that is looked at again | `repair` | `low` S |
//! | a stream that this code cannot read | `parked`, sort key the stream | `reason` S, `since` N |
//!
//! `sk` is `-` where nothing else is said. The index `work` (`work_pk`, `work_sk`) holds what is due (`due`), what is dead (`dead`), what was overtaken (`overtaken`) and what
//! was sent on a day (`sent#2026-11-30`), each in the order of time. It follows the table a moment later, so what it tells is read again before anything is done.

mod rounds;
mod work;

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
};
use domain::{ActorId, MessageId};
use jiff::Timestamp;
use ledger::{StoreError, store_error};

pub use crate::item::{WORK_KEY, WORK_PLACE};
pub use work::{Listed, WORK_INDEX};

use crate::{
    item::{self, Item, n, s},
    row::{Raised, Row},
};

/// Tries to change a row that others change meanwhile.
const RAISES: usize = 3;

/// The table `outbox`; cheap to clone.
#[derive(Debug, Clone)]
pub struct Outbox {
    client: Client,
    table: String,
}

/// What came of raising a dead message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raising {
    /// It is to be sent again, by this request or by an earlier send of it.
    Raised(Box<Row>),
    /// It is not dead.
    NotDead(Box<Row>),
    /// There is none of this id.
    Unknown,
}

/// What came of hearing that mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returning {
    /// Its message is given up; its case tells so in the next round.
    GivenUp,
    /// Nobody marked yet that it was sent: it is to be heard again later.
    TooEarly,
    /// Nothing: it was heard before, the message was raised since, or it is of no e-mail.
    Nothing,
}

impl Outbox {
    /// The outbox in `table`; nothing is sent.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// A message, read consistently; none where there is none of this id.
    ///
    /// # Errors
    /// The store failed, or the row does not have its shape.
    pub async fn row(&self, id: &MessageId) -> Result<Option<Row>, StoreError> {
        let item = self.get(item::key(id)).await?;
        item.map(|item| item::row(&item).map_err(|reason| damaged(id.as_str(), &reason))).transpose()
    }

    /// Puts a row where none is; tells whether it did.
    ///
    /// # Errors
    /// The store failed.
    pub async fn put(&self, row: &Row) -> Result<bool, StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item::item(row)));
        happened(put.condition_expression("attribute_not_exists(pk)").send().await)
    }

    /// Writes `next` where `seen` stands: the same standing, attempts and round; tells whether it did.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn swap(&self, seen: &Row, next: &Row) -> Result<bool, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item::item(next)))
            .condition_expression("#s = :s AND #a = :a AND #r = :r")
            .expression_attribute_names("#s", "standing")
            .expression_attribute_names("#a", "attempts")
            .expression_attribute_names("#r", "round")
            .expression_attribute_values(":s", s(seen.standing.as_str()))
            .expression_attribute_values(":a", n(seen.attempts))
            .expression_attribute_values(":r", n(seen.round));
        happened(put.send().await)
    }

    /// Has a dead message sent again; `request` names who asks: sent again it gets the same answer.
    ///
    /// # Errors
    /// The store failed, or others keep changing the row.
    pub async fn raise(
        &self,
        id: &MessageId,
        by: &ActorId,
        request: &str,
        now: Timestamp,
    ) -> Result<Raising, StoreError> {
        for _ in 0..RAISES {
            let Some(row) = self.row(id).await? else { return Ok(Raising::Unknown) };
            if row.raised.as_ref().is_some_and(|raised| raised.request == request) {
                return Ok(Raising::Raised(Box::new(row)));
            }
            let raised = Raised { by: by.clone(), at: now, request: request.to_owned() };
            let Some(next) = row.raised(raised) else { return Ok(Raising::NotDead(Box::new(row))) };
            if self.swap(&row, &next).await? {
                return Ok(Raising::Raised(Box::new(next)));
            }
        }
        Err(StoreError::Unavailable { reason: format!("message `{id}` keeps changing") })
    }

    /// Gives a message up whose e-mail was taken in `round` and came back.
    ///
    /// # Errors
    /// The store failed, or others keep changing the row.
    pub async fn returned(
        &self,
        id: &MessageId,
        round: u32,
        code: &str,
        now: Timestamp,
    ) -> Result<Returning, StoreError> {
        for _ in 0..RAISES {
            let Some(row) = self.row(id).await? else { return Ok(Returning::Nothing) };
            if row.is_under_way(round) {
                return Ok(Returning::TooEarly);
            }
            let Some(next) = row.returned(round, code, now) else { return Ok(Returning::Nothing) };
            if self.swap(&row, &next).await? {
                return Ok(Returning::GivenUp);
            }
        }
        Err(StoreError::Unavailable { reason: format!("message `{id}` keeps changing") })
    }

    pub(crate) async fn get(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(true);
        Ok(get.send().await.map_err(|error| store_error(&error))?.item)
    }
}

/// Whether a conditional write happened.
fn happened<T, E, R>(sent: Result<T, SdkError<E, R>>) -> Result<bool, StoreError>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match sent {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(store_error(&error)),
    }
}

fn damaged(what: &str, reason: &str) -> StoreError {
    StoreError::Damaged { reason: format!("`{what}` of the outbox: {reason}") }
}
