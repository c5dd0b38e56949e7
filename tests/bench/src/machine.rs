//! What a figure depends on: the machine, its load, its disk.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use jiff::{Timestamp, tz::Offset};
use xtask::process;

/// Load of the last minute, as `/proc/loadavg` tells it.
pub(crate) fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// Date and machine in Markdown: the head of a report.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory =
        field("/proc/meminfo", "MemTotal").and_then(|size| size.strip_suffix(" kB")?.trim().parse::<u64>().ok());
    let told =
        |program: &str, arguments: &[&str]| process::read(Path::new("."), program, arguments).unwrap_or_default();
    format!(
        "# Benchmarks\n\n{} at commit `{}`: {} cores of {}, {} GB of memory, Linux {}, {}.\n\n",
        Offset::UTC.to_datetime(Timestamp::now()).date(),
        told("git", &["rev-parse", "--short", "HEAD"]),
        cores,
        field("/proc/cpuinfo", "model name").unwrap_or_default(),
        memory.unwrap_or_default().div_ceil(1024 * 1024),
        told("uname", &["-r"]),
        told("rustc", &["--version"]),
    )
}

/// The value of `name` in a file of `name : value` lines.
pub(crate) fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?;
    Some(line.trim().to_owned())
}

/// Writes pressed onto the disk one by one in [`press`].
pub(crate) const PRESSED: u32 = 50;

/// Time of [`PRESSED`] small writes in `folder`, each pressed onto the disk by fdatasync: what no durable append can be faster than alone.
///
/// # Errors
/// The folder cannot be written.
pub(crate) fn press(folder: &Path) -> Result<Duration> {
    let mut file = File::create(folder.join("pressed"))?;
    file.write_all(&[0; 4096])?;
    file.sync_all()?;
    let started = Instant::now();
    for round in 0..PRESSED {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&round.to_le_bytes().repeat(1024))?;
        file.sync_data()?;
    }
    Ok(started.elapsed())
}
