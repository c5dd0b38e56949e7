//! The control socket: how a second `taihu` asks the one that serves the folder.
//!
//! One request a connection: a line of JSON in, lines of JSON out, the last of which is a result or an error. The socket lies in the data
//! folder, so whoever may write there may ask.

use std::{
    future::Future,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{UnixListener, UnixStream, unix::OwnedReadHalf},
    sync::{Mutex, mpsc},
    task::JoinHandle,
};

use super::{
    error::ServeError,
    task::{OnStep, Outcome, Step, Task},
};

/// Runs one task for whoever asked.
pub type Run =
    Arc<dyn Fn(Task, OnStep) -> Pin<Box<dyn Future<Output = Result<Outcome, ServeError>> + Send>> + Send + Sync>;

/// Paths of Unix sockets have room for little more than a hundred bytes.
const LONGEST_SOCKET_PATH: usize = 100;

/// One line of an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Step(Step),
    Outcome(Outcome),
    Error(String),
}

/// Where the socket of a data folder is.
///
/// In the folder; under a name of its own in the temporary folder where that path would be too long.
#[must_use]
pub fn socket_path(data: &Path) -> PathBuf {
    let inside = data.join("control.sock");
    if inside.as_os_str().len() <= LONGEST_SOCKET_PATH {
        return inside;
    }
    let whole = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
    let digest = Sha256::digest(whole.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    std::env::temp_dir().join(format!("taihu-{name}.sock"))
}

/// A control socket that is listening; it goes when dropped.
#[derive(Debug)]
pub struct Control {
    path: PathBuf,
    listening: JoinHandle<()>,
}

impl Drop for Control {
    fn drop(&mut self) {
        self.listening.abort();
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the control socket was gone already");
        }
    }
}

/// Listens for other processes of this folder. The caller holds the folder's lock, so a socket that lies there is a dead one's.
///
/// # Errors
/// The socket cannot be made.
pub fn listen(data: &Path, run: Run) -> Result<Control, ServeError> {
    let path = socket_path(data);
    let failed = |source| ServeError::File { file: path.clone(), source };
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let listener = UnixListener::bind(&path).map_err(failed)?;
    private(&path).map_err(failed)?;
    let listening = tokio::spawn(accept(listener, run));
    Ok(Control { path, listening })
}

/// Only the owner may ask.
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

async fn accept(listener: UnixListener, run: Run) {
    // Two rebuilds at once would drop each other's rows: one waits for the other.
    let one_at_a_time = Arc::new(Mutex::new(()));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (run, turn) = (Arc::clone(&run), Arc::clone(&one_at_a_time));
                tokio::spawn(async move {
                    if let Err(error) = converse(stream, &run, turn).await {
                        tracing::debug!(%error, "a control connection ended early");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a control connection");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

async fn converse(stream: UnixStream, run: &Run, turn: Arc<Mutex<()>>) -> io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let Some(line) = lines.next_line().await? else { return Ok(()) };
    let task: Task = match serde_json::from_str(&line) {
        Ok(task) => task,
        Err(_) => return write(&mut writing, &Line::Error(format!("there is no task {line}"))).await,
    };
    let (steps, mut told) = mpsc::channel(16);
    // A slow listener misses steps; it never holds up the task.
    let on_step: OnStep = Arc::new(move |step| {
        let _missed = steps.try_send(step);
    });
    let turn = turn.lock_owned().await;
    let work = run(task, on_step);
    // The turn goes with the work, not with the connection: who asked may hang up, and the work goes on to its end.
    let mut running = tokio::spawn(async move {
        let _turn = turn;
        work.await
    });
    let ended = loop {
        tokio::select! {
            ended = &mut running => break ended,
            Some(step) = told.recv() => write(&mut writing, &Line::Step(step)).await?,
        }
    };
    let last = match ended {
        Ok(Ok(outcome)) => Line::Outcome(outcome),
        Ok(Err(error)) => Line::Error(error.to_string()),
        Err(lost) => Line::Error(ServeError::from(lost).to_string()),
    };
    write(&mut writing, &last).await
}

async fn write(writing: &mut (impl AsyncWriteExt + Unpin), line: &Line) -> io::Result<()> {
    let mut text = serde_json::to_string(line)?;
    text.push('\n');
    writing.write_all(text.as_bytes()).await
}

/// Asks the process that serves `data` to run a task.
///
/// # Errors
/// Nobody answers, or the task failed.
pub async fn ask(data: &Path, task: Task, on_step: OnStep) -> Result<Outcome, ServeError> {
    let failed = |error: io::Error| ServeError::Control(error.to_string());
    let stream = UnixStream::connect(socket_path(data)).await.map_err(failed)?;
    let (reading, mut writing) = stream.into_split();
    let mut request = serde_json::to_string(&task).map_err(|error| ServeError::Control(error.to_string()))?;
    request.push('\n');
    writing.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut lines: Lines<BufReader<OwnedReadHalf>> = BufReader::new(reading).lines();
    while let Some(line) = lines.next_line().await.map_err(failed)? {
        match serde_json::from_str(&line) {
            Ok(Line::Step(step)) => on_step(step),
            Ok(Line::Outcome(outcome)) => return Ok(outcome),
            Ok(Line::Error(error)) => return Err(ServeError::Control(error)),
            Err(error) => return Err(ServeError::Control(error.to_string())),
        }
    }
    Err(ServeError::Control("it hung up before the task ended".to_owned()))
}

#[cfg(test)]
mod tests;
