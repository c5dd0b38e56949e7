//! What editors have timed: the clock comes by, and each publication and expiry that is due is carried out as a command of its own.
//!
//! The timetable is a slice of the views and may be a moment behind; what is true is decided on the document's stream. An entry that fell meanwhile is
//! refused there and passed over, one that is refused for good becomes an event that its editors are told by, one that cannot be decided now (a throttled
//! store, a version that moved on) waits for the next round. Two rounds at once, or one that dies between a commit and its answer, change nothing: a
//! command is named by the commit that scheduled it.

use std::time::{Duration, Instant};

use command::{Envelope, Order, proceed, settled};
use domain::{
    ActorId, DocumentId,
    document::{self, Document},
    id::Malformed,
    shanghai,
    text::Line,
};
use futures::{StreamExt, stream};
use jiff::SignedDuration;
use serde::Serialize;
use thiserror::Error;
use views::{
    Prefix, Row, ViewError,
    city::{DueAct, DueRow, slice},
};

use crate::{
    problems::{CHECKS_FAILED, NOT_SCHEDULED, RELATED_NOT_PUBLIC},
    refusal::Refusal,
    release::{Way, release},
    state::PublishState,
};

/// Who carries out what is due.
const ACTOR: &str = "system:timetable";

/// Part of the commits' identities, so never renamed.
const PUBLISH: &str = "timetable publish";
const FAIL: &str = "timetable fail";
const EXPIRE: &str = "timetable expire";

/// Entries that are read at once.
const ENTRIES: usize = 100;

/// How long a round takes up entries: the function has a minute, and a command ten seconds. The next round takes the rest.
const BUDGET: Duration = Duration::from_secs(40);

/// How long after its time an entry may wait before somebody is told.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// Entries at work at once.
const CONCURRENT: usize = 8;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TimetableReport {
    /// Documents that became public.
    pub published: u64,
    /// Documents whose public life ended.
    pub expired: u64,
    /// Publications that were refused for good; their editors are told.
    pub failed: u64,
    /// Entries that wait for the next round.
    pub waiting: u64,
    /// Entries that had fallen before the views told so.
    pub fallen: u64,
}

/// The timetable could not be read.
#[derive(Debug, Error)]
pub enum TimetableError {
    /// The views.
    #[error(transparent)]
    Views(#[from] ViewError),
    /// The platform's own name is no name: a mistake of this code.
    #[error(transparent)]
    Name(#[from] Malformed),
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Published,
    Expired,
    Failed,
    Waiting,
    Fallen,
}

/// Carries out what is due.
///
/// # Errors
/// The timetable could not be read; what becomes of single entries is in the report.
pub async fn keep_time(state: &PublishState) -> Result<TimetableReport, TimetableError> {
    let mut report = TimetableReport::default();
    let Some(registry) = state.views.registry().await? else {
        // No worker has ever run: nothing is projected.
        return Ok(report);
    };
    // Behind every entry of this very instant: keys go on with a slash.
    let upto = format!("{}0", shanghai::sortable(state.clock.now()));
    let (prefix, actor) = (Prefix(registry.active), ACTOR.parse::<ActorId>()?);
    let started = Instant::now();
    let mut after: Option<String> = None;
    loop {
        let rows = state.views.open(&prefix, &slice::due(), after.as_deref(), Some(&upto), ENTRIES).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.at.key.clone());
        let entries: Vec<DueRow> = rows.iter().filter_map(entry).collect();
        if started.elapsed() > BUDGET {
            // The next round takes them: it begins with the oldest.
            report.waiting += count(entries.len());
            entries.iter().take(1).for_each(|oldest| tell_if_late(state, oldest));
            break;
        }
        work_off(state, &actor, entries, &mut report).await;
    }
    if report != TimetableReport::default() {
        let TimetableReport { published, expired, failed, waiting, fallen } = report;
        tracing::info!(published, expired, failed, waiting, fallen, "timetable");
    }
    Ok(report)
}

/// The entry of a row; one that this code cannot read is told to somebody, for nothing becomes of it.
fn entry(row: &Row) -> Option<DueRow> {
    let entry = row.content();
    if entry.is_none() {
        tracing::error!(alarm = "due-row", row = row.at.key.as_str(), "an entry cannot be read");
    }
    entry
}

fn count(entries: usize) -> u64 {
    u64::try_from(entries).unwrap_or(u64::MAX)
}

/// Tells somebody of an entry that has waited long.
fn tell_if_late(state: &PublishState, entry: &DueRow) {
    let late = state.clock.now().duration_since(entry.at);
    if late > LATE {
        let (document, minutes) = (entry.document.as_str(), late.as_mins());
        tracing::error!(alarm = "timetable-late", document, minutes, "an entry has waited long");
    }
}

async fn work_off(state: &PublishState, actor: &ActorId, entries: Vec<DueRow>, report: &mut TimetableReport) {
    let ended: Vec<Ended> = stream::iter(entries)
        .map(|entry| {
            let actor = actor.clone();
            async move {
                let ended = Box::pin(carry_out(state, actor, &entry)).await;
                if ended == Ended::Waiting {
                    tell_if_late(state, &entry);
                }
                ended
            }
        })
        .buffer_unordered(CONCURRENT)
        .collect()
        .await;
    for ended in ended {
        match ended {
            Ended::Published => report.published += 1,
            Ended::Expired => report.expired += 1,
            Ended::Failed => report.failed += 1,
            Ended::Waiting => report.waiting += 1,
            Ended::Fallen => report.fallen += 1,
        }
    }
}

async fn carry_out(state: &PublishState, actor: ActorId, entry: &DueRow) -> Ended {
    let Ok(document) = entry.document.parse::<DocumentId>() else {
        tracing::error!(alarm = "due-row", document = entry.document.as_str(), "an entry names no document");
        return Ended::Fallen;
    };
    // The key names the entry: whoever comes to it twice sends the same command twice.
    let envelope = Envelope::of_platform(actor, format!("{}:{}", entry.commit, entry.at));
    let order = |action| envelope.item(action, document.stream(), &serde_json::Value::Null);
    match entry.act {
        DueAct::Publish => publish(state, &order(PUBLISH), &order(FAIL), entry).await,
        DueAct::Expire => expire(state, &order(EXPIRE), entry.commit).await,
    }
}

async fn publish(state: &PublishState, order: &Order, failing: &Order, entry: &DueRow) -> Ended {
    let commit = entry.commit;
    // A version that moves on between what is looked up and the decision would be decided, and a failure told, of what was: it waits for the next round.
    let version = match state.ledger.read::<Document>(&order.stream).await {
        Ok((_, version, _)) => version,
        Err(error) => return put_off(order, &error.into()),
    };
    let pinned = |order: &Order| Order { expected: Some(version), ..order.clone() };
    let (order, failing) = (pinned(order), pinned(failing));
    let released = settled(state, &order, release(state, &order, &Way::OnTime { commit }, None, |_, _| Ok(()))).await;
    let refusal = match released {
        Ok(accepted) if accepted.receipt.repeated => return Ended::Fallen,
        Ok(_) => return Ended::Published,
        Err(refusal) if refusal.problem().code() == NOT_SCHEDULED.code => return Ended::Fallen,
        Err(refusal) if refusal.passes() || awaits_another(state, entry, &refusal) => {
            return put_off(&order, &refusal);
        }
        Err(refusal) => refusal,
    };
    let told = told(&refusal);
    let failed = settled(state, &failing, async {
        let (code, detail) = told?;
        let permit = |_: &Document| Ok(());
        proceed(state, &failing, permit, |standing: &Document, context| {
            Ok(document::fail(standing, commit, code.clone(), detail.clone(), context)?)
        })
        .await
    });
    match failed.await {
        Ok(_) => Ended::Failed,
        Err(refusal) if refusal.passes() => put_off(&failing, &refusal),
        Err(_) => Ended::Fallen,
    }
}

/// A policy and its interpretation are to be public together (RULES.md A5): the one that relates to the other gives it some rounds.
fn awaits_another(state: &PublishState, entry: &DueRow, refusal: &Refusal) -> bool {
    refusal.problem().code() == RELATED_NOT_PUBLIC.code && state.clock.now().duration_since(entry.at) <= LATE
}

async fn expire(state: &PublishState, order: &Order, commit: u64) -> Ended {
    let withdrawn = settled(state, order, async {
        let permit = |_: &Document| Ok(());
        proceed(state, order, permit, |standing: &Document, context| Ok(document::expire(standing, commit, context)?))
            .await
    });
    match withdrawn.await {
        Ok(accepted) if accepted.receipt.repeated => Ended::Fallen,
        Ok(_) => Ended::Expired,
        Err(refusal) if refusal.passes() => put_off(order, &refusal),
        Err(_) => Ended::Fallen,
    }
}

fn put_off(order: &Order, refusal: &Refusal) -> Ended {
    let (stream, code) = (order.stream.as_str(), refusal.problem().code());
    // Every few seconds, where an interpretation waits for its policy: that is no trouble.
    if code == RELATED_NOT_PUBLIC.code {
        tracing::debug!(stream, code, action = order.action, "an entry waits for another");
    } else {
        tracing::warn!(stream, code, action = order.action, "an entry waits for the next round");
    }
    Ended::Waiting
}

/// What refused it, as the event tells it.
fn told(refusal: &Refusal) -> Result<(Line<80>, Line<500>), Refusal> {
    let problem = refusal.problem();
    let detail: String = found(problem).unwrap_or_else(|| problem.detail().to_owned()).chars().take(500).collect();
    let unfit = |_| Refusal::from(gateway::Problem::plain(&gateway::kinds::INTERNAL));
    Ok((Line::new(problem.code()).map_err(unfit)?, Line::new(&detail).map_err(unfit)?))
}

/// What the checks found, by its names alone: an event holds nothing of a text that may be personal.
fn found(problem: &gateway::Problem) -> Option<String> {
    const NAMED: usize = 10;
    if problem.code() != CHECKS_FAILED.code {
        return None;
    }
    let named: Vec<&str> = problem.errors().iter().filter_map(|error| error.finding.as_deref()).take(NAMED).collect();
    let (count, dots) = (problem.errors().len(), if problem.errors().len() > NAMED { "…" } else { "" });
    Some(format!(
        "发布前检查发现 {count} 处问题须先处理：{}{dots}。各处说明见文件的检查结果（checks）。",
        named.join("、")
    ))
}
