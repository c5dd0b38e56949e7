//! What the benchmarks are measured beside, installed on the way like the gates' tools.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{Debian, Python, debian, folder, python};
use crate::process;

/// A database server, a load generator, a web server with precompressed brotli.
const POSTGRES: [Debian; 1] =
    [Debian { package: "postgresql", probe: ("sh", &["-c", "ls /usr/lib/postgresql/*/bin/initdb"]) }];
const WRK: [Debian; 1] = [Debian { package: "wrk", probe: ("sh", &["-c", "command -v wrk"]) }];
const NGINX: [Debian; 2] = [
    Debian { package: "nginx-light", probe: ("sh", &["-c", "command -v nginx || ls /usr/sbin/nginx"]) },
    Debian {
        package: "libnginx-mod-http-brotli-static",
        probe: ("sh", &["-c", "ls /usr/lib/nginx/modules/ngx_http_brotli_static_module.so"]),
    },
];

/// Full-text search with drilldowns.
const GROONGA: [Debian; 1] = [Debian { package: "groonga", probe: ("groonga", &["--version"]) }];

/// The library of our own search, as it is, from Python.
const TANTIVY: Python = Python { name: "tantivy", program: "python", requirement: "tantivy==0.27.0" };

/// Event sourcing in Python, on SQLite.
const EVENTSOURCING: Python = Python { name: "eventsourcing", program: "python", requirement: "eventsourcing==9.5.6" };

/// message-db's SQL.
const MESSAGE_DB: &str = "@eventide/message-db@1.3.1";

/// The folder of PostgreSQL's programs.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn postgres() -> Result<PathBuf> {
    debian(&POSTGRES)?;
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is not where Debian puts it")?;
    let mut folders: Vec<PathBuf> = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    folders.retain(|folder| folder.join("initdb").is_file());
    folders.sort();
    folders.pop().context("PostgreSQL has no server here")
}

/// message-db's folder of SQL.
///
/// # Errors
/// npm cannot bring it.
pub fn message_db(root: &Path) -> Result<PathBuf> {
    let prefix = folder(root).join("message-db");
    let database = prefix.join("node_modules/@eventide/message-db/database");
    if !database.join("install.sh").is_file() {
        super::bare_node()?;
        fs::create_dir_all(&prefix)?;
        let prefix = prefix.display().to_string();
        let arguments = ["install", "--prefix", &prefix, "--ignore-scripts", "--no-audit", "--no-fund", MESSAGE_DB];
        process::run(root, "npm", &arguments)?;
    }
    Ok(database)
}

/// A Python that knows `eventsourcing`.
///
/// # Errors
/// pip cannot bring it.
pub fn eventsourcing(root: &Path) -> Result<PathBuf> {
    python(root, EVENTSOURCING)
}

/// wrk, the load generator.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn wrk() -> Result<()> {
    debian(&WRK)
}

/// nginx with precompressed brotli.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn nginx() -> Result<()> {
    debian(&NGINX)
}

/// A Python that knows `tantivy`.
///
/// # Errors
/// pip cannot bring it.
pub fn tantivy(root: &Path) -> Result<PathBuf> {
    python(root, TANTIVY)
}

/// Groonga.
///
/// # Errors
/// It is missing and cannot be installed.
pub fn groonga() -> Result<()> {
    debian(&GROONGA)
}
