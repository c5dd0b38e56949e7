//! A city that records come into, and what is asked of it through `taihu`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use local::serve::{Options as ServeOptions, running::Running, served::Served};
use serde_json::Value;

use super::records::Collection;
use crate::{
    process::{Ran, ended},
    rebuild,
};

/// Exit codes of `taihu`: some rows were rejected; something is behind; something differs.
const REJECTED: i32 = 9;
const BEHIND: i32 = 4;
const DIFFERENT: i32 = 5;

/// How a city is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In a folder that nobody serves: the import serves it meanwhile.
    Alone,
    /// Served by another process than the import's.
    Served,
}

impl Way {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Served => "served",
        }
    }
}

/// A city in a folder.
pub(super) struct City {
    data: PathBuf,
    rejects: PathBuf,
    running: Option<Running>,
}

/// What an import told of itself.
#[derive(Debug)]
pub(super) struct Imported {
    pub(super) imported: u64,
    /// Line and reason.
    pub(super) rejects: Vec<String>,
    /// From the first request to the last page.
    pub(super) seconds: f64,
}

/// What a verification said.
#[derive(Debug)]
pub(super) struct Verified {
    pub(super) is_fine: bool,
    pub(super) commits: u64,
    pub(super) sentence: String,
}

impl City {
    /// Begins a city without anything in it.
    pub(super) async fn begin(way: Way, folder: &Path) -> Result<Self> {
        let data = folder.join("city");
        let running = match way {
            Way::Alone => None,
            Way::Served => Some(Running::start(&rebuild::options(&data)).await?),
        };
        Ok(Self { data, rejects: folder.join("rejects.jsonl"), running })
    }

    /// Brings a collection in; tells how long the command took as a whole.
    pub(super) async fn import(&self, collection: &Collection, records: &Path) -> Result<(Imported, Duration)> {
        let file = super::file(records, collection.name);
        let mut command = self.taihu(&["import", "documents"])?;
        command.arg(file).args(["--mapping", collection.mapping, "--rejects"]).arg(&self.rejects);
        if Served::last(&self.data)?.is_none() {
            command.args(["--port", "0"]);
        }
        let (ran, told) = asked(command, &[REJECTED]).await?;
        let rejects = told.get("rejects").and_then(Value::as_array).context("rejects")?;
        let imported = Imported {
            imported: number(&told, "imported")?,
            rejects: rejects.iter().map(|reject| format!("{}, {reject}", collection.name)).collect(),
            seconds: told.get("seconds").and_then(Value::as_f64).context("seconds")?,
        };
        Ok((imported, ran.wall))
    }

    /// Compares everything derived with the ledger.
    pub(super) async fn verify(&self) -> Result<Verified> {
        let (_, told) = asked(self.taihu(&["verify"])?, &[BEHIND, DIFFERENT]).await?;
        let report = told.get("report").context("a report")?;
        let counts = ["streams", "commits", "rows", "guards", "pages"];
        let counts = counts.map(|name| number(report, name).map(|count| format!("{count} {name}")));
        let counts: Vec<String> = counts.into_iter().collect::<Result<_>>()?;
        let differences = report.get("differences").and_then(Value::as_array).context("differences")?;
        Ok(Verified {
            is_fine: told.get("verdict").and_then(Value::as_str) == Some("fine"),
            commits: number(report, "commits")?,
            sentence: format!("{}; {} differences", counts.join(", "), differences.len()),
        })
    }

    /// The city, served in this process.
    pub(super) async fn open(self) -> Result<Running> {
        match self.running {
            Some(running) => Ok(running),
            None => {
                let served = Served::last(&self.data)?.context("the city was never served")?;
                // Links carry the port: on another one every page would be made anew.
                let options = ServeOptions { port: served.door.port(), ..rebuild::options(&self.data) };
                Ok(Running::start(&options).await?)
            }
        }
    }

    /// `taihu`, built beside this program, on the city's folder.
    fn taihu(&self, what: &[&str]) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?.with_file_name("taihu"));
        command.args(what).args(["--json", "--data"]).arg(&self.data);
        Ok(command)
    }
}

/// Runs a command to its end, which may be 0 or one of `others`; gives the JSON it told.
async fn asked(mut command: Command, others: &'static [i32]) -> Result<(Ran, Value)> {
    let (ran, status) = tokio::task::spawn_blocking(move || ended(&mut command)).await??;
    let is_known = status.code().is_some_and(|code| code == 0 || others.contains(&code));
    ensure!(is_known, "taihu ended with {status}: {}", ran.told);
    let told = serde_json::from_str(&ran.told).with_context(|| ran.told.clone())?;
    Ok((ran, told))
}

fn number(report: &Value, name: &str) -> Result<u64> {
    report.get(name).and_then(Value::as_u64).with_context(|| format!("`{name}` in {report}"))
}
