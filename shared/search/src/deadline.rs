//! Until when an answer is waited for.

use std::time::Instant;

/// Until when an answer is waited for. Asked again and again while a question is answered: before each segment, every few hundred documents, words and hits.
pub trait Deadline: Sync {
    /// Whether nobody waits any more.
    fn is_over(&self) -> bool;
}

impl Deadline for Instant {
    fn is_over(&self) -> bool {
        Self::now() >= *self
    }
}

/// Whoever asks waits as long as it takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patient;

impl Deadline for Patient {
    fn is_over(&self) -> bool {
        false
    }
}
