#![doc = include_str!("../README.md")]

pub mod file_name;
pub mod form;
pub mod forms;

mod act;
mod answers;
mod attachment;
mod attempts;
mod flaw;
mod keys;
mod limiter;
mod on_paper;
mod place;
mod posted;
mod proof;
mod quarantine;
mod reception;
mod router;
mod saved_file;
mod state;
mod step;
mod submission;
mod token;
mod visitor;

pub use act::{Act, ActAnswer, ActChoice, ActQuestion, Deed, Standing};
pub use answers::Answers;
pub use attachment::{Attachment, about};
pub use attempts::{Attempts, Rate, Rates, Try, Uncounted, Verdict};
pub use flaw::{Flaw, day, flaws};
pub use frames::{FrameError, FrameSource, SiteFrames};
pub use keys::{Key, Keys, WeakKey};
pub use limiter::Limiter;
pub use on_paper::on_paper;
pub use place::{PageAddress, Place};
pub use posted::Posted;
pub use proof::Work;
pub use quarantine::{Kept, Quarantine, Unkept};
pub use reception::{CodeShown, Receipt, Reception, ReceptionProblem, Visit};
pub use router::router;
pub use saved_file::SavedFile;
pub use state::{Frontdoor, Parts};
pub use step::{Asked, Step, first, next};
pub use submission::{Identity, Personal, SealedAnswer, SentFile, Submission};
pub use token::{LIFETIME, Token, TokenRefusal};
pub use visitor::{ADDRESS_HEADER, Visitor};
