//! Groonga: pairs of characters with their places, drilldowns by reference columns.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    peers::{FACETS, Row},
    questions::Question,
    side::{Answering, Asked, Told},
};

/// Tables of the facets' values.
const TABLES: [&str; 5] = ["Sites", "Departments", "Genres", "Years", "Validities"];

/// A running server of one folder, asked through a pipe.
#[derive(Debug)]
pub(super) struct Groonga {
    database: PathBuf,
    running: Asked,
}

/// Fills `folder` with the records, unless it is there.
///
/// # Errors
/// Groonga refuses a command.
pub(super) fn build(records: &Path, folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let building = folder.with_extension("building");
    fs::create_dir_all(&building)?;
    let mut child = Command::new("groonga")
        .args(["-n".as_ref(), building.join("db").as_os_str()])
        .stdin(Stdio::piped())
        .stdout(File::create(folder.with_extension("told"))?)
        .spawn()
        .context("cannot start groonga")?;
    let mut asks = BufWriter::new(child.stdin.take().context("it has no input")?);
    for table in TABLES {
        writeln!(asks, "table_create {table} TABLE_PAT_KEY ShortText")?;
    }
    writeln!(asks, "table_create Records TABLE_NO_KEY")?;
    writeln!(asks, "column_create Records title COLUMN_SCALAR ShortText")?;
    writeln!(asks, "column_create Records text COLUMN_SCALAR Text")?;
    for (facet, table) in FACETS.iter().zip(TABLES) {
        writeln!(asks, "column_create Records {facet} COLUMN_SCALAR {table}")?;
    }
    writeln!(asks, "load --table Records\n[")?;
    for (number, line) in BufReader::new(File::open(records)?).lines().enumerate() {
        let line = line?;
        let row = Row::of(&line).context("a record")?;
        let mut record = json!({ "title": row.title, "text": row.text });
        for (facet, value) in FACETS.iter().zip(row.facets).filter(|(_, value)| !value.is_empty()) {
            record.as_object_mut().context("an object")?.insert((*facet).to_owned(), value.into());
        }
        writeln!(asks, "{}{record}", if number > 0 { "," } else { "" })?;
    }
    writeln!(asks, "]")?;
    // Made after the load: an index that is built at once is smaller and comes sooner.
    writeln!(
        asks,
        "table_create Pairs TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto"
    )?;
    for field in ["title", "text"] {
        writeln!(asks, "column_create Pairs of_{field} COLUMN_INDEX|WITH_POSITION Records {field}")?;
    }
    for (facet, table) in FACETS.iter().zip(TABLES) {
        writeln!(asks, "column_create {table} records COLUMN_INDEX Records {facet}")?;
    }
    asks.flush()?;
    drop(asks);
    ensure!(child.wait()?.success(), "groonga failed");
    let told = fs::read_to_string(folder.with_extension("told"))?;
    ensure!(told.lines().all(|line| line.starts_with("[[0,")), "groonga refused: {told}");
    fs::rename(building, folder)?;
    Ok(())
}

impl Groonga {
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let database = folder.join("db");
        let running = start(&database)?;
        Ok(Self { database, running })
    }
}

fn start(database: &Path) -> Result<Asked> {
    Asked::start(Command::new("groonga").arg(database))
}

fn command(question: &Question) -> String {
    let mut select = format!(
        "select Records --match_columns \"Pairs.of_title * 6 || Pairs.of_text\" --query '\"{}\"' --limit 20 --output_columns _id,_score,title --sort_keys -_score",
        question.text
    );
    for facet in FACETS {
        let _written = write!(
            select,
            " --drilldowns[{facet}].keys {facet} --drilldowns[{facet}].sort_keys -_nsubrecs --drilldowns[{facet}].limit 100 --drilldowns[{facet}].output_columns _key,_nsubrecs"
        );
    }
    if let Some((site, year)) = &question.filter {
        let _written = write!(select, " --filter 'site == \"{site}\" && year == \"{year}\"'");
    }
    select
}

fn asked(running: &mut Asked, question: &Question, started: Instant) -> Result<Told> {
    let line = running.ask(&command(question))?;
    let time = started.elapsed();
    let told: Value = serde_json::from_str(&line)?;
    let total = told.pointer("/1/0/0/0").and_then(Value::as_u64).with_context(|| format!("groonga refused: {line}"))?;
    Ok(Told { time, total, ..Told::default() })
}

impl Answering for Groonga {
    fn warm(&mut self, question: &Question) -> Result<Told> {
        asked(&mut self.running, question, Instant::now())
    }

    /// A process of its own, from its start on.
    fn cold(&mut self, question: &Question) -> Result<Told> {
        let started = Instant::now();
        let mut running = start(&self.database)?;
        let told = asked(&mut running, question, started)?;
        ensure!(told.time > Duration::ZERO, "no time passed");
        Ok(told)
    }
}
