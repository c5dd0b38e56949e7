//! The command line: what the operator types, and what comes back.
//!
//! Data goes to stdout, everything else to stderr; `--json` makes the data JSON. Exit codes are stable: see [`exit::Exit`].

pub mod args;
pub mod assets;
pub mod doctor;
pub mod exit;
pub mod import;
pub mod progress;
pub mod serve;
pub mod task;
pub mod token;
pub mod welcome;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Command, CommandLine, ImportArgs, Imported};
use exit::{Exit, Failure};

/// Reads the command line, runs the command, gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let line = CommandLine::parse();
    start_log();
    let outcome = runtime().and_then(|runtime| {
        let outcome = runtime.block_on(run(line));
        // A function that hangs must not keep a stopped process alive.
        runtime.shutdown_timeout(std::time::Duration::from_secs(1));
        outcome
    });
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            eprintln!("taihu: {failure}");
            failure.exit().into()
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Failure::other(&error))
}

async fn run(line: CommandLine) -> Result<Exit, Failure> {
    let output = line.output();
    match line.command {
        None => serve::run(line.serve, output).await,
        Some(Command::Serve(args)) => serve::run(args, output).await,
        Some(Command::Rebuild(args)) => task::rebuild(args, output).await,
        Some(Command::Reindex(args)) => task::reindex(args, output).await,
        Some(Command::Verify(args)) => task::verify(args, output).await,
        Some(Command::Sweep(args)) => task::sweep(args, output).await,
        Some(Command::Assets(args)) => assets::run(args, output).await,
        Some(Command::Token(args)) => token::run(&args, output).await,
        Some(Command::Import(ImportArgs { what: Imported::Documents(args) })) => import::documents(args, output).await,
        Some(Command::Doctor(args)) => doctor::run(&args, output),
    }
}

/// Warnings and errors in plain lines; `RUST_LOG` chooses otherwise, `NO_COLOR` is honoured.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    // In a test the log may have been started before.
    let _started_before = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false)
        .try_init();
}
