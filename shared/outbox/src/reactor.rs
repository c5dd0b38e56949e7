//! From a stream that moved to rows of messages.

use domain::StreamId;
use jiff::Timestamp;
use ledger::{Ledger, LoadError, StoreError};
use thiserror::Error;

use crate::{
    reaction::{Next, Reaction},
    row::Row,
    rules::{Starts, concerns, messages},
    store::Outbox,
};

/// A stream could not be reacted to.
#[derive(Debug, Error)]
pub enum ReactError {
    /// The ledger.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The outbox.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReactError {
    /// Whether trying again can never help: this code cannot read what stands there.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Load(LoadError::Damaged { .. } | LoadError::Decode(_)) => true,
            Self::Load(LoadError::Store(error)) | Self::Store(error) => matches!(error, StoreError::Damaged { .. }),
        }
    }
}

/// Puts a row for each message that a stream asks for; cheap to clone.
#[derive(Debug, Clone)]
pub struct Reactor {
    ledger: Ledger,
    outbox: Outbox,
}

impl Reactor {
    /// A reactor that reads `ledger` and writes `outbox`.
    #[must_use]
    pub fn new(ledger: Ledger, outbox: Outbox) -> Self {
        Self { ledger, outbox }
    }

    /// Where it reads.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Where it writes.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Puts what `stream` asks for past its checkpoint, then moves that; gives the rows that were not there before. Nothing is done for what is no case.
    ///
    /// # Errors
    /// A store failed, or this code cannot read the stream; the checkpoint stays.
    pub async fn react(&self, stream: &StreamId, starts: &Starts, now: Timestamp) -> Result<Vec<Row>, ReactError> {
        let mut made = Vec::new();
        if !concerns(stream) {
            return Ok(made);
        }
        let (mut reaction, mut next) = Reaction::begin();
        loop {
            next = match next {
                Next::Checkpoint => reaction.stands_at(self.outbox.checkpoint(stream).await?),
                Next::Load => {
                    let commits = self.ledger.load(stream).await?;
                    let head = commits.last().map_or(0, |commit| commit.number);
                    if head < reaction.checkpoint {
                        // The ledger was restored to before what was reacted to (docs/OPERATIONS.md).
                        let checkpoint = reaction.checkpoint;
                        tracing::error!(
                            alarm = "outbox-ahead",
                            stream = stream.as_str(),
                            head,
                            checkpoint,
                            "a checkpoint lies past its stream"
                        );
                    }
                    let asked = messages(stream, &commits, reaction.checkpoint, starts);
                    reaction.loaded(head, asked.map_err(LoadError::from)?)
                }
                Next::Put(message) => {
                    let row = Row::new(*message, now);
                    if self.outbox.put(&row).await? {
                        made.push(row);
                    }
                    reaction.put()
                }
                Next::Move(head) => {
                    self.outbox.move_checkpoint(stream, head).await?;
                    Next::Done
                }
                Next::Done => return Ok(made),
            };
        }
    }
}
