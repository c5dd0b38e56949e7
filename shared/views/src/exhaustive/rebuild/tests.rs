//! The walks: the protocol as it is, and each shortcut with the history that breaks it.

use super::*;

#[test]
fn no_interleaving_of_commits_and_a_rebuild_leaves_a_wrong_page() {
    let walked = walk(World::new(Shortcut::None));
    println!("rebuild: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 1_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn no_interleaving_of_a_clock_and_a_rebuild_that_dies_leaves_a_wrong_page() {
    let walked = walk(World::dying(Shortcut::None));
    println!("dying rebuild: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 1_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn no_interleaving_of_a_withdrawal_and_a_rebuild_leaves_it_in_a_cdn_that_hears_of_withdrawals_only() {
    let walked = walk(World::withdrawing(Shortcut::None));
    println!("withdrawal and rebuild: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 1_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn every_shortcut_of_a_rebuild_has_a_history_that_breaks_it() {
    for shortcut in [Shortcut::NoPagePass, Shortcut::ListLate] {
        breaks(shortcut, World::new(shortcut));
    }
    for shortcut in [
        Shortcut::LoadEach,
        Shortcut::RegistryFirst,
        Shortcut::BatchesOnly,
        Shortcut::OldRegistry,
        Shortcut::NoMark,
        Shortcut::SweepAtOnce,
        Shortcut::RowsOnly,
    ] {
        breaks(shortcut, World::dying(shortcut));
    }
    for shortcut in [Shortcut::NoPurgeOfAll, Shortcut::PurgeFirst, Shortcut::NoCopiesMark, Shortcut::ActiveFirst] {
        breaks(shortcut, World::withdrawing(shortcut));
    }
}

fn breaks(shortcut: Shortcut, world: World) {
    let walked = walk(world);
    let (wrong, path) =
        walked.wrong.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing in {} states", walked.states));
    println!("{shortcut:?}: {wrong}\n    {}", path.join(" · "));
}
