//! What a message may tell of its case: number, site, addresses, a day. No word of what anybody wrote.

use domain::{
    IdentityId, SiteLabel,
    case::{CaseEvent, CaseFile, Kind, Occurrence},
    correction::Correction,
    deadline::Happened,
    request::Request,
    shanghai,
    site::{DESK_HOST, Site},
};
use gateway::City;
use jiff::{SignedDuration, Timestamp, civil::Date};
use ledger::{Ledger, LoadError, decode_event, fold};
use outbox::Message;
use thiserror::Error;

use crate::kinds;

/// What a message may tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
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
    /// The last day that the event names.
    pub(crate) last_day: Option<Date>,
    /// Where in the vault its citizen is told; none where he did not say, or it is erased.
    pub(crate) identity: Option<IdentityId>,
}

/// What a message would tell cannot be read.
#[derive(Debug, Error)]
pub(crate) enum FactsError {
    /// The ledger.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The stream is none of a case, or holds none.
    #[error("there is no such case")]
    NoCase,
}

/// What `message` may tell of its case as it stands now.
pub(crate) async fn of(ledger: &Ledger, city: &City, message: &Message) -> Result<Facts, FactsError> {
    match message.stream.category() {
        Correction::CATEGORY => of_case::<Correction>(ledger, city, message).await,
        Request::CATEGORY => of_case::<Request>(ledger, city, message).await,
        _ => Err(FactsError::NoCase),
    }
}

async fn of_case<K: Kind>(ledger: &Ledger, city: &City, message: &Message) -> Result<Facts, FactsError> {
    let stream = &message.stream;
    let kind = kinds::of(stream).ok_or(FactsError::NoCase)?;
    let commits = ledger.load(stream).await?;
    let case: CaseFile<K> = fold(&commits).map_err(LoadError::from)?;
    let opened = case.opened.as_ref().ok_or(FactsError::NoCase)?;
    let commit = commits.iter().find(|commit| commit.number == message.number);
    let place = usize::try_from(message.index).unwrap_or(usize::MAX);
    let told = commit.and_then(|commit| commit.events.get(place).map(|recorded| (commit, recorded)));
    let last_day = match told {
        None => None,
        Some((commit, recorded)) => due::<K>(&decode_event(commit, recorded).map_err(LoadError::from)?).map(last_day),
    };
    let site = &opened.opening.site;
    Ok(Facts {
        kind: kind.name,
        number: opened.opening.number.to_string(),
        site: name_of(ledger, site).await?,
        status: city.url(site.as_str(), &format!("/form/{}/status", kind.capability)),
        desk: city.url(DESK_HOST, &format!("/api/desk/{}s/{}", stream.category(), stream.key())),
        last_day,
        identity: case.identity().cloned(),
    })
}

/// The instant by which something is due, where the event names one.
fn due<K: Kind>(event: &Occurrence<K>) -> Option<Timestamp> {
    match event {
        Occurrence::Common(CaseEvent::DeadlineReminded { due, .. }) => Some(*due),
        Occurrence::Common(CaseEvent::DeadlineChanged(change)) => match &change.change {
            Happened::Extended { due, .. } => *due,
            _ => None,
        },
        _ => None,
    }
}

/// The last day of a term: the one that is over at `due`.
fn last_day(due: Timestamp) -> Date {
    shanghai::local(due.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(due)).date()
}

async fn name_of(ledger: &Ledger, label: &SiteLabel) -> Result<String, LoadError> {
    let (site, _, _) = ledger.read::<Site>(&label.stream()).await?;
    Ok(site.opened.map_or_else(|| label.to_string(), |(_, _, profile)| profile.name.to_string()))
}
