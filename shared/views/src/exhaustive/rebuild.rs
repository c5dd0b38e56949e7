//! A rebuild beside the live prefix, and the switch (after `rebuild.py` and `batching.py` of the protocols' models).
//!
//! Streams X and Y lie in list A; one more commit of each arrives at any time, with a worker for each, while a rebuild fills a fresh prefix, opens it,
//! catches up, switches, waits for the workers that began before, and writes every page once more.

use std::collections::BTreeMap;

use super::{
    explore::{System, walk},
    world::{Batch, Lists, Pages, Rows, Shortcut, etag, id, key},
};
use crate::{
    page::{ETag, PageObject, Put},
    plan::plan,
    projection::{Composition, Projection, Provenance},
    reads::{Missing, Reads},
    registry::{FOLD_GENERATION, PrefixEntry, PrefixState, Registry},
};

const GENERATION: u64 = 1;
const LIST: &str = "A";

/// A worker: which prefixes it still feeds, as the registry said when it began, and its batch in the first of them.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Worker {
    Waiting,
    Feeding { fed: Vec<String>, active: String, batch: Batch },
    Gone,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Rebuild {
    Register,
    Fill,
    Open,
    CatchUp { heads: BTreeMap<&'static str, u64>, after_switch: bool },
    Switch { heads: BTreeMap<&'static str, u64> },
    Drain { heads: BTreeMap<&'static str, u64> },
    List,
    Render { listed: Option<ETag> },
    Put { listed: Option<ETag>, object: Option<PageObject> },
    OnceMore { batch: Batch },
    Over,
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
}

impl World {
    fn new(shortcut: Shortcut) -> Self {
        let places = BTreeMap::from([("x", vec![None, Some("A"), None]), ("y", vec![None, Some("A"), None])]);
        let mut world = Self {
            lists: Lists { places, shortcut },
            heads: BTreeMap::from([("x", 1), ("y", 1)]),
            registry: Registry::first(GENERATION, ""),
            prefixes: BTreeMap::from([("v1".to_owned(), Rows::default())]),
            pages: Pages::default(),
            workers: BTreeMap::from([("x", Worker::Waiting), ("y", Worker::Waiting)]),
            rebuild: Rebuild::Register,
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
                // The doorbell comes after the second commit; the registry is read consistently.
                if self.heads[stream] < 2 {
                    return None;
                }
                name = "reads the registry".to_owned();
                let fed = self.registry.fed().into_iter().map(|entry| entry.name.clone()).collect();
                Worker::Feeding { fed, active: self.registry.active.clone(), batch: Batch::Load }
            }
            Worker::Feeding { fed, active, batch } => {
                let (prefix, rest) = fed.split_first()?;
                name = format!("{prefix}: {}", batch.name());
                let pages_too = prefix == active || self.lists.shortcut == Shortcut::PagesFromAny;
                let batch = match batch.clone() {
                    // A prefix that is not active gets rows and a checkpoint only.
                    Batch::Page { plan, .. } if !pages_too => Batch::Mark { head: plan.head },
                    batch => {
                        let rows = next.prefixes.entry(prefix.clone()).or_default();
                        batch.step(&self.lists, stream, self.heads[stream], rows, &mut next.pages, GENERATION)
                    }
                };
                match (batch, rest) {
                    (Batch::Done, []) => Worker::Gone,
                    (Batch::Done, rest) => {
                        Worker::Feeding { fed: rest.to_vec(), active: active.clone(), batch: Batch::Load }
                    }
                    (batch, _) => Worker::Feeding { fed: fed.clone(), active: active.clone(), batch },
                }
            }
        };
        next.workers.insert(stream, worker);
        Some((format!("{stream} {name}"), next))
    }

    fn step_rebuild(&self) -> Option<(String, Self)> {
        let mut next = self.clone();
        let (name, then) = match self.rebuild.clone() {
            Rebuild::Over => return None,
            Rebuild::Register => {
                let name = self.registry.fresh_name();
                next.registry.prefixes.push(PrefixEntry { name, fold: FOLD_GENERATION, state: PrefixState::Filling });
                ("registers v2", Rebuild::Fill)
            }
            Rebuild::Fill => {
                for (stream, head) in &self.heads {
                    next.bring_up(stream, *head);
                }
                ("fills v2", Rebuild::Open)
            }
            Rebuild::Open => {
                for entry in next.registry.prefixes.iter_mut().filter(|entry| entry.name == "v2") {
                    entry.state = PrefixState::Open;
                }
                let heads = self.prefixes["v2"].checkpoints.clone();
                ("opens v2", Rebuild::CatchUp { heads, after_switch: false })
            }
            Rebuild::CatchUp { heads, after_switch } => {
                let behind: Vec<_> = self.heads.iter().filter(|(stream, head)| heads[*stream] < **head).collect();
                for (stream, head) in &behind {
                    next.bring_up(stream, **head);
                }
                match (behind.is_empty(), after_switch) {
                    (_, true) if self.lists.shortcut == Shortcut::NoPagePass => ("no page pass", Rebuild::Over),
                    (_, true) => ("catches up after the switch", Rebuild::List),
                    (true, false) => ("found nobody behind", Rebuild::Switch { heads }),
                    (false, false) => ("catches up", Rebuild::CatchUp { heads: self.heads.clone(), after_switch }),
                }
            }
            Rebuild::Switch { heads } => {
                next.registry.active = "v2".to_owned();
                for entry in next.registry.prefixes.iter_mut().filter(|entry| entry.name == "v1") {
                    entry.state = PrefixState::Draining;
                }
                ("switches", Rebuild::Drain { heads })
            }
            Rebuild::Drain { heads } => {
                let before = |worker: &Worker| matches!(worker, Worker::Feeding { active, .. } if active == "v1");
                if self.workers.values().any(before) {
                    return None;
                }
                ("waited for the workers", Rebuild::CatchUp { heads, after_switch: true })
            }
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
                            true => ("puts", Rebuild::Over),
                            false => ("lost the race", Rebuild::OnceMore { batch: next.once_more() }),
                        }
                    }
                    _ => ("finds it equal", Rebuild::Over),
                }
            }
            Rebuild::OnceMore { batch } => {
                let rows = next.prefixes.entry("v2".to_owned()).or_default();
                match batch.step(&self.lists, "x", 0, rows, &mut next.pages, GENERATION) {
                    Batch::Mark { .. } | Batch::Done => ("wrote it anew", Rebuild::Over),
                    batch => ("writes it anew", Rebuild::OnceMore { batch }),
                }
            }
        };
        next.rebuild = then;
        Some((format!("rebuild {name}"), next))
    }

    fn bring_up(&mut self, stream: &'static str, head: u64) {
        let lists = self.lists.clone();
        let rows = self.fresh();
        let plan = plan(&lists, &id(stream), &lists.commits(stream, head), rows.checkpoint(stream)).unwrap();
        plan.rows.iter().for_each(|row| rows.put(row));
        rows.mark(stream, plan.head);
    }

    /// The machine of the page, begun anew.
    fn once_more(&self) -> Batch {
        let plan = crate::plan::Plan::default();
        let mut writer = crate::page::PageWriter::new(key(LIST), GENERATION, crate::page::Purges::WhenWritten);
        let ask = writer.step(&self.lists, None);
        Batch::Page { plan, left: Default::default(), writer, ask }
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

impl System for World {
    fn next(&self) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        for (stream, head) in &self.heads {
            if *head < self.lists.last(stream) {
                let mut next = self.clone();
                next.heads.insert(stream, head + 1);
                steps.push((format!("commit {stream}{}", head + 1), next));
            }
            steps.extend(self.step_worker(stream));
        }
        steps.extend(self.step_rebuild());
        steps
    }

    fn wrong_at_rest(&self) -> Option<String> {
        let show = |bytes: Option<&Vec<u8>>| bytes.map(|b| String::from_utf8_lossy(b).into_owned());
        let wanted = self.lists.built(LIST, &self.heads, GENERATION);
        let stored = self.pages.stored.get(&key(LIST)).map(|object| &object.bytes);
        (stored != wanted.as_ref())
            .then(|| format!("the list is {:?}, a bulk build gives {:?}", show(stored), show(wanted.as_ref())))
    }
}

#[test]
fn no_interleaving_of_commits_and_a_rebuild_leaves_a_wrong_page() {
    let walked = walk(World::new(Shortcut::None));
    println!("rebuild: {} states", walked.states);
    assert_eq!(walked.wrong, None);
    assert!(walked.states > 1_000, "the world is smaller than it was: {} states", walked.states);
}

#[test]
fn every_shortcut_of_a_rebuild_has_a_history_that_breaks_it() {
    for shortcut in [Shortcut::NoPagePass, Shortcut::ListLate] {
        let walked = walk(World::new(shortcut));
        let (wrong, path) =
            walked.wrong.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing in {} states", walked.states));
        println!("{shortcut:?}: {wrong}\n    {}", path.join(" · "));
    }
}
