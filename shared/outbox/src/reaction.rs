//! Reacting to one stream, as a machine without input or output: rows first, then the checkpoint.
//!
//! Whoever drives it does what it wants next and tells it what came of it; it may die between any two steps. `model.rs` walks every history.

use crate::message::Message;

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Read the stream's checkpoint, consistently.
    Checkpoint,
    /// Read the stream, and say what it asks for past the checkpoint.
    Load,
    /// Put a row where none is.
    Put(Box<Message>),
    /// Move the checkpoint forward.
    Move(u64),
    /// Nothing.
    Done,
}

/// One reaction.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reaction {
    /// As it was read.
    pub(crate) checkpoint: u64,
    head: u64,
    /// Still to be put, the last one first.
    left: Vec<Message>,
}

impl Reaction {
    /// Begins.
    pub(crate) fn begin() -> (Self, Next) {
        (Self::default(), Next::Checkpoint)
    }

    /// The checkpoint is at `number`.
    pub(crate) fn stands_at(&mut self, number: u64) -> Next {
        self.checkpoint = number;
        Next::Load
    }

    /// The stream ends at `head`, and asks for `messages` past the checkpoint.
    pub(crate) fn loaded(&mut self, head: u64, mut messages: Vec<Message>) -> Next {
        messages.reverse();
        (self.head, self.left) = (head, messages);
        self.onward()
    }

    /// The row is there, whoever put it.
    pub(crate) fn put(&mut self) -> Next {
        self.onward()
    }

    fn onward(&mut self) -> Next {
        match self.left.pop() {
            Some(message) => Next::Put(Box::new(message)),
            None if self.head > self.checkpoint => Next::Move(self.head),
            None => Next::Done,
        }
    }
}
