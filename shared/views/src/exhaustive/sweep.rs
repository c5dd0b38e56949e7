//! A banner over all sites against sites that open meanwhile: a row that stands for a scope of its own, and sweepers that die.
//!
//! The banner's row leaves the scope of all sites; whoever sweeps it marks the pages of each site, one after the other. Two sweepers, two workers
//! on a banner that changes, one on a site that opens; one of them may die between any two steps. Then a repair runs and a sweep. At the end every page's
//! bytes equal those of a bulk build.

mod city;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use self::city::{City, page_of};
use super::{
    explore::{System, walk},
    world::{Pages, Rows, Shortcut, commits, id},
};
use crate::{
    page::{Ask, PageKey, PageWriter, Purges, Told},
    plan::plan,
    projection::{Composition, Projection, Provenance},
    reads::{Missing, Read, Reads},
    row::Row,
    work::{Cause, DirtyWork, Scope},
};

/// The only generation of this world.
const GENERATION: u64 = 1;

/// Rows of a scope worked between two looks at its token: so few that there is always a next slice.
const SLICE: usize = 1;

const BANNER: &str = "banner";
const SITES: [&str; 2] = ["one", "two"];

/// What a process has still to do, in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Todo {
    Row(Row),
    Mark(Scope),
    Page(PageKey),
    /// A page that is being written.
    Writing(PageWriter, Ask),
    /// Pass what of a scope was read: up to this row, or all of it.
    Pass(Option<String>),
    Checkpoint(u64),
}

impl Todo {
    fn name(&self) -> String {
        match self {
            Self::Row(row) => format!("row {}", row.at.slice),
            Self::Mark(scope) => format!("mark {}", scope.slice),
            Self::Page(page) => format!("page of {}", page.site),
            Self::Writing(writer, ask) => {
                let ask = format!("{ask:?}");
                format!("{} {}", writer.key().site, ask.split(['(', ' ']).next().unwrap_or_default())
            }
            Self::Pass(Some(last)) => format!("pass {last}"),
            Self::Pass(None) => "clear".into(),
            Self::Checkpoint(head) => format!("checkpoint {head}"),
        }
    }
}

/// A dirty row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Waiting {
    scope: Scope,
    /// Fresh at every mark.
    token: u64,
    cursor: Option<String>,
}

/// Somebody at work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Process {
    /// A batch of a stream, not begun.
    Batch(&'static str),
    /// A batch of a stream.
    Projecting(&'static str, VecDeque<Todo>),
    /// A sweep that has nothing in hand.
    Sweep,
    /// A sweep that has looked at what comes first.
    Took(Waiting),
    /// A sweep that has read a slice of it.
    Sweeping(Waiting, VecDeque<Todo>),
    /// Over, or dead.
    Gone,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct World {
    shortcut: Shortcut,
    /// How many commits each stream will have.
    lasts: BTreeMap<&'static str, u64>,
    heads: BTreeMap<&'static str, u64>,
    rows: Rows,
    pages: Pages,
    dirty: BTreeMap<String, Waiting>,
    /// How often each scope was marked.
    marks: BTreeMap<String, u64>,
    processes: Vec<Process>,
    deaths: u8,
    settled: bool,
}

impl World {
    /// The first site is open and its page written; the banner changes `banners` times, and the second site opens.
    fn new(shortcut: Shortcut, banners: u64, processes: &[Process], deaths: u8) -> Self {
        let mut world = Self {
            shortcut,
            lasts: BTreeMap::from([(BANNER, banners), ("one", 1), ("two", 1)]),
            heads: BTreeMap::from([(BANNER, 0), ("one", 1), ("two", 0)]),
            rows: Rows::default(),
            pages: Pages::default(),
            dirty: BTreeMap::new(),
            marks: BTreeMap::new(),
            processes: Vec::new(),
            deaths,
            settled: false,
        };
        world.run_alone(Process::Batch("one"));
        world.processes = processes.to_vec();
        world.canonical()
    }

    fn run_alone(&mut self, mut process: Process) {
        while process != Process::Gone && (process != Process::Sweep || !self.dirty.is_empty()) {
            process = self.step(process);
        }
    }

    /// One step of a process.
    fn step(&mut self, process: Process) -> Process {
        match process {
            Process::Batch(stream) => {
                let checkpoint = self.rows.checkpoint(stream);
                let plan = plan(&City, &id(stream), &commits(stream, self.heads[stream]), checkpoint).unwrap();
                if plan.head <= checkpoint {
                    return Process::Gone;
                }
                let rows = plan.rows.into_iter().map(Todo::Row);
                let marks = plan.scopes.into_iter().map(Todo::Mark);
                let todo = rows.chain(marks).chain(plan.pages.into_iter().map(Todo::Page));
                Process::Projecting(stream, todo.chain([Todo::Checkpoint(plan.head)]).collect())
            }
            Process::Projecting(stream, mut todo) => {
                if let Some(Todo::Checkpoint(head)) = self.take(&mut todo) {
                    self.rows.mark(stream, head);
                }
                if todo.is_empty() { Process::Gone } else { Process::Projecting(stream, todo) }
            }
            Process::Sweep => match self.dirty.values().next() {
                Some(first) => Process::Took(first.clone()),
                None => Process::Sweep,
            },
            Process::Took(waiting) => {
                let todo = self.slice(&waiting);
                Process::Sweeping(waiting, todo)
            }
            Process::Sweeping(waiting, mut todo) => {
                if let Some(Todo::Pass(last)) = self.take(&mut todo) {
                    self.pass(&waiting, last);
                }
                if todo.is_empty() { Process::Sweep } else { Process::Sweeping(waiting, todo) }
            }
            Process::Gone => Process::Gone,
        }
    }

    /// What the next slice of a scope makes to do: marks, pages, and only then is it passed.
    fn slice(&self, waiting: &Waiting) -> VecDeque<Todo> {
        let rows = self.rows.read(&Read::all(waiting.scope.slice.clone()));
        let behind = |row: &Row| waiting.cursor.as_ref().is_none_or(|cursor| row.at.key > *cursor);
        let rows: Vec<Row> = rows.into_iter().filter(behind).take(SLICE).collect();
        let last = if rows.len() == SLICE { rows.last().map(|row| row.at.key.clone()) } else { None };
        let marks = rows.iter().flat_map(|row| City.scopes_of(row)).map(Todo::Mark);
        let pages: BTreeSet<PageKey> = rows.iter().flat_map(|row| City.pages_of(row)).collect();
        let mut todo: VecDeque<Todo> = marks.chain(pages.into_iter().map(Todo::Page)).collect();
        match self.shortcut {
            Shortcut::PassFirst => todo.push_front(Todo::Pass(last)),
            _ => todo.push_back(Todo::Pass(last)),
        }
        todo
    }

    /// Does what comes first; what only its process can do is given back.
    fn take(&mut self, todo: &mut VecDeque<Todo>) -> Option<Todo> {
        match todo.pop_front()? {
            Todo::Row(row) => self.rows.put(&row),
            Todo::Mark(scope) => self.mark(scope),
            Todo::Page(page) => {
                let mut writer = PageWriter::new(page, GENERATION, Purges::Always(Cause::Changed));
                let ask = writer.step(&City, None);
                todo.push_front(Todo::Writing(writer, ask));
            }
            Todo::Writing(mut writer, ask) => {
                let told = self.tell(writer.key(), ask);
                let mut ask = writer.step(&City, Some(told));
                // Copies are another walk's: to leave a purge is no step here.
                if let Ask::Purge(_) = ask {
                    ask = writer.step(&City, Some(Told::Left));
                }
                if !matches!(ask, Ask::Done(_)) {
                    todo.push_front(Todo::Writing(writer, ask));
                }
            }
            other @ (Todo::Pass(_) | Todo::Checkpoint(_)) => return Some(other),
        }
        None
    }

    fn tell(&mut self, page: &PageKey, ask: Ask) -> Told {
        match ask {
            Ask::Head => Told::Head(self.pages.head(page)),
            Ask::Read(read) => Told::Rows(self.rows.read(&read)),
            Ask::Put(put) => match self.pages.put(page, *put) {
                true => Told::Written,
                false => Told::Changed,
            },
            other => panic!("no page of this world asks for {other:?}"),
        }
    }

    fn mark(&mut self, scope: Scope) {
        let key = DirtyWork::Scope(scope.clone()).key();
        let token = self.marks.entry(key.clone()).or_default();
        *token += 1;
        self.dirty.insert(key, Waiting { scope, token: *token, cursor: None });
    }

    /// Passes a slice of a scope, if nobody marked it anew.
    fn pass(&mut self, waiting: &Waiting, last: Option<String>) {
        let key = DirtyWork::Scope(waiting.scope.clone()).key();
        let same = self.dirty.get(&key).is_some_and(|now| now.token == waiting.token);
        if !same && self.shortcut != Shortcut::PassAnyToken {
            return;
        }
        match last {
            Some(last) => drop(self.dirty.insert(key, Waiting { cursor: Some(last), ..waiting.clone() })),
            None => drop(self.dirty.remove(&key)),
        }
    }

    /// Processes that are alike may change places.
    fn canonical(mut self) -> Self {
        self.processes.sort();
        self
    }

    /// What `clock` does when everybody is gone: project what is behind, then sweep until nothing waits.
    fn repaired(&self) -> Self {
        let mut next = self.clone();
        for stream in self.heads.keys() {
            next.run_alone(Process::Batch(stream));
        }
        next.run_alone(Process::Sweep);
        next.settled = true;
        next
    }

    /// Bytes of a site's page as a bulk build from the whole ledger makes them.
    fn built(&self, site: &str) -> Option<Vec<u8>> {
        let mut all = Rows::default();
        for (stream, head) in &self.heads {
            let rows = City.fold(&id(stream), &commits(stream, *head)).unwrap();
            rows.iter().for_each(|row| all.put(row));
        }
        let (page, mut reads) = (page_of(site), Reads::default());
        loop {
            match City.compose(&page, &reads) {
                Err(Missing(read)) => {
                    let found = all.read(&read);
                    reads.put_rows(read, found);
                }
                Ok(Composition::Page(model)) => {
                    let provenance = Provenance { digest: reads.digest(GENERATION), generation: GENERATION };
                    return Some(City.render(&page, model, &provenance).unwrap().bytes);
                }
                Ok(Composition::Nothing) => return None,
            }
        }
    }

    /// Whether a process has nothing to do as things stand.
    fn is_idle(&self, process: &Process) -> bool {
        match process {
            Process::Batch(stream) => self.rows.checkpoint(stream) >= self.heads[stream] && self.heads != self.lasts,
            Process::Sweep => self.dirty.is_empty(),
            Process::Gone => true,
            Process::Projecting(..) | Process::Took(_) | Process::Sweeping(..) => false,
        }
    }
}

impl System for World {
    fn next(&self) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        if self.settled {
            return steps;
        }
        for (stream, head) in &self.heads {
            if *head < self.lasts[stream] {
                let mut next = self.clone();
                next.heads.insert(stream, head + 1);
                steps.push((format!("commit {stream}{}", head + 1), next));
            }
        }
        for (at, process) in self.processes.iter().enumerate() {
            if self.is_idle(process) {
                continue;
            }
            let name = match process {
                Process::Projecting(stream, todo) => format!("{stream}: {}", todo[0].name()),
                Process::Sweeping(waiting, todo) => format!("sweep of {}: {}", waiting.scope.slice, todo[0].name()),
                Process::Took(waiting) => format!("sweep of {}: read", waiting.scope.slice),
                idle => format!("{idle:?}"),
            };
            let mut next = self.clone();
            next.processes[at] = next.step(process.clone());
            steps.push((name.clone(), next.canonical()));
            // Who has begun nothing leaves nothing behind.
            if self.deaths > 0 && !matches!(process, Process::Batch(_) | Process::Sweep | Process::Took(_)) {
                let mut next = self.clone();
                next.processes[at] = Process::Gone;
                next.deaths -= 1;
                steps.push((format!("dies before {name}"), next.canonical()));
            }
        }
        if steps.is_empty() {
            steps.push(("repair".into(), self.repaired()));
        }
        steps
    }

    fn wrong_at_rest(&self) -> Option<String> {
        SITES.into_iter().find_map(|site| {
            let (stored, wanted) = (self.pages.stored.get(&page_of(site)).map(|page| &page.bytes), self.built(site));
            let show = |bytes: Option<&Vec<u8>>| bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            (stored != wanted.as_ref())
                .then(|| format!("{site} is {:?}, a bulk build gives {:?}", show(stored), show(wanted.as_ref())))
        })
    }
}

/// Two sweepers while a banner is raised and a site opens; anybody may die.
fn raising(shortcut: Shortcut) -> World {
    World::new(shortcut, 1, &[Process::Batch(BANNER), Process::Batch("two"), Process::Sweep, Process::Sweep], 1)
}

/// A banner that changes while two sweepers carry it to the only site.
fn changing(shortcut: Shortcut) -> World {
    let processes = [Process::Batch(BANNER), Process::Batch(BANNER), Process::Sweep, Process::Sweep];
    let mut world = World::new(shortcut, 2, &processes, 0);
    world.lasts.insert("two", 0);
    world
}

#[test]
fn no_interleaving_leaves_a_site_without_the_banner_of_all() {
    for (what, world) in [("raising", raising(Shortcut::None)), ("changing", changing(Shortcut::None))] {
        let walked = walk(world);
        println!("{what}: {} states", walked.states);
        assert_eq!(walked.wrong, None, "{what}");
        assert!(walked.states > 10_000, "the world is smaller than it was: {} states", walked.states);
    }
}

#[test]
fn every_shortcut_of_a_sweep_has_a_history_that_breaks_it() {
    for (shortcut, world) in
        [(Shortcut::PassFirst, raising as fn(Shortcut) -> World), (Shortcut::PassAnyToken, changing)]
    {
        let walked = walk(world(shortcut));
        let (wrong, path) =
            walked.wrong.unwrap_or_else(|| panic!("{shortcut:?} breaks nothing in {} states", walked.states));
        println!("{shortcut:?}: {wrong}\n    {}", path.join(" · "));
    }
}
