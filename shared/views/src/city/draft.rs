//! The row of a draft: how its editors find it again.
//!
//! Its key is the document's id, so that a save writes one row in its place and leaves no tombstone; whoever lists drafts puts them in order
//! (docs/adr/016).

use domain::document::{Document, Stage};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    open::{FailedRow, names, timing},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftStage {
    /// With its editors.
    Editing,
    /// With the reviewers, or approved: the column says how many levels there are.
    Submitted,
    /// Back with its editors.
    Returned,
}

/// A draft that says something else than what is public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// The document's id.
    pub document: String,
    /// Title.
    pub title: String,
    /// Column id.
    pub column: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// The revision that it is at.
    pub revision: String,
    /// Everybody who counts as its editor.
    pub editors: Vec<String>,
    /// Where it stands.
    pub stage: DraftStage,
    /// Since when it stands there.
    pub since: Timestamp,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// By whom.
    pub saved_by: String,
    /// Who approved it so far, first level first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<String>,
    /// Whether the document is public: the draft is a correction.
    #[serde(default)]
    pub public: bool,
    /// What is to be mended, if it was returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// When it is to become public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduled_at: Option<Timestamp>,
    /// Why it did not when it was to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedRow>,
}

/// The row of the state's draft, if it has one that says something new.
pub(super) fn rows(rows: &mut RowSet, state: &Document, id: &str) {
    if let Some(row) = unfinished(state, id) {
        rows.own(RowKey::new(slice::drafts(&row.department), id), &row);
    }
}

fn unfinished(state: &Document, id: &str) -> Option<DraftRow> {
    let public = state.live.as_ref().map(|live| &live.revision);
    let draft = state.draft.as_ref().filter(|draft| public != Some(&draft.revision))?;
    let (stage, remark) = match &draft.stage {
        Stage::Editing => (DraftStage::Editing, None),
        Stage::Submitted { .. } => (DraftStage::Submitted, None),
        Stage::Returned { remark } => (DraftStage::Returned, Some(remark.to_string())),
    };
    let (scheduled_at, failed) = timing(draft);
    Some(DraftRow {
        document: id.to_owned(),
        title: draft.content.title.to_string(),
        column: state.column.as_ref()?.to_string(),
        department: state.department.as_ref()?.to_string(),
        revision: draft.revision.to_string(),
        editors: names(&draft.editors),
        stage,
        since: draft.since,
        saved_at: draft.saved_at,
        saved_by: draft.saved_by.to_string(),
        approvals: names(draft.stage.approvals()),
        public: public.is_some(),
        remark,
        scheduled_at,
        failed,
    })
}
