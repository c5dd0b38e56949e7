//! How what citizens send at the front door becomes cases, and how they find these again.

use std::{collections::BTreeMap, fmt::Display};

use command::Envelope;
use domain::{
    DepartmentCode, SiteLabel,
    case::{CaseFile, CaseRefusal, Channel, Occurrence, Opening, Shown, Years},
    deadline::Moment,
    path::SitePath,
    site::Site,
    text::Line,
};
use frontdoor::{CodeShown, Deed, Personal, Receipt, ReceptionProblem, SavedFile, Standing, Submission};
use jiff::Timestamp;
use vault::{FoundBy, Identity, PersonMark, Secret, VaultError};
use views::{Prefix, Read, ViewError, city::slice};

use crate::{
    casework::Casework,
    find::{FindError, Found, find},
    problems::alarm,
    receive::{Incoming, ReceiveError, Received, recall, receive, somebody},
    status::{due_note, given, status},
    words::Words,
};

/// What a form's own capability says of a submission.
#[derive(Clone)]
pub struct Filing {
    /// Name of the act: part of the commit's identity, so never renamed.
    pub action: &'static str,
    /// What happens next, for the receipt.
    pub next: &'static str,
    /// The site it was sent from.
    pub site: SiteLabel,
    /// Who answers for it first.
    pub department: DepartmentCode,
    /// How long after its end what is personal in it is kept.
    pub kept_for: Years,
}

/// What was sent, as a case takes it in.
///
/// # Errors
/// The vault cannot mark who sent it, or a name of the form is none.
pub async fn incoming<S: Casework>(
    state: &S,
    submission: &Submission,
    filing: Filing,
) -> Result<Incoming, ReceptionProblem> {
    let found_by = marks(state, submission).await.map_err(|error| {
        alarm(&error);
        tracing::warn!(%error, "a person cannot be marked");
        ReceptionProblem::Unavailable
    })?;
    Ok(Incoming {
        sender: somebody().map_err(|_| ReceptionProblem::Unavailable)?,
        channel: Channel::Web,
        told: None,
        action: filing.action,
        next: filing.next,
        key: submission.key.clone(),
        site: filing.site,
        form: shown(&submission.form, submission.version)?,
        notice: shown(&submission.notice, submission.notice_version)?,
        kept_for: filing.kept_for,
        department: filing.department,
        content: content(submission),
        files: submission.files.clone(),
        identity: identity(submission),
        found_by,
    })
}

/// The receipt of what was received under this key, if anything was.
///
/// # Errors
/// Something else was, or it cannot be told.
pub async fn recalled<S: Casework, K: Words>(
    state: &S,
    incoming: &Incoming,
) -> Result<Option<Receipt>, ReceptionProblem> {
    let recalled = recall::<_, K, CaseRefusal>(state, incoming).await;
    Ok(recalled.map_err(problem)?.map(|received| receipt(&received, incoming.next)))
}

/// Takes in what was sent; `decide` as of [`receive`].
///
/// # Errors
/// Nothing was received.
pub async fn received<S, K, R>(
    state: &S,
    incoming: &Incoming,
    decide: impl FnMut(&CaseFile<K>, Opening, Moment<'_>) -> Result<Vec<Occurrence<K>>, R> + Send,
) -> Result<Receipt, ReceptionProblem>
where
    S: Casework,
    K: Words,
    R: Display + Send,
{
    let received = receive(state, incoming, decide).await;
    Ok(receipt(&received.map_err(problem)?, incoming.next))
}

/// How the case of `number` stands, for whoever knows its code.
///
/// # Errors
/// It cannot be told now.
pub async fn shown_to<S: Casework, K: Words>(
    state: &S,
    number: &str,
    code: &Personal,
    now: Timestamp,
) -> Result<Option<Standing>, ReceptionProblem> {
    let Some(found) = found::<S, K>(state, number, code).await? else { return Ok(None) };
    status(state, &found, now).await.map(Some).map_err(|error| {
        told(&error);
        tracing::warn!(%error, stream = found.stream.as_str(), "a case cannot be shown");
        ReceptionProblem::Unavailable
    })
}

/// A file that was given with the answer of a case, for whoever knows the code of the case; that he reads it is recorded first.
///
/// # Errors
/// No such file was given, or it cannot be had now.
pub async fn given_to<S: Casework, K: Words>(
    state: &S,
    shown: &CodeShown<'_>,
    file: &str,
    now: Timestamp,
) -> Result<Option<SavedFile>, ReceptionProblem> {
    let Some(found) = found::<S, K>(state, shown.number, shown.code).await? else { return Ok(None) };
    let given = given(state, &found, file, now).await.map_err(|error| {
        told(&error);
        tracing::warn!(%error, stream = found.stream.as_str(), "a file cannot be given");
        ReceptionProblem::Unavailable
    })?;
    given.map(Some).ok_or_else(|| refused("no-such-file", "没有这个附件。请重新查看办理进度，再从列出的附件中下载。"))
}

/// The case that an act of its citizen is about, if he knows its code.
///
/// # Errors
/// It cannot be told now.
pub async fn meant<S: Casework, K: Words>(state: &S, deed: &Deed) -> Result<Option<Found<K>>, ReceptionProblem> {
    found(state, &deed.number, &deed.code).await
}

/// Whether `action`, an act of the citizen of a case, stands done under the key of `deed`, if he knows its code.
///
/// # Errors
/// It cannot be told now.
pub async fn did<S: Casework, K: Words>(
    state: &S,
    deed: &Deed,
    action: &'static str,
) -> Result<Option<bool>, ReceptionProblem> {
    let Some(Found { stream, commits, .. }) = meant::<S, K>(state, deed).await? else { return Ok(None) };
    let id = Envelope::of_citizen(&stream, deed.key.clone()).commit_id(action, stream.as_str());
    Ok(Some(commits.iter().any(|commit| commit.id == id)))
}

async fn found<S: Casework, K: Words>(
    state: &S,
    number: &str,
    code: &Personal,
) -> Result<Option<Found<K>>, ReceptionProblem> {
    find(state, number, code.expose()).await.map_err(|error| {
        told(&error);
        tracing::warn!(%error, "a case cannot be looked up");
        ReceptionProblem::Unavailable
    })
}

/// Tells whoever is on call of keys that are lost.
fn told(error: &FindError) {
    if let FindError::Vault(error) = error {
        alarm(error);
    }
}

/// Who answers for a site.
///
/// # Errors
/// There is no such site, or it cannot be read.
pub async fn sponsor<S: Casework>(state: &S, site: &SiteLabel) -> Result<DepartmentCode, ReceptionProblem> {
    sponsor_of(state, site).await?.ok_or_else(site_unknown)
}

/// Who answers for a site; none where there is no such site.
///
/// # Errors
/// It cannot be read.
pub async fn sponsor_of<S: Casework>(state: &S, site: &SiteLabel) -> Result<Option<DepartmentCode>, ReceptionProblem> {
    let (found, _, _) = state.ledger().read::<Site>(&site.stream()).await.map_err(|error| {
        tracing::warn!(%error, site = site.as_str(), "a site cannot be read");
        ReceptionProblem::Unavailable
    })?;
    Ok(found.opened.map(|(_, department, _)| department))
}

/// Whether a page stands at `path` of the site, or ever did.
///
/// # Errors
/// The views cannot be read.
pub async fn stands<S: Casework>(state: &S, site: &SiteLabel, path: &SitePath) -> Result<bool, ReceptionProblem> {
    let unread = |error: ViewError| {
        tracing::warn!(%error, "it cannot be told which pages there are");
        ReceptionProblem::Unavailable
    };
    let Some(registry) = state.views().registry().await.map_err(unread)? else { return Ok(false) };
    let row = Read::row(slice::pages(site.as_str()), path.as_str());
    Ok(!state.views().read(&Prefix(registry.active), &row).await.map_err(unread)?.is_empty())
}

/// The site that a submission was sent from.
///
/// # Errors
/// Its name is none.
pub fn site_of(submission: &Submission) -> Result<SiteLabel, ReceptionProblem> {
    submission.site.parse().map_err(|_| site_unknown())
}

/// It cannot be received, and what to do.
#[must_use]
pub fn refused(code: &'static str, sentence: &str) -> ReceptionProblem {
    ReceptionProblem::Refused { code, question: None, sentence: sentence.to_owned() }
}

fn site_unknown() -> ReceptionProblem {
    refused("site-unknown", "没有这个网站。")
}

/// What its sender is found by, should he ask for what he sent: his telephone, and the number of his document.
async fn marks<S: Casework>(state: &S, submission: &Submission) -> Result<Vec<PersonMark>, VaultError> {
    let told = &submission.identity;
    let phone = told.phone.as_ref().and_then(|phone| FoundBy::phone(phone.expose()).ok());
    let document = told.id_number.as_ref().and_then(|number| FoundBy::id_number(number.expose()).ok());
    let mut marks = Vec::new();
    for found_by in phone.iter().chain(&document) {
        marks.push(state.vault().mark(found_by).await?);
    }
    Ok(marks)
}

/// Every answer but those of who he is: question → answer, as JSON.
fn content(submission: &Submission) -> Secret<String> {
    let mut told: BTreeMap<&str, String> = BTreeMap::new();
    for (question, values) in &submission.plain {
        told.insert(question, values.join("、"));
    }
    for answer in &submission.sealed {
        told.insert(&answer.question, answer.text.expose().to_owned());
    }
    // A map of texts always serialises.
    Secret::new(serde_json::to_string(&told).unwrap_or_default())
}

fn identity(submission: &Submission) -> Option<Identity> {
    let told = &submission.identity;
    if told.is_empty() {
        return None;
    }
    let parts = [
        ("name", &told.name),
        ("phone", &told.phone),
        ("email", &told.email),
        ("id-number", &told.id_number),
        ("address", &told.address),
        ("organisation", &told.organisation),
    ];
    let identity = parts.into_iter().fold(Identity::new(), |identity, (name, part)| match part {
        Some(text) => identity.with(name, text.expose()),
        None => identity,
    });
    Some(identity)
}

fn shown(name: &str, version: u32) -> Result<Shown, ReceptionProblem> {
    let name = Line::new(name).map_err(|_| refused("form-unknown", "没有这份表单。"))?;
    Ok(Shown { name, version })
}

fn receipt<K: Words>(received: &Received<K>, next: &str) -> Receipt {
    let number = received.case.opened.as_ref().map(|opened| opened.opening.number.to_string()).unwrap_or_default();
    Receipt { number, code: Personal::new(received.code.expose().as_str()), next: vec![due_note(&received.case, next)] }
}

pub(crate) fn problem<R: Display>(error: ReceiveError<R>) -> ReceptionProblem {
    match error {
        ReceiveError::OtherText => ReceptionProblem::OtherText,
        ReceiveError::FilesGone(places) => ReceptionProblem::FilesGone(places),
        ReceiveError::Refused(refusal) => {
            tracing::error!(alarm = "reception", %refusal, "the rules refuse what the form let pass");
            refused("refused", "暂时不能受理，请稍后再试。")
        }
        ReceiveError::Unavailable(reason) => {
            tracing::warn!(reason, "nothing was received");
            ReceptionProblem::Unavailable
        }
    }
}
