//! `taihu doctor`: whether this machine can serve, and whether the folder is whole.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs},
    path::Path,
};

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde_json::json;

use super::{
    args::{DoctorArgs, Output},
    exit::{Exit, Failure},
};
use crate::{
    cloud::{CloudError, Tenancy, dynamo, objects},
    serve::keys::LocalIssuer,
};

/// Less free space than this is worth a warning, in bytes.
const LITTLE_SPACE: u64 = 1 << 30;
/// With less than this a city cannot be served, in bytes.
const NO_SPACE: u64 = 64 << 20;

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// How it is.
    pub health: Health,
    /// What was seen, and what to do.
    pub detail: String,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// As it should be.
    Ok,
    /// Works, but should be known.
    Warn,
    /// Keeps the city from being served.
    Fail,
}

/// Runs `taihu doctor`.
///
/// # Errors
/// Never; what is wrong is a finding.
pub fn run(args: &DoctorArgs, output: Output) -> Result<Exit, Failure> {
    let findings = examine(&args.folder.data, args.port);
    match output {
        Output::Json => println!("{}", json!(findings)),
        Output::Text => {
            for Finding { what, health, detail } in &findings {
                let word = match health {
                    Health::Ok => "ok  ",
                    Health::Warn => "warn",
                    Health::Fail => "FAIL",
                };
                println!("{word}  {what:<9} {detail}");
            }
        }
    }
    let unwell = findings.iter().any(|finding| finding.health == Health::Fail);
    Ok(if unwell { Exit::Unwell } else { Exit::Done })
}

/// Looks at everything; changes nothing but an absent folder's absence: it is not made.
#[must_use]
pub fn examine(data: &Path, port: u16) -> Vec<Finding> {
    let mut findings = vec![versions(), hosts()];
    let (lock, is_served) = lock(data);
    findings.extend([folder(data), lock, disk(data)]);
    // Its own ports are taken then, as they should be.
    if !is_served {
        findings.extend(
            [("websites", 0), ("DynamoDB", 1), ("S3", 2)]
                .map(|(what, step)| free(what, port.saturating_add(step), step)),
        );
    }
    findings.extend([dynamo::FILE, objects::FILE].map(|name| whole(data, name)));
    findings.extend([key(data), outbox(data)]);
    findings
}

fn found(what: &'static str, health: Health, detail: impl Into<String>) -> Finding {
    Finding { what, health, detail: detail.into() }
}

fn versions() -> Finding {
    let detail = format!("taihu {}, SQLite {}", env!("CARGO_PKG_VERSION"), rusqlite::version());
    found("versions", Health::Ok, detail)
}

/// Browsers resolve `www.localhost` themselves; other programs ask the system.
fn hosts() -> Finding {
    match ("www.localhost", 80).to_socket_addrs() {
        Ok(addresses) if addresses.clone().all(|address| address.ip().is_loopback()) => {
            found("hosts", Health::Ok, "www.localhost is this machine")
        }
        _ => found(
            "hosts",
            Health::Warn,
            "www.localhost is not known to the system: browsers and curl reach it all the same, other programs need an entry in the hosts file",
        ),
    }
}

fn folder(data: &Path) -> Finding {
    match fs::metadata(data) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            found("folder", Health::Ok, format!("{} will be made at the first start", data.display()))
        }
        Err(error) => found("folder", Health::Fail, format!("{}: {error}", data.display())),
        Ok(metadata) if !metadata.is_dir() => found("folder", Health::Fail, format!("{} is no folder", data.display())),
        Ok(_) => match tempfile::tempfile_in(data) {
            Ok(_) => found("folder", Health::Ok, format!("{} can be written", data.display())),
            Err(error) => found("folder", Health::Fail, format!("{} cannot be written: {error}", data.display())),
        },
    }
}

/// Who has the folder, and whether it is being served.
fn lock(data: &Path) -> (Finding, bool) {
    let nobody = || (found("lock", Health::Ok, "nobody serves it"), false);
    if !data.exists() {
        return nobody();
    }
    match Tenancy::take(data) {
        Ok(_) => nobody(),
        Err(CloudError::Served { owner, .. }) => {
            (found("lock", Health::Ok, format!("it is being served {owner}")), true)
        }
        Err(error) => (found("lock", Health::Fail, error.to_string()), false),
    }
}

fn disk(data: &Path) -> Finding {
    let place =
        data.ancestors().find(|folder| !folder.as_os_str().is_empty() && folder.exists()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(place) {
        Err(error) => found("disk", Health::Warn, format!("free space is unknown: {error}")),
        Ok(space) => {
            let free = space.f_bavail.saturating_mul(space.f_frsize);
            let health = match free {
                ..NO_SPACE => Health::Fail,
                NO_SPACE..LITTLE_SPACE => Health::Warn,
                LITTLE_SPACE.. => Health::Ok,
            };
            found("disk", health, format!("{} MB free", free >> 20))
        }
    }
}

/// The stores fall back to any free port; the websites do not.
fn free(what: &'static str, port: u16, step: u16) -> Finding {
    match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
        Ok(_) => found(what, Health::Ok, format!("port {port} is free")),
        Err(error) if step == 0 => {
            found(what, Health::Fail, format!("port {port}: {error}; choose another with --port"))
        }
        Err(error) => found(what, Health::Warn, format!("port {port}: {error}; any free one will be taken")),
    }
}

fn whole(data: &Path, name: &'static str) -> Finding {
    let file = data.join(name);
    if !file.exists() {
        return found(name, Health::Ok, "not there yet");
    }
    let check = || -> rusqlite::Result<String> {
        let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
    };
    match check() {
        Ok(said) if said == "ok" => found(name, Health::Ok, "every page of the file is whole"),
        Ok(said) => found(name, Health::Fail, format!("damaged: {said}; restore it from a backup")),
        Err(error) => found(name, Health::Fail, format!("cannot be read: {error}; restore it from a backup")),
    }
}

/// Messages that could not be delivered: somebody has to see to them.
fn outbox(data: &Path) -> Finding {
    let file = data.join(dynamo::FILE);
    if !file.exists() {
        return found("outbox", Health::Ok, "not there yet");
    }
    match dynamo::dead_letters(&file) {
        Ok(0) => found("outbox", Health::Ok, "no message is dead"),
        Ok(dead) => found(
            "outbox",
            Health::Warn,
            format!(
                "{dead} messages could not be delivered: GET /api/react/messages?state=dead lists them, POST …/retry sends one again"
            ),
        ),
        Err(error) => found("outbox", Health::Warn, format!("it cannot be told whether messages are dead: {error}")),
    }
}

fn key(data: &Path) -> Finding {
    if !data.join("keys/issuer.key").exists() {
        return found("key", Health::Ok, "will be made at the first start");
    }
    match LocalIssuer::open(data) {
        Ok(_) => found("key", Health::Ok, "the signing key is private and readable"),
        Err(error) => found("key", Health::Fail, error.to_string()),
    }
}
