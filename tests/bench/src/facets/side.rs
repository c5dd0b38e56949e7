//! A side of the comparison: a process that is asked by a line and tells by a line, or SQLite in this process.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::questions::Question;
use crate::machine;

/// What a side told of one question.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told {
    pub(super) time: Duration,
    pub(super) total: u64,
    /// Reads of the shelf since the index was opened, where the side counts them.
    pub(super) requests: u64,
    pub(super) bytes: u64,
}

/// Someone who answers questions.
pub(super) trait Answering {
    /// Answers a question of an index that is open.
    fn warm(&mut self, question: &Question) -> Result<Told>;

    /// Opens the index anew, and answers.
    fn cold(&mut self, question: &Question) -> Result<Told>;
}

/// A process that is asked by a line of JSON and tells by one.
#[derive(Debug)]
pub(super) struct Asked {
    child: Child,
    asks: ChildStdin,
    tells: BufReader<ChildStdout>,
}

impl Asked {
    /// Starts it.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        let asks = child.stdin.take().context("it has no input")?;
        let tells = BufReader::new(child.stdout.take().context("it has no output")?);
        Ok(Self { child, asks, tells })
    }

    /// Writes a line and waits for one.
    pub(super) fn ask(&mut self, line: &str) -> Result<String> {
        self.asks.write_all(line.as_bytes())?;
        self.asks.write_all(b"\n")?;
        self.line()
    }

    /// The next line that it tells.
    pub(super) fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.tells.read_line(&mut line)?;
        ensure!(read > 0, "the process ended");
        Ok(line)
    }

    /// Its resident size now and at most so far, bytes.
    pub(super) fn resident(&self) -> Option<(u64, u64)> {
        let field = |name| {
            let told = machine::field(&format!("/proc/{}/status", self.child.id()), name)?;
            told.strip_suffix(" kB")?.trim().parse::<u64>().ok()
        };
        Some((field("VmRSS")? * 1024, field("VmHWM")? * 1024))
    }

    fn told(&mut self, mut question: Value, cold: bool) -> Result<Told> {
        if let Some(question) = question.as_object_mut() {
            question.insert("cold".to_owned(), cold.into());
        }
        let told: Value = serde_json::from_str(&self.ask(&question.to_string())?)?;
        let number = |name| told.get(name).and_then(Value::as_u64).unwrap_or_default();
        let seconds = told.get("seconds").and_then(Value::as_f64).context("seconds")?;
        Ok(Told {
            time: Duration::from_secs_f64(seconds),
            total: number("total"),
            requests: number("requests"),
            bytes: number("bytes"),
        })
    }
}

impl Answering for Asked {
    fn warm(&mut self, question: &Question) -> Result<Told> {
        self.told(question.line(), false)
    }

    fn cold(&mut self, question: &Question) -> Result<Told> {
        self.told(question.line(), true)
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // A process that is gone already is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
