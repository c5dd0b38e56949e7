//! Other cases of the same person: found by what he told, his telephone or the number of his document.

use std::collections::BTreeSet;

use domain::{
    StreamId,
    case::{CaseFile, Kind},
};
use futures::future::try_join_all;
use ledger::LoadError;
use vault::VaultError;

use crate::casework::Casework;

/// Cases that are read at once.
const CONCURRENT: usize = 16;

/// Every other case of this kind that shares a mark with `case`, in no order that means anything.
///
/// Nothing of it is opened: a mark tells that two cases are of one person, or of two who share a telephone, and not of whom.
///
/// # Errors
/// They cannot be found.
pub async fn of_same_person<S: Casework, K: Kind>(state: &S, case: &StreamId) -> Result<Vec<StreamId>, VaultError> {
    let mut others = BTreeSet::new();
    for person in state.vault().found_by(case).await? {
        others.extend(state.vault().cases_of(&person).await?);
    }
    others.retain(|other| other.category() == K::CATEGORY && other != case);
    Ok(others.into_iter().collect())
}

/// Cases as they were committed, read consistently, in the order of `streams`.
///
/// # Errors
/// One of them cannot be read.
pub async fn committed<S: Casework, K: Kind>(state: &S, streams: &[StreamId]) -> Result<Vec<CaseFile<K>>, LoadError> {
    let mut cases = Vec::new();
    for some in streams.chunks(CONCURRENT) {
        let read = some.iter().map(|other| state.ledger().read::<CaseFile<K>>(other));
        cases.extend(try_join_all(read).await?.into_iter().map(|(case, _, _)| case));
    }
    Ok(cases)
}
