//! `taihu rebuild`, `taihu reindex`, `taihu verify` and `taihu sweep`: here, in the process that serves the folder, or on a city on AWS.

use std::{sync::Arc, time::Duration};

use gateway::{Clients, Config, Patience};
use index::Indexer;
use ledger::SystemClock;
use project::Projector;
use serde_json::json;

use super::{
    args::{CityArgs, FolderArgs, Output, RebuildArgs, SweepArgs},
    exit::{Exit, Failure},
    progress::ProgressLine,
};
use crate::{
    cloud::CloudError,
    serve::{
        Beginning, Machine, Options, ServeError, control,
        served::Served,
        task::{self, Hands, Outcome, Task, Verdict, Workers},
    },
};

/// Longest timeout of a function in `infra/template.yaml`; no function of AWS runs longer.
pub const LONGEST_FUNCTION: Duration = Duration::from_secs(15 * 60);

/// Runs `taihu rebuild`.
///
/// # Errors
/// There is no city, a store failed, or streams cannot be folded and `--park` is not given.
pub async fn rebuild(args: RebuildArgs, output: Output) -> Result<Exit, Failure> {
    let task = if args.park { Task::RebuildAndPark } else { Task::Rebuild };
    run(task, args.city, Duration::from_secs(args.wait), output, "rebuild").await
}

/// Runs `taihu reindex`.
///
/// # Errors
/// There is no city, or a store failed.
pub async fn reindex(args: CityArgs, output: Output) -> Result<Exit, Failure> {
    run(Task::Reindex, args, Duration::ZERO, output, "reindex").await
}

/// Runs `taihu verify`.
///
/// # Errors
/// There is no city, or a store failed.
pub async fn verify(args: CityArgs, output: Output) -> Result<Exit, Failure> {
    run(Task::Verify, args, Duration::ZERO, output, "verify").await
}

/// Runs `taihu sweep`.
///
/// # Errors
/// There is no city, a store failed, or a stream cannot be read.
pub async fn sweep(args: SweepArgs, output: Output) -> Result<Exit, Failure> {
    let task = Task::Sweep { days: args.days, dry_run: args.dry_run };
    run(task, args.city, Duration::ZERO, output, "sweep").await
}

async fn run(task: Task, city: CityArgs, wait: Duration, output: Output, what: &'static str) -> Result<Exit, Failure> {
    let line = ProgressLine::new(what, output);
    let outcome = match city.aws {
        true => deployed(task, wait, &line).await,
        false => in_folder(task, city.folder, &line).await,
    };
    line.done();
    let outcome = outcome?;
    match output {
        Output::Text => outcome.lines.iter().for_each(|line| println!("{line}")),
        Output::Json => println!("{}", json!({ "verdict": outcome.verdict, "report": outcome.report })),
    }
    Ok(match outcome.verdict {
        Verdict::Fine => Exit::Done,
        Verdict::Behind => Exit::Behind,
        Verdict::Different => Exit::Different,
    })
}

async fn in_folder(task: Task, folder: FolderArgs, line: &ProgressLine) -> Result<Outcome, Failure> {
    let Some(served) = Served::last(&folder.data)? else { return Err(Failure::NoCity(folder.data)) };
    match alone(task, &folder, served, line).await {
        Err(Failure::Serve(ServeError::Cloud(error @ CloudError::Served { .. }))) => {
            asked(task, &folder, &error, line).await
        }
        outcome => outcome,
    }
}

/// On the tables and buckets that the environment names, as it names them for the functions.
async fn deployed(task: Task, wait: Duration, line: &ProgressLine) -> Result<Outcome, Failure> {
    let config = Config::from_env()?;
    let clients = Clients::with(&config.endpoints, None, Patience::Task).await;
    let hands = Hands {
        projector: Projector::new(&config, &clients, Arc::new(SystemClock), None),
        indexer: Indexer::new(&config, &clients, Arc::new(SystemClock))?,
    };
    Ok(task::run(task, &hands, Workers::Functions(wait), line.on_step()).await?)
}

/// In this process: the folder's stores are started for the task alone, with the addresses they were last served under.
async fn alone(task: Task, folder: &FolderArgs, served: Served, line: &ProgressLine) -> Result<Outcome, Failure> {
    let options = Options {
        data: folder.data.clone(),
        addr: served.door.ip(),
        port: 0,
        beginning: Beginning::Empty,
        lambda: None,
    };
    let machine = match task {
        Task::Verify => match Machine::look(&options, served.door).await? {
            Some(machine) => machine,
            None => return Ok(Outcome::of_other_pages()),
        },
        Task::Rebuild | Task::RebuildAndPark | Task::Reindex | Task::Sweep { .. } => Machine::start(&options, served.door).await?.0,
    };
    let outcome = task::run(task, &machine.hands(), Workers::Here, line.on_step()).await;
    machine.cloud.shutdown().await;
    Ok(outcome?)
}

async fn asked(task: Task, folder: &FolderArgs, served: &CloudError, line: &ProgressLine) -> Result<Outcome, Failure> {
    match control::ask(&folder.data, task, line.on_step()).await {
        Ok(outcome) => Ok(outcome),
        Err(ServeError::Control(reason)) => Err(Failure::CannotAsk { served: served.to_string(), reason }),
        Err(error) => Err(error.into()),
    }
}
