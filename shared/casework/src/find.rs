//! The case of a number, for whoever knows its query code.

use domain::{
    Guard, StreamId,
    case::{CaseFile, CaseNumber, Kind, Occurrence},
};
use ledger::{Commit, LoadError, StoreError, decode_event};
use thiserror::Error;
use vault::VaultError;

use crate::casework::Casework;

/// Looked at where there is no case: an unknown number costs what a known one does.
const NOBODY: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A case that somebody may see.
pub struct Found<K: Kind> {
    /// Its stream.
    pub stream: StreamId,
    /// As its commits tell it.
    pub case: CaseFile<K>,
    /// Its commits.
    pub commits: Vec<Commit>,
}

impl<K: Kind> Found<K> {
    /// Every event with the commit it stands in, oldest first.
    ///
    /// # Errors
    /// One that this code cannot read.
    pub fn events(&self) -> Result<Vec<(&Commit, Occurrence<K>)>, LoadError> {
        let mut events = Vec::new();
        for commit in &self.commits {
            for recorded in &commit.events {
                events.push((commit, decode_event(commit, recorded)?));
            }
        }
        Ok(events)
    }
}

/// It cannot be told whether there is such a case.
#[derive(Debug, Error)]
pub enum FindError {
    /// The claims.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stream.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The codes.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// The case of `number` and of this kind, if `code` is its query code.
///
/// INVARIANT: a wrong code, a number of another kind and an unknown number take one path, with the same requests: one claim, one stream, one code.
///
/// # Errors
/// It cannot be told now.
pub async fn find<S: Casework, K: Kind>(state: &S, number: &str, code: &str) -> Result<Option<Found<K>>, FindError> {
    let number = CaseNumber::typed(number).ok();
    let guard = match &number {
        Some(number) => Guard::case_number(number),
        None => Guard { scope: "case:none".to_owned(), claim: "none".to_owned() },
    };
    let holder = state.ledger().holder(&guard).await?.map(|held| held.stream);
    let stream = holder.filter(|stream| stream.category() == K::CATEGORY);
    let nobody = || format!("{}:{NOBODY}", K::CATEGORY).parse::<StreamId>();
    let looked_at = match (&stream, nobody()) {
        (Some(stream), _) => stream.clone(),
        (None, Ok(nobody)) => nobody,
        (None, Err(_)) => return Ok(None),
    };
    let (case, _, commits) = state.ledger().read::<CaseFile<K>>(&looked_at).await?;
    let key = case.opened.as_ref().map(|opened| opened.opening.code_key);
    let fits = state.vault().fits_query_code(stream.as_ref().zip(key), code).await?;
    Ok(stream.filter(|_| fits).map(|stream| Found { stream, case, commits }))
}
