//! As much of Lambda's runtime API as a start needs: it notes who asks for work, and never has any.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use axum::{Router, routing::get};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::machine;

/// How long a program may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);

/// The stub, listening on loopback.
pub(super) struct Runtime {
    address: String,
    questions: tokio::sync::Mutex<UnboundedReceiver<Instant>>,
}

impl Runtime {
    /// Listens on a free port.
    pub(super) async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?.to_string();
        let (asked, questions) = unbounded_channel();
        let app = Router::new().route("/2018-06-01/runtime/invocation/next", get(move || no_work(asked.clone())));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { address, questions: questions.into() })
    }

    /// Gives a program the environment that Lambda gives it.
    pub(super) fn prepare(&self, command: &mut Command) {
        command.envs([
            ("AWS_LAMBDA_RUNTIME_API", self.address.as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "measured"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "measured"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "measured"),
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    }

    /// Starts a program; the time until it asks for work, and its memory in KB at that instant.
    pub(super) async fn first_question(&self, command: &mut Command) -> Result<(Duration, u64)> {
        let mut questions = self.questions.lock().await;
        let started = Instant::now();
        let mut child = command.spawn()?;
        let asked = tokio::time::timeout(PATIENCE, questions.recv()).await;
        let resident = machine::field(&format!("/proc/{}/status", child.id()), "VmHWM");
        // It may have ended by itself; either way it is not left behind.
        drop(child.kill());
        child.wait()?;
        let asked = asked.context("it never asked for work")?.context("the stub ended")?;
        let resident = resident.and_then(|size| size.strip_suffix(" kB")?.parse().ok()).context("it has no memory")?;
        Ok((asked.duration_since(started), resident))
    }
}

async fn no_work(asked: UnboundedSender<Instant>) {
    // Nobody waits for the answer of a program that is being ended.
    let _unheard = asked.send(Instant::now());
    std::future::pending().await
}
