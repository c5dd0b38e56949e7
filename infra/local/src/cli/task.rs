//! `taihu rebuild` and `taihu verify`: here, or in the process that serves the folder.

use serde_json::json;

use super::{
    args::{FolderArgs, Output, RebuildArgs},
    exit::{Exit, Failure},
    progress::ProgressLine,
};
use crate::{
    cloud::CloudError,
    serve::{
        Beginning, Machine, Options, ServeError, control,
        served::Served,
        task::{self, Outcome, Task, Verdict},
    },
};

/// Runs `taihu rebuild`.
///
/// # Errors
/// There is no city, a store failed, or streams cannot be folded and `--park` is not given.
pub async fn rebuild(args: RebuildArgs, output: Output) -> Result<Exit, Failure> {
    let task = if args.park { Task::RebuildAndPark } else { Task::Rebuild };
    run(task, args.folder, output, "rebuild").await
}

/// Runs `taihu verify`.
///
/// # Errors
/// There is no city, or a store failed.
pub async fn verify(args: FolderArgs, output: Output) -> Result<Exit, Failure> {
    run(Task::Verify, args, output, "verify").await
}

async fn run(task: Task, folder: FolderArgs, output: Output, what: &'static str) -> Result<Exit, Failure> {
    let Some(served) = Served::last(&folder.data)? else { return Err(Failure::NoCity(folder.data)) };
    let line = ProgressLine::new(what, output);
    let outcome = match alone(task, &folder, served, &line).await {
        Err(Failure::Serve(ServeError::Cloud(error @ CloudError::Served { .. }))) => {
            asked(task, &folder, &error, &line).await
        }
        outcome => outcome,
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

/// In this process: the folder's stores are started for the task alone, with the addresses they were last served under.
async fn alone(task: Task, folder: &FolderArgs, served: Served, line: &ProgressLine) -> Result<Outcome, Failure> {
    let options = Options {
        data: folder.data.clone(),
        addr: served.door.ip(),
        port: 0,
        beginning: Beginning::Empty,
        lambda: None,
    };
    let (machine, _stream) = Machine::start(&options, served.door).await?;
    let outcome = task::run(task, &machine.projector, line.on_step()).await;
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
