//! The product under test: `taihu serve` with the sample city on a free port, in a folder of its own.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::process;

/// How long the first answer may take, and how long the sample city may take to fill.
const FIRST_ANSWER: Duration = Duration::from_secs(30);
const FILLED: Duration = Duration::from_secs(240);

/// Department that runs the sample city's portal.
const PORTAL: &str = "zfb";

/// A running `taihu`; ended with the value.
#[derive(Debug)]
pub struct Product {
    child: Child,
    binary: PathBuf,
    data: PathBuf,
    log: PathBuf,
    port: u16,
}

impl Product {
    /// Builds the workspace, starts `taihu` with fresh data and waits until its city is filled.
    ///
    /// # Errors
    /// The build fails, or the product does not come up in time; the last lines of its log are part of the error.
    pub fn start(root: &Path, purpose: &str) -> Result<Self> {
        process::run(root, "cargo", &["build", "--quiet", "--workspace", "--all-targets"])?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target));
        let folder = target.join("gates").join(purpose);
        if folder.exists() {
            fs::remove_dir_all(&folder).context("cannot clear the data of the last run")?;
        }
        fs::create_dir_all(&folder)?;
        Self::run(target.join("debug/taihu"), &folder)
    }

    /// Starts `binary` with fresh data in the empty `folder` and waits until its city is filled.
    ///
    /// # Errors
    /// The product does not come up in time; the last lines of its log are part of the error.
    pub fn run(binary: PathBuf, folder: &Path) -> Result<Self> {
        let (data, log) = (folder.join("data"), folder.join("log"));
        let port = free_port()?;
        let written = File::create(&log)?;
        let mut command = Command::new(&binary);
        command.args(["serve", "--port", &port.to_string(), "--data"]).arg(&data);
        command.stdin(Stdio::null()).stdout(written.try_clone()?).stderr(written);
        let child = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let mut product = Self { child, binary, data, log, port };
        println!("taihu serves {} on port {port}", product.data.display());
        product.wait()?;
        Ok(product)
    }

    /// Address of the portal.
    #[must_use]
    pub fn portal(&self) -> String {
        format!("http://www.localhost:{}", self.port)
    }

    /// Port of its door.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A staff token from the running product, of one role in the department that runs the portal.
    ///
    /// # Errors
    /// `taihu token` fails.
    pub fn token(&self, role: &str) -> Result<String> {
        self.signed(&["--role", role])
    }

    /// A token of somebody who may do all there is to do, the whole city's register included.
    ///
    /// # Errors
    /// `taihu token` fails.
    pub fn token_of_all_roles(&self) -> Result<String> {
        self.signed(&["--role", "administrator", "--city", "--sub", "all.roles"])
    }

    fn signed(&self, whose: &[&str]) -> Result<String> {
        let data = self.data.display().to_string();
        let mut arguments = vec!["token", "--data", &data, "--department", PORTAL];
        arguments.extend(whose);
        process::read(Path::new("."), &self.binary, &arguments)
    }

    /// The running product's folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Status and body of a GET on the portal.
    ///
    /// # Errors
    /// Nobody answers, or not in HTTP.
    pub fn get(&self, path: &str) -> Result<(u16, String)> {
        get(self.port, "www", path)
    }

    /// Waits for the first page, then until the sample city says that it is filled.
    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        while !matches!(self.get("/"), Ok((200, _))) {
            self.still_runs(started, FIRST_ANSWER + FILLED)?;
        }
        while !self.is_filled() {
            self.still_runs(started, FIRST_ANSWER + FILLED)?;
        }
        println!("the city stands after {:.0} s", started.elapsed().as_secs_f64());
        Ok(())
    }

    /// Whether the folder's `sample.json` says so.
    fn is_filled(&self) -> bool {
        let sample = fs::read(self.data.join("sample.json")).unwrap_or_default();
        serde_json::from_slice::<serde_json::Value>(&sample)
            .is_ok_and(|sample| sample.get("filled") == Some(&serde_json::Value::Bool(true)))
    }

    fn still_runs(&mut self, started: Instant, limit: Duration) -> Result<()> {
        let ended = self.child.try_wait()?;
        if ended.is_some() || started.elapsed() > limit {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(15).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            bail!(
                "taihu did not come up ({}): {}",
                ended.map_or_else(|| "in time".to_owned(), |status| status.to_string()),
                tail.join("\n")
            );
        }
        thread::sleep(Duration::from_millis(300));
        Ok(())
    }
}

impl Drop for Product {
    /// Asks for an orderly end and waits for it; after ten seconds there is no more asking.
    fn drop(&mut self) {
        let asked = process::answers("kill", &["-TERM", &self.child.id().to_string()]);
        let limit = Instant::now() + Duration::from_secs(10);
        while asked && Instant::now() < limit {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        // A process that is gone already is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A port of loopback that nobody holds.
///
/// # Errors
/// There is none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// One GET without any client: what a gate asks to know whether the product is there.
fn get(port: u16, label: &str, path: &str) -> Result<(u16, String)> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    // In one piece: who answers the first part of it and closes breaks the connection.
    let request = format!("GET {path} HTTP/1.1\r\nHost: {label}.localhost:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("this is not HTTP")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("this is not HTTP")?;
    Ok((status, body.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_a_site_by_host_and_reads_status_and_body() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = String::new();
            while !asked.ends_with("\r\n\r\n") {
                let mut part = [0; 1024];
                let length = stream.read(&mut part).unwrap();
                asked.push_str(&String::from_utf8_lossy(&part[..length]));
            }
            stream.write_all(b"HTTP/1.1 410 Gone\r\nx: y\r\n\r\nbody").unwrap();
            asked
        });
        assert_eq!(get(port, "jyj", "/x").unwrap(), (410, "body".to_owned()));
        let asked = server.join().unwrap();
        assert!(
            asked.starts_with("GET /x HTTP/1.1\r\n") && asked.contains(&format!("Host: jyj.localhost:{port}\r\n")),
            "{asked}"
        );
    }

    #[test]
    fn nobody_there_is_an_error() {
        assert!(get(free_port().unwrap(), "www", "/").is_err());
    }
}
