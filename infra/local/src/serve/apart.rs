//! Work on a thread of its own.

use std::future::Future;

use tokio::{runtime::Handle, task};

/// Work on a thread of its own ended without a result: it panicked, or the process is stopping.
#[derive(Debug, thiserror::Error)]
#[error("the work ended without a result: {0}")]
pub struct Lost(#[from] task::JoinError);

/// Runs `work` to its end on a blocking thread that drives it alone.
///
/// On Lambda each invocation has a process of its own. Here folding and rendering are kept off the threads that serve citizens, and the work's
/// future need not be one that may move between threads.
///
/// # Errors
/// It panicked, or the process is stopping.
pub async fn apart<W, F>(work: W) -> Result<F::Output, Lost>
where
    W: FnOnce() -> F + Send + 'static,
    F: Future,
    F::Output: Send + 'static,
{
    let runtime = Handle::current();
    Ok(task::spawn_blocking(move || runtime.block_on(work())).await?)
}
