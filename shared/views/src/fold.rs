//! From commits to rows with versions of their own.

use std::collections::{BTreeMap, BTreeSet};

use domain::Aggregate;
use ledger::{Commit, DecodeError};
use serde::Serialize;

use crate::row::{Row, RowKey};

/// What a row of a state holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Content of this stream; a tombstone when the state has it no more.
    Own(String),
    /// Content that depends on the key alone: several streams may write it, nobody removes it.
    Constant(String),
}

/// The rows of one state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSet(BTreeMap<RowKey, Content>);

impl RowSet {
    /// Adds a row of this stream's own content.
    pub fn own(&mut self, at: RowKey, content: &impl Serialize) {
        self.0.insert(at, Content::Own(text(content)));
    }

    /// Adds a row whose content depends on its key alone.
    pub fn constant(&mut self, at: RowKey, content: &impl Serialize) {
        self.0.insert(at, Content::Constant(text(content)));
    }
}

/// Rows are plain structs of strings and numbers, whose serialisation cannot fail; a failure would show as `null` in every test.
fn text(content: &impl Serialize) -> String {
    serde_json::to_string(content).unwrap_or_else(|_| "null".to_owned())
}

/// The rows a stream has left so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fold {
    rows: BTreeMap<RowKey, Row>,
    constants: BTreeSet<RowKey>,
}

impl Fold {
    /// Takes in the rows of the state after commit `number`.
    pub(crate) fn advance(&mut self, now: RowSet, number: u64) {
        for (at, row) in &mut self.rows {
            if row.is_live() && !now.0.contains_key(at) && !self.constants.contains(at) {
                row.version = number;
                row.body = None;
            }
        }
        for (at, content) in now.0 {
            let (version, body) = match content {
                Content::Own(body) => (number, body),
                Content::Constant(body) => {
                    self.constants.insert(at.clone());
                    (1, body)
                }
            };
            let unchanged = self.rows.get(&at).is_some_and(|row| row.body.as_ref() == Some(&body));
            if !unchanged {
                self.rows.insert(at.clone(), Row { at, version, body: Some(body) });
            }
        }
    }

    /// All rows, tombstones included, in order of slice and key.
    pub(crate) fn into_rows(self) -> Vec<Row> {
        self.rows.into_values().collect()
    }
}

/// Folds a stream from commit 1 into all rows it ever had, tombstones included.
///
/// # Errors
/// An event that this code cannot read.
pub fn fold_rows<A: Aggregate>(commits: &[Commit], rows_of: impl Fn(&A) -> RowSet) -> Result<Vec<Row>, DecodeError> {
    let mut state = A::default();
    let mut fold = Fold::default();
    for commit in commits {
        let fact = commit.fact();
        for recorded in &commit.events {
            state.evolve(ledger::decode_event(commit, recorded)?, &fact);
        }
        fold.advance(rows_of(&state), commit.number);
    }
    Ok(fold.into_rows())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(own: &[(&str, &str)], constants: &[&str]) -> RowSet {
        let mut rows = RowSet::default();
        for (key, content) in own {
            rows.own(RowKey::new("s", *key), content);
        }
        for key in constants {
            rows.constant(RowKey::new("c", *key), key);
        }
        rows
    }

    fn versions(fold: Fold) -> Vec<(String, u64, bool)> {
        fold.into_rows().into_iter().map(|row| (row.at.key.clone(), row.version, row.is_live())).collect()
    }

    #[test]
    fn a_row_keeps_the_version_of_its_own_last_change() {
        let mut fold = Fold::default();
        fold.advance(set(&[("a", "1"), ("b", "1")], &[]), 1);
        fold.advance(set(&[("a", "1"), ("b", "2")], &[]), 2);
        fold.advance(set(&[("a", "1"), ("b", "2")], &[]), 3);
        assert_eq!(versions(fold), [("a".into(), 1, true), ("b".into(), 2, true)]);
    }

    #[test]
    fn what_is_left_behind_stays_as_a_tombstone_and_can_return() {
        let mut fold = Fold::default();
        fold.advance(set(&[("a", "1")], &[]), 1);
        fold.advance(set(&[("b", "1")], &[]), 2);
        fold.advance(set(&[("b", "1")], &[]), 3);
        assert_eq!(versions(fold.clone()), [("a".into(), 2, false), ("b".into(), 1 + 1, true)]);
        fold.advance(set(&[("a", "1")], &[]), 4);
        assert_eq!(versions(fold), [("a".into(), 4, true), ("b".into(), 4, false)]);
    }

    #[test]
    fn a_constant_is_of_version_one_whoever_writes_it_and_stays() {
        let mut fold = Fold::default();
        fold.advance(set(&[], &[]), 1);
        fold.advance(set(&[], &["2026-11"]), 2);
        fold.advance(set(&[], &[]), 3);
        assert_eq!(versions(fold), [("2026-11".into(), 1, true)]);
    }
}
