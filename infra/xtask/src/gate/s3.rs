//! What the system relies on in S3, asked of an S3 that is not ours: whoever wrote ours could have misread the promise and its test alike.

use std::{
    net::{Ipv4Addr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{process, product::free_port, tools};

/// How long the other one may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The other S3; ended with the value.
struct Moto(Child);

/// Starts it and runs the contract against it; promises of our own stay out.
pub(super) fn run(root: &Path) -> Result<()> {
    tools::nextest(root)?;
    let program = tools::python(root, tools::MOTO)?;
    let port = free_port()?;
    let _moto = Moto::start(&program, port)?;
    let mut command = Command::new("cargo");
    command.current_dir(root).env("TAIHU_TEST_S3_ENDPOINT", format!("http://127.0.0.1:{port}"));
    command.args(["nextest", "run", "--workspace", "--profile", "ci", "--cargo-quiet"]);
    process::run_command(command.args(["-E", "binary(contract) and test(/^s3::/) and not test(/^s3::own::/)"]))
}

impl Moto {
    fn start(program: &Path, port: u16) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let moto = Self(command.spawn().with_context(|| format!("cannot start {}", program.display()))?);
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(started.elapsed() < PATIENCE, "the other S3 does not answer on port {port}");
            thread::sleep(Duration::from_millis(100));
        }
        Ok(moto)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // One that is gone already is what is wanted.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
