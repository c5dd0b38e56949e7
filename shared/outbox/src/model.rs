//! Every interleaving of doorbells, reactors, senders, deaths and a rebuild, with the very steps that run in production.
//!
//! The world is one case whose commits come one after the other. Its doorbells are lost, doubled and heard late. A write goes into the air and is applied at
//! any later moment, also after its sender died; a worker may die before and after every step. A claim keeps nobody away here: its time may be over
//! whenever somebody looks. Nothing is random: the search visits every state there is.
//!
//! What must hold in every state:
//!
//! 1. A row is put once: no message is made again, by nobody and nothing.
//! 2. Nothing has a row that no rule asks for: not what is older than its rule, not what was brought in from elsewhere.
//! 3. Past the checkpoint of a commit all that the commit asks for has its row.
//! 4. Nobody sends more often than there are attempts in a round; what is marked as sent was sent; what is dead is told on the case; what is told was given up.
//! 5. What was marked as sent stays so in its round, unless a letter of that round came back.
//!
//! Letters that were taken come back, at once or late, and are told of by a queue that brings again what it brought; the dead are raised to another round.
//!
//! And at the end, with the air empty, after one round of the clock (a reactor that nobody rang for, and a sender for every row): every message that is asked for
//! was sent, was not so any more when it was to be told, or is dead and told; and none stands as sent whose letter came back. Each shortcut in [`Shortcut`] breaks one of these.

mod world;

use std::collections::BTreeSet;

use world::{Setting, State};

/// A way in which this could have been built, and must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shortcut {
    /// As it is built.
    None,
    /// The checkpoint is moved before the rows are put.
    CheckpointFirst,
    /// Rows are put over what stands there.
    PutsOverwrite,
    /// Rows and checkpoints follow from the ledger, and a rebuild makes them anew.
    OutboxIsAView,
    /// What a doorbell did not bring is not looked for.
    NobodyLooksAgain,
    /// Rules ask whatever the age of what happened.
    NoStarts,
    /// What was brought in from elsewhere is told like anything else.
    MigratedCounts,
    /// A message is marked as sent before it is.
    MarkedBeforeSent,
    /// Attempts are not claimed.
    Unclaimed,
    /// What is given up is dead at once, and told after.
    DeadBeforeTold,
    /// What is given up is told, and marked after.
    ToldBeforeGivenUp,
    /// A letter that came back is of its message, whichever round it was of.
    ReturnsToAnyRound,
    /// What came back before it was marked as sent is heard once and never again.
    HeardTooEarly,
}

/// Walks every history; gives the number of states, or the first wrong history.
fn explore(setting: &Setting, shortcut: Shortcut) -> Result<usize, String> {
    let mut todo = vec![(State::new(setting), Vec::new())];
    let mut seen = BTreeSet::new();
    while let Some((state, story)) = todo.pop() {
        if !seen.insert(state.clone()) {
            continue;
        }
        let told = |wrong: String| format!("{wrong}\n  {}", story.join("\n  "));
        state.check().map_err(told)?;
        let steps = state.steps(setting, shortcut);
        if steps.is_empty() {
            state.check_end(setting, shortcut).map_err(told)?;
        }
        for (what, next) in steps {
            let mut longer: Vec<String> = story.clone();
            longer.push(what);
            todo.push((next, longer));
        }
    }
    Ok(seen.len())
}

fn settings() -> Vec<Setting> {
    let still = Setting::default();
    vec![
        Setting { reactors: 2, commits: 4, doubles: 1, deaths: 1, ..still },
        Setting { reactors: 1, commits: 4, doubles: 0, deaths: 2, rebuilds: 1, ..still },
        Setting { commits: 3, known: true, senders: 2, failures: 2, deaths: 1, ..still },
        Setting { commits: 3, known: true, senders: 3, failures: 1, ..still },
        Setting { commits: 3, known: true, senders: 1, failures: 2, deaths: 2, rebuilds: 1, ..still },
        Setting { commits: 3, known: true, senders: 2, failures: 2, refusals: true, deaths: 1, ..still },
        Setting { commits: 3, known: true, senders: 2, failures: 1, overtaken: 1, deaths: 1, ..still },
        Setting { reactors: 2, commits: 3, senders: 1, deaths: 1, failures: 1, rebuilds: 1, ..still },
        Setting { commits: 3, known: true, senders: 2, failures: 1, deaths: 1, returns: 1, ..still },
        Setting { commits: 3, known: true, senders: 3, doubles: 1, returns: 1, raises: 1, ..still },
    ]
}

#[test]
fn exhaustive_every_message_that_a_rule_asks_for_has_one_row_and_is_sent_or_dead() {
    let mut states = 0;
    for setting in settings() {
        let seen = explore(&setting, Shortcut::None).unwrap_or_else(|wrong| panic!("{setting:?}: {wrong}"));
        eprintln!("{seen} states of {setting:?}");
        states += seen;
    }
    eprintln!("{states} states");
    assert!(states > 10_000);
}

#[test]
fn exhaustive_every_shortcut_breaks_something() {
    let shortcuts = [
        Shortcut::CheckpointFirst,
        Shortcut::PutsOverwrite,
        Shortcut::OutboxIsAView,
        Shortcut::NobodyLooksAgain,
        Shortcut::NoStarts,
        Shortcut::MigratedCounts,
        Shortcut::MarkedBeforeSent,
        Shortcut::Unclaimed,
        Shortcut::DeadBeforeTold,
        Shortcut::ToldBeforeGivenUp,
        Shortcut::ReturnsToAnyRound,
        Shortcut::HeardTooEarly,
    ];
    for shortcut in shortcuts {
        let broken = settings().into_iter().find_map(|setting| explore(&setting, shortcut).err());
        let wrong = broken.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing"));
        eprintln!("{shortcut:?}: {wrong}");
    }
}
