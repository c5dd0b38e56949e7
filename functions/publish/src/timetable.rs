//! What editors have timed: the clock comes by, and each publication and expiry that is due is carried out as a command of its own.
//!
//! The timetable is a slice of the views and may be a moment behind; what is true is decided on the document's stream. An entry that fell meanwhile is
//! refused there and passed over, one that is refused for good becomes an event that its editors are told by, one that cannot be decided now (a throttled
//! store, a version that moved on) waits for the next round. Two rounds at once, or one that dies between a commit and its answer, change nothing: a
//! command is named by the commit that scheduled it.

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
    Prefix, ViewError,
    city::{DueAct, DueRow, slice},
};

use crate::{
    envelope::Envelope,
    order::{Order, proceed, settled},
    problems::NOT_SCHEDULED,
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

/// Entries of one round: what the function does well within its minute; the next round takes the rest.
const ENTRIES: usize = 400;

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
    let rows = state.views.open(&Prefix(registry.active), &slice::due(), None, Some(&upto), ENTRIES).await?;
    let actor: ActorId = ACTOR.parse()?;
    let entries = rows.iter().filter_map(|row| row.content::<DueRow>());
    let ended: Vec<Ended> = stream::iter(entries.collect::<Vec<_>>())
        .map(|entry| {
            let actor = actor.clone();
            async move {
                let ended = Box::pin(carry_out(state, actor, &entry)).await;
                let late = state.clock.now().duration_since(entry.at);
                if ended == Ended::Waiting && late > LATE {
                    let (document, minutes) = (entry.document.as_str(), late.as_mins());
                    tracing::error!(alarm = "timetable-late", document, minutes, "an entry has waited long");
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
    if report != TimetableReport::default() {
        let TimetableReport { published, expired, failed, waiting, fallen } = report;
        tracing::info!(published, expired, failed, waiting, fallen, "timetable");
    }
    Ok(report)
}

async fn carry_out(state: &PublishState, actor: ActorId, entry: &DueRow) -> Ended {
    let Ok(document) = entry.document.parse::<DocumentId>() else {
        tracing::error!(alarm = "due-row", document = entry.document.as_str(), "an entry names no document");
        return Ended::Fallen;
    };
    // The key names the entry: whoever comes to it twice sends the same command twice.
    let envelope = Envelope::of_platform(actor, format!("{}:{}", entry.commit, entry.at));
    let order = |action| envelope.item(action, document.stream(), 0, &serde_json::Value::Null);
    match entry.act {
        DueAct::Publish => publish(state, &order(PUBLISH), &order(FAIL), entry.commit).await,
        DueAct::Expire => expire(state, &order(EXPIRE), entry.commit).await,
    }
}

async fn publish(state: &PublishState, order: &Order, failing: &Order, commit: u64) -> Ended {
    // A version that moves on between what is looked up and the decision would be decided on what was: it waits for the next round.
    let order = match pinned(state, order).await {
        Ok(order) => order,
        Err(refusal) => return put_off(order, &refusal),
    };
    let released = settled(state, &order, release(state, &order, &Way::OnTime { commit }, |_, _| Ok(()))).await;
    let refusal = match released {
        Ok(_) => return Ended::Published,
        Err(refusal) if refusal.problem().code() == NOT_SCHEDULED.code => return Ended::Fallen,
        Err(refusal) if refusal.passes() => return put_off(&order, &refusal),
        Err(refusal) => refusal,
    };
    let told = told(&refusal);
    let failed = settled(state, failing, async {
        let (code, detail) = told?;
        let permit = |_: &Document| Ok(());
        proceed(state, failing, permit, |standing: &Document, context| {
            Ok(document::fail(standing, commit, code.clone(), detail.clone(), context)?)
        })
        .await
    });
    match failed.await {
        Ok(_) => Ended::Failed,
        Err(refusal) if refusal.passes() => put_off(failing, &refusal),
        Err(_) => Ended::Fallen,
    }
}

async fn expire(state: &PublishState, order: &Order, commit: u64) -> Ended {
    let withdrawn = settled(state, order, async {
        let permit = |_: &Document| Ok(());
        proceed(state, order, permit, |standing: &Document, context| {
            Ok(document::expire(standing, commit, context)?)
        })
        .await
    });
    match withdrawn.await {
        Ok(_) => Ended::Expired,
        Err(refusal) if refusal.passes() => put_off(order, &refusal),
        Err(_) => Ended::Fallen,
    }
}

/// The order, carried out only on the version that stands now.
async fn pinned(state: &PublishState, order: &Order) -> Result<Order, Refusal> {
    let (_, version, _) = state.ledger.read::<Document>(&order.stream).await?;
    Ok(Order { expected: Some(version), ..order.clone() })
}

fn put_off(order: &Order, refusal: &Refusal) -> Ended {
    let (stream, code) = (order.stream.as_str(), refusal.problem().code());
    tracing::warn!(stream, code, action = order.action, "an entry waits for the next round");
    Ended::Waiting
}

/// What refused it, as the event tells it.
fn told(refusal: &Refusal) -> Result<(Line<80>, Line<500>), Refusal> {
    let problem = refusal.problem();
    let detail: String = problem.detail().chars().take(500).collect();
    let unfit = |_| Refusal::from(gateway::Problem::plain(&gateway::kinds::INTERNAL));
    Ok((Line::new(problem.code()).map_err(unfit)?, Line::new(&detail).map_err(unfit)?))
}
