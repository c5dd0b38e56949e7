//! Every interleaving of a command that names a body with two sweeps that may die anywhere: what is named is there, what is not is gone in the end. Where none dies, what is named is there
//! already when they end.
//!
//! The command puts the body itself, or names a file that was taken in long before and of which there is a record.

use std::collections::{BTreeSet, HashSet};

use super::{Naming, OfAside, OfBody, of_aside, of_body, of_own};

/// A shortcut that must break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shortcut {
    None,
    /// What is unnamed is deleted by the run that finds it so.
    DeleteAtOnce,
    /// What is set aside is looked at without a rest.
    NoRest,
    /// All runs set aside under one name.
    OneName,
    /// The ledger is read before the objects are listed.
    ScanFirst,
    /// Whoever has a record of a file does not look whether its bytes are there.
    TrustRecord,
    /// A sweep ends with what it sets aside.
    NoSecondLook,
    /// Its second look does not wait for commands that found the body before.
    LookAtOnce,
}

/// What the command has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Writer {
    Begins,
    /// A file was taken in, and there is a record of it: nobody works on it, for as long as he likes.
    HasRecord,
    /// It has put the body, or found it there.
    HasPut,
    Ended,
}

/// Where a sweep is; what it saw goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Step {
    Idle,
    /// It has listed: whether the body is there and old, and what was set aside and has rested.
    Listed {
        body: Option<bool>,
        aside: Vec<(u8, bool)>,
    },
    /// It has read the ledger, too.
    Read {
        body: Option<bool>,
        aside: Vec<(u8, bool)>,
        named: bool,
    },
    /// It is putting something back: the copy is made, what it was made of is still there.
    Returning {
        copy: u8,
        body: Option<bool>,
        aside: Vec<(u8, bool)>,
        named: bool,
    },
    /// The copy is made, the body is still there.
    Copied {
        copy: u8,
    },
    /// It has set the body aside, and waits as long as a command lives that found it before.
    Waiting {
        copy: u8,
        is_found: bool,
    },
    /// It has read the ledger once more.
    Looked {
        copy: u8,
        named: bool,
    },
    /// The body is back, its copy is still there.
    Back {
        copy: u8,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct World {
    writer: Writer,
    is_named: bool,
    /// Whether the body is there, and whether it is old.
    body: Option<bool>,
    /// Copies that were set aside, and whether each has rested.
    aside: BTreeSet<(u8, bool)>,
    sweeps: [Step; 2],
    runs: u8,
    /// Whether a sweep died.
    is_broken: bool,
}

const GONE: &str = "what is named is gone";
const MISSING: &str = "what is named is missing until somebody sweeps again";

/// How many runs begin at most.
const RUNS: u8 = 4;

fn naming(named: bool) -> Naming {
    if named { Naming::Named } else { Naming::Unnamed }
}

fn next(world: &World, shortcut: Shortcut) -> Vec<World> {
    let mut all = Vec::new();
    match world.writer {
        Writer::Begins => {
            // Put if there is none; one that is there is not made new.
            let body = world.body.or(Some(false));
            all.push(World { writer: Writer::HasPut, body, ..world.clone() });
            all.push(World { writer: Writer::HasRecord, body, ..world.clone() });
        }
        Writer::HasRecord => {
            // It looks for the bytes; where there are none it is told to take the file in again, or leaves it.
            if world.body.is_some() || shortcut == Shortcut::TrustRecord {
                all.push(World { writer: Writer::HasPut, ..world.clone() });
            } else {
                all.push(World { writer: Writer::Begins, ..world.clone() });
            }
            all.push(World { writer: Writer::Ended, ..world.clone() });
        }
        Writer::HasPut => {
            // Whoever waits for it has waited for long enough.
            let mut ended = World { writer: Writer::Ended, ..world.clone() };
            for step in &mut ended.sweeps {
                if let Step::Waiting { is_found, .. } = step {
                    *is_found = false;
                }
            }
            all.push(World { is_named: true, ..ended.clone() });
            all.push(ended);
        }
        Writer::Ended => {}
    }
    // Time: no command lives as long as a rest, and no sweep that made a copy goes on after one.
    let copies = world.sweeps.iter().any(|step| matches!(step, Step::Copied { .. }));
    if world.writer != Writer::HasPut && !copies {
        let aside = world.aside.iter().map(|(name, _)| (*name, true)).collect();
        all.push(World { aside, body: world.body.map(|_| true), ..world.clone() });
    }
    for (which, step) in world.sweeps.iter().enumerate() {
        let with = |world: &World, step: Step| {
            let mut world = world.clone();
            world.sweeps[which] = step;
            world
        };
        if *step != Step::Idle {
            all.push(with(&World { is_broken: true, ..world.clone() }, Step::Idle));
        }
        match step {
            Step::Idle if world.runs < RUNS => {
                let runs = world.runs + 1;
                let seen: Vec<(u8, bool)> = world.aside.iter().copied().collect();
                let seen = seen.into_iter().map(|(name, rested)| (name, rested || shortcut == Shortcut::NoRest));
                let listed = Step::Listed { body: world.body, aside: seen.collect() };
                if shortcut == Shortcut::ScanFirst {
                    // What it will list is not known yet; what is named is.
                    let read = Step::Read { body: None, aside: vec![], named: world.is_named };
                    all.push(with(&World { runs, ..world.clone() }, read));
                } else {
                    all.push(with(&World { runs, ..world.clone() }, listed));
                }
            }
            Step::Idle => {}
            Step::Listed { body, aside } => {
                let read = Step::Read { body: *body, aside: aside.clone(), named: world.is_named };
                all.push(with(world, read));
            }
            Step::Read { body, aside, named } => {
                let (mut body, mut aside) = (*body, aside.clone());
                if shortcut == Shortcut::ScanFirst && aside.is_empty() {
                    body = world.body;
                    aside = world.aside.iter().copied().collect();
                }
                all.extend(act(world, which, body, &aside, *named, shortcut));
            }
            Step::Returning { copy, body, aside, named } => {
                let mut after = world.clone();
                after.aside.retain(|(name, _)| name != copy);
                after.sweeps[which] = Step::Read { body: *body, aside: aside.clone(), named: *named };
                all.push(after);
            }
            Step::Copied { copy } => {
                let waits = Step::Waiting { copy: *copy, is_found: world.writer == Writer::HasPut };
                let then = if shortcut == Shortcut::NoSecondLook { Step::Idle } else { waits };
                all.push(with(&World { body: None, ..world.clone() }, then));
            }
            Step::Waiting { is_found: true, .. } if shortcut != Shortcut::LookAtOnce => {}
            Step::Waiting { copy, .. } => all.push(with(world, Step::Looked { copy: *copy, named: world.is_named })),
            Step::Looked { copy, named } => {
                // One that another run has put back or taken away since needs no carrying.
                let is_there = world.aside.iter().any(|(name, _)| name == copy);
                if of_own(naming(*named)) == OfAside::PutBack && is_there {
                    let body = world.body.or(Some(false));
                    all.push(with(&World { body, ..world.clone() }, Step::Back { copy: *copy }));
                } else {
                    all.push(with(world, Step::Idle));
                }
            }
            Step::Back { copy } => {
                let mut after = with(world, Step::Idle);
                after.aside.retain(|(name, _)| name != copy);
                all.push(after);
            }
        }
    }
    all
}

/// The next thing that a sweep does which has read the ledger: what was set aside first, then the body.
fn act(
    world: &World,
    which: usize,
    body: Option<bool>,
    aside: &[(u8, bool)],
    named: bool,
    shortcut: Shortcut,
) -> Option<World> {
    let mut after = world.clone();
    if let Some(((copy, rested), rest)) = aside.split_first() {
        let go_on = Step::Read { body, aside: rest.to_vec(), named };
        after.sweeps[which] = go_on;
        match of_aside(naming(named), *rested) {
            OfAside::Rest => {}
            OfAside::PutBack => {
                if world.aside.iter().any(|(name, _)| name == copy) {
                    after.body = after.body.or(Some(false));
                    after.sweeps[which] = Step::Returning { copy: *copy, body, aside: rest.to_vec(), named };
                }
            }
            OfAside::Delete => after.aside.retain(|(name, _)| name != copy),
        }
        return Some(after);
    }
    after.sweeps[which] = Step::Idle;
    if let Some(is_old) = body
        && of_body(naming(named), is_old) == OfBody::SetAside
        && world.body.is_some()
    {
        if shortcut == Shortcut::DeleteAtOnce {
            after.body = None;
        } else {
            let name = if shortcut == Shortcut::OneName { 0 } else { world.runs * 2 + u8::try_from(which).unwrap() };
            after.aside.retain(|(other, _)| *other != name);
            after.aside.insert((name, false));
            after.sweeps[which] = Step::Copied { copy: name };
        }
    }
    Some(after)
}

/// Lets time pass and sweeps run, one after the other, until nothing changes; then says what is wrong.
fn judged(world: &World) -> Option<&'static str> {
    let mut body = world.body;
    let mut aside: Vec<(u8, bool)> = world.aside.iter().copied().collect();
    for _ in 0..3 {
        body = body.map(|_| true);
        for (_, rested) in &mut aside {
            *rested = true;
        }
        let mut left = Vec::new();
        for (name, rested) in aside {
            match of_aside(naming(world.is_named), rested) {
                OfAside::Rest => left.push((name, rested)),
                OfAside::PutBack => body = body.or(Some(false)),
                OfAside::Delete => {}
            }
        }
        aside = left;
        if let Some(is_old) = body
            && of_body(naming(world.is_named), is_old) == OfBody::SetAside
        {
            body = None;
            aside.push((0, false));
        }
    }
    match (world.is_named, body.is_some(), aside.is_empty()) {
        (true, false, _) => Some(GONE),
        (false, true, _) | (false, _, false) => Some("what nobody names stays"),
        _ if world.is_named && world.body.is_none() && !world.is_broken => Some(MISSING),
        _ => None,
    }
}

/// All that goes wrong anywhere, and how many worlds were walked.
fn explored(shortcut: Shortcut) -> (BTreeSet<&'static str>, usize) {
    let begin = World {
        writer: Writer::Begins,
        is_named: false,
        body: Some(true),
        aside: BTreeSet::new(),
        sweeps: [Step::Idle, Step::Idle],
        runs: 0,
        is_broken: false,
    };
    let mut seen = HashSet::from([begin.clone()]);
    let mut open = vec![begin];
    let mut wrong = BTreeSet::new();
    while let Some(world) = open.pop() {
        if world.writer == Writer::Ended && world.sweeps == [Step::Idle, Step::Idle] {
            wrong.extend(judged(&world));
        }
        open.extend(next(&world, shortcut).into_iter().filter(|next| seen.insert(next.clone())));
    }
    (wrong, seen.len())
}

#[test]
fn what_a_commit_names_is_there_and_what_none_names_is_gone() {
    let (wrong, worlds) = explored(Shortcut::None);
    assert_eq!(wrong, BTreeSet::new());
    assert!(worlds > 10_000, "only {worlds} worlds");
}

#[test]
fn every_shortcut_loses_something_or_leaves_it_missing() {
    for shortcut in
        [Shortcut::DeleteAtOnce, Shortcut::NoRest, Shortcut::OneName, Shortcut::ScanFirst, Shortcut::TrustRecord]
    {
        assert!(explored(shortcut).0.contains(GONE), "{shortcut:?}");
    }
    for shortcut in [Shortcut::NoSecondLook, Shortcut::LookAtOnce] {
        assert_eq!(explored(shortcut).0, BTreeSet::from([MISSING]), "{shortcut:?}");
    }
}
