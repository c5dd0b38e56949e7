//! Every interleaving of hand-overs, an erasure and the clock that repairs them, with the very steps that run in production.
//!
//! The world is one case: its commits, its keys, its rows. A write goes into the air and is applied at any later moment, also after its sender died; a
//! worker may die before and after every step. Nothing is random: the search visits every state there is.
//!
//! What must hold in every state:
//!
//! 1. The keys are never missing, and while they stand, somebody holds them.
//! 2. No key is erased before the case's `Erased` is committed.
//! 3. Once `ErasureCompleted` is committed, there is a tombstone and no row, whatever is still in the air.
//! 4. In worlds of one hand-over: who holds the case by its events can open it, at every instant until it is erased.
//!
//! And at the end, with the air empty: if nobody died, the keys are held by whom the events name, without any repair; and after one more round of the clock
//! they are, or nothing is left of an erased case. Each shortcut in [`Shortcut`] breaks one of these.

mod world;

use std::collections::BTreeSet;

use domain::DepartmentCode;

use world::{State, Will};

/// A way in which this could have been built, and must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shortcut {
    /// As it is built.
    None,
    /// Erasure deletes the keys and leaves no tombstone; a wrap is added to whatever is there.
    KeysAreDeleted,
    /// A set of holders is written whatever stands there.
    LateSetsWin,
    /// The new department's wrap is added after `Assigned` is committed.
    AddedAfterTheEvent,
    /// The old department's wrap is removed before `Assigned` is committed.
    RemovedBeforeTheEvent,
    /// Keys are erased before `Erased` is committed.
    ErasedBeforeTheEvent,
    /// The row that leads to a person's goes before the person's.
    WayBeforeWhatItLeadsTo,
    /// The receipt is committed when the keys are gone, before the rows are.
    ReceiptAfterTheKeys,
}

fn department(code: &str) -> DepartmentCode {
    code.parse().unwrap()
}

fn hand_over(from: &'static str, to: &'static str) -> Will {
    Will::HandOver { from: department(from), to: department(to) }
}

/// Walks every history; gives the number of states, or the first wrong history.
fn explore(wills: &[Will], deaths: u32, shortcut: Shortcut) -> Result<usize, String> {
    let mut todo = vec![(State::new(wills, deaths), Vec::new())];
    let mut seen = BTreeSet::new();
    while let Some((state, story)) = todo.pop() {
        if !seen.insert(state.clone()) {
            continue;
        }
        let told = |wrong: String| format!("{wrong}\n  {}", story.join("\n  "));
        state.check(wills).map_err(told)?;
        let steps = state.steps(wills, shortcut);
        if steps.is_empty() {
            state.check_end(wills, shortcut).map_err(told)?;
        }
        for (what, next) in steps {
            let mut longer: Vec<String> = story.clone();
            longer.push(what);
            todo.push((next, longer));
        }
    }
    Ok(seen.len())
}

fn worlds() -> Vec<(Vec<Will>, u32)> {
    vec![
        (vec![hand_over("a", "b")], 1),
        (vec![hand_over("a", "b"), Will::Erase], 1),
        (vec![hand_over("a", "b"), Will::Erase], 2),
        (vec![hand_over("a", "b"), hand_over("b", "c")], 1),
        (vec![hand_over("a", "b"), hand_over("a", "c")], 1),
        (vec![Will::Erase, Will::Erase], 1),
        (vec![hand_over("a", "b"), Will::Repair], 1),
        (vec![Will::Erase, Will::Repair], 1),
        (vec![hand_over("a", "b"), hand_over("b", "c"), Will::Repair], 1),
        (vec![hand_over("a", "b"), Will::Erase, Will::Repair], 1),
    ]
}

#[test]
fn exhaustive_hand_overs_an_erasure_and_a_repair_leave_what_the_events_say() {
    let mut states = 0;
    for (wills, deaths) in worlds() {
        states += explore(&wills, deaths, Shortcut::None).unwrap_or_else(|wrong| panic!("{wills:?}: {wrong}"));
    }
    eprintln!("{states} states");
    assert!(states > 10_000);
}

#[test]
fn exhaustive_every_shortcut_breaks_something() {
    let shortcuts = [
        Shortcut::KeysAreDeleted,
        Shortcut::LateSetsWin,
        Shortcut::AddedAfterTheEvent,
        Shortcut::RemovedBeforeTheEvent,
        Shortcut::ErasedBeforeTheEvent,
        Shortcut::WayBeforeWhatItLeadsTo,
        Shortcut::ReceiptAfterTheKeys,
    ];
    for shortcut in shortcuts {
        let broken = worlds().into_iter().find_map(|(wills, deaths)| explore(&wills, deaths, shortcut).err());
        let wrong = broken.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing"));
        eprintln!("{shortcut:?}: {wrong}");
    }
}
