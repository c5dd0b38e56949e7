//! What is to be done to cases though nobody acts: the clock comes by.
//!
//! A case that is due, or counted by an earlier calendar than the one in force, is settled on its own stream; the view only says which to look at, and may be a moment behind. Two clocks at once, or one that dies,
//! change nothing: a command is named by the entry that asks for it, and what fell due falls due once. With no clock at all the law still
//! holds, for every decision settles first.

use std::time::{Duration, Instant};

use command::{Envelope, begin, settled};
use domain::{
    ActorId, StreamId,
    case::{self, CaseFile, CaseRefusal, Kind, Occurrence},
    id::Malformed,
    shanghai,
};
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use ledger::LoadError;
use serde::Serialize;
use thiserror::Error;
use vault::{Keys, VaultError};
use views::{
    Prefix, Row, ViewError,
    city::{CaseDueRow, slice},
};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
};

/// Who acts when nobody does.
const ACTOR: &str = "system:clock";

/// Part of the commits' identities, so never renamed.
const WAKE: &str = "clock wake case";
const ERASED: &str = "clock complete erasure";

/// Entries that are read at once.
const ENTRIES: usize = 100;
/// Cases at work at once.
const CONCURRENT: usize = 8;
/// How long a run takes up cases; the next one takes the rest.
const BUDGET: Duration = Duration::from_secs(40);
/// How long of that it erases.
const ERASING: Duration = Duration::from_secs(15);
/// How long after its time an entry may wait before somebody is told.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WakeReport {
    /// Cases to which something happened.
    pub woken: u64,
    /// Cases that had moved on before the views told so.
    pub idle: u64,
    /// Cases that wait for the next run.
    pub waiting: u64,
    /// Erasures that were completed.
    pub erased: u64,
}

/// What is due could not be read.
#[derive(Debug, Error)]
pub enum WakeError {
    /// The views.
    #[error(transparent)]
    Views(#[from] ViewError),
    /// The calendar.
    #[error(transparent)]
    Calendar(#[from] LoadError),
    /// A name or text of this code is none: a mistake of it.
    #[error(transparent)]
    Name(#[from] Malformed),
}

impl std::ops::AddAssign for WakeReport {
    fn add_assign(&mut self, other: Self) {
        self.woken += other.woken;
        self.idle += other.idle;
        self.waiting += other.waiting;
        self.erased += other.erased;
    }
}

/// Wakes every case of this kind whose time has come, and completes erasures.
///
/// # Errors
/// What is due could not be read; what becomes of single cases is in the report.
pub async fn keep_time<S, K>(state: &S) -> Result<WakeReport, WakeError>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let begun = Instant::now();
    let mut report = WakeReport::default();
    // First, and bounded: a backlog of either keeps the other from nothing.
    erase_all::<S, K>(state, begun + ERASING, &mut report).await?;
    wake_all::<S, K>(state, begun + BUDGET, &mut report).await?;
    if report != WakeReport::default() {
        let WakeReport { woken, idle, waiting, erased } = report;
        tracing::info!(kind = K::CATEGORY, woken, idle, waiting, erased, "cases");
    }
    Ok(report)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Done,
    Idle,
    Waiting,
}

/// Wakes every case of this kind whose time has come: reminds its handlers, lets fall due what is due, ends what is kept no longer; and counts anew what an
/// earlier calendar counted.
///
/// # Errors
/// What is due could not be read; what becomes of single cases is in the report.
async fn wake_all<S, K>(state: &S, until: Instant, report: &mut WakeReport) -> Result<(), WakeError>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let Some(registry) = state.views().registry().await? else { return Ok(()) };
    let (prefix, now) = (Prefix(registry.active), state.clock().now());
    // Behind every entry of this very instant: keys go on with a slash.
    let due = format!("{}0", shanghai::sortable(now));
    come_to::<S, K>(state, &prefix, (&slice::cases_due(), &due), until, report).await?;
    let calendars = calendars(state).await?;
    let in_force = calendars.adoptions().iter().take_while(|adoption| adoption.at <= now).last();
    if let Some(adoption) = in_force {
        // Before every entry of this version.
        let behind = slice::calendar(adoption.calendar.number());
        come_to::<S, K>(state, &prefix, (&slice::cases_counted(), &behind), until, report).await?;
    }
    Ok(())
}

/// Wakes the cases of a slice up to a key.
async fn come_to<S, K>(
    state: &S,
    prefix: &Prefix,
    (slice, upto): (&str, &str),
    until: Instant,
    report: &mut WakeReport,
) -> Result<(), WakeError>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let now = state.clock().now();
    let mut after: Option<String> = None;
    loop {
        let rows = state.views().open(prefix, slice, after.as_deref(), Some(upto), ENTRIES).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.at.key.clone());
        let due: Vec<Due> = rows.iter().filter_map(entry::<K>).collect();
        if Instant::now() >= until {
            report.waiting += count(due.len());
            return Ok(());
        }
        let ended: Vec<Ended> = stream::iter(due)
            .map(|due| async move {
                if Instant::now() >= until {
                    return Ended::Waiting;
                }
                let ended = Box::pin(wake::<S, K>(state, &due)).await;
                if ended == Ended::Waiting && now.duration_since(due.at) > LATE {
                    let stream = due.case.as_str();
                    tracing::error!(alarm = "case-late", stream, "a case has waited long to be woken");
                }
                ended
            })
            .buffer_unordered(CONCURRENT)
            .collect()
            .await;
        for ended in ended {
            match ended {
                Ended::Done => report.woken += 1,
                Ended::Idle => report.idle += 1,
                Ended::Waiting => report.waiting += 1,
            }
        }
    }
}

/// A case to which something is to be done.
struct Due {
    case: StreamId,
    /// When it was to wake.
    at: Timestamp,
    /// The entry, and the commit that made it: whoever comes to it twice sends the same command twice, and an entry that is made anew is come to anew.
    key: String,
}

/// The case of a row, if it is of this kind; one that this code cannot read is told to somebody, for nothing becomes of it.
fn entry<K: Kind>(row: &Row) -> Option<Due> {
    let key = format!("{}/{}", row.at.key, row.version);
    let entry = row.content().and_then(|row: CaseDueRow| Some(Due { case: row.stream.parse().ok()?, at: row.at, key }));
    if entry.is_none() {
        tracing::error!(alarm = "case-due-row", row = row.at.key.as_str(), "an entry cannot be read");
    }
    entry.filter(|due| due.case.category() == K::CATEGORY)
}

fn count(entries: usize) -> u64 {
    u64::try_from(entries).unwrap_or(u64::MAX)
}

/// Settles one case and does what is to be done to it.
async fn wake<S, K>(state: &S, due: &Due) -> Ended
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let woken = async {
        let actor: ActorId = ACTOR.parse()?;
        let calendars = calendars(state).await?;
        let envelope = Envelope::of_platform(actor, due.key.clone());
        let order = envelope.item(WAKE, due.case.clone(), &serde_json::Value::Null);
        Ok::<_, WakeError>(
            settled(
                state,
                &order,
                begin(state, &order, |standing: &CaseFile<K>, context| {
                    let settled = settled_case(standing, &calendars, context);
                    let decided = case::wake(&settled.case, settled.now);
                    let events = settled.then(decided);
                    if events.is_empty() { Err(CaseRefusal::NothingDue.into()) } else { Ok(events) }
                }),
            )
            .await,
        )
    };
    match woken.await {
        Ok(Ok(accepted)) if accepted.receipt.repeated => Ended::Idle,
        Ok(Ok(_)) => Ended::Done,
        Ok(Err(refusal)) => {
            let setback: command::Setback = refusal.into();
            if setback.passes() { Ended::Waiting } else { Ended::Idle }
        }
        Err(error) => {
            tracing::warn!(%error, stream = due.case.as_str(), "a case was not woken");
            Ended::Waiting
        }
    }
}

/// Destroys what is left in the vault of every erased case of this kind, and says so in its stream once nothing is.
///
/// # Errors
/// What is to be erased could not be read.
async fn erase_all<S, K>(state: &S, until: Instant, report: &mut WakeReport) -> Result<(), WakeError>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let Some(registry) = state.views().registry().await? else { return Ok(()) };
    let prefix = Prefix(registry.active);
    let mut after: Option<String> = None;
    loop {
        let rows = state.views().open(&prefix, &slice::erasures(), after.as_deref(), None, ENTRIES).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.at.key.clone());
        let erased: Vec<Due> = rows.iter().filter_map(entry::<K>).collect();
        for (place, Due { case, .. }) in erased.iter().enumerate() {
            // The next run takes the rest: not even a page more is read.
            if Instant::now() >= until {
                report.waiting += count(erased.len().saturating_sub(place));
                return Ok(());
            }
            match Box::pin(erase::<S, K>(state, case)).await {
                Ok(true) => report.erased += 1,
                Ok(false) => report.idle += 1,
                Err(error) => {
                    report.waiting += 1;
                    tracing::error!(alarm = "erasure", stream = case.as_str(), %error, "an erasure was not completed");
                }
            }
        }
    }
}

/// It was not erased.
#[derive(Debug, Error)]
enum EraseError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Name(#[from] Malformed),
    #[error("{0} rows remain")]
    Remains(usize),
    #[error("it cannot be told now: {0}")]
    Told(String),
}

/// Whether the erasure was completed now: the event stands, then the keys and rows go, then that is told.
async fn erase<S, K>(state: &S, case: &StreamId) -> Result<bool, EraseError>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    let (standing, version, _) = state.ledger().read::<CaseFile<K>>(case).await?;
    let open = standing.erased.filter(|erasure| erasure.completed.is_none());
    if open.is_none() {
        return Ok(false);
    }
    let erased = state.vault().erase(case).await?;
    if erased.keys == Keys::WereMissing {
        tracing::error!(alarm = "vault", stream = case.as_str(), "the keys of a case were gone before its erasure");
    }
    if !erased.is_complete() {
        return Err(EraseError::Remains(erased.remains.len()));
    }
    // The first day that begins after the last backup is gone.
    let beyond = shanghai::local(erased.beyond_backups).date();
    let gone_for_good_on = beyond.tomorrow().unwrap_or(beyond);
    let actor: ActorId = ACTOR.parse()?;
    let envelope = Envelope::of_platform(actor, version.to_string());
    let order = envelope.item(ERASED, case.clone(), &serde_json::Value::Null);
    let told = settled(
        state,
        &order,
        begin(state, &order, |standing: &CaseFile<K>, _| {
            Ok::<Vec<Occurrence<K>>, S::Refusal>(case::complete_erasure(standing, gone_for_good_on)?)
        }),
    );
    match told.await {
        Ok(accepted) => Ok(!accepted.receipt.repeated),
        Err(refusal) => {
            let setback: command::Setback = refusal.into();
            if setback.passes() { Err(EraseError::Told(setback.problem().code().to_owned())) } else { Ok(false) }
        }
    }
}
