//! B5: twenty hits with five facets among a million records, beside tantivy as it is, Groonga and SQLite.
//!
//! All sides have the same records, cut into the same pairs and words; ours is a process that does nothing but answer, reading its index as ranges of
//! objects in a folder.

mod groonga;
mod own;
mod peers;
mod questions;
mod shelf;
mod side;
mod sqlite;
mod texts;

use std::{
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    Options,
    table::{ABSENT, Side, Table},
};
use groonga::Groonga;
use questions::{Class, Question};
use side::{Answering, Asked, Told};
use sqlite::Sqlite;
use texts::Texts;

/// Rounds of warm questions; one before them is not counted.
const ROUNDS: usize = 5;
/// Our own side and those beside it.
const SIDES: usize = 4;
const OWN: usize = 0;

/// What one class came to.
#[derive(Debug)]
struct Figures {
    class: Class,
    sides: [Side; SIDES],
    /// Hits of our own side, a number for each question.
    totals: Vec<u64>,
    /// Questions on which all sides found the same number.
    agreed: usize,
    requests: u64,
    bytes: u64,
}

/// Where everything lies.
struct Places(PathBuf);

impl Places {
    fn own(&self) -> PathBuf {
        self.0.join("own")
    }
    fn records(&self) -> PathBuf {
        self.0.join("records.tsv")
    }
    fn tantivy(&self) -> PathBuf {
        self.0.join("tantivy")
    }
    fn groonga(&self) -> PathBuf {
        self.0.join("groonga")
    }
    fn sqlite(&self) -> PathBuf {
        self.0.join("records.sqlite")
    }
}

/// Runs the benchmark and prints its tables.
///
/// # Errors
/// A side cannot be had or fails.
pub fn bench(options: &Options) -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let kept = options.folder.as_ref().map(|folder| folder.join(format!("facets-{}", options.entries)));
    let places = Places(kept.unwrap_or_else(|| temporary.path().to_owned()));
    std::fs::create_dir_all(&places.0)?;
    let root = xtask::tree::root()?;
    let python = xtask::tools::peers::tantivy(&root)?;
    xtask::tools::peers::groonga()?;
    let texts = Texts::learn(&options.records)?;
    let built = build(&texts, options.entries, &places, &python)?;
    let questions = Question::all(&texts)?;

    let mut own = own_process(&places)?;
    let mut tantivy = peers::tantivy(&python, &places.tantivy())?;
    let (mut groonga, mut sqlite) = (Groonga::start(&places.groonga())?, Sqlite::open(&places.sqlite())?);
    let mut warm: Vec<Figures> = Class::ALL.map(Figures::of).into();
    for round in 0..=ROUNDS {
        let sides: [&mut dyn Answering; SIDES] = [&mut own, &mut tantivy, &mut groonga, &mut sqlite];
        self::round(sides, &questions, &mut warm, |side, question| side.warm(question))?;
        if round == 0 {
            // What was read for the first time is nobody's merit.
            warm = Class::ALL.map(Figures::of).into();
        }
        eprintln!("facets: warm round {round} of {ROUNDS}");
    }
    let memory = own.resident().context("our own process has ended")?;
    drop(own);

    let mut own = own_process(&places)?;
    let mut cold: Vec<Figures> = Class::ALL.map(Figures::of).into();
    let sides: [&mut dyn Answering; SIDES] = [&mut own, &mut tantivy, &mut groonga, &mut sqlite];
    round(sides, &questions, &mut cold, |side, question| side.cold(question))?;

    let weight = own::weight(&places.own())?;
    report(options.entries, &warm, &texts, &built, memory, weight);
    report_cold(&cold);
    Ok(())
}

/// Answers what stands on standard input from the index in `folder`: the side of the comparison that is ours.
///
/// # Errors
/// The index cannot be read.
pub fn answers(folder: &Path) -> Result<()> {
    own::answers(folder)
}

fn own_process(places: &Places) -> Result<Asked> {
    Asked::start(Command::new(std::env::current_exe()?).arg("--answers").arg(places.own()))
}

/// Every side's index of the same records; how long each took.
fn build(texts: &Texts, records: u32, places: &Places, python: &Path) -> Result<Vec<(&'static str, Duration)>> {
    type Step<'a> = (&'static str, Box<dyn Fn() -> Result<()> + Send + Sync + 'a>);
    let steps: [[Step<'_>; 2]; 2] = [
        [
            ("ours", Box::new(|| own::build(texts, records, &places.own()))),
            ("the file of the others", Box::new(|| peers::write(texts, records, &places.records()))),
        ],
        [
            ("SQLite", Box::new(|| sqlite::build(&places.records(), &places.sqlite()))),
            (
                "tantivy, then Groonga",
                Box::new(|| {
                    peers::build_tantivy(python, &places.records(), &places.tantivy())?;
                    groonga::build(&places.records(), &places.groonga())
                }),
            ),
        ],
    ];
    let mut took = Vec::new();
    for pair in &steps {
        // Two at a time: that is how many cores there are.
        let done = thread::scope(|scope| {
            let timed = |(name, step): &'_ Step<'_>| -> Result<(&'static str, Duration)> {
                let started = Instant::now();
                step().with_context(|| (*name).to_owned())?;
                eprintln!("facets: {name} built in {:.0} s", started.elapsed().as_secs_f64());
                Ok((*name, started.elapsed()))
            };
            let threads: Vec<_> = pair.iter().map(|step| scope.spawn(move || timed(step))).collect();
            let ended = threads.into_iter().map(|thread| thread.join());
            ended.map(|ended| ended.unwrap_or_else(|_| bail!("a thread fell over"))).collect::<Result<Vec<_>>>()
        })?;
        took.extend(done);
    }
    Ok(took)
}

/// Asks every question of every side, in another order each time.
fn round(
    mut sides: [&mut dyn Answering; SIDES],
    questions: &[Question],
    figures: &mut [Figures],
    ask: impl Fn(&mut dyn Answering, &Question) -> Result<Told>,
) -> Result<()> {
    for (number, question) in questions.iter().enumerate() {
        let mut told = [Told::default(); SIDES];
        for turn in 0..SIDES {
            let at = (turn + number) % SIDES;
            if let (Some(side), Some(told)) = (sides.get_mut(at), told.get_mut(at)) {
                *told = ask(*side, question)?;
            }
        }
        if let Some(figures) = figures.iter_mut().find(|figures| figures.class == question.class) {
            figures.take_in(&told);
        }
    }
    Ok(())
}

impl Figures {
    fn of(class: Class) -> Self {
        Self { class, sides: Default::default(), totals: Vec::new(), agreed: 0, requests: 0, bytes: 0 }
    }

    fn take_in(&mut self, told: &[Told; SIDES]) {
        for (side, told) in self.sides.iter_mut().zip(told) {
            side.push(told.time);
        }
        let [own, others @ ..] = told;
        self.totals.push(own.total);
        self.agreed += usize::from(others.iter().all(|other| other.total == own.total));
        self.requests = self.requests.max(own.requests);
        self.bytes = self.bytes.max(own.bytes);
    }

    /// Fewest, middle and most hits.
    fn hits(&self) -> String {
        let mut totals = self.totals.clone();
        totals.sort_unstable();
        let at = |part: usize| {
            totals.get((totals.len() * part / 2).min(totals.len().saturating_sub(1))).copied().unwrap_or_default()
        };
        format!("{} / {} / {}", at(0), at(1), at(2))
    }

    fn cells(&self) -> Vec<String> {
        let milliseconds = |seconds: f64| format!("{:.1}", seconds * 1000.0);
        let mut cells = vec![self.class.name().to_owned(), self.hits()];
        for (at, side) in self.sides.iter().enumerate() {
            cells.push(milliseconds(side.median()));
            cells.extend((at == OWN).then(|| milliseconds(side.below(95))));
        }
        let [own, tantivy, others @ ..] = &self.sides;
        let times = |one: &Side, of: &Side| match of.median() {
            0.0 => ABSENT.to_owned(),
            median => format!("{:.2}", one.median() / median),
        };
        cells.push(times(own, tantivy));
        cells.extend(others.iter().map(|other| times(other, own)));
        cells
    }
}

const HEAD: [&str; 10] = [
    "questions",
    "hits, fewest / middle / most",
    "ours p50, ms",
    "ours p95, ms",
    "tantivy p50, ms",
    "Groonga p50, ms",
    "SQLite p50, ms",
    "ours ÷ tantivy",
    "Groonga ÷ ours",
    "SQLite ÷ ours",
];

fn report(
    records: u32,
    warm: &[Figures],
    texts: &Texts,
    built: &[(&'static str, Duration)],
    (resident, most): (u64, u64),
    (bytes, columns, segments): (u64, u64, usize),
) {
    let mut table = Table::new("facets (B5)", &HEAD);
    for figures in warm {
        table.row(figures.cells());
    }
    let each = |bytes: u64| bytes / u64::from(records.max(1));
    table.note(format!(
        "{records} made-up records of a title, a summary and 150 to 300 characters, short so that they are indexed in minutes; words as they follow each other in {}. 20 questions a class, {ROUNDS} interleaved rounds, twenty hits and counts of facets; ours counts ten facets and marks what was searched for, the others count five.",
        texts.learned
    ));
    table.note("tantivy: the same words and pairs asked in the same way (title or text, as a word or within one), facets by aggregations over columns, from Python in a process of its own. Groonga: TokenBigram and drilldowns. SQLite: FTS5 over the same pairs, `GROUP BY`. All sides have all files in the page cache.");
    let agreed =
        warm.iter().map(|figures| format!("{} of {} ({})", figures.agreed, figures.totals.len(), figures.class.name()));
    table.note(format!(
        "All sides found the same number of records for {}; ours also knows synonyms and terms.",
        agreed.collect::<Vec<_>>().join(", ")
    ));
    table.note("Bars: at most 1.3 times tantivy, Groonga at least 4 times and SQLite at least 20 times ours, p95 at most 40 ms.");
    table.note(format!(
        "A process that only answers is {} MB large after all rounds, at most {} MB on the way (bar: 256 MB). The index has {segments} segments and {} bytes a record; columns with their dictionaries, of which facets, ranks and versions are read, {} bytes a record (bar: 100).",
        resident >> 20,
        most >> 20,
        each(bytes),
        each(columns)
    ));
    let took = built.iter().map(|(name, time)| format!("{name} {:.0} s", time.as_secs_f64())).collect::<Vec<_>>();
    table.note(format!("Built two at a time: {}; 0 s is what lay there from a run before.", took.join(", ")));
    table.print();
}

fn report_cold(cold: &[Figures]) {
    let mut table = Table::new("facets, opening the index (B5)", &[&HEAD[..], &["requests", "MB read"]].concat());
    for figures in cold {
        let megabytes = Duration::from_micros(figures.bytes).as_secs_f64();
        table.row(figures.cells().into_iter().chain([figures.requests.to_string(), format!("{megabytes:.1}")]));
    }
    table.note("Each question opens the index anew: ours with an empty cache, reading what it needs as ranges of objects (the most of one question in the last columns); tantivy a folder, Groonga a process of its own, SQLite a connection. Files are in the page cache.");
    table.print();
}
