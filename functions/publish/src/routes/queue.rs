//! `GET /queue`: what waits for the caller, across all sites.

use std::collections::BTreeSet;

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::QueryProblems};
use domain::{
    ColumnId, DepartmentCode,
    column::Review,
    staff::{Role, Staff},
};
use gateway::QueryParams;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use views::city::{QueueRow, WaitsFor, slice};

use crate::{
    refusal::Refusal,
    routes::open_work::{self, End, LookedAt, Page, Reviews, Serves, site_of},
    slices,
    state::PublishState,
};

/// What somebody can do with what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Decision {
    /// 审核通过.
    Approve,
    /// 退回.
    Return,
    /// 发布.
    Publish,
    /// 更正.
    Correct,
    /// 定时发布.
    Schedule,
    /// 取消定时.
    Unschedule,
    /// 修改.
    Revise,
    /// 补审.
    ReviewAfter,
}

/// Which part of the queue.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// Only what can be decided so.
    #[serde(default)]
    #[param(inline)]
    decision: Option<Decision>,
    /// Only what stands on this site.
    #[serde(default)]
    #[param(example = "www", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    site: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    #[param(
        pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}/[a-z2-7]{26}/(draft|public)$"
    )]
    after: Option<String>,
    /// Entries of a page, 1–200; 50 if absent.
    #[serde(default)]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// What waits for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Queue {
    /// The entries, what waits longest first.
    entries: Vec<QueueEntry>,
    /// What `after` of the next page names; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A text that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueEntry {
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
    /// The revision that waits: what a decision names.
    revision: String,
    /// Since when it waits.
    #[schema(format = "date-time")]
    since: String,
    /// Who approved it so far, first level first.
    approved_by: Vec<String>,
    /// How many approvals the column asks for.
    levels: usize,
    /// Whether the document is public: the draft is a correction.
    public: bool,
    /// What is to be mended, or why the review could not wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// Why somebody answers for what the checks found in it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["值班手机，对外公开"]))]
    overridden: Vec<String>,
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
    /// What the caller may do with it.
    decisions: Vec<Decision>,
    /// Where to read it.
    link: String,
}

/// Lists what waits for the caller: drafts to approve or return, approved ones to publish, returned ones to mend, public ones to review after.
///
/// Across all sites and departments, as far as his roles go; what he edited himself or approved at an earlier level is not asked of him again. From the views, which follow an accepted command within moments; a decision is decided on the document itself.
#[utoipa::path(get, operation_id = "read_queue", path = "/queue", tag = "queue", params(Part),
    responses((status = 200, description = "The entries.", body = Queue), QueryProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(wanted): QueryParams<Part>,
) -> Result<Response, Refusal> {
    let page = Page::checked(wanted.limit, wanted.after.as_deref(), wanted.site.as_deref(), &["draft", "public"])?;
    let Some(prefix) = open_work::prefix(&state).await? else {
        return Ok(listed(Queue { entries: Vec::new(), next: None }));
    };
    let slices = slices(&state, &caller.staff).await?;
    let LookedAt { rows, more } = open_work::look::<QueueRow>(&state, &prefix, slices, page.after, End::Oldest).await?;
    let mut reviews = Reviews::new(&state);
    let mut entries = Vec::new();
    let mut next = None;
    for (key, row) in &rows {
        if entries.len() == page.limit {
            next = entries.last().map(|(key, _): &(String, QueueEntry)| key.clone());
            break;
        }
        // What a page does not reach is not looked up.
        let Some(review) = reviews.of(&row.column).await? else { continue };
        let decisions = decisions(&state, &caller, row, review);
        let asked = wanted.decision.is_none_or(|decision| decisions.contains(&decision));
        if !decisions.is_empty() && asked && page.covers(&row.column) {
            entries.push((key.clone(), QueueEntry::of(row, review, decisions)));
        }
    }
    let next = next.or_else(|| more.then(|| rows.keys().next_back().cloned()).flatten());
    let entries = entries.into_iter().map(|(_, entry)| entry).collect();
    Ok(listed(Queue { entries, next }))
}

/// The slices in which something may wait for somebody with these roles.
///
/// A department's own texts, and those of every column whose review names the department.
async fn slices(state: &PublishState, staff: &Staff) -> Result<BTreeSet<String>, Refusal> {
    let codes = match Serves::of(state, staff, &[Role::Editor, Role::Reviewer, Role::Publisher]).await? {
        Serves::Every(codes) => return Ok(codes.iter().map(|code| slice::queue(code)).collect()),
        Serves::Named(codes) => codes,
    };
    let mut slices = BTreeSet::new();
    for code in &codes {
        slices.insert(slice::queue(code));
        let columns = slices::rows::<bool>(state, slice::posts(code)).await?;
        slices.extend(columns.into_iter().map(|(column, _)| slice::queue_of_column(&column)));
    }
    Ok(slices)
}

/// What the caller may do with a text that waits.
fn decisions(state: &PublishState, caller: &Caller, row: &QueueRow, review: &Review) -> Vec<Decision> {
    let (Ok(own), Ok(column)) = (row.department.parse::<DepartmentCode>(), row.column.parse::<ColumnId>()) else {
        return Vec::new();
    };
    let may = |action: Action, department: &DepartmentCode| {
        state.gate.allowed(&caller.staff, action, &Resource::on(department, column.site())).is_allowed()
    };
    let own_work = [&row.barred, &row.approvals].into_iter().flatten().any(|name| name == caller.actor.as_str());
    let turn = review.levels.turn(row.approvals.len(), &own);
    let approved = row.approvals.len() >= review.levels.count();
    match row.waits_for {
        WaitsFor::Mending if may(Action::Revise, &own) => vec![Decision::Revise],
        WaitsFor::ReviewAfter if !own_work && may(Action::Approve, turn) => vec![Decision::ReviewAfter],
        WaitsFor::Mending | WaitsFor::ReviewAfter => Vec::new(),
        WaitsFor::Review => {
            let publisher = review.publisher.of(&own);
            let mut decisions = Vec::new();
            if !approved && !own_work && may(Action::Approve, turn) {
                decisions.extend([Decision::Approve, Decision::Return]);
            }
            if approved && may(Action::Publish, publisher) {
                decisions.push(if row.public { Decision::Correct } else { Decision::Publish });
            }
            if approved && may(Action::Schedule, publisher) {
                decisions.push(if row.scheduled_at.is_some() { Decision::Unschedule } else { Decision::Schedule });
            }
            // What failed is told to its editors too, whatever it lacks now.
            if row.failed.is_some() && may(Action::Revise, &own) {
                decisions.push(Decision::Revise);
            }
            decisions
        }
    }
}

impl QueueEntry {
    fn of(row: &QueueRow, review: &Review, decisions: Vec<Decision>) -> Self {
        Self {
            document: row.document.clone(),
            title: row.title.clone(),
            site: site_of(&row.column).to_owned(),
            column: row.column.clone(),
            department: row.department.clone(),
            revision: row.revision.clone(),
            since: row.since.to_string(),
            approved_by: row.approvals.clone(),
            levels: review.levels.count(),
            public: row.public,
            remark: row.remark.clone(),
            overridden: row.overridden.clone(),
            scheduled_at: row.scheduled_at.map(|at| at.to_string()),
            failed: row.failed.as_ref().map(|failed| failed.detail.clone()),
            failed_code: row.failed.as_ref().map(|failed| failed.code.clone()),
            decisions,
            link: format!("/api/publish/documents/{}", row.document),
        }
    }
}
