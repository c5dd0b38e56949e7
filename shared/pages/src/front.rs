//! The pages of the front door: what citizens are asked, given and shown (`shared/frontdoor`).

pub use crate::html::{act, check, questions, receipt, status, status_entry, told};
pub use crate::model::{
    ActForm, ActPage, AddedFile, AnswerNote, AskedNote, CheckPage, ChoiceOption, Control, ErrorNote, Field, GivenFile,
    Happening, Hidden, Keyboard, Many, NextNote, NoticeNote, QuestionPage, ReceiptPage, StatusEntryPage, StatusPage,
    ToldPage,
};
