//! One append: a conditional put, or a transaction where claims or holds are at stake.

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        CancellationReason, ConditionCheck, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem,
    },
};
use domain::StreamId;

use super::attempt::{Found, Sent, Write};
use crate::{
    chain::link,
    command::Command,
    error::StoreError,
    guards::HeldGuard,
    item::{NewCommit, StoredCommit, number, text},
    store::{Item, Ledger, is_rejected, reason, store_error},
};

const ABSENT: &str = "attribute_not_exists(pk)";

impl Ledger {
    /// Sends one decision. The SDK may send it several times; each is the same.
    pub(super) async fn send(&self, command: &Command, write: &Write) -> Sent {
        let hash = link(&write.previous, &command.stream, write.number, &write.bytes);
        let commit = NewCommit {
            stream: &command.stream,
            number: write.number,
            id: &command.id,
            at: write.at,
            bytes: &write.bytes,
            hash: &hash,
        };
        let holds = holds(command);
        if write.guards.is_empty() && write.companions.is_empty() && holds.is_empty() {
            self.put(commit.item()).await
        } else {
            self.transact(commit.item(), command, write, &holds).await
        }
    }

    async fn put(&self, item: Item) -> Sent {
        let sent = self
            .dynamo()
            .put_item()
            .table_name(&self.config().ledger_table)
            .set_item(Some(item))
            .condition_expression(ABSENT)
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .send()
            .await;
        match sent {
            Ok(_) => Sent::Written,
            Err(error) => match error.as_service_error() {
                Some(aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(failed)) => {
                    let commit = Some(failed.item().and_then(found));
                    Sent::Refused { commit, claims: Vec::new(), companions: Vec::new(), holds: Vec::new() }
                }
                _ => unclear(&error),
            },
        }
    }

    async fn transact(&self, item: Item, command: &Command, write: &Write, holds: &[(StreamId, u64)]) -> Sent {
        let members = match self.members(item, command, write, holds) {
            Ok(members) => members,
            Err(reason) => return Sent::Rejected(StoreError::Unavailable { reason }),
        };
        let sent = self.dynamo().transact_write_items().set_transact_items(Some(members)).send().await;
        match sent {
            Ok(_) => Sent::Written,
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    let reasons = cancelled.cancellation_reasons();
                    cancellation(reasons, write, holds).unwrap_or_else(|| obscure(reasons))
                }
                _ => unclear(&error),
            },
        }
    }

    /// The commit, then its claims, then what stands with it, then what must not have moved: [`cancellation`] counts on this order.
    fn members(
        &self,
        item: Item,
        command: &Command,
        write: &Write,
        holds: &[(StreamId, u64)],
    ) -> Result<Vec<TransactWriteItem>, String> {
        let put = |table: &str, item: Item| {
            Put::builder()
                .table_name(table)
                .set_item(Some(item))
                .condition_expression(ABSENT)
                .return_values_on_condition_check_failure(OnFailure::AllOld)
                .build()
                .map(|put| TransactWriteItem::builder().put(put).build())
                .map_err(|error| error.to_string())
        };
        let mut members = vec![put(&self.config().ledger_table, item)?];
        for guard in &write.guards {
            let held = HeldGuard {
                guard: guard.clone(),
                stream: command.stream.clone(),
                number: write.number,
                id: command.id.clone(),
            };
            members.push(put(&self.config().guards_table, held.item())?);
        }
        for companion in &write.companions {
            members.push(put(companion.table(), companion.item().clone())?);
        }
        for (stream, version) in holds {
            let check = ConditionCheck::builder()
                .table_name(&self.config().ledger_table)
                .key("pk", text(stream.as_str()))
                .key("sk", number(version + 1))
                .condition_expression(ABSENT)
                .return_values_on_condition_check_failure(OnFailure::AllOld)
                .build()
                .map_err(|error| error.to_string())?;
            members.push(TransactWriteItem::builder().condition_check(check).build());
        }
        Ok(members)
    }
}

/// What must not have moved, each once, without the stream that is written.
fn holds(command: &Command) -> Vec<(StreamId, u64)> {
    let mut holds = command.holds.clone();
    holds.retain(|(stream, _)| *stream != command.stream);
    holds.sort();
    holds.dedup();
    holds
}

/// What a cancelled transaction says, if it says it clearly.
///
/// A member in conflict with another transaction may be about to be one's own: then nothing is clear. Nor is anything clear where no condition
/// failed (throttling, conflict) or the holder of a claim was not told.
fn cancellation(reasons: &[CancellationReason], write: &Write, holds: &[(StreamId, u64)]) -> Option<Sent> {
    let failed = |reason: &CancellationReason| reason.code() == Some("ConditionalCheckFailed");
    let quiet = |reason: &CancellationReason| matches!(reason.code(), None | Some("None"));
    if reasons.len() != 1 + write.guards.len() + write.companions.len() + holds.len()
        || !reasons.iter().all(|reason| failed(reason) || quiet(reason))
    {
        return None;
    }
    let mut reasons = reasons.iter();
    let commit = reasons.next().filter(|reason| failed(reason)).map(|reason| reason.item().and_then(found));
    let mut claims = Vec::new();
    for (guard, reason) in write.guards.iter().zip(reasons.by_ref()) {
        if failed(reason) {
            claims.push((guard.clone(), HeldGuard::read(reason.item()?).ok()?.stream));
        }
    }
    let companions = write.companions.iter().zip(reasons.by_ref()).filter(|(_, reason)| failed(reason));
    let companions = companions.map(|(companion, _)| companion.place().clone()).collect();
    let broken = holds.iter().zip(reasons).filter(|(_, reason)| failed(reason)).map(|(hold, _)| hold.clone()).collect();
    Some(Sent::Refused { commit, claims, companions, holds: broken })
}

/// What a cancelled transaction is when its conditions do not explain it. Its codes are told and nothing else: the error carries the items that stood in its way.
fn obscure(reasons: &[CancellationReason]) -> Sent {
    let codes: Vec<&str> = reasons.iter().filter_map(CancellationReason::code).collect();
    let reason = format!("the transaction was cancelled: {}", codes.join(", "));
    let any = |known: &[&str]| codes.iter().any(|code| known.contains(code));
    if any(&["ValidationError", "ItemCollectionSizeLimitExceeded"]) {
        Sent::Rejected(StoreError::Unavailable { reason })
    } else if any(&["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]) {
        Sent::Unclear(StoreError::Throttled)
    } else {
        Sent::Unclear(StoreError::Unavailable { reason })
    }
}

/// The commit that a failed condition found in its place.
fn found(item: &Item) -> Option<Found> {
    let stored = StoredCommit::read(item).ok()?;
    let envelope = stored.envelope().ok()?;
    Some(Found { id: envelope.id, number: stored.number, at: envelope.at, fingerprint: envelope.fingerprint })
}

/// Throttled, cut off, failed: an earlier try of the SDK's may have been applied whatever the last one was told.
fn unclear<E, R>(error: &SdkError<E, R>) -> Sent
where
    E: aws_sdk_dynamodb::error::ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    if is_rejected(error) {
        Sent::Rejected(StoreError::Unavailable { reason: reason(error) })
    } else {
        Sent::Unclear(store_error(error))
    }
}
