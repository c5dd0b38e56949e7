//! A rebuild beside the live prefix, and the switch (after `rebuild.py` and `batching.py` of the protocols' models).
//!
//! Streams X and Y lie in list A; one more commit of each arrives at any time, with a worker for each, while a rebuild fills a fresh prefix, opens it,
//! catches up, switches, waits for the workers that began before, writes every page once more and drops the old prefix row by row. One batch may have begun for
//! another's sake, before the commit; the commit's own doorbell comes after it.
//!
//! Where only Y gets another commit, a clock works two slices of dirty work that waits in the old prefix, and the mark that the rebuild leaves; the
//! rebuild may die at any step. The clock leaves the mark alone while the rebuild's word holds, which outlives every worker from before the switch.
//!
//! Where withdrawals are watched, Y's commit is one, its doorbell may be lost or its worker die at any step, and a CDN that hears of withdrawals only
//! has a copy of the list with Y in it: at the end it has none.

use std::collections::BTreeMap;

use super::{
    explore::{System, walk},
    world::{Batch, Lists, Pages, Rows, Sender, Shortcut, commits, etag, id, key},
};
use crate::{
    page::{ETag, PageObject, PageWriter, Purges, Put},
    plan::{Plan, plan},
    projection::{Composition, Projection, Provenance},
    reads::{Missing, Reads},
    rebuild::owed::{is_owed, last_withdrawal},
    registry::{PrefixEntry, Registry},
    work::Cause,
};

mod tests;

const GENERATION: u64 = 1;
const LIST: &str = "A";

/// A worker: which prefixes it still feeds, as the registry said when it began, its batch in the first of them, and whether the doorbell of the second commit is
/// still to come.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Worker {
    Waiting,
    /// The stream was read, once for all prefixes and before the registry.
    Loaded {
        head: u64,
        again: bool,
    },
    Feeding {
        fed: Vec<String>,
        active: String,
        head: Option<u64>,
        batch: Batch,
        again: bool,
    },
    Gone,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Rebuild {
    Register,
    Fill,
    Open,
    CatchUp {
        heads: BTreeMap<&'static str, u64>,
    },
    Switch {
        heads: BTreeMap<&'static str, u64>,
    },
    Drain {
        heads: BTreeMap<&'static str, u64>,
    },
    /// The pass after the switch: a batch of each stream that moved, and its pages with it.
    Batches {
        left: Vec<&'static str>,
        batch: Batch,
    },
    List,
    Render {
        listed: Option<ETag>,
    },
    Put {
        listed: Option<ETag>,
        object: Option<PageObject>,
    },
    OnceMore {
        batch: Batch,
    },
    /// Withdrawals that the old prefix owed are told to the CDN.
    Purge,
    Clear,
    Drop,
    Over,
}

/// The clock's sweep: between two slices (with the prefix of the last), or in one.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Clock {
    Between { last: Option<String> },
    Slice { prefix: String, batch: Batch },
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct World {
    lists: Lists,
    heads: BTreeMap<&'static str, u64>,
    registry: Registry,
    prefixes: BTreeMap<String, Rows>,
    pages: Pages,
    workers: BTreeMap<&'static str, Worker>,
    rebuild: Rebuild,
    /// Whether the rebuild may still die.
    mortal: bool,
    /// Whether a clock works beside it.
    clocked: bool,
    clock: Clock,
    /// Slices of dirty work that wait in each prefix.
    dirty: BTreeMap<String, u8>,
    /// Whether every copy is marked in the new prefix.
    copies: bool,
    /// Whether the rebuild found that the old prefix owes a withdrawal.
    owed: bool,
    /// Whether a CDN that hears of withdrawals only is watched; workers may die then.
    cdn: bool,
    /// Doorbells that may still be lost, or workers that may die.
    crashes: u8,
    /// Batches that may still begin before the second commit of their stream.
    early: u8,
    /// Times that a reader may still fetch the list.
    fetches: u8,
    /// Whether the clock ran when everybody was gone.
    rested: bool,
}

impl World {
    /// Two workers beside a rebuild that comes to its end.
    fn new(shortcut: Shortcut) -> Self {
        Self::of(vec![None, Some("A"), None], shortcut)
    }

    /// A worker, a clock with slices to work, and a rebuild that may die.
    fn dying(shortcut: Shortcut) -> Self {
        let mut world = Self::of(vec![None, Some("A")], shortcut);
        world.workers.remove("x");
        (world.mortal, world.clocked) = (true, true);
        world.dirty.insert("v1".to_owned(), 2);
        world
    }

    /// A worker that may die, a clock, a rebuild that may die, and a CDN whose copy shows what is withdrawn.
    fn withdrawing(shortcut: Shortcut) -> Self {
        let mut world = Self::of(vec![None, Some("A")], shortcut);
        world.workers.remove("x");
        (world.mortal, world.clocked, world.cdn) = (true, true, true);
        (world.crashes, world.fetches) = (1, 1);
        world.pages.cached =
            world.pages.stored.iter().map(|(page, object)| (page.clone(), object.bytes.clone())).collect();
        world
    }

    fn of(x: Vec<Option<&'static str>>, shortcut: Shortcut) -> Self {
        let places = BTreeMap::from([("x", x), ("y", vec![None, Some("A"), None])]);
        let mut world = Self {
            lists: Lists { places, shortcut },
            heads: BTreeMap::from([("x", 1), ("y", 1)]),
            registry: Registry::first(GENERATION, ""),
            prefixes: BTreeMap::from([("v1".to_owned(), Rows::default())]),
            pages: Pages::default(),
            workers: BTreeMap::from([("x", Worker::Waiting), ("y", Worker::Waiting)]),
            rebuild: Rebuild::Register,
            mortal: false,
            clocked: false,
            clock: Clock::Between { last: None },
            dirty: BTreeMap::new(),
            copies: false,
            owed: false,
            cdn: false,
            crashes: 0,
            early: 1,
            fetches: 0,
            rested: false,
        };
        for stream in ["x", "y"] {
            let rows = world.prefixes.get_mut("v1").unwrap();
            let mut batch = Batch::Load;
            while batch != Batch::Done {
                batch = batch.step(&world.lists, stream, 1, rows, &mut world.pages, GENERATION);
            }
        }
        world.pages.purges.clear();
        world
    }

    fn fresh(&mut self) -> &mut Rows {
        self.prefixes.entry("v2".to_owned()).or_default()
    }

    fn step_worker(&self, stream: &'static str) -> Option<(String, Self)> {
        let mut next = self.clone();
        let name;
        let worker = match self.workers.get(stream)? {
            Worker::Gone => return None,
            Worker::Waiting => {
                // The doorbell comes after the second commit.
                let again = self.heads[stream] < 2;
                if again {
                    next.early = self.early.checked_sub(1)?;
                }
                if matches!(self.lists.shortcut, Shortcut::RegistryFirst | Shortcut::LoadEach) {
                    name = "reads the registry".to_owned();
                    self.feeding(None, again)
                } else {
                    name = "loads".to_owned();
                    Worker::Loaded { head: self.heads[stream], again }
                }
            }
            Worker::Loaded { head, again } => {
                name = "reads the registry".to_owned();
                self.feeding(Some(*head), *again)
            }
            Worker::Feeding { fed, active, head, batch, again } => {
                let (prefix, rest) = fed.split_first()?;
                name = format!("{prefix}: {}", batch.name());
                let loaded = match (self.lists.shortcut, head) {
                    (Shortcut::LoadEach, _) | (_, None) => self.heads[stream],
                    (_, Some(head)) => *head,
                };
                let pages_too = prefix == active || self.lists.shortcut == Shortcut::PagesFromAny;
                let batch = match batch.clone() {
                    // A prefix that is not active gets rows and a checkpoint only.
                    Batch::Page { plan, .. } if !pages_too => Batch::Mark { head: plan.head },
                    batch => {
                        let rows = next.prefixes.entry(prefix.clone()).or_default();
                        batch.step(&self.lists, stream, loaded, rows, &mut next.pages, GENERATION)
                    }
                };
                let head = Some(loaded);
                match (batch, rest) {
                    (Batch::Done, []) if *again => Worker::Waiting,
                    (Batch::Done, []) => Worker::Gone,
                    (Batch::Done, rest) => Worker::Feeding {
                        fed: rest.to_vec(),
                        active: active.clone(),
                        head,
                        batch: Batch::Load,
                        again: *again,
                    },
                    (batch, _) => {
                        Worker::Feeding { fed: fed.clone(), active: active.clone(), head, batch, again: *again }
                    }
                }
            }
        };
        next.workers.insert(stream, worker);
        Some((format!("{stream} {name}"), next))
    }

    /// A worker that has just read the registry, consistently.
    fn feeding(&self, head: Option<u64>, again: bool) -> Worker {
        let fed = self.fed().into_iter().map(|entry| entry.name.clone()).collect();
        Worker::Feeding { fed, active: self.registry.active.clone(), head, batch: Batch::Load, again }
    }

    fn step_rebuild(&self) -> Option<(String, Self)> {
        let mut next = self.clone();
        let (name, then) = match self.rebuild.clone() {
            Rebuild::Over => return None,
            Rebuild::Register => {
                next.registry.begin_prefix();
                ("registers v2", Rebuild::Fill)
            }
            Rebuild::Fill => {
                for (stream, head) in &self.heads {
                    next.bring_up(stream, *head);
                }
                ("fills v2", Rebuild::Open)
            }
            Rebuild::Open => {
                next.registry.open("v2");
                let heads = self.prefixes["v2"].checkpoints.clone();
                ("opens v2", Rebuild::CatchUp { heads })
            }
            Rebuild::CatchUp { heads } => {
                let behind: Vec<_> = self.heads.iter().filter(|(stream, head)| heads[*stream] < **head).collect();
                for (stream, head) in &behind {
                    next.bring_up(stream, **head);
                }
                ("catches up", Rebuild::Switch { heads: self.heads.clone() })
            }
            Rebuild::Switch { heads } => {
                // The marks before are steps that nobody sees: they are of one with the switch.
                next.copies = self.lists.shortcut != Shortcut::NoCopiesMark;
                if self.lists.shortcut != Shortcut::NoMark {
                    next.dirty.insert("v2".to_owned(), 1);
                }
                next.registry.switch_to("v2");
                ("switches", Rebuild::Drain { heads })
            }
            Rebuild::Drain { heads } => {
                let sweeps = matches!(&self.clock, Clock::Slice { prefix, .. } if prefix == "v1");
                if self.works_from_v1() || (sweeps && self.lists.shortcut != Shortcut::BatchesOnly) {
                    return None;
                }
                next.owed = self.owes_withdrawals();
                if next.owed && self.lists.shortcut == Shortcut::PurgeFirst {
                    next.purge_all();
                }
                let moved = self.heads.iter().filter(|(stream, head)| heads[*stream] < **head);
                let left: Vec<_> = moved.map(|(stream, _)| *stream).collect();
                if self.lists.shortcut == Shortcut::RowsOnly {
                    for stream in &left {
                        next.bring_up(stream, self.heads[stream]);
                    }
                    ("brings up rows after the switch", Rebuild::List)
                } else {
                    ("waited for the workers", Rebuild::Batches { left, batch: Batch::Load })
                }
            }
            Rebuild::Batches { left, batch } => match left.split_first() {
                None if self.lists.shortcut == Shortcut::NoPagePass => ("no page pass", Rebuild::Purge),
                None => ("caught up after the switch", Rebuild::List),
                Some((stream, rest)) => {
                    let rows = next.prefixes.entry("v2".to_owned()).or_default();
                    let head = self.heads[stream];
                    match batch.step(&self.lists, stream, head, rows, &mut next.pages, GENERATION) {
                        Batch::Done => {
                            ("projected a stream", Rebuild::Batches { left: rest.to_vec(), batch: Batch::Load })
                        }
                        batch => ("projects a stream", Rebuild::Batches { left, batch }),
                    }
                }
            },
            Rebuild::List if self.lists.shortcut == Shortcut::ListLate => {
                ("does not list", Rebuild::Render { listed: None })
            }
            Rebuild::List => ("lists", Rebuild::Render { listed: self.pages.stored.get(&key(LIST)).map(etag) }),
            Rebuild::Render { listed } => ("renders", Rebuild::Put { listed, object: self.rendered() }),
            Rebuild::Put { listed, object } => {
                let listed = if self.lists.shortcut == Shortcut::ListLate {
                    self.pages.stored.get(&key(LIST)).map(etag)
                } else {
                    listed
                };
                match object {
                    Some(object) if listed != Some(etag(&object)) => {
                        match next.pages.put(&key(LIST), Put { object, expected: listed }) {
                            true => ("puts", Rebuild::Purge),
                            false => (
                                "lost the race",
                                Rebuild::OnceMore { batch: once_more(&self.lists, Purges::WhenWritten) },
                            ),
                        }
                    }
                    _ => ("finds it equal", Rebuild::Purge),
                }
            }
            Rebuild::OnceMore { batch } => {
                let rows = next.prefixes.entry("v2".to_owned()).or_default();
                match batch.step(&self.lists, "x", 0, rows, &mut next.pages, GENERATION) {
                    Batch::Mark { .. } | Batch::Done => ("wrote it anew", Rebuild::Purge),
                    batch => ("writes it anew", Rebuild::OnceMore { batch }),
                }
            }
            Rebuild::Purge => {
                if self.owed && !matches!(self.lists.shortcut, Shortcut::NoPurgeOfAll | Shortcut::PurgeFirst) {
                    next.purge_all();
                }
                ("purges what it owes", Rebuild::Clear)
            }
            Rebuild::Clear => {
                next.dirty.remove("v2");
                next.copies = false;
                // Without a clock nobody is left who could see half of it dropped.
                let then = if self.clocked { Rebuild::Drop } else { Rebuild::Over };
                ("clears its mark", then)
            }
            Rebuild::Drop => {
                let left = next.prefixes.get_mut("v1").and_then(|rows| rows.rows.pop_first());
                match left {
                    Some(_) => ("drops a row of v1", Rebuild::Drop),
                    None => {
                        next.dirty.remove("v1");
                        next.registry.close_unused();
                        next.registry.forget_unused();
                        ("forgets v1", Rebuild::Over)
                    }
                }
            }
        };
        next.rebuild = then;
        Some((format!("rebuild {name}"), next))
    }

    /// The prefixes that a batch feeds, in its order.
    fn fed(&self) -> Vec<&PrefixEntry> {
        match self.lists.shortcut {
            // Older code, of which workers may live, fed the active one first: for their sake the sweep waits.
            Shortcut::ActiveFirst | Shortcut::SweepAtOnce => self.registry.fed(),
            _ => self.registry.fed_active_last(),
        }
    }

    /// Whether the old prefix owes a withdrawal that the new one is past.
    fn owes_withdrawals(&self) -> bool {
        self.heads.keys().any(|stream| {
            let done = commits(stream, self.prefixes["v2"].checkpoint(stream));
            let left = self.prefixes["v1"].checkpoint(stream);
            last_withdrawal(&self.lists, &done).is_some_and(|number| is_owed(number, left))
        })
    }

    /// The list is all there is in this world.
    fn purge_all(&mut self) {
        self.pages.leave_purge(key(LIST), Cause::Withdrawn, self.lists.shortcut);
    }

    /// The doorbell of a stream is lost, or its worker dies.
    fn lose_worker(&self, stream: &'static str) -> Option<(String, Self)> {
        if self.crashes == 0 || self.heads[stream] < 2 || *self.workers.get(stream)? == Worker::Gone {
            return None;
        }
        let mut next = self.clone();
        next.workers.insert(stream, Worker::Gone);
        next.crashes -= 1;
        Some((format!("{stream} dies"), next))
    }

    /// Purges are sent, or a reader fetches the list.
    fn step_cdn(&self) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        if !self.pages.purges.is_empty() {
            let mut next = self.clone();
            next.pages.send_purges(Sender::Withdrawals);
            steps.push(("purges are sent".into(), next));
        }
        if self.fetches > 0 && self.pages.cached.is_empty() {
            let mut next = self.clone();
            next.pages
                .cached
                .extend(self.pages.stored.iter().map(|(page, object)| (page.clone(), object.bytes.clone())));
            next.fetches -= 1;
            steps.push(("a reader fetches the list".into(), next));
        }
        steps
    }

    /// Whether a batch is under way that began before the switch.
    fn works_from_v1(&self) -> bool {
        self.workers.values().any(|worker| matches!(worker, Worker::Feeding { active, .. } if active == "v1"))
    }

    /// The clock begins a slice where work waits, or goes on with it.
    fn step_clock(&self) -> Option<(String, Self)> {
        let mut next = self.clone();
        let name = match self.clock.clone() {
            Clock::Between { last } => {
                let kept = last.filter(|_| self.lists.shortcut == Shortcut::OldRegistry);
                let prefix = kept.unwrap_or_else(|| self.registry.active.clone());
                let copies_only = !self.dirty.contains_key(&prefix);
                if copies_only && !(prefix == "v2" && self.copies) {
                    return None;
                }
                if prefix == "v2" && self.works_from_v1() && self.lists.shortcut != Shortcut::SweepAtOnce {
                    return None;
                }
                if copies_only {
                    next.copies = false;
                    next.purge_all();
                    return Some(("clock purges every copy".to_owned(), next));
                }
                let name = format!("begins a slice of {prefix}");
                let batch = once_more(&self.lists, Purges::Always(Cause::Changed));
                next.clock = Clock::Slice { prefix, batch };
                name
            }
            Clock::Slice { prefix, batch } => {
                let name = format!("{prefix}: {}", batch.name());
                let rows = next.prefixes.entry(prefix.clone()).or_default();
                match batch.step(&self.lists, "x", 0, rows, &mut next.pages, GENERATION) {
                    Batch::Mark { .. } | Batch::Done => {
                        match next.dirty.get(&prefix).copied() {
                            Some(2..) => drop(next.dirty.insert(prefix.clone(), 1)),
                            _ => drop(next.dirty.remove(&prefix)),
                        }
                        next.clock = Clock::Between { last: Some(prefix) };
                    }
                    batch => next.clock = Clock::Slice { prefix, batch },
                }
                name
            }
        };
        Some((format!("clock {name}"), next))
    }

    /// What `clock` does when everybody is gone: project what is behind in the active prefix, then work its dirty rows.
    fn at_rest(&self) -> Self {
        let mut next = self.clone();
        let active = self.registry.active.clone();
        let rows = next.prefixes.entry(active.clone()).or_default();
        for (stream, head) in &self.heads {
            let mut batch = Batch::Load;
            while batch != Batch::Done {
                batch = batch.step(&self.lists, stream, *head, rows, &mut next.pages, GENERATION);
            }
        }
        next.rested = true;
        next.clock = Clock::Between { last: None };
        while let Some((_, then)) = next.step_clock() {
            next = then;
        }
        next.pages.send_purges(Sender::Withdrawals);
        next
    }

    fn bring_up(&mut self, stream: &'static str, head: u64) {
        let lists = self.lists.clone();
        let rows = self.fresh();
        let plan = plan(&lists, &id(stream), &commits(stream, head), rows.checkpoint(stream)).unwrap();
        plan.rows.iter().for_each(|row| rows.put(row));
        rows.mark(stream, plan.head);
    }

    fn rendered(&self) -> Option<PageObject> {
        let mut reads = Reads::default();
        loop {
            match self.lists.compose(&key(LIST), &reads) {
                Err(Missing(read)) => {
                    let rows = self.prefixes["v2"].read(&read);
                    reads.put_rows(read, rows);
                }
                Ok(Composition::Nothing) => return None,
                Ok(Composition::Page(model)) => {
                    let provenance = Provenance { digest: reads.digest(GENERATION), generation: GENERATION };
                    return self.lists.render(&key(LIST), model, &provenance).ok();
                }
            }
        }
    }
}

/// The machine of the page, begun anew.
fn once_more(lists: &Lists, purges: Purges) -> Batch {
    let mut writer = PageWriter::new(key(LIST), GENERATION, purges);
    let ask = writer.step(lists, None);
    Batch::Page { plan: Plan::default(), left: Default::default(), writer, ask }
}

impl System for World {
    fn next(&self) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        if self.rested {
            return steps;
        }
        for (stream, head) in &self.heads {
            if *head < self.lists.last(stream) {
                let mut next = self.clone();
                next.heads.insert(stream, head + 1);
                steps.push((format!("commit {stream}{}", head + 1), next));
            }
            steps.extend(self.step_worker(stream));
            steps.extend(self.lose_worker(stream));
        }
        steps.extend(self.step_rebuild());
        steps.extend(self.step_clock().filter(|_| self.clocked));
        if self.cdn {
            steps.extend(self.step_cdn());
        }
        if self.mortal && !matches!(self.rebuild, Rebuild::Register | Rebuild::Over) {
            let mut next = self.clone();
            next.rebuild = Rebuild::Over;
            next.mortal = false;
            steps.push(("the rebuild dies".into(), next));
        }
        if steps.is_empty() {
            steps.push(("the clock runs once more".into(), self.at_rest()));
        }
        for (_, next) in &mut steps {
            // Nobody looks at other purges here.
            next.pages.purges.retain(|(_, cause)| self.cdn && *cause == Cause::Withdrawn);
        }
        steps
    }

    fn wrong_at_rest(&self) -> Option<String> {
        let show = |bytes: Option<&Vec<u8>>| bytes.map(|b| String::from_utf8_lossy(b).into_owned());
        let wanted = self.lists.built(LIST, &self.heads, GENERATION);
        let stored = self.pages.stored.get(&key(LIST)).map(|object| &object.bytes);
        if stored != wanted.as_ref() {
            return Some(format!("the list is {:?}, a bulk build gives {:?}", show(stored), show(wanted.as_ref())));
        }
        let withdrawn = self.lists.built(LIST, &BTreeMap::from([("x", 1), ("y", 1)]), GENERATION);
        let copy = self.pages.cached.get(&key(LIST)).filter(|copy| Some(*copy) == withdrawn.as_ref())?;
        Some(format!("the CDN keeps {:?} of the list, which is {:?}", show(Some(copy)), show(stored)))
    }
}
