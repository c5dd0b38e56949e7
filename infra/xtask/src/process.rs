//! Other programs: run to their end, their output shown or read.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Runs `program` in `folder` with its output shown.
///
/// # Errors
/// It cannot be started or ends with another code than 0.
pub fn run(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> Result<()> {
    run_command(Command::new(program.as_ref()).current_dir(folder).args(arguments))
}

/// Runs a prepared command with its output shown.
///
/// # Errors
/// It cannot be started or ends with another code than 0.
pub fn run_command(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// What `program` prints, trimmed.
///
/// # Errors
/// It cannot be started, ends with another code than 0 or prints something else than text.
pub fn read(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program.as_ref());
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    let output = command.output().with_context(|| format!("cannot start {}", shown(&command)))?;
    if !output.status.success() {
        bail!("{} ended with {}: {}", shown(&command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout).context("the answer is not text")?.trim().to_owned())
}

/// Whether `program` can be started and ends well.
#[must_use]
pub fn answers(program: impl AsRef<OsStr>, arguments: &[&str]) -> bool {
    let mut command = Command::new(program.as_ref());
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A command line as one would type it.
fn shown(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_with_its_code() {
        let error = run(Path::new("."), "sh", &["-c", "exit 3"]).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
        assert!(run(Path::new("."), "no-such-program", &[]).unwrap_err().to_string().contains("cannot start"));
        assert_eq!(read(Path::new("."), "echo", &["a"]).unwrap(), "a");
        assert!(!answers("false", &[]));
    }
}
