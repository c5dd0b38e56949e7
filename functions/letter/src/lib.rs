#![doc = include_str!("../README.md")]

mod problems;
mod reception;
mod refusal;
mod routes;
mod state;

pub use routes::{openapi, router};
pub use state::{LetterState, StartError};

/// Wakes and erases the cases of this function whose time has come.
pub async fn keep_time(state: &LetterState) -> Result<casework::WakeReport, casework::WakeError> {
    let mut report = casework::wake_all::<_, domain::correction::Correction>(state).await?;
    casework::erase_all::<_, domain::correction::Correction>(state, &mut report).await?;
    if report != casework::WakeReport::default() {
        let casework::WakeReport { woken, idle, waiting, erased } = report;
        tracing::info!(woken, idle, waiting, erased, "cases");
    }
    Ok(report)
}
