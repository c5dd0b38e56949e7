//! One case, and what works on it.

use std::collections::{BTreeMap, BTreeSet};

use domain::DepartmentCode;
use jiff::Timestamp;

use super::{Shortcut, department};
use crate::{
    erase,
    holders::{self, Change, Goal},
    keys::{CaseKeys, Wrap},
};

const CASE: &str = "letter:x";
const ROWS: [(&str, &str); 3] = [(CASE, "identity#i"), (CASE, "person#m"), ("person#m", CASE)];

/// What a worker is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Will {
    HandOver {
        from: DepartmentCode,
        to: DepartmentCode,
    },
    Erase,
    /// The clock looks at the case once, at any time.
    Repair,
}

/// A commit of the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Commit {
    Assigned(DepartmentCode),
    Erased,
    Completed,
}

/// What a worker is about to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Doing {
    Load,
    /// Change who holds the case, then go on.
    Hold(holders::Steps, holders::Next, Box<After>),
    /// Commit `Assigned`, on what was loaded at this version.
    Assign(u64),
    /// Commit `Erased`.
    CommitErased,
    Erase(erase::Steps, erase::Next),
    Complete,
    /// A write is in the air; its answer is awaited.
    Wait(Box<Doing>),
    Ended,
    Dead,
}

/// What follows a change of holders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum After {
    Assign(u64),
    End,
}

/// A write on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Write {
    Change(Change),
    Tombstone,
    Delete(erase::Row),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    commits: Vec<Commit>,
    keys: CaseKeys,
    rows: BTreeSet<(String, String)>,
    workers: Vec<Doing>,
    air: Vec<(usize, Write)>,
    deaths: u32,
    died: bool,
}

impl State {
    pub(super) fn new(wills: &[Will], deaths: u32) -> Self {
        Self {
            commits: vec![Commit::Assigned(department("a"))],
            keys: held(["a"], None),
            rows: ROWS.map(|(pk, sk)| (pk.to_owned(), sk.to_owned())).into(),
            workers: wills.iter().map(|_| Doing::Load).collect(),
            air: Vec::new(),
            deaths,
            died: false,
        }
    }

    fn version(&self) -> u64 {
        self.commits.len() as u64
    }

    fn holder(&self) -> Option<&DepartmentCode> {
        self.commits.iter().rev().find_map(|commit| match commit {
            Commit::Assigned(department) => Some(department),
            _ => None,
        })
    }

    /// Commit of the last `Assigned`.
    fn assigned_at(&self) -> u64 {
        let last = self.commits.iter().rposition(|commit| matches!(commit, Commit::Assigned(_)));
        last.map_or(0, |at| at as u64 + 1)
    }

    fn is(&self, commit: &Commit) -> bool {
        self.commits.contains(commit)
    }

    /// What must hold in every state.
    pub(super) fn check(&self, wills: &[Will]) -> Result<(), String> {
        let erased = self.is(&Commit::Erased);
        match &self.keys {
            CaseKeys::Missing => return Err("the keys are missing".to_owned()),
            CaseKeys::Held { wraps, .. } if wraps.is_empty() => return Err("nobody holds the keys".to_owned()),
            CaseKeys::Erased(_) if !erased => return Err("the keys were erased before the event".to_owned()),
            _ => {}
        }
        let buried = matches!(self.keys, CaseKeys::Erased(_));
        if self.is(&Commit::Completed) && !(buried && self.rows.is_empty()) {
            return Err(format!("there is a receipt, and still {:?} and {:?}", self.keys, self.rows));
        }
        let one_hand_over = matches!(wills, [Will::HandOver { .. }] | [Will::HandOver { .. }, Will::Erase]);
        if let CaseKeys::Held { wraps, .. } = &self.keys
            && one_hand_over
            && !erased
            && !self.holder().is_some_and(|holder| wraps.contains_key(holder))
        {
            return Err(format!("{:?} holds the case and cannot open it", self.holder()));
        }
        Ok(())
    }

    /// What must hold when nothing moves any more.
    pub(super) fn check_end(&self, wills: &[Will], shortcut: Shortcut) -> Result<(), String> {
        if !self.died {
            self.settled("nobody died")?;
        }
        // One more round of the clock, alone.
        let mut round = self.clone();
        (round.workers, round.deaths) = (vec![Doing::Load], 0);
        while let Some((_, next)) = round.steps(&[Will::Repair], shortcut).pop() {
            round = next;
        }
        round.check(wills)?;
        round.settled("the clock has been there")
    }

    fn settled(&self, since: &str) -> Result<(), String> {
        let right = match &self.keys {
            CaseKeys::Held { wraps, .. } => !self.is(&Commit::Erased) && wraps.keys().eq(self.holder()),
            CaseKeys::Erased(_) => self.is(&Commit::Completed),
            CaseKeys::Missing => false,
        };
        if right {
            Ok(())
        } else {
            Err(format!("{since}, and {:?} has {:?} and {:?}", self.commits, self.keys, self.rows))
        }
    }

    /// Every state that one step leads to.
    pub(super) fn steps(&self, wills: &[Will], shortcut: Shortcut) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        for (at, will) in wills.iter().enumerate() {
            let Some(doing) = self.workers.get(at) else { continue };
            if matches!(doing, Doing::Ended | Doing::Dead) {
                continue;
            }
            if !matches!(doing, Doing::Wait(_)) {
                let mut after = self.clone();
                let what = format!("{at} {will:?}: {doing:?}");
                after.work(at, will, doing.clone(), shortcut);
                steps.push((what, after));
            }
            if self.deaths > 0 {
                let mut after = self.clone();
                after.workers[at] = Doing::Dead;
                (after.deaths, after.died) = (self.deaths - 1, true);
                steps.push((format!("{at} dies"), after));
            }
        }
        for (index, (worker, write)) in self.air.iter().enumerate() {
            let mut after = self.clone();
            after.air.remove(index);
            let applied = after.apply(write, shortcut);
            if let Some(Doing::Wait(doing)) = after.workers.get(*worker).cloned() {
                after.workers[*worker] = answered(*doing, applied, shortcut);
            }
            steps.push((format!("{worker}'s {write:?} arrives: {applied}"), after));
        }
        steps
    }

    fn work(&mut self, at: usize, will: &Will, doing: Doing, shortcut: Shortcut) {
        self.workers[at] = match doing {
            Doing::Load => self.loaded(will, shortcut),
            Doing::Hold(mut steps, holders::Next::Read, after) => {
                let next = steps.read(&self.keys);
                Doing::Hold(steps, next, after)
            }
            Doing::Hold(steps, holders::Next::Write(change), after) => {
                self.air.push((at, Write::Change(change.clone())));
                Doing::Wait(Box::new(Doing::Hold(steps, holders::Next::Write(change), after)))
            }
            Doing::Hold(_, holders::Next::Done(Err(_)), _) => Doing::Ended,
            Doing::Hold(_, holders::Next::Done(Ok(())), after) => match *after {
                After::Assign(version) => Doing::Assign(version),
                After::End => Doing::Ended,
            },
            Doing::Assign(version) if version != self.version() => Doing::Load,
            Doing::Assign(_) => {
                let Will::HandOver { to, .. } = will else { return };
                self.commits.push(Commit::Assigned(to.clone()));
                match shortcut {
                    Shortcut::RemovedBeforeTheEvent => Doing::Ended,
                    Shortcut::AddedAfterTheEvent => hold(Goal::Also(to.clone()), After::End),
                    _ => self.set(to),
                }
            }
            Doing::CommitErased => {
                if !self.is(&Commit::Erased) {
                    self.commits.push(Commit::Erased);
                }
                match shortcut {
                    Shortcut::ErasedBeforeTheEvent => Doing::Complete,
                    _ => begin_erasure(),
                }
            }
            Doing::Erase(mut steps, next) => match next {
                erase::Next::Tombstone => {
                    self.air.push((at, Write::Tombstone));
                    Doing::Wait(Box::new(Doing::Erase(steps, erase::Next::Tombstone)))
                }
                erase::Next::List => {
                    let under = self.rows.iter().filter(|(pk, _)| pk == CASE).map(|(_, sk)| sk.clone()).collect();
                    let next = steps.listed(under);
                    Doing::Erase(steps, next)
                }
                erase::Next::Delete(row) => {
                    self.air.push((at, Write::Delete(turned(&row, shortcut))));
                    Doing::Wait(Box::new(Doing::Erase(steps, erase::Next::Delete(row))))
                }
                erase::Next::Done { remains, .. } if !remains.is_empty() => Doing::Ended,
                erase::Next::Done { .. } if !self.is(&Commit::Erased) => Doing::CommitErased,
                erase::Next::Done { .. } => Doing::Complete,
            },
            Doing::Complete => {
                // Committed once: whoever comes later finds it.
                if !self.is(&Commit::Completed) {
                    self.commits.push(Commit::Completed);
                }
                Doing::Ended
            }
            Doing::Wait(_) | Doing::Ended | Doing::Dead => return,
        };
    }

    /// What a worker does with what it loaded.
    fn loaded(&self, will: &Will, shortcut: Shortcut) -> Doing {
        let erased = self.is(&Commit::Erased);
        match will {
            Will::HandOver { .. } if erased => Doing::Ended,
            // Refused: what was added for it is taken back.
            Will::HandOver { from, .. } if self.holder() != Some(from) => {
                self.holder().map_or(Doing::Ended, |holder| self.set(holder))
            }
            Will::HandOver { to, .. } => match shortcut {
                Shortcut::AddedAfterTheEvent => Doing::Assign(self.version()),
                Shortcut::RemovedBeforeTheEvent => {
                    let goal = Goal::Exactly { holders: BTreeSet::from([to.clone()]), version: self.version() };
                    hold(goal, After::Assign(self.version()))
                }
                _ => hold(Goal::Also(to.clone()), After::Assign(self.version())),
            },
            Will::Erase if erased => Doing::Ended,
            Will::Erase if shortcut == Shortcut::ErasedBeforeTheEvent => begin_erasure(),
            Will::Erase => Doing::CommitErased,
            Will::Repair if self.is(&Commit::Completed) => Doing::Ended,
            Will::Repair if erased => begin_erasure(),
            Will::Repair => self.holder().map_or(Doing::Ended, |holder| self.set(holder)),
        }
    }

    fn set(&self, holder: &DepartmentCode) -> Doing {
        let goal = Goal::Exactly { holders: BTreeSet::from([holder.clone()]), version: self.assigned_at() };
        hold(goal, After::End)
    }

    /// What the store does with a write, all at once; whether its condition held.
    fn apply(&mut self, write: &Write, shortcut: Shortcut) -> bool {
        // Where keys are deleted, what is left of them cannot be told from what never was.
        let over = shortcut == Shortcut::KeysAreDeleted && matches!(self.keys, CaseKeys::Erased(_));
        match write {
            Write::Change(Change::Add(department)) if over => {
                self.keys = held([department.as_str()], None);
                true
            }
            Write::Change(change) => {
                let CaseKeys::Held { wraps, version: follows } = &mut self.keys else { return false };
                match change {
                    Change::Add(department) => {
                        wraps.insert(department.clone(), wrap());
                        true
                    }
                    Change::Renew(department) => wraps.contains_key(department),
                    Change::Replace { version, .. }
                        if follows.is_some_and(|follows| follows > *version) && shortcut != Shortcut::LateSetsWin =>
                    {
                        false
                    }
                    Change::Replace { keep, make, version } => {
                        *wraps = keep.iter().chain(make).map(|department| (department.clone(), wrap())).collect();
                        *follows = Some(*version);
                        true
                    }
                }
            }
            Write::Tombstone => {
                let first = !matches!(self.keys, CaseKeys::Erased(_));
                self.keys = CaseKeys::Erased(Timestamp::UNIX_EPOCH);
                first
            }
            Write::Delete(row) => {
                self.rows.remove(&(row.pk.clone(), row.sk.clone()));
                true
            }
        }
    }
}

fn hold(goal: Goal, after: After) -> Doing {
    Doing::Hold(holders::Steps::new(goal), holders::Next::Read, Box::new(after))
}

fn begin_erasure() -> Doing {
    let steps = erase::Steps::new(CASE);
    let next = steps.begin();
    Doing::Erase(steps, next)
}

/// What a worker does with the answer to its write.
fn answered(doing: Doing, applied: bool, shortcut: Shortcut) -> Doing {
    match doing {
        Doing::Hold(mut steps, _, after) => {
            let next = steps.written(applied);
            Doing::Hold(steps, next, after)
        }
        Doing::Erase(_, erase::Next::Tombstone) if shortcut == Shortcut::ReceiptAfterTheKeys => Doing::Complete,
        Doing::Erase(steps, erase::Next::Tombstone) => {
            let next = steps.buried();
            Doing::Erase(steps, next)
        }
        Doing::Erase(mut steps, _) => {
            let next = steps.deleted();
            Doing::Erase(steps, next)
        }
        other => other,
    }
}

/// The row that is deleted in its place.
fn turned(row: &erase::Row, shortcut: Shortcut) -> erase::Row {
    let mark = row.pk.starts_with("person#") || row.sk.starts_with("person#");
    match shortcut {
        Shortcut::WayBeforeWhatItLeadsTo if mark => erase::Row { pk: row.sk.clone(), sk: row.pk.clone() },
        _ => row.clone(),
    }
}

fn held<const N: usize>(departments: [&str; N], version: Option<u64>) -> CaseKeys {
    let wraps: BTreeMap<_, _> = departments.map(|code| (department(code), wrap())).into();
    CaseKeys::Held { wraps, version }
}

fn wrap() -> Wrap {
    Wrap { number: 1, bytes: Vec::new() }
}
