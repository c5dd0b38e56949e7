//! What a message may tell of its case: number, site, addresses, a day. No word of what anybody wrote.

use domain::{
    DepartmentCode, Fact, IdentityId, SiteLabel, StaffId, StreamId,
    calendar::CalendarHistory,
    case::{self, CaseFile, Kind, Occurrence},
    correction::Correction,
    deadline::Deadline,
    id::Malformed,
    request::Request,
    shanghai,
    site::{DESK_HOST, Site},
};
use gateway::City;
use jiff::{SignedDuration, Timestamp, civil::Date};
use ledger::{Commit, Ledger, LoadError, decode_event, fold};
use outbox::{
    Message,
    rules::{self, Noticed},
};
use thiserror::Error;

use crate::kinds;

/// Who looks at a case that is settled to be told of.
const ACTOR: &str = "system:react";

/// What a message may tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Whether what the message tells is so still.
    pub(crate) holds: bool,
    /// What kind of case it is: `网民找错`.
    pub(crate) kind: &'static str,
    /// Its number.
    pub(crate) number: String,
    /// Name of the site it was sent from.
    pub(crate) site: String,
    /// Where its citizen reads how it stands.
    pub(crate) status: String,
    /// Where staff work on it.
    pub(crate) desk: String,
    /// The deadline that it tells of; none where it tells of none.
    pub(crate) term: Option<Term>,
    /// The department that answers for it now.
    pub(crate) department: DepartmentCode,
    /// Which person does.
    pub(crate) handler: Option<StaffId>,
    /// Where in the vault its citizen is told; none where he did not say, or it is erased.
    pub(crate) identity: Option<IdentityId>,
}

/// A deadline in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// What it is called: `补正期限`.
    pub(crate) title: String,
    /// Its last day; none while its clock stands.
    pub(crate) last_day: Option<Date>,
}

/// What a message would tell cannot be read.
#[derive(Debug, Error)]
pub(crate) enum FactsError {
    /// The ledger.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The name of who acts is none: a mistake of this code.
    #[error(transparent)]
    Name(#[from] Malformed),
    /// The stream is none of a case, or holds none.
    #[error("there is no such case")]
    NoCase,
    /// The stream ends before what the message tells of.
    #[error("there is no such event")]
    NoEvent,
}

/// What `message` may tell of its case as it stands now, whether or not the clock came by.
pub(crate) async fn of(ledger: &Ledger, city: &City, message: &Message) -> Result<Facts, FactsError> {
    match message.stream.category() {
        Correction::CATEGORY => of_case::<Correction>(ledger, city, message).await,
        Request::CATEGORY => of_case::<Request>(ledger, city, message).await,
        _ => Err(FactsError::NoCase),
    }
}

async fn of_case<K: Noticed>(ledger: &Ledger, city: &City, message: &Message) -> Result<Facts, FactsError> {
    let stream = &message.stream;
    let kind = kinds::of(stream).ok_or(FactsError::NoCase)?;
    let commits = ledger.load(stream).await?;
    let (calendars, _, _) = ledger.read::<CalendarHistory>(&StreamId::calendar()).await?;
    let now = Fact { commit: 0, at: ledger.now(), actor: ACTOR.parse()? };
    let case = case::settle(&fold::<CaseFile<K>>(&commits).map_err(LoadError::from)?, &calendars, &now).case;
    let opened = case.opened.as_ref().ok_or(FactsError::NoCase)?;
    let commit = commits.iter().find(|commit| commit.number == message.number).ok_or(FactsError::NoEvent)?;
    let events: Vec<Occurrence<K>> = occurrences(commit)?;
    let place = usize::try_from(message.index).map_err(|_| FactsError::NoEvent)?;
    let term = rules::deadline::<K>(&events, place).and_then(|name| case.deadlines.get(name)).map(Term::of);
    let site = &opened.opening.site;
    Ok(Facts {
        holds: rules::holds(message, &events, &case),
        kind: kind.name,
        number: opened.opening.number.to_string(),
        site: name_of(ledger, site).await?,
        status: city.url(site.as_str(), &format!("/form/{}/status", kind.capability)),
        desk: city.url(DESK_HOST, &format!("/api/desk/{}s/{}", stream.category(), stream.key())),
        term,
        department: case.department.clone().ok_or(FactsError::NoCase)?,
        handler: case.handler.clone(),
        identity: case.identity().cloned(),
    })
}

impl Term {
    fn of(deadline: &Deadline) -> Self {
        Self { title: deadline.term.limit.title.to_string(), last_day: deadline.due().map(last_day) }
    }
}

/// The events of a commit.
fn occurrences<K: Noticed>(commit: &Commit) -> Result<Vec<Occurrence<K>>, LoadError> {
    let events = commit.events.iter().map(|recorded| decode_event(commit, recorded));
    Ok(events.collect::<Result<_, _>>()?)
}

/// The last day of a term: the one that is over at `due`.
fn last_day(due: Timestamp) -> Date {
    shanghai::local(due.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(due)).date()
}

async fn name_of(ledger: &Ledger, label: &SiteLabel) -> Result<String, LoadError> {
    let (site, _, _) = ledger.read::<Site>(&label.stream()).await?;
    Ok(site.opened.map_or_else(|| label.to_string(), |(_, _, profile)| profile.name.to_string()))
}
