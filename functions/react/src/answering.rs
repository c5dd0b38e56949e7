//! Which department answers for a case now: whose affair its messages are.

use std::collections::BTreeMap;

use domain::{
    DepartmentCode, StreamId,
    case::{CaseFile, Kind},
    correction::Correction,
    request::Request,
};
use futures::{StreamExt, TryStreamExt, stream};
use ledger::{Ledger, LoadError, StoreError};
use outbox::{Message, Row};

/// Cases that are read at once.
const CONCURRENT: usize = 8;

/// The department that answers for the case of a message now; the one that did when it was asked for, where the case cannot be read any more.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn of(ledger: &Ledger, message: &Message) -> Result<DepartmentCode, LoadError> {
    let stream = &message.stream;
    let now = match stream.category() {
        Correction::CATEGORY => of_case::<Correction>(ledger, stream).await,
        Request::CATEGORY => of_case::<Request>(ledger, stream).await,
        _ => Ok(None),
    };
    match now {
        Ok(now) => Ok(now.unwrap_or_else(|| message.department.clone())),
        Err(
            error @ (LoadError::Decode(_) | LoadError::Damaged { .. } | LoadError::Store(StoreError::Damaged { .. })),
        ) => {
            // Whoever reacts to the case has parked it, with an alarm; its messages are still somebody's.
            tracing::warn!(stream = stream.as_str(), %error, "the case of a message cannot be read");
            Ok(message.department.clone())
        }
        Err(error) => Err(error),
    }
}

/// The same for many messages, each case read once.
///
/// # Errors
/// As of [`of`].
pub(crate) async fn of_all(ledger: &Ledger, rows: &[Row]) -> Result<BTreeMap<StreamId, DepartmentCode>, LoadError> {
    let cases: BTreeMap<&StreamId, &Message> = rows.iter().map(|row| (&row.message.stream, &row.message)).collect();
    let messages: Vec<Message> = cases.into_values().cloned().collect();
    let answering = stream::iter(messages).map(|message| async move {
        let department = of(ledger, &message).await?;
        Ok::<_, LoadError>((message.stream, department))
    });
    answering.buffer_unordered(CONCURRENT).try_collect().await
}

async fn of_case<K: Kind>(ledger: &Ledger, stream: &StreamId) -> Result<Option<DepartmentCode>, LoadError> {
    let (case, _, _) = ledger.read::<CaseFile<K>>(stream).await?;
    Ok(case.department)
}
