//! What a capability brings: which forms it takes, what becomes of them, and how a case stands.

use async_trait::async_trait;
use jiff::Timestamp;
use pages::front::NextNote;
use thiserror::Error;

use crate::{
    act::{Act, Deed, Standing},
    proof::Work,
    saved_file::SavedFile,
    submission::{Personal, Submission},
};

/// What a capability does with what citizens send it.
#[async_trait]
pub trait Reception: Send + Sync {
    /// Its name in addresses: `letter` for what stands below `/form/letter/`.
    fn capability(&self) -> &str;

    /// Ids of the forms that it takes; the newest version of each is shown.
    fn forms(&self) -> &[&str];

    /// The receipt that was given for a submission under this key, if one was.
    ///
    /// Asked before anything can refuse it: the token's end, the number of tries (PROTOCOLS.md, Idempotency).
    ///
    /// # Errors
    /// [`ReceptionProblem::OtherText`] if something else was received under this key; or it cannot be told now.
    async fn recall(&self, submission: &Submission) -> Result<Option<Receipt>, ReceptionProblem>;

    /// Receives a submission for good, under its key: the same one again has the same receipt.
    ///
    /// # Errors
    /// Why nothing was received; nothing changed.
    async fn receive(&self, submission: &Submission, visit: &Visit) -> Result<Receipt, ReceptionProblem>;

    /// How the case of `number` stands, for whoever knows its `code`; nothing if the code is wrong or the number unknown.
    ///
    /// INVARIANT: both take one path, with the same requests: whoever asks must not learn which it was. Neither is checked before: any text of at most forty
    /// letters, digits and hyphens, in upper case; of the code spaces and hyphens are gone.
    ///
    /// # Errors
    /// It cannot be told now.
    async fn open(&self, number: &str, code: &Personal, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem>;

    /// A file that was given with the answer of a case, for whoever knows the code of the case; nothing if the code is wrong or the number unknown.
    ///
    /// INVARIANT: as of [`open`](Self::open).
    ///
    /// # Errors
    /// The code was right, and no such file was given ([`ReceptionProblem::Refused`]); or it cannot be had now.
    async fn file(&self, _: &CodeShown<'_>, _: &str, _: Timestamp) -> Result<Option<SavedFile>, ReceptionProblem> {
        Ok(None)
    }

    /// What citizens may do to their cases; which of it a case allows, [`open`](Self::open) says.
    fn acts(&self) -> &'static [Act] {
        &[]
    }

    /// Carries out an act under its key, for whoever knows the code of the case: the same again is done once. Tells how the case stands then; nothing if the code is wrong
    /// or the number unknown.
    ///
    /// INVARIANT: as of [`open`](Self::open).
    ///
    /// # Errors
    /// Why nothing was done, once the code was right; or it cannot be told now.
    async fn act(&self, _: &Deed, _: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        Ok(None)
    }

    /// Whether an act was carried out under its key before; nothing if the code is wrong or the number unknown.
    ///
    /// INVARIANT: as of [`open`](Self::open).
    ///
    /// # Errors
    /// It cannot be told now.
    async fn did(&self, _: &Deed) -> Result<Option<bool>, ReceptionProblem> {
        Ok(None)
    }
}

/// Number and code of a case, as somebody typed them: as [`Reception::open`] takes them.
#[derive(Clone, Copy)]
pub struct CodeShown<'a> {
    /// The number.
    pub number: &'a str,
    /// The code.
    pub code: &'a Personal,
}

/// What a citizen is given for what he sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Number of the case; not secret.
    pub number: String,
    /// Its query code.
    pub code: Personal,
    /// What happens next, in order, with the days it is due.
    pub next: Vec<NextNote>,
}

/// Circumstances of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// When it arrived.
    pub now: Timestamp,
    /// Whether its sender's machine worked for it.
    pub work: Work,
    /// Correlation id of the request.
    pub request: String,
}

/// Why nothing was received, or nothing can be told.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceptionProblem {
    /// It may work in a moment; sent again under the same key it is received once.
    #[error("not available now")]
    Unavailable,
    /// Something else was received under this key.
    #[error("something else was received under this key")]
    OtherText,
    /// Files that were added have gone meanwhile: where each of them lay.
    #[error("files have gone")]
    FilesGone(Vec<String>),
    /// It cannot be received.
    #[error("refused: {code}")]
    Refused {
        /// Stable code.
        code: &'static str,
        /// The question that it is about, if it is about one.
        question: Option<String>,
        /// What to do, for the person who sent it.
        sentence: String,
    },
}
