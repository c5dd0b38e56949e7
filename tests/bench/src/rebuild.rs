//! The bulk driver beside Hugo: the same texts, every page.
//!
//! Ours is `taihu rebuild` as a process of its own, on a folder whose ledger is full and whose views and pages are empty; every row and page is on
//! disk when it is acknowledged. Hugo writes files and leaves them to the operating system.

use std::{fs, net::SocketAddr, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, ensure};
use journeys::corpus::{Corpus, load};
use local::serve::{Beginning, Options as ServeOptions, running::Running};
use serde_json::Value;

use crate::{
    Options,
    hugo::Hugo,
    process::{Ran, run},
    table::{Side, Table},
};

/// Rounds of each side.
const ROUNDS: usize = 3;

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// A side fails, or our second run writes anything.
pub async fn bench(options: Options) -> Result<()> {
    let corpus = Corpus::new(options.documents, jiff::Timestamp::now());
    let folder = tempfile::tempdir()?;
    let hugo = Hugo::prepare(&folder.path().join("hugo"), &corpus)?;
    let (full, data) = (folder.path().join("full"), folder.path().join("data"));
    found(&full, &corpus).await?;

    let (mut ours, mut peer) = (Side::default(), Side::default());
    let (mut peaks, mut last) = ([0, 0], String::new());
    for round in 1..=ROUNDS {
        refill(&full, &data)?;
        let ran = rebuild(&data)?;
        let report = report(&ran)?;
        let (pages, written) = (number(&report, "pages")?, number(&report, "written")?);
        ensure!(pages == written && pages > u64::from(options.documents), "{written} of {pages} pages written");
        last = split(&report);
        eprintln!("round {round}: ours {:.2} s, {pages} pages, {last}", ran.wall.as_secs_f64());
        ours.push(ran.wall);
        peaks[0] = peaks[0].max(ran.peak);

        let again = rebuild(&data)?;
        let written = number(&self::report(&again)?, "written")?;
        ensure!(written == 0, "a second run wrote {written} objects");
        eprintln!("round {round}: ours again {:.2} s, 0 objects written", again.wall.as_secs_f64());
        peaks[0] = peaks[0].max(again.peak);

        hugo.clear()?;
        let ran = hugo.build()?;
        eprintln!("round {round}: Hugo {:.2} s, {:?} files and bytes", ran.wall.as_secs_f64(), hugo.built()?);
        peer.push(ran.wall);
        peaks[1] = peaks[1].max(ran.peak);
    }
    let head =
        ["documents", "ours, documents/s", "Hugo, documents/s", "ours / Hugo, in time", "our peak", "Hugo's peak"];
    let mut table = Table::new("rebuild (B4)", &head);
    let megabytes = |bytes: u64| format!("{} MB", bytes >> 20);
    table.row([
        options.documents.to_string(),
        ours.rate(options.documents),
        peer.rate(options.documents),
        ours.over(&peer),
        megabytes(peaks[0]),
        megabytes(peaks[1]),
    ]);
    table.note(format!("{ROUNDS} interleaved rounds, medians with the best in brackets; a second rebuild of each round wrote 0 objects."));
    table.note(format!("The last round's split: {last}."));
    table.note("Ours: `taihu rebuild` from an empty prefix, every row and page on disk when it is acknowledged. Hugo: the same texts with templates of equal reach, files left to the system.");
    table.note("Bar: at least as fast as Hugo, at most 350 MB.");
    table.print();
    Ok(())
}

/// Begins a city in `folder` and writes the corpus into its ledger; gives the address it was served at, which its links carry.
pub(crate) async fn found(folder: &Path, corpus: &Corpus) -> Result<SocketAddr> {
    let running = Running::start(&options(folder)).await?;
    let door = running.address();
    load::load(&running.machine.cloud, corpus).await?;
    running.stop().await;
    closed(folder).await?;
    Ok(door)
}

/// Waits until the stores of `folder` are closed: SQLite removes its logs with the last connection, which a thread of its own may hold a moment longer.
async fn closed(folder: &Path) -> Result<()> {
    for _ in 0..500 {
        let mut files = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.file_name());
        if !files.any(|name| name.to_string_lossy().ends_with("-wal")) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    anyhow::bail!("the stores in {} stay open", folder.display())
}

/// A folder without the sample, on any free port.
pub(crate) fn options(folder: &Path) -> ServeOptions {
    ServeOptions {
        data: folder.to_owned(),
        addr: std::net::Ipv4Addr::LOCALHOST.into(),
        port: 0,
        beginning: Beginning::Empty,
        lambda: None,
    }
}

/// Makes `data` as `full` is, and waits until all of it is on disk: no round writes what another left.
fn refill(full: &Path, data: &Path) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data)?;
    }
    fs::create_dir_all(data)?;
    for entry in fs::read_dir(full)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let copy = data.join(entry.file_name());
            fs::copy(entry.path(), &copy)?;
            fs::File::open(&copy)?.sync_all()?;
        }
    }
    Ok(())
}

/// `taihu rebuild`, built beside this program.
pub(crate) fn rebuild(data: &Path) -> Result<Ran> {
    let taihu = std::env::current_exe()?.with_file_name("taihu");
    run(Command::new(taihu).args(["rebuild", "--json", "--data"]).arg(data))
}

fn report(ran: &Ran) -> Result<Value> {
    let told: Value = serde_json::from_str(&ran.told)?;
    told.get("report").cloned().context("a report")
}

fn number(report: &Value, name: &str) -> Result<u64> {
    report.get(name).and_then(Value::as_u64).with_context(|| format!("`{name}` in {report}"))
}

/// The report's milliseconds as one line.
fn split(report: &Value) -> String {
    let Some(parts) = report.get("milliseconds").and_then(Value::as_object) else { return "-".to_owned() };
    let told = |(name, millis): (&String, &Value)| {
        let millis = Duration::from_millis(millis.as_u64().unwrap_or(0));
        format!("{name} {:.2} s", millis.as_secs_f64())
    };
    parts.iter().map(told).collect::<Vec<_>>().join(", ")
}
