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
        let mut command = if self.is_root { Command::new("runuser") } else { Command::new(program.as_ref()) };
        if self.is_root {
            command.args(["-u", USER, "--"]).arg(program.as_ref());
        }
        command.args(arguments).current_dir(self.folder());
        command.env("PGHOST", self.folder()).env("PGUSER", "postgres").stdin(Stdio::null());
        // A server that goes on holds its standard output open: a pipe would be waited for.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let shown = program.as_ref().to_string_lossy();
        let status = command.status().with_context(|| format!("cannot start {shown}"))?;
        ensure!(status.success(), "{shown} ended with {status}");
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.run("pg_ctl", ["stop", "--wait", "-m", "fast", "-D", &self.data()]) {
            eprintln!("PostgreSQL did not stop: {error:#}");
        }
    }
}
