//! The rows of a draft: how its editors find it again.
//!
//! Their key begins with the instant of the last save, so that a slice is read from its newest end and no further than a page needs: each save leaves
//! a tombstone in every slice, beside the commit that stays for good anyway (docs/adr/016).

use domain::{
    document::{Document, Stage},
    shanghai,
};
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

/// A draft.
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
    /// Whether it says what is public: a correction that was reworded back.
    #[serde(default)]
    pub same_as_public: bool,
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

/// The rows of the state's draft, if it has one.
pub(super) fn rows(rows: &mut RowSet, state: &Document, id: &str) {
    let Some(row) = drafted(state, id) else { return };
    let key = format!("{}/{id}", shanghai::sortable(row.saved_at));
    let of_editors = row.editors.iter().map(|editor| slice::edited(editor));
    for slice in of_editors.chain([slice::drafts(&row.department)]) {
        rows.own(RowKey::new(slice, key.as_str()), &row);
    }
}

fn drafted(state: &Document, id: &str) -> Option<DraftRow> {
    let public = state.live.as_ref().map(|live| &live.revision);
    let draft = state.draft.as_ref()?;
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
        same_as_public: public == Some(&draft.revision),
        remark,
        scheduled_at,
        failed,
    })
}
