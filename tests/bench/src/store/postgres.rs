//! A PostgreSQL of one's own: a fresh cluster in a temporary folder, on a socket in it, stopped with the value.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use xtask::{process, tools::peers};

/// The user that PostgreSQL runs as where this process is root, which it refuses to be.
const USER: &str = "postgres";

/// A running cluster with Debian's own settings: every commit is pressed onto the disk.
pub(super) struct Postgres {
    folder: tempfile::TempDir,
    programs: PathBuf,
    is_root: bool,
}

impl Postgres {
    /// Installs PostgreSQL if it is missing, makes a cluster and starts it.
    pub(super) fn start() -> Result<Self> {
        let programs = peers::postgres()?;
        let is_root = process::read(Path::new("."), "id", &["-u"])? == "0";
        let postgres = Self { folder: tempfile::tempdir()?, programs, is_root };
        if is_root {
            process::read(postgres.folder(), "chown", &[USER, &postgres.folder().display().to_string()])?;
        }
        let data = postgres.data();
        postgres
            .run("initdb", ["--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres", "-D", &data])?;
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{}'", postgres.folder().display());
        let log = postgres.folder().join("log").display().to_string();
        postgres.run("pg_ctl", ["start", "--wait", "-D", &data, "-l", &log, "-o", &options])?;
        Ok(postgres)
    }

    /// Folder of the data and of the socket.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> String {
        self.folder().join("data").display().to_string()
    }

    /// Runs one of PostgreSQL's programs as its user.
    fn run<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Result<()> {
        self.run_as_user(self.programs.join(program), arguments)
    }

    /// Runs any program as PostgreSQL's user, towards this cluster.
    pub(super) fn run_as_user<'a>(
        &self,
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Result<()> {
        let mut command = self.command(program.as_ref(), arguments);
        // A server that goes on holds its standard output open: a pipe would be waited for.
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let shown = program.as_ref().to_string_lossy();
        let status = status.with_context(|| format!("cannot start {shown}"))?;
        ensure!(status.success(), "{shown} ended with {status}");
        Ok(())
    }

    /// What one of PostgreSQL's programs prints, trimmed.
    pub(super) fn read<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Result<String> {
        let output = self.command(self.programs.join(program).as_ref(), arguments).output();
        let output = output.with_context(|| format!("cannot start {program}"))?;
        let told = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{program} ended with {}: {}", output.status, told.trim());
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn command<'a>(&self, program: &OsStr, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = if self.is_root { Command::new("runuser") } else { Command::new(program) };
        if self.is_root {
            command.args(["-u", USER, "--"]).arg(program);
        }
        command.args(arguments).current_dir(self.folder()).stdin(Stdio::null());
        command.env("PGHOST", self.folder()).env("PGUSER", "postgres");
        command.env("PGOPTIONS", "-c search_path=message_store,public -c client_min_messages=warning");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.run("pg_ctl", ["stop", "--wait", "-m", "fast", "-D", &self.data()]) {
            eprintln!("PostgreSQL did not stop: {error:#}");
        }
    }
}
