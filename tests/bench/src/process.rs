//! A side of a benchmark as a process of its own: how long it ran, and how large it grew.

use std::{
    fs,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

/// Pause between two looks at a running process.
const LOOK: Duration = Duration::from_millis(5);

/// How a process ran.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ran {
    /// From its start to its end.
    pub(crate) wall: Duration,
    /// Its largest resident size, bytes.
    pub(crate) peak: u64,
    /// What it wrote to stdout.
    pub(crate) told: String,
}

/// Runs a command to its end.
///
/// The peak is the kernel's own high-water mark (`VmHWM`), looked at until the end: the mark of a finished child is not told apart from that of
/// the process that started it.
///
/// # Errors
/// It cannot be started, or fails.
pub(crate) fn run(command: &mut Command) -> Result<Ran> {
    let program = command.get_program().to_string_lossy().into_owned();
    let (ran, status) = ended(command)?;
    ensure!(status.success(), "{program} failed ({status}): {}", ran.told);
    Ok(ran)
}

/// As [`run`], of a program whose exit code tells something; gives that, too.
///
/// # Errors
/// It cannot be started.
pub(crate) fn ended(command: &mut Command) -> Result<(Ran, ExitStatus)> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    let out = child.stdout.take().context("stdout is a pipe")?;
    // Read meanwhile: who tells more than a pipe holds would wait for a reader.
    let reader = thread::spawn(move || std::io::read_to_string(out));
    let mut peak = 0;
    let status = loop {
        peak = resident(&child).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall = started.elapsed();
    let told = reader.join().ok().with_context(|| format!("what {program} tells cannot be read"))??;
    Ok((Ran { wall, peak, told }, status))
}

/// The high-water mark so far, bytes; none of a process that has ended.
fn resident(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_tells_more_than_a_pipe_holds_comes_to_its_end() {
        let (ran, status) = ended(Command::new("sh").args(["-c", "seq 1 40000; exit 3"])).unwrap();
        assert_eq!((ran.told.lines().count(), status.code()), (40_000, Some(3)));
        let failed = run(Command::new("sh").args(["-c", "echo why; exit 3"])).unwrap_err().to_string();
        assert!(failed.contains("sh failed") && failed.contains("why"), "{failed}");
    }
}
