//! Every interleaving of what people, clocks and calendars do, beside an oracle that walks the days (PROTOCOLS.md "Time").
//!
//! The oracle is told of every half day that passes and of what was done, and not of who looked: it asks the words of the rules each time. It shares no code
//! with the engine. Each [`Shortcut`] is a way in which the engine could have been built or used, and the same oracle catches it.

mod oracle;
mod world;

use std::collections::{HashSet, VecDeque};

use self::{
    oracle::{ACTS, Tick},
    world::{Known, World, decide, instant, sound},
};

/// The last half day that is walked.
const LAST: Tick = 11;

/// A way in which this could have been built, and must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shortcut {
    /// As it is built.
    None,
    /// The clock lets fall due what is due before it comes by again.
    TheClockIsEager,
    /// Whoever acts settles up to the end of the day, on which nothing can be done any more.
    WhoeverActsIsEager,
    /// What falls due does so when somebody looks.
    DueWhenSomebodyLooks,
    /// Whoever acts leaves it to the clock to settle.
    OnlyTheClockSettles,
    /// Two clocks that read the same case both append.
    TwoClocksAppend,
    /// A case is counted by the calendar that it began with.
    TheCaseKeepsItsCalendar,
    /// What was due before an adoption is counted by the new calendar, too.
    AdoptionsReachBack,
    /// What is counted again may be due before the adoption.
    DueBeforeTheAdoption,
}

/// Every world that steps lead to, each once and the nearest first, up to half day `last`; how many, or the first wrong one.
fn worlds(
    last: Tick,
    shortcut: Shortcut,
    mut visit: impl FnMut(&World, &mut Known) -> Result<(), String>,
) -> Result<usize, String> {
    let mut known = Known::new();
    let mut seen = HashSet::new();
    let mut open = VecDeque::from([World::new(shortcut)]);
    while let Some(world) = open.pop_front() {
        visit(&world, &mut known)?;
        for next in world.steps(&mut known)? {
            if next.now <= last && seen.insert(next.key()) {
                open.push_back(next);
            }
        }
    }
    Ok(seen.len())
}

#[test]
fn whoever_looks_whenever_and_however_often_finds_what_the_days_tell() {
    let worlds = worlds(LAST, Shortcut::None, |world, _| world.check()).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(worlds > 10_000, "{worlds} worlds");
}

#[test]
fn every_shortcut_tells_something_else_than_the_days() {
    let shortcuts = [
        (Shortcut::TheClockIsEager, "stands as Some(FellDue"),
        (Shortcut::WhoeverActsIsEager, "is not to be answered by Err(NotRunning)"),
        (Shortcut::DueWhenSomebodyLooks, "stands as Some(FellDue"),
        (Shortcut::OnlyTheClockSettles, "is not to be answered by Ok"),
        (Shortcut::TwoClocksAppend, "out of order"),
        (Shortcut::TheCaseKeepsItsCalendar, "stands as Some(Running"),
        (Shortcut::AdoptionsReachBack, "stands as Some(Running"),
        (Shortcut::DueBeforeTheAdoption, "stands as Some(FellDue"),
    ];
    for (shortcut, because) in shortcuts {
        let walked = worlds(LAST, shortcut, |world, _| world.check());
        let Err(wrong) = walked else { panic!("{shortcut:?} breaks nothing in {walked:?} worlds") };
        assert!(wrong.contains(because), "{shortcut:?} breaks something else: {wrong}");
        eprintln!("{shortcut:?}: {wrong}");
    }
}

/// Somebody read the calendar just before an adoption and his commit comes just after it, at most once in each history.
#[test]
fn an_act_that_crossed_an_adoption_loses_nothing_doubles_nothing_and_stays_before_it() {
    let mut crossed = 0;
    let walked = worlds(6, Shortcut::None, |world, known| {
        let mut renewed = world.clone();
        if !renewed.adopt(known) {
            return Ok(());
        }
        for act in ACTS {
            let mut late = renewed.clone();
            let now = instant(late.now) + jiff::SignedDuration::from_secs(3);
            if late.history.take(&world.calendars, now, |d, now| decide(act, d, now)).is_err() {
                continue;
            }
            crossed += 1;
            for tick in late.now + 1..=LAST + 20 {
                late.history.tick(&late.calendars, instant(tick));
                let behind = late.history.case.deadlines.are_behind(late.calendars.newest());
                late.holds(!behind, || "stands on an old calendar".to_owned())?;
            }
            sound(&late.history)?;
            let runs = late.history.case.deadlines.next();
            late.holds(runs.is_none(), || "something that runs was forgotten".to_owned())?;
        }
        Ok(())
    });
    walked.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(crossed > 1_000, "{crossed} acts crossed an adoption");
}
