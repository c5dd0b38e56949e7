//! What a citizen sent becomes a case.

use std::time::Instant;

use domain::{
    ActorId, CaseId, CommitId, DepartmentCode, SiteLabel, StreamId,
    calendar::CalendarHistory,
    case::{CaseFile, CaseNumber, Channel, Kind, Occurrence, Opening, Shown, Years},
    deadline::Moment,
    id::Malformed,
};
use frontdoor::SentFile;
use ledger::{Command, ExecuteError, LoadError, Receipt};
use thiserror::Error;
use vault::{Beginning, Identity, Parties, PersonMark, Secret, Submission, SubmitError, VaultError};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
    enclose::enclosed,
    files::file_name,
    problems,
};

/// Under which name what was written is sealed.
pub(crate) const CONTENT: &str = "content";

/// Whoever sends something in at the front door: who else he is stands in the vault, if he told.
const ACTOR: &str = "citizen:web";

/// Numbers that are tried: on a busy day one of fifty is taken.
const NUMBERS: u32 = 8;

/// Whoever sends something in at the front door.
///
/// # Errors
/// The name is none: a mistake of this code.
pub(crate) fn somebody() -> Result<ActorId, Malformed> {
    ACTOR.parse()
}

/// What was sent, checked.
pub struct Incoming {
    /// Who sends it: somebody at the front door, or the colleague who registers what came on paper.
    pub sender: ActorId,
    /// The way it came.
    pub channel: Channel,
    /// What tells it from another text under the same key, where that is not all that stands here.
    pub told: Option<Secret<String>>,
    /// Name of the act: part of the commit's identity, so never renamed.
    pub action: &'static str,
    /// What happens next, for the receipt.
    pub next: &'static str,
    /// The idempotency key: the one-time token of the form.
    pub key: String,
    /// The site it was sent from.
    pub site: SiteLabel,
    /// The form.
    pub form: Shown,
    /// The notice on personal data.
    pub notice: Shown,
    /// How long after its end what is personal in it is kept.
    pub kept_for: Years,
    /// Who answers for it first.
    pub department: DepartmentCode,
    /// What was written, as JSON: question → answer.
    pub content: Secret<String>,
    /// Files that were added, as they wait in quarantine.
    pub files: Vec<SentFile>,
    /// Who sent it, if he told.
    pub identity: Option<Identity>,
    /// What he is found by.
    pub found_by: Vec<PersonMark>,
}

/// A case that was received.
pub struct Received<K: Kind> {
    /// Its stream.
    pub stream: StreamId,
    /// As it stands right after it was received.
    pub case: CaseFile<K>,
    /// Its query code.
    pub code: Secret<String>,
    /// The commit that began it.
    pub receipt: Receipt,
}

/// Why nothing was received.
#[derive(Debug, Error)]
pub enum ReceiveError<R> {
    /// Something else was received under this key.
    #[error("something else was received under this key")]
    OtherText,
    /// Files that were added have gone from quarantine: where each of them lay.
    #[error("files have gone")]
    FilesGone(Vec<String>),
    /// The rules refuse it.
    #[error("refused")]
    Refused(R),
    /// It may work in a moment.
    #[error("not available now: {0}")]
    Unavailable(String),
}

impl<R> From<LoadError> for ReceiveError<R> {
    fn from(error: LoadError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl<R> From<VaultError> for ReceiveError<R> {
    fn from(error: VaultError) -> Self {
        problems::alarm(&error);
        Self::Unavailable(error.to_string())
    }
}

impl<R> From<Malformed> for ReceiveError<R> {
    fn from(error: Malformed) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// The stream and the commit that a submission under this key begins.
fn named<K: Kind>(incoming: &Incoming) -> Result<(ActorId, CommitId, StreamId, CaseId), Malformed> {
    let actor = incoming.sender.clone();
    let id = CommitId::derive(&actor, incoming.action, "new", 0, &incoming.key);
    let case = CaseId::derive(&id);
    let stream = case.stream(K::CATEGORY)?;
    Ok((actor, id, stream, case))
}

/// What was received under this key, if anything was: a resend is told of it before anything can refuse it.
///
/// # Errors
/// Something else was, or it cannot be told.
pub async fn recall<S, K, R>(state: &S, incoming: &Incoming) -> Result<Option<Received<K>>, ReceiveError<R>>
where
    S: Casework,
    K: Kind,
    R: Send,
{
    let (_, _, stream, _) = named::<K>(incoming)?;
    if state.ledger().load(&stream).await?.is_empty() {
        return Ok(None);
    }
    // The stream derives from the key: what stands there is recognised, or is another text, and nothing is decided.
    let refused = |_: &CaseFile<K>, _: Opening, _: Moment<'_>| Ok(Vec::new());
    receive(state, incoming, refused).await.map(Some)
}

/// Takes in what was sent: the case, its number, its terms, its key, its identity and what it is found by stand together, or not at all.
///
/// `decide` makes the events of the kind from how it came in; it is called again on every conflict.
///
/// # Errors
/// Nothing was received.
pub async fn receive<S, K, R>(
    state: &S,
    incoming: &Incoming,
    mut decide: impl FnMut(&CaseFile<K>, Opening, Moment<'_>) -> Result<Vec<Occurrence<K>>, R> + Send,
) -> Result<Received<K>, ReceiveError<R>>
where
    S: Casework,
    K: Kind,
    R: Send,
{
    let (actor, id, stream, case) = named::<K>(incoming)?;
    let calendars: CalendarHistory = calendars(state).await?;
    let vault = state.vault();
    let code_key = vault.query_code_key().await?;
    let parties = Parties {
        departments: vec![incoming.department.clone()],
        identity: incoming.identity.clone(),
        found_by: incoming.found_by.clone(),
    };
    let field = CONTENT.parse()?;
    let body = incoming.body();
    let command = |started| Command {
        stream: stream.clone(),
        id: id.clone(),
        actor: actor.clone(),
        fingerprint: None,
        expected: None,
        holds: Vec::new(),
        started,
    };
    let request = command(Instant::now());
    let submission = Submission { command: &request, parties: &parties, body: body.expose().as_bytes() };
    let new = match vault.beginning(&submission).await.map_err(refused)? {
        Beginning::Begun(receipt) => return told(state, receipt, code_key).await,
        Beginning::New(new) => new,
    };
    // Before the commit that names them; what follows has its time from here on.
    let files = enclosed(state, &new.key, &incoming.files, file_name).await?;
    let request = command(Instant::now());
    let submission = Submission { command: &request, ..submission };
    for attempt in 0..NUMBERS {
        let submitted = vault
            .begin(&submission, &new, |new, standing: &CaseFile<K>, context| {
                let content = new.key.seal(&field, incoming.content.expose()).map_err(|_| Unfit::TooLong)?;
                let opening = Opening {
                    number: CaseNumber::derive(K::PREFIX, &case, context.now, attempt),
                    channel: incoming.channel,
                    site: incoming.site.clone(),
                    form: incoming.form.clone(),
                    notice: incoming.notice.clone(),
                    kept_for: incoming.kept_for,
                    department: incoming.department.clone(),
                    code_key,
                    identity: new.identity.clone(),
                    content,
                    files: files.clone(),
                };
                let settled = settled_case(standing, &calendars, context);
                decide(&settled.case, opening, settled.now).map_err(Unfit::Refused)
            })
            .await;
        match submitted {
            Ok(receipt) => return told(state, receipt, code_key).await,
            // The number is another case's: the next one is tried.
            Err(SubmitError::Execute(ExecuteError::ClaimTaken { .. })) => {}
            Err(error) => return Err(refused(error)),
        }
    }
    Err(ReceiveError::Unavailable("no number is free".to_owned()))
}

/// The case as it stands, with its query code: made with the key that its opening names.
async fn told<S, K, R>(state: &S, receipt: Receipt, code_key: u32) -> Result<Received<K>, ReceiveError<R>>
where
    S: Casework,
    K: Kind,
{
    let stream = receipt.stream.clone();
    let (case, _, _) = state.ledger().read::<CaseFile<K>>(&stream).await?;
    let key = case.opened.as_ref().map_or(code_key, |opened| opened.opening.code_key);
    Ok(Received { code: state.vault().query_code(&stream, key).await?, stream, case, receipt })
}

/// Why nothing was decided.
enum Unfit<R> {
    TooLong,
    Refused(R),
}

fn refused<R>(error: SubmitError<Unfit<R>>) -> ReceiveError<R> {
    match error {
        SubmitError::Vault(error) => error.into(),
        SubmitError::Execute(ExecuteError::KeyReused) => ReceiveError::OtherText,
        SubmitError::Execute(ExecuteError::Refused(Unfit::Refused(refusal))) => ReceiveError::Refused(refusal),
        SubmitError::Execute(ExecuteError::Refused(Unfit::TooLong)) => {
            ReceiveError::Unavailable("what was written is longer than a form allows".to_owned())
        }
        SubmitError::Execute(_) => ReceiveError::Unavailable("the ledger did not carry it out".to_owned()),
    }
}

impl Incoming {
    /// Everything that was sent and means something: what tells it from another text under the same key.
    fn body(&self) -> Secret<String> {
        if let Some(told) = &self.told {
            return told.clone();
        }
        let mut told = format!("{}\n{}\n{}\n", self.site, self.form.version, self.content.expose());
        if let Some(identity) = &self.identity {
            for name in identity.names() {
                told.push_str(name);
                told.push('=');
                told.push_str(identity.get(name).unwrap_or_default());
                told.push('\n');
            }
        }
        for SentFile { question, file } in &self.files {
            for part in [question, &file.place, file.name.expose()] {
                told.push_str(part);
                told.push('\n');
            }
        }
        Secret::new(told)
    }
}
