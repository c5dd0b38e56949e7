#![doc = include_str!("../README.md")]

mod act;
mod answers;
mod casework;
mod find;
mod hand_over;
pub mod problems;
mod queue;
mod receive;
mod show;
mod status;
mod wake;
mod words;

pub use act::{act, calendars, personal_fingerprint, settled_case};
pub use answers::OpenedAnswer;
pub use casework::Casework;
pub use find::{Found, find};
pub use hand_over::hand_over;
pub use queue::{CaseEntry, CaseList, Wanted, queue};
pub use receive::{Incoming, ReceiveError, Received, recall, receive};
pub use show::{
    CaseView, DeadlineView, NoteView, OpenedCase, OpenedNote, ReadingView, UndeliveredView, case_view, note_name,
    opened, readings,
};
pub use status::{due_note, status};
pub use wake::{WakeError, WakeReport, erase_all, wake_all};
pub use words::{Entry, REPLY, Words};
