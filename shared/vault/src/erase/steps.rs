//! An erasure as a machine: it wants, is told, and answers. `../model.rs` drives it through every interleaving.

use std::collections::VecDeque;

use crate::rows::is_mark;

/// Looks at what is left before an erasure says that something remains.
const LOOKS: u32 = 3;

/// A row of the vault's table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

/// What the machine wants next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Bury the keys: `buried`.
    Tombstone,
    /// List what stands under the case: `listed`.
    List,
    /// Delete a row: `deleted`.
    Delete(Row),
    /// Nothing more.
    Done {
        /// Rows that were deleted.
        removed: usize,
        /// Rows that are still there.
        remains: Vec<Row>,
    },
}

/// An erasure on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Steps {
    case: String,
    queue: VecDeque<Row>,
    removed: usize,
    looks: u32,
}

impl Steps {
    pub(crate) fn new(case: &str) -> Self {
        Self { case: case.to_owned(), queue: VecDeque::new(), removed: 0, looks: 0 }
    }

    /// INVARIANT: the keys go first. What a row held does not open without them, whatever becomes of the rest.
    pub(crate) fn begin(&self) -> Next {
        Next::Tombstone
    }

    /// The tombstone stands.
    pub(crate) fn buried(&self) -> Next {
        Next::List
    }

    /// These rows stand under the case, by sort key.
    pub(crate) fn listed(&mut self, rows: Vec<String>) -> Next {
        self.looks += 1;
        let case = self.case.clone();
        let under = |sk: String| Row { pk: case.clone(), sk };
        if rows.is_empty() || self.looks > LOOKS {
            return Next::Done { removed: self.removed, remains: rows.into_iter().map(under).collect() };
        }
        for sk in rows {
            // INVARIANT: what a row leads to goes before it; an erasure that died in between finds it again.
            if is_mark(&sk) {
                self.queue.push_back(Row { pk: sk.clone(), sk: case.clone() });
            }
            self.queue.push_back(under(sk));
        }
        self.next()
    }

    /// The row is gone.
    pub(crate) fn deleted(&mut self) -> Next {
        self.removed += 1;
        self.next()
    }

    fn next(&mut self) -> Next {
        self.queue.pop_front().map_or(Next::List, Next::Delete)
    }
}
