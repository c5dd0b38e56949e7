//! The incremental projection against a bulk build (after `projection.py` of the protocols' models).
//!
//! Stream X enters list A, moves to B, has a draft saved, returns to A, is withdrawn; stream Y enters A. Two workers on X, one on Y, one of them
//! may crash at any step; a reader fills the CDN's cache at any time. Then a repair runs and purges are sent. At the end every page's bytes, and
//! every cached copy, equal those of a bulk build.
//!
//! Where only withdrawals are sent to the CDN, a copy may be old at the end, but it never shows X as X was before a withdrawal.

use std::collections::BTreeMap;

use super::{
    explore::{System, walk},
    world::{Batch, Lists, Pages, Rows, Sender, Shortcut, key},
};

/// The only generation of this world.
const GENERATION: u64 = 1;

#[derive(Clone, PartialEq, Eq, Hash)]
struct World {
    lists: Lists,
    heads: BTreeMap<&'static str, u64>,
    rows: Rows,
    pages: Pages,
    workers: Vec<(&'static str, Batch)>,
    crashes: u8,
    fetches: u8,
    sender: Sender,
    sent: bool,
}

const LISTS: [&str; 2] = ["A", "B"];

impl World {
    fn new(shortcut: Shortcut, fetches: u8) -> Self {
        Self::of(vec![None, Some("A"), Some("B"), Some("B"), Some("A"), None], shortcut, fetches)
    }

    /// One worker a stream and a CDN that is told of withdrawals only and keeps a copy of A with X in it; X moves, is withdrawn, and comes back.
    fn withdrawing(shortcut: Shortcut) -> Self {
        let mut world = Self::of(vec![None, Some("A"), Some("B"), None, Some("B")], shortcut, 1);
        world.workers.remove(1);
        world.sender = Sender::Withdrawals;
        world.heads.insert("x", 1);
        world.project("x");
        world.pages.purges.clear();
        world.pages.cached =
            world.pages.stored.iter().map(|(page, object)| (page.clone(), object.bytes.clone())).collect();
        world
    }

    /// One whole batch of a stream, with nobody else about.
    fn project(&mut self, stream: &'static str) {
        let (mut batch, head) = (Batch::Load, self.heads[stream]);
        while batch != Batch::Done {
            batch = batch.step(&self.lists, stream, head, &mut self.rows, &mut self.pages, GENERATION);
        }
    }

    fn of(x: Vec<Option<&'static str>>, shortcut: Shortcut, fetches: u8) -> Self {
        let places = BTreeMap::from([("x", x), ("y", vec![None, Some("A")])]);
        Self {
            lists: Lists { places, shortcut },
            heads: BTreeMap::from([("x", 0), ("y", 0)]),
            rows: Rows::default(),
            pages: Pages::default(),
            workers: vec![("x", Batch::Load), ("x", Batch::Load), ("y", Batch::Load)],
            crashes: 1,
            fetches,
            sender: Sender::All,
            sent: false,
        }
    }

    fn step_worker(&self, at: usize) -> Self {
        let mut next = self.clone();
        let (stream, batch) = next.workers[at].clone();
        let head = next.heads[stream];
        next.workers[at].1 = batch.step(&next.lists, stream, head, &mut next.rows, &mut next.pages, GENERATION);
        next.canonical()
    }

    /// Two workers on one stream are alike: states that differ in their order alone are one.
    fn canonical(mut self) -> Self {
        self.workers.sort();
        if self.fetches == 0 && self.pages.cached.is_empty() {
            self.pages.purges.clear();
        }
        self
    }

    fn all_committed(&self) -> bool {
        self.heads.iter().all(|(stream, head)| *head == self.lists.last(stream))
    }

    /// What `clock` does when everybody is gone: project what is behind, then send the purges.
    fn repaired(&self) -> Self {
        let mut next = self.clone();
        for stream in self.heads.keys() {
            next.project(stream);
        }
        next.pages.send_purges(self.sender);
        next.sent = true;
        next
    }

    /// Every state of a list that shows X as it was before its last withdrawal.
    fn withdrawn(&self, list: &'static str) -> Vec<Vec<u8>> {
        let places = &self.lists.places["x"];
        let Some(last) = (1..places.len()).rev().find(|at| places[*at].is_none() && places[at - 1].is_some()) else {
            return Vec::new();
        };
        let shown = (1..last).filter(|at| places[*at] == Some(list));
        let heads =
            shown.flat_map(|x| (0..=self.lists.last("y")).map(move |y| BTreeMap::from([("x", x as u64), ("y", y)])));
        heads.filter_map(|heads| self.lists.built(list, &heads, GENERATION)).collect()
    }

    /// What is wrong with the CDN's copy of a list.
    fn wrong_copy(&self, list: &'static str, wanted: Option<&Vec<u8>>) -> Option<String> {
        let cached = self.pages.cached.get(&key(list))?;
        let wrong = match self.sender {
            Sender::All => Some(cached) != wanted,
            Sender::Withdrawals => self.withdrawn(list).contains(cached),
        };
        wrong.then(|| format!("the CDN keeps {:?} of list {list}, which is {:?}", show(Some(cached)), show(wanted)))
    }
}

impl System for World {
    fn next(&self) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        if self.sent {
            return steps;
        }
        for (stream, head) in &self.heads {
            if *head < self.lists.last(stream) {
                let mut next = self.clone();
                next.heads.insert(stream, head + 1);
                steps.push((format!("commit {stream}{}", head + 1), next));
            }
        }
        for (at, (stream, batch)) in self.workers.iter().enumerate() {
            if *batch == Batch::Done {
                continue;
            }
            let idle = *batch == Batch::Load && self.rows.checkpoint(stream) >= self.heads[stream];
            if !idle || self.all_committed() {
                steps.push((format!("{stream}/{at}: {}", batch.name()), self.step_worker(at)));
            }
            if self.crashes > 0 && *batch != Batch::Load {
                let mut next = self.clone();
                next.workers[at].1 = Batch::Done;
                next.crashes -= 1;
                steps.push((format!("{stream}/{at}: crashes before {}", batch.name()), next.canonical()));
            }
        }
        if !self.pages.purges.is_empty() {
            let mut next = self.clone();
            next.pages.send_purges(self.sender);
            steps.push(("purges are sent".into(), next));
        }
        if self.fetches > 0 {
            for (page, object) in self.pages.stored.iter().filter(|(page, _)| !self.pages.cached.contains_key(*page)) {
                let mut next = self.clone();
                next.pages.cached.insert(page.clone(), object.bytes.clone());
                next.fetches -= 1;
                steps.push((format!("a reader fetches {}", page.path), next));
            }
        }
        if steps.is_empty() {
            steps.push(("repair".into(), self.repaired()));
        }
        steps
    }

    fn wrong_at_rest(&self) -> Option<String> {
        LISTS.into_iter().find_map(|list| {
            let wanted = self.lists.built(list, &self.heads, GENERATION);
            let stored = self.pages.stored.get(&key(list)).map(|object| &object.bytes);
            if stored != wanted.as_ref() {
                return Some(format!(
                    "list {list} is {:?}, a bulk build gives {:?}",
                    show(stored),
                    show(wanted.as_ref())
                ));
            }
            self.wrong_copy(list, wanted.as_ref())
        })
    }
}

fn show(bytes: Option<&Vec<u8>>) -> Option<String> {
    bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

#[test]
fn no_interleaving_leaves_a_wrong_page() {
    let walked = walk(World::new(Shortcut::None, 0));
    println!("projection: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 10_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn no_interleaving_leaves_an_old_copy_in_the_cdn() {
    let mut world = World::new(Shortcut::None, 1);
    world.workers.remove(1);
    let walked = walk(world);
    println!("purges: {} states", walked.states);
    assert_eq!(walked.wrong, None);
}

#[test]
fn no_interleaving_leaves_a_withdrawn_item_in_a_cdn_that_hears_of_withdrawals_only() {
    let walked = walk(World::withdrawing(Shortcut::None));
    println!("withdrawals: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 1_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn every_shortcut_of_a_withdrawal_has_a_history_that_breaks_it() {
    for shortcut in [Shortcut::PurgeWritten, Shortcut::PurgeChanged, Shortcut::CauseOfHead, Shortcut::OnePurgeRow] {
        let walked = walk(World::withdrawing(shortcut));
        let (wrong, path) =
            walked.wrong.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing in {} states", walked.states));
        println!("{shortcut:?}: {wrong}\n    {}", path.join(" · "));
    }
}

#[test]
fn every_shortcut_has_a_history_that_breaks_it() {
    for shortcut in [Shortcut::TouchEnds, Shortcut::HeadVersion, Shortcut::NoDigest] {
        let walked = walk(World::new(shortcut, 0));
        let (wrong, path) =
            walked.wrong.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing in {} states", walked.states));
        println!("{shortcut:?}: {wrong}\n    {}", path.join(" · "));
    }
    let mut world = World::new(Shortcut::PurgeWritten, 1);
    world.workers.remove(1);
    let (wrong, path) = walk(world).wrong.expect("purging only what was written loses a purge to a crash");
    println!("PurgeWritten: {wrong}\n    {}", path.join(" · "));
}
