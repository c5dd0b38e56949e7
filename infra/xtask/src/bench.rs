//! `cargo xtask bench`: measures the release build, each row beside its peer.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, tools};

/// Builds every binary in release, then runs `bench` with `arguments`; the variable `HUGO` names the peer of the page benches.
///
/// # Errors
/// The build or a benchmark fails.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    process::run(root, "cargo", &["build", "--profile", "release", "--workspace", "--bins"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target));
    let mut bench = Command::new(target.join("release/bench"));
    process::run_command(bench.current_dir(root).env("HUGO", tools::hugo(root)?).args(arguments))
}
