//! `GET /drafts`: what is written and not public yet, so that its editors find it again.

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::QueryProblems, problems::malformed};
use domain::{
    ColumnId, DepartmentCode,
    column::Review,
    staff::{Role, Staff},
};
use gateway::QueryParams;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use views::city::{self, DraftRow, slice};

use crate::{
    refusal::Refusal,
    routes::open_work::{self, End, LookedAt, Page, Reviews, Serves, site_of},
    state::PublishState,
};

/// Which drafts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those that count the caller among their editors.
    #[serde(default)]
    #[param(required = false)]
    mine: bool,
    /// Only what stands on this site.
    #[serde(default)]
    #[param(example = "www", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    site: Option<String>,
    /// Only what this department answers for.
    #[serde(default)]
    #[param(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    #[param(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}/[a-z2-7]{26}$")]
    after: Option<String>,
    /// Entries of a page, 1–200; 50 if absent.
    #[serde(default)]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// Drafts that the caller may edit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftList {
    /// The entries, the last saved first.
    entries: Vec<DraftEntry>,
    /// What `after` of the next page names; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whether there are more drafts than were looked at for this page; `next` goes on behind them, however few of them are entries here.
    more: bool,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DraftStage {
    /// 编辑中.
    Editing,
    /// 待审核.
    Submitted,
    /// 已退回.
    Returned,
    /// 已通过审核: every level of the column has approved it.
    Approved,
    /// 已定时发布.
    Scheduled,
}

/// What an editor can do with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DraftAct {
    /// 修改.
    Revise,
    /// 送审.
    Submit,
    /// 放弃草稿.
    Discard,
}

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftEntry {
    /// The document's id.
    document: String,
    /// Title.
    title: String,
    /// Label of the site.
    site: String,
    /// The column.
    column: String,
    /// Code of the department that answers for it.
    department: String,
    /// The revision that the draft is at: what an act names.
    revision: String,
    /// Where it stands.
    stage: DraftStage,
    /// Since when it stands there.
    #[schema(format = "date-time")]
    since: String,
    /// When it was saved last.
    #[schema(format = "date-time")]
    saved_at: String,
    /// Who saved it last.
    saved_by: String,
    /// Everybody who counts as its editor; none of them may approve it.
    editors: Vec<String>,
    /// Who approved it so far, first level first.
    approved_by: Vec<String>,
    /// How many approvals the column asks for.
    levels: usize,
    /// Whether the document is public: the draft is a correction.
    public: bool,
    /// Whether the draft says what is public, word for word: nothing is left to correct, and no correction of it can become public. It is revised further, or thrown away.
    same_as_public: bool,
    /// What to mend, if it was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// When it becomes public, if that is scheduled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    scheduled_at: Option<String>,
    /// What refused its scheduled publication, Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
    /// Code of the problem that refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_code: Option<String>,
    /// What the caller may do with it as its editor; what waits for his decision the queue tells.
    acts: Vec<DraftAct>,
    /// Where to read it.
    link: String,
}

/// Lists the drafts that the caller may edit, the last saved first: new documents and corrections, wherever they stand in review.
///
/// One that was saved again goes to the front: pages that follow each other pass over none that stayed as it was. For a page the newest 250 drafts behind `after` are looked at, of each department or of the caller's own: where there are more, `more` says so and `next` goes on. From the views, which follow an accepted command within moments; an act is decided on the document itself.
#[utoipa::path(get, operation_id = "list_drafts", path = "/drafts", tag = "documents", params(Wanted),
    responses((status = 200, description = "The entries.", body = DraftList), QueryProblems))]
pub(crate) async fn list(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, Refusal> {
    let page = Page::checked(wanted.limit, wanted.after.as_deref(), wanted.site.as_deref(), &[])?;
    if wanted.department.as_deref().is_some_and(|code| code.parse::<DepartmentCode>().is_err()) {
        return Err(malformed("department 应为部门代码。", "department is the code of a department.").into());
    }
    let Some(prefix) = open_work::prefix(&state).await? else {
        return Ok(listed(DraftList { entries: Vec::new(), next: None, more: false }));
    };
    let slices = slices(&state, &caller, &wanted).await?;
    let LookedAt { rows, more } = open_work::look::<DraftRow>(&state, &prefix, slices, page.after, End::Newest).await?;
    let department = wanted.department.as_deref();
    let mut asked = newest(&rows).into_iter().filter(|(_, row)| {
        page.covers(&row.column)
            && department.is_none_or(|department| row.department == department)
            && may(&state, &caller.staff, Action::Revise, row)
    });
    let shown: Vec<(&String, &DraftRow)> = asked.by_ref().take(page.limit).collect();
    let next = match (asked.next(), more) {
        (Some(_), _) => shown.last().map(|(place, _)| (*place).clone()),
        // The page may be short, and even empty: what was looked at has other readers, and there is more behind it.
        (None, true) => rows.keys().next().cloned(),
        (None, false) => None,
    };
    let mut reviews = Reviews::new(&state);
    let mut entries = Vec::new();
    for (_, row) in shown {
        let Some(review) = reviews.of(&row.column).await? else { continue };
        entries.push(DraftEntry::of(row, review, acts(&state, &caller.staff, row)));
    }
    Ok(listed(DraftList { entries, next, more }))
}

/// The slices in which drafts are looked for: his own, or those of the departments for which he is an editor.
async fn slices(state: &PublishState, caller: &Caller, wanted: &Wanted) -> Result<BTreeSet<String>, Refusal> {
    if wanted.mine {
        return Ok(BTreeSet::from([slice::edited(caller.actor.as_str())]));
    }
    let departments = departments(state, &caller.staff, wanted.department.as_deref()).await?;
    Ok(departments.iter().map(|code| slice::drafts(code)).collect())
}

/// The rows, the last saved first. One that has just moved to the front may still lie where it was: it is told once.
fn newest(rows: &BTreeMap<String, DraftRow>) -> Vec<(&String, &DraftRow)> {
    let mut told = BTreeSet::new();
    rows.iter().rev().filter(|(_, row)| told.insert(row.document.as_str())).collect()
}

/// The departments whose drafts are looked at: those for which he is an editor, or the one of them that is asked for.
async fn departments(state: &PublishState, staff: &Staff, asked: Option<&str>) -> Result<BTreeSet<String>, Refusal> {
    let (Serves::Every(mut codes) | Serves::Named(mut codes)) = Serves::of(state, staff, &[Role::Editor]).await?;
    codes.retain(|code| asked.is_none_or(|asked| asked == code));
    Ok(codes)
}

fn may(state: &PublishState, staff: &Staff, action: Action, row: &DraftRow) -> bool {
    let (Ok(department), Ok(column)) = (row.department.parse::<DepartmentCode>(), row.column.parse::<ColumnId>())
    else {
        return false;
    };
    state.gate.allowed(staff, action, &Resource::on(&department, column.site())).is_allowed()
}

/// What he may do with a draft that he may edit.
fn acts(state: &PublishState, staff: &Staff, row: &DraftRow) -> Vec<DraftAct> {
    // What says nothing new would wait for reviewers and be refused in the end.
    let with_editors = row.stage != city::DraftStage::Submitted && !row.same_as_public;
    let submits = (with_editors && may(state, staff, Action::Submit, row)).then_some(DraftAct::Submit);
    [Some(DraftAct::Revise), submits, Some(DraftAct::Discard)].into_iter().flatten().collect()
}

impl DraftStage {
    fn of(row: &DraftRow, review: &Review) -> Self {
        match row.stage {
            city::DraftStage::Editing => Self::Editing,
            city::DraftStage::Returned => Self::Returned,
            city::DraftStage::Submitted if row.scheduled_at.is_some() => Self::Scheduled,
            city::DraftStage::Submitted if row.approvals.len() < review.levels.count() => Self::Submitted,
            city::DraftStage::Submitted => Self::Approved,
        }
    }
}

impl DraftEntry {
    fn of(row: &DraftRow, review: &Review, acts: Vec<DraftAct>) -> Self {
        Self {
            document: row.document.clone(),
            title: row.title.clone(),
            site: site_of(&row.column).to_owned(),
            column: row.column.clone(),
            department: row.department.clone(),
            revision: row.revision.clone(),
            stage: DraftStage::of(row, review),
            since: row.since.to_string(),
            saved_at: row.saved_at.to_string(),
            saved_by: row.saved_by.clone(),
            editors: row.editors.clone(),
            approved_by: row.approvals.clone(),
            levels: review.levels.count(),
            public: row.public,
            same_as_public: row.same_as_public,
            remark: row.remark.clone(),
            scheduled_at: row.scheduled_at.map(|at| at.to_string()),
            failed: row.failed.as_ref().map(|failed| failed.detail.clone()),
            failed_code: row.failed.as_ref().map(|failed| failed.code.clone()),
            acts,
            link: format!("/api/publish/documents/{}", row.document),
        }
    }
}
