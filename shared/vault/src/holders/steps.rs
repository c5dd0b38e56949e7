//! A change of who holds a case as a machine: it wants, is told, and answers. `../model.rs` drives it through every interleaving.

use std::collections::BTreeSet;

use domain::DepartmentCode;
use jiff::Timestamp;

use crate::keys::CaseKeys;

/// Reads after a write whose condition did not hold.
const READS: u32 = 4;

/// Who is to hold the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Goal {
    /// Whoever does, and this one.
    Also(DepartmentCode),
    /// These, as of a commit of the case.
    Exactly {
        /// Who.
        holders: BTreeSet<DepartmentCode>,
        /// The commit.
        version: u64,
    },
    /// Whoever does; this one by its current key.
    Anew(DepartmentCode),
}

/// A conditional write to keys that exist and are not erased.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// One wrap more.
    Add(DepartmentCode),
    /// One wrap made anew, where there is one.
    Renew(DepartmentCode),
    /// All wraps at once, where the keys follow from no later commit.
    Replace {
        /// Whose wraps stay as they are.
        keep: BTreeSet<DepartmentCode>,
        /// Whose are made.
        make: BTreeSet<DepartmentCode>,
        /// The commit they follow from.
        version: u64,
    },
}

impl Change {
    /// For whom the key is to be wrapped.
    pub(crate) fn to_wrap(&self) -> BTreeSet<&DepartmentCode> {
        match self {
            Self::Add(department) | Self::Renew(department) => BTreeSet::from([department]),
            Self::Replace { make, .. } => make.iter().collect(),
        }
    }
}

/// Why the case is not held as it was to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unheld {
    Nobody,
    Erased(Timestamp),
    Missing,
    Not(DepartmentCode),
    Restless,
}

/// What the machine wants next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Read the keys: `read`.
    Read,
    /// Write, on what was read last: `written`.
    Write(Change),
    /// Nothing more.
    Done(Result<(), Unheld>),
}

/// A change on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Steps {
    goal: Goal,
    reads: u32,
}

impl Steps {
    pub(crate) fn new(goal: Goal) -> Self {
        Self { goal, reads: 0 }
    }

    /// The keys were read.
    pub(crate) fn read(&mut self, keys: &CaseKeys) -> Next {
        self.reads += 1;
        let (wraps, follows) = match keys {
            CaseKeys::Missing => return Next::Done(Err(Unheld::Missing)),
            CaseKeys::Erased(at) => return Next::Done(Err(Unheld::Erased(*at))),
            CaseKeys::Held { wraps, version } => (wraps, *version),
        };
        match &self.goal {
            _ if self.reads > READS => Next::Done(Err(Unheld::Restless)),
            Goal::Also(department) if wraps.contains_key(department) => Next::Done(Ok(())),
            Goal::Also(department) => Next::Write(Change::Add(department.clone())),
            Goal::Anew(department) if !wraps.contains_key(department) => {
                Next::Done(Err(Unheld::Not(department.clone())))
            }
            Goal::Anew(department) => Next::Write(Change::Renew(department.clone())),
            Goal::Exactly { holders, .. } if holders.is_empty() => Next::Done(Err(Unheld::Nobody)),
            // A later commit has had its way.
            Goal::Exactly { version, .. } if follows.is_some_and(|follows| follows > *version) => Next::Done(Ok(())),
            Goal::Exactly { holders, version } if follows == Some(*version) && wraps.keys().eq(holders) => {
                Next::Done(Ok(()))
            }
            Goal::Exactly { holders, version } => {
                let (keep, make) = holders.iter().cloned().partition(|department| wraps.contains_key(department));
                Next::Write(Change::Replace { keep, make, version: *version })
            }
        }
    }

    /// The write was sent; `applied` says whether its condition held.
    pub(crate) fn written(&mut self, applied: bool) -> Next {
        if applied { Next::Done(Ok(())) } else { Next::Read }
    }
}
