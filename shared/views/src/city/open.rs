//! Rows of open work: texts that wait for somebody, drafts that are not public, and what the timetable is to do.

use std::collections::BTreeSet;

use domain::{
    ActorId,
    document::{Document, Draft, Failed, Live, Overridden, Scheduled, Stage, Timing},
    shanghai,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{draft, slice};
use crate::{fold::RowSet, row::RowKey};

/// What a text waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitsFor {
    /// An approval, or a publisher once every level has approved: the column says how many levels there are.
    Review,
    /// Its editors, to mend what a reviewer remarked.
    Mending,
    /// The review of what is public already.
    ReviewAfter,
}

/// A text that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The document's id.
    pub document: String,
    /// Title.
    pub title: String,
    /// Column id.
    pub column: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// The revision that waits.
    pub revision: String,
    /// For what.
    pub waits_for: WaitsFor,
    /// Since when.
    pub since: Timestamp,
    /// Who approved it so far, first level first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<String>,
    /// Who may not review it: its editors, and who published it before its review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<String>,
    /// Whether the document is public: the draft is a correction.
    #[serde(default)]
    pub public: bool,
    /// What is to be mended, or why the review could not wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Why somebody answers for what the checks found in it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<String>,
    /// When it is to become public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduled_at: Option<Timestamp>,
    /// Why it did not when it was to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedRow>,
}

/// Why a scheduled publication did not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRow {
    /// When it was to be.
    pub scheduled_at: Timestamp,
    /// When it was tried.
    pub at: Timestamp,
    /// Stable code of what refused it.
    pub code: String,
    /// What refused it.
    pub detail: String,
}

/// What the timetable does to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueAct {
    /// Makes its approved revision public.
    Publish,
    /// Takes it from the public.
    Expire,
}

impl DueAct {
    fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Expire => "expire",
        }
    }
}

/// What the timetable is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRow {
    /// The document's id.
    pub document: String,
    /// What.
    pub act: DueAct,
    /// Not before this instant.
    pub at: Timestamp,
    /// The commit that said so.
    pub commit: u64,
}

/// Rows of the state. A saved draft changes one of them, that of the draft itself: what its editors write waits for nobody else.
pub(super) fn rows(rows: &mut RowSet, state: &Document, id: &str) {
    draft::rows(rows, state, id);
    if let Some(row) = state.draft.as_ref().and_then(|draft| waiting(state, draft, id)) {
        wait(rows, "draft", &row);
    }
    if let Some(row) = state.live.as_ref().and_then(|live| owing(state, live, id)) {
        wait(rows, "public", &row);
    }
    if let Some(Scheduled { at, commit, .. }) = state.scheduled() {
        due(rows, DueRow { document: id.to_owned(), act: DueAct::Publish, at: *at, commit: *commit });
    }
    if let (Some(expiry), Some(_)) = (&state.expiry, &state.live) {
        let (at, commit) = (expiry.at, expiry.commit);
        due(rows, DueRow { document: id.to_owned(), act: DueAct::Expire, at, commit });
    }
}

fn wait(rows: &mut RowSet, side: &str, row: &QueueRow) {
    let key = format!("{}/{}/{side}", shanghai::sortable(row.since), row.document);
    rows.own(RowKey::new(slice::queue(&row.department), key.as_str()), row);
    rows.own(RowKey::new(slice::queue_of_column(&row.column), key), row);
}

fn due(rows: &mut RowSet, row: DueRow) {
    let key = format!("{}/{}/{}", shanghai::sortable(row.at), row.document, row.act.name());
    rows.own(RowKey::new(slice::due(), key), &row);
}

fn waiting(state: &Document, draft: &Draft, id: &str) -> Option<QueueRow> {
    let (waits_for, remark) = match &draft.stage {
        Stage::Editing => return None,
        Stage::Submitted { .. } => (WaitsFor::Review, None),
        Stage::Returned { remark } => (WaitsFor::Mending, Some(remark.to_string())),
    };
    let (scheduled_at, failed) = timing(draft);
    Some(QueueRow {
        document: id.to_owned(),
        title: draft.content.title.to_string(),
        column: state.column.as_ref()?.to_string(),
        department: state.department.as_ref()?.to_string(),
        revision: draft.revision.to_string(),
        waits_for,
        since: draft.since,
        approvals: names(draft.stage.approvals()),
        barred: names(&draft.editors),
        public: state.live.is_some(),
        remark,
        overridden: reasons(&draft.overridden),
        scheduled_at,
        failed,
    })
}

/// When it is to become public, and why it did not.
pub(super) fn timing(draft: &Draft) -> (Option<Timestamp>, Option<FailedRow>) {
    match draft.stage.timing() {
        None => (None, None),
        Some(Timing::Scheduled(scheduled)) => (Some(scheduled.at), None),
        Some(Timing::Failed(Failed { scheduled_at, at, code, detail })) => {
            let (code, detail) = (code.to_string(), detail.to_string());
            (None, Some(FailedRow { scheduled_at: *scheduled_at, at: *at, code, detail }))
        }
    }
}

fn owing(state: &Document, live: &Live, id: &str) -> Option<QueueRow> {
    let owed = live.unreviewed.as_ref()?;
    let barred: BTreeSet<ActorId> = owed.editors.iter().cloned().chain([owed.postponed.by.clone()]).collect();
    Some(QueueRow {
        document: id.to_owned(),
        title: live.content.title.to_string(),
        column: live.column.to_string(),
        department: state.department.as_ref()?.to_string(),
        revision: live.revision.to_string(),
        waits_for: WaitsFor::ReviewAfter,
        since: owed.since,
        approvals: names(&owed.approvals),
        barred: names(&barred),
        public: true,
        remark: Some(owed.postponed.reason.to_string()),
        overridden: reasons(&owed.overridden),
        scheduled_at: None,
        failed: None,
    })
}

fn reasons(overridden: &[Overridden]) -> Vec<String> {
    overridden.iter().map(|answered| answered.reason.to_string()).collect()
}

pub(super) fn names<'a>(actors: impl IntoIterator<Item = &'a ActorId>) -> Vec<String> {
    actors.into_iter().map(ToString::to_string).collect()
}
