//! Beginning a case, however often its request is sent.
//!
//! A fingerprint that is keyed by the case's own key has to be made with the key that *stands*, and a resend does not know yet that there is one. So:
//!
//! 1. Read the case's keys. Where there are some, the request was accepted before: compare under that key, and give the first answer.
//! 2. Where there are none, make a key and append with it. If another send of the same request is faster, it is recognised by its id and looks like
//!    another body, since its fingerprint was made with another key: go back to 1, where the key now stands.
//!
//! Of an erased case nothing can be compared: whoever sends its first request again gets the first answer, whatever the body.

use domain::{Aggregate, Context, StreamId};
use ledger::{Command, ExecuteError, Receipt};
use thiserror::Error;

use crate::{
    error::VaultError,
    keys::{CaseKeys, PAUSES, way},
    new_case::{NewCase, Parties},
    store::Vault,
};

/// The request that begins a case.
#[derive(Clone)]
pub struct Submission<'a> {
    /// As for any command; its fingerprint is made here.
    pub command: &'a Command,
    /// Whose the case will be, and who brings it.
    pub parties: &'a Parties,
    /// What tells this request from another one under the same key: everything that was sent and means something.
    pub body: &'a [u8],
}

/// How a request stands before it is carried out.
#[derive(Debug)]
pub enum Beginning {
    /// It has begun the case before: the first answer.
    Begun(Receipt),
    /// It has not: a key for the case, and what comes with it.
    New(NewCase),
}

/// A case did not begin.
#[derive(Debug, Error)]
pub enum SubmitError<R> {
    /// The vault did not do its part; nothing was written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The ledger did not do its part.
    #[error("the case was not begun")]
    Execute(ExecuteError<R>),
}

impl Vault {
    /// Begins a case with its keys, its identity and what it is found by, all in the transaction of its first commit; or finds it begun by this request.
    ///
    /// `decide` seals with the case's key what it puts into events; it is called again on every conflict, with the same key.
    ///
    /// # Errors
    /// Refused, another body under the same key ([`ExecuteError::KeyReused`]), or the store failed: each as the ledger tells it.
    pub async fn submit<A, R>(
        &self,
        submission: &Submission<'_>,
        decide: impl FnMut(&NewCase, &A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<Receipt, SubmitError<R>>
    where
        A: Aggregate,
    {
        match self.beginning(submission).await? {
            Beginning::Begun(receipt) => Ok(receipt),
            Beginning::New(new) => self.begin(submission, &new, decide).await,
        }
    }

    /// How a request stands before it is carried out: who stores something beside the case, under its key, does so between this and [`begin`](Self::begin).
    ///
    /// Nothing of the case is stored here; a key that is not taken further opens nothing for anybody.
    ///
    /// # Errors
    /// As of [`submit`](Self::submit).
    pub async fn beginning<R>(&self, submission: &Submission<'_>) -> Result<Beginning, SubmitError<R>> {
        if let Some(receipt) = self.begun(submission).await? {
            return Ok(Beginning::Begun(receipt));
        }
        Ok(Beginning::New(self.new_case(&submission.command.stream, submission.parties).await?))
    }

    /// Begins a case that [`beginning`](Self::beginning) made a key for; where its commit was refused it may be tried again with the same key.
    ///
    /// # Errors
    /// As of [`submit`](Self::submit).
    pub async fn begin<A, R>(
        &self,
        submission: &Submission<'_>,
        new: &NewCase,
        mut decide: impl FnMut(&NewCase, &A, &Context) -> Result<Vec<A::Event>, R>,
    ) -> Result<Receipt, SubmitError<R>>
    where
        A: Aggregate,
    {
        let case = &submission.command.stream;
        let mut command = submission.command.clone();
        command.fingerprint = Some(new.key.fingerprint(submission.body));
        let decide = |state: &A, context: &Context| decide(new, state, context);
        let executed = self.ledger().execute_accompanied(&command, new.companions(), |_| Ok(()), decide).await;
        match executed {
            Err(ExecuteError::KeyReused) => match self.begun(submission).await? {
                Some(receipt) => Ok(receipt),
                // A commit of this request stands, and its keys do not, nor what is left of erased ones.
                None => Err(VaultError::KeyMissing { name: case.to_string() }.into()),
            },
            executed => executed.map_err(SubmitError::Execute),
        }
    }

    /// The first answer, where this request has begun the case.
    async fn begun<R>(&self, submission: &Submission<'_>) -> Result<Option<Receipt>, SubmitError<R>> {
        let mut command = submission.command.clone();
        let case = command.stream.clone();
        let erased = match self.case_keys(&case).await? {
            CaseKeys::Missing => return Ok(None),
            CaseKeys::Erased(at) => {
                command.fingerprint = self.fingerprint_that_stands(&command).await?;
                Some(at)
            }
            CaseKeys::Held { wraps, .. } => {
                let (department, wrap) = way(&case, &wraps, None)?;
                let data = self.data_key(&case, department, wrap).await?;
                let key = crate::case_key::CaseKey::new(case.clone(), &data);
                command.fingerprint = Some(key.fingerprint(submission.body));
                None
            }
        };
        for pause in PAUSES {
            match self.ledger().recognised(&command).await {
                Ok(Some((receipt, _))) => return Ok(Some(receipt)),
                Ok(None) => tokio::time::sleep(pause).await,
                Err(error) => return Err(SubmitError::Execute(error)),
            }
        }
        Err(not_ours(case, erased).into())
    }

    /// What the commit of this request carries: nothing else is left to compare with.
    async fn fingerprint_that_stands<R>(&self, command: &Command) -> Result<Option<String>, SubmitError<R>> {
        let commits = self.ledger().load(&command.stream).await.map_err(|error| SubmitError::Execute(error.into()))?;
        let own = commits.into_iter().find(|commit| commit.id == command.id);
        Ok(own.and_then(|commit| commit.fingerprint))
    }
}

/// A stream derives from its request, so keys that stand without a commit of it are an alarm, or an erasure that went before.
fn not_ours(case: StreamId, erased: Option<jiff::Timestamp>) -> VaultError {
    match erased {
        Some(at) => VaultError::Erased { case, at },
        None => VaultError::damaged("keys", case.as_str(), "they stand without a commit of this request"),
    }
}
