//! `cargo xtask golden`: writes what tests compare with.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, tools};

/// Runs the tests of `packages` (all, if none is named) with golden files written anew, then says which files changed.
///
/// Snapshots follow `INSTA_UPDATE`, other golden files `UPDATE_GOLDEN`.
///
/// # Errors
/// A test fails for another reason than its golden file.
pub fn run(root: &Path, packages: &[String]) -> Result<()> {
    tools::nextest(root)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(root)
        .args(["nextest", "run", "--workspace"])
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1")
        .env("UPDATE_GOLDEN", "1");
    // Chosen among the whole workspace's tests: building a package alone would compile its dependencies with other features.
    if !packages.is_empty() {
        let chosen: Vec<String> = packages.iter().map(|package| format!("package({package})")).collect();
        command.args(["-E", &chosen.join(" + ")]);
    }
    process::run_command(&mut command)?;
    let changed = process::read(root, "git", &["status", "--short", "--", "*.snap", "*.json", "*.html"])?;
    println!("{}", if changed.is_empty() { "no golden file changed" } else { &changed });
    Ok(())
}
