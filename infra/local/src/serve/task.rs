//! The operator's long tasks: the same in a process that serves and in one that does not.

use std::{sync::Arc, time::Duration};

use index::{Indexer, Round};
use jiff::SignedDuration;
use ledger::{Sweep, Swept};
use project::Projector;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use views::{Phase, RebuildReport, Unfoldable, VerifyReport, WorkerError};

use super::error::ServeError;

/// What an operator may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Guards, views and pages once more from the ledger; stops at streams that cannot be folded.
    Rebuild,
    /// The same, parking streams that cannot be folded.
    RebuildAndPark,
    /// Compares everything derived with the ledger; writes nothing.
    Verify,
    /// The search index once more from the views, beside the one that answers.
    Reindex,
    /// Takes away bodies that no commit names.
    Sweep {
        /// How many days a body may lie so.
        days: u16,
        /// Only tells what would be done.
        dry_run: bool,
    },
}

/// How a task ended, beside failing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All is as the ledger says.
    Fine,
    /// Something is behind; time alone mends it.
    Behind,
    /// Something differs from the ledger, or could not be rebuilt.
    Different,
}

/// What a task gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// Its report, for machines.
    pub report: Value,
    /// Its report, for people: one sentence a line.
    pub lines: Vec<String>,
}

impl Outcome {
    /// Nothing was compared: every page waits for being made anew.
    #[must_use]
    pub fn of_other_pages() -> Self {
        let line = "the pages are of other templates or addresses than this program's: serve the city, or rebuild it, and they are made anew";
        Self {
            verdict: Verdict::Behind,
            report: json!({ "pages": "of other templates" }),
            lines: vec![line.to_owned()],
        }
    }
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which part of the work.
    pub part: Part,
    /// Things done in it.
    pub done: u64,
    /// Things in all, where that is known.
    pub of: Option<u64>,
}

/// Parts of the long tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Folding streams into fresh views.
    Filling,
    /// Catching up with what arrived meanwhile.
    CatchingUp,
    /// The fresh views serve.
    Switched,
    /// Waiting, in seconds, for functions that may still write from the old views.
    Waiting,
    /// Rendering pages.
    Pages,
    /// Dropping the old views.
    Dropping,
    /// Comparing everything.
    Comparing,
    /// Looking for what nothing names.
    Sweeping,
    /// Bringing documents into the search index.
    Indexing,
}

/// Who does the work.
#[derive(Debug, Clone)]
pub struct Hands {
    /// Views and pages.
    pub projector: Projector,
    /// The search index.
    pub indexer: Indexer,
}

/// Is told of steps.
pub type OnStep = Arc<dyn Fn(Step) + Send + Sync>;

/// Where the workers of a city run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workers {
    /// In this process: a rebuild joins them.
    Here,
    /// As functions of AWS, none of which runs longer than this: a rebuild waits that out.
    Functions(Duration),
    /// Where this process cannot tell whether they are at work.
    Elsewhere,
}

impl Workers {
    /// Ends when no worker of another process that began before is still at work; those of this one are joined by the worker itself.
    async fn elsewhere(self, on_step: OnStep) {
        if let Self::Functions(longest) = self {
            wait(longest, on_step).await;
        }
    }
}

/// Waits and says so, a step a second.
async fn wait(longest: Duration, on_step: OnStep) {
    for done in 0..longest.as_secs() {
        on_step(Step { part: Part::Waiting, done, of: Some(longest.as_secs()) });
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Runs a task to its end.
///
/// # Errors
/// A store failed, another rebuild interfered, or the rebuild's workers run elsewhere: one of them might still render from the old prefix.
pub async fn run(task: Task, hands: &Hands, workers: Workers, on_step: OnStep) -> Result<Outcome, ServeError> {
    let Hands { projector, indexer } = hands;
    match task {
        Task::Rebuild | Task::RebuildAndPark if workers == Workers::Elsewhere => Err(ServeError::WorkersElsewhere),
        Task::Verify => {
            on_step(Step { part: Part::Comparing, done: 0, of: None });
            let projector = projector.clone();
            // On a task of its own: a panic in it is told, not shared.
            let report = tokio::spawn(async move { projector.worker().verify().await }).await;
            Ok(verified(&report??))
        }
        Task::Reindex => {
            on_step(Step { part: Part::Indexing, done: 0, of: None });
            let indexer = indexer.clone();
            Ok(indexed(&tokio::spawn(async move { indexer.run(index::Task::Rebuild).await }).await??))
        }
        Task::Sweep { days, dry_run } => {
            on_step(Step { part: Part::Sweeping, done: 0, of: None });
            let sweep = Sweep { age: SignedDuration::from_hours(24 * i64::from(days)), dry_run, ..Sweep::default() };
            let ledger = projector.worker().ledger().clone();
            let swept = tokio::spawn(async move { ledger.sweep(sweep).await }).await?.map_err(WorkerError::from)?;
            if !swept.deleted.is_empty() {
                // Segments hold the texts of what was taken out of them, until they are merged.
                on_step(Step { part: Part::Indexing, done: 0, of: None });
                let indexer = indexer.clone();
                tokio::spawn(async move { indexer.run(index::Task::Rebuild).await }).await??;
            }
            Ok(told(&swept, dry_run))
        }
        Task::Rebuild | Task::RebuildAndPark => {
            let unfoldable = if task == Task::Rebuild { Unfoldable::Refuse } else { Unfoldable::Park };
            let elsewhere = workers.elsewhere(Arc::clone(&on_step));
            let progress = Arc::new(move |phase| on_step(step(phase)));
            let projector = projector.clone();
            let report =
                tokio::spawn(async move { projector.worker().rebuild(unfoldable, elsewhere, progress).await }).await;
            Ok(rebuilt(&report??))
        }
    }
}

fn indexed(round: &Round) -> Outcome {
    let line = match round.switched {
        true => format!("{} documents indexed anew; the fresh index answers", round.written),
        false => format!(
            "{} documents indexed anew; the index that answered goes on, until the fresh one is whole",
            round.written
        ),
    };
    let verdict = if round.switched { Verdict::Fine } else { Verdict::Behind };
    Outcome { verdict, report: json!(round), lines: vec![line] }
}

fn step(phase: Phase) -> Step {
    let (part, done, of) = match phase {
        Phase::Filling(done) => (Part::Filling, done, None),
        Phase::CatchingUp(done) => (Part::CatchingUp, done, None),
        Phase::Switched => (Part::Switched, 0, None),
        Phase::Pages(done, of) => (Part::Pages, done, Some(of)),
        Phase::Dropping => (Part::Dropping, 0, None),
    };
    Step { part, done, of }
}

fn verified(report: &VerifyReport) -> Outcome {
    let behind = report.differences.iter().filter(|difference| difference.is_behind()).count();
    let different = report.differences.len() - behind;
    let verdict = match (different, behind, report.dirty) {
        (0, 0, 0) => Verdict::Fine,
        (0, _, _) => Verdict::Behind,
        _ => Verdict::Different,
    };
    let mut lines = vec![format!(
        "{} streams, {} commits, {} guards, {} rows and {} pages compared: {different} different, {behind} behind, {} dirty",
        report.streams, report.commits, report.guards, report.rows, report.pages, report.dirty
    )];
    if verdict == Verdict::Behind {
        lines.push(
            "what is behind or dirty is caught up with by the city itself while it is served: verify again in a moment"
                .to_owned(),
        );
    }
    if report.unread_rows > 0 {
        lines.push(format!(
            "{} rows may be of streams that cannot be read, and are taken as they are",
            report.unread_rows
        ));
    }
    // Each difference is named; serialising one cannot fail.
    lines.extend(report.differences.iter().map(|difference| json!(difference).to_string()));
    Outcome { verdict, report: json!(report), lines }
}

/// What a sweep did, a line each.
fn told(swept: &Swept, dry_run: bool) -> Outcome {
    let mut lines = vec![format!(
        "{} texts and files looked at: {} set aside, {} put back, {} deleted for good, {} set aside before and not for an hour yet{}",
        swept.looked_at,
        swept.set_aside.len(),
        swept.put_back.len(),
        swept.deleted.len(),
        swept.resting.len(),
        if dry_run { "; a dry run: nothing was done" } else { "" }
    )];
    let named = [("set aside", &swept.set_aside), ("put back", &swept.put_back), ("deleted", &swept.deleted)];
    lines.extend(named.into_iter().flat_map(|(what, keys)| keys.iter().map(move |key| format!("{what}: {key}"))));
    if !dry_run && swept.set_aside.len() + swept.resting.len() > 0 {
        lines.push(
            "what is set aside is deleted by the next sweep that begins an hour later, unless it was named meanwhile"
                .to_owned(),
        );
    }
    Outcome { verdict: Verdict::Fine, report: json!(swept), lines }
}

fn rebuilt(report: &RebuildReport) -> Outcome {
    let whole = report.parked.is_empty() && report.parked_pages == 0 && report.guards_foreign.is_empty();
    let spent = report.spent.parts().map(|(name, time)| (name, u64::try_from(time.as_millis()).unwrap_or(u64::MAX)));
    let mut lines = vec![format!(
        "{} streams, {} commits and {} rows folded, {} guards restored; {} of {} pages got new bytes; {}",
        report.streams,
        report.commits,
        report.rows,
        report.guards_restored,
        report.written,
        report.pages,
        spent.map(|(name, millis)| format!("{name} {millis} ms")).join(", ")
    )];
    lines.extend(report.orphans.iter().map(|key| format!("nothing produces {key}: it answers 410 now")));
    lines.extend(report.orphans_left.iter().map(|key| format!("nothing produces {key}: it is left as it is")));
    lines.extend(report.guards_foreign.iter().map(|guard| format!("not restored: {guard}")));
    lines.extend(report.parked.iter().map(|(stream, reason)| format!("parked: {stream}: {reason}")));
    if report.purged_all {
        lines.push("every cached copy is purged: one of them might show what was withdrawn".to_owned());
    }
    if report.parked_pages > 0 {
        lines.push(format!("{} pages could not be rendered and are parked", report.parked_pages));
    }
    let value = json!({
        "streams": report.streams,
        "commits": report.commits,
        "rows": report.rows,
        "guards_restored": report.guards_restored,
        "pages": report.pages,
        "written": report.written,
        "orphans": report.orphans,
        "orphans_left": report.orphans_left,
        "guards_foreign": report.guards_foreign,
        "parked": report.parked,
        "parked_pages": report.parked_pages,
        "purged_all": report.purged_all,
        "milliseconds": spent.into_iter().map(|(name, millis)| (name.to_owned(), json!(millis))).collect::<Map<_, _>>(),
    });
    Outcome { verdict: if whole { Verdict::Fine } else { Verdict::Different }, report: value, lines }
}
