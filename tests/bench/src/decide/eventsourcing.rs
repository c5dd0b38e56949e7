//! pyeventsourcing in a process of its own: a line asks for a round, a line tells its seconds.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use xtask::tools::peers;

use crate::{
    store::{ROUNDS, event_json},
    table::Side,
};

const PROGRAM: &str = include_str!("../../peers/eventsourcing.py");

/// The running program.
pub(super) struct Eventsourcing {
    child: Child,
    asks: ChildStdin,
    tells: BufReader<ChildStdout>,
    _folder: tempfile::TempDir,
}

impl Eventsourcing {
    /// Installs the library if it is missing, starts the program and lets it fill its file.
    pub(super) fn start(root: &Path, streams: u32, length: u32) -> Result<Self> {
        let python = peers::eventsourcing(root)?;
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(python);
        command.args(["-c", PROGRAM]).arg(folder.path().join("events.sqlite"));
        command.args([streams.to_string(), length.to_string(), event_json(1)?]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let asks = child.stdin.take().context("it has no input")?;
        let tells = BufReader::new(child.stdout.take().context("it has no output")?);
        let mut running = Self { child, asks, tells, _folder: folder };
        running.line().context("it did not fill its file")?;
        Ok(running)
    }

    /// As many rounds as the others have, and one before them.
    pub(super) fn measure(mut self) -> Result<Side> {
        let mut side = Side::default();
        for round in 0..=ROUNDS {
            self.asks.write_all(b"round\n")?;
            let seconds: f64 = self.line()?.trim().parse()?;
            if round > 0 {
                side.push(Duration::from_secs_f64(seconds));
            }
        }
        Ok(side)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.tells.read_line(&mut line)?;
        anyhow::ensure!(read > 0, "the Python program ended");
        Ok(line)
    }
}

impl Drop for Eventsourcing {
    fn drop(&mut self) {
        // A process that is gone already is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
