#![doc = include_str!("../README.md")]

mod act;
mod adding;
mod answers;
mod casework;
mod citizen;
mod enclose;
mod files;
mod find;
pub mod front;
mod function;
mod hand_over;
mod kin;
pub mod problems;
mod quarantine;
mod queue;
mod rating;
mod receive;
pub mod routes;
mod sealing;
mod show;
mod status;
pub mod target;
mod wake;
mod words;

pub use act::{act, allows, calendars, personal_fingerprint, settled_case};
pub use answers::OpenedAnswer;
pub use casework::Casework;
pub use citizen::{Deciding, carry_out_for_citizen};
pub use files::{FileView, OpenedFile, SentLater, file_name};
pub use find::{Found, find};
pub use function::{Capability, CaseState, Parts, Refuses, StartError, Told, router};
pub use hand_over::hand_over;
pub use kin::{committed, of_same_person};
pub use quarantine::{FORMS, FormFiles};
pub use queue::{CaseEntry, CaseList, Wanted, queue};
pub use rating::{RATE, RATE_ACT, RATING, RatingView, rate};
pub use receive::{Incoming, ReceiveError, Received, recall, receive};
pub use sealing::Sealing;
pub use show::{
    CaseView, DeadlineView, NoteView, OpenedCase, OpenedNote, OpenedPaper, ReadingView, UndeliveredView, case_view,
    note_name, opened, readings,
};
pub use status::{due_note, status};
pub use wake::{WakeError, WakeReport, keep_time};
pub use words::{
    Actions, COMPLETE, COMPLETION, Entry, GIVE_REASONS, MISSING, Paper, QUESTION, REASONS, REPLY, WITHDRAW, WITHDRAWAL,
    Words, letter_name, opinion_name, remark_name, reopening_name,
};
