//! Which searches are counted (ADR 042).

use std::time::Duration;

use search::Answer;
use terms::Outcome;
use tokio::time::timeout;

use crate::{asked::Asked, state::QueryState};

/// How long a count may keep an answer waiting.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts a search that somebody typed: its first page, without what is chosen afterwards. A count that fails fails no answer.
pub(crate) async fn count(state: &QueryState, asked: &Asked, own: Option<&str>, answer: &Answer) {
    let Some(counter) = state.counter.as_ref().filter(|_| asked.is_typed(own)) else { return };
    let text = search::normalised(&asked.text);
    // Marks alone look for nothing.
    if !text.chars().any(char::is_alphanumeric) {
        return;
    }
    let outcome = if answer.total == 0 { Outcome::Nothing } else { Outcome::Found };
    match timeout(PATIENCE, counter.count(&text, outcome, (state.now)())).await {
        Ok(Ok(())) => {}
        // Not a word of what was typed.
        Ok(Err(error)) => tracing::warn!(trouble = "terms-uncounted", %error),
        Err(_) => tracing::warn!(trouble = "terms-uncounted", "the table does not answer"),
    }
}
