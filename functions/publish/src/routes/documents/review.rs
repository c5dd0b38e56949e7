//! What a document's column asks of its review, and who may then act on the document.

use access::{Action, Resource};
use command::may;
use domain::{
    ColumnId, DepartmentCode,
    column::Review,
    document::{Document, DocumentRefusal, Stage},
    staff::Staff,
};

use crate::{permission::may_on, refusal::Refusal, register, state::PublishState};

/// What the column of `document` asks.
///
/// Read before the decision and not with it: `If-Match` pins the column, and a review that changes in the same instant counts as changed after.
pub(in crate::routes) async fn of(state: &PublishState, document: &Document) -> Result<Review, Refusal> {
    Ok(register::column_of(state, document).await?.profile.review)
}

/// Lets pass a reviewer of the level whose turn it is.
pub(in crate::routes) fn may_review(
    state: &PublishState,
    staff: &Staff,
    action: Action,
    document: &Document,
    review: &Review,
) -> Result<(), Refusal> {
    let (own, column) = place(document)?;
    let approvals = document.draft.as_ref().map(|draft| &draft.stage).map_or(0, |stage| stage.approvals().len());
    let department = review.levels.turn(approvals, own);
    may(state, staff, action, &Resource::on(department, column.site()))
}

/// Lets pass a reviewer of the level whose turn it is to review what is public already.
pub(in crate::routes) fn may_review_after(
    state: &PublishState,
    staff: &Staff,
    document: &Document,
    review: &Review,
) -> Result<(), Refusal> {
    let (own, column) = place(document)?;
    let owed = document.live.as_ref().and_then(|live| live.unreviewed.as_ref());
    let department = review.levels.turn(owed.map_or(0, |owed| owed.approvals.len()), own);
    may(state, staff, Action::Approve, &Resource::on(department, column.site()))
}

/// Lets pass a publisher of the department that publishes in the column.
pub(in crate::routes) fn may_publish(
    state: &PublishState,
    staff: &Staff,
    action: Action,
    document: &Document,
    review: &Review,
) -> Result<(), Refusal> {
    let (own, column) = place(document)?;
    may(state, staff, action, &Resource::on(review.publisher.of(own), column.site()))
}

/// Lets pass a publisher of the document's own department, or of the one that publishes in the column.
pub(super) fn may_withdraw(
    state: &PublishState,
    staff: &Staff,
    document: &Document,
    review: &Review,
) -> Result<(), Refusal> {
    may_on(state, staff, Action::Withdraw, document)
        .or_else(|_| may_publish(state, staff, Action::Withdraw, document, review))
}

/// Lets pass who reads what is the document's department's, and those who review or publish it for another.
pub(in crate::routes) async fn may_read(
    state: &PublishState,
    staff: &Staff,
    document: &Document,
) -> Result<(), Refusal> {
    let (own, column) = place(document)?;
    let on = |department: &DepartmentCode| Resource::on(department, column.site());
    let Err(refusal) = may(state, staff, Action::Read, &on(own)) else {
        return Ok(());
    };
    let review = of(state, document).await?;
    let reviews = |department: &DepartmentCode| may(state, staff, Action::Approve, &on(department)).is_ok();
    let publishes = |department: &DepartmentCode| may(state, staff, Action::Publish, &on(department)).is_ok();
    let another = review.levels.as_slice().iter().filter_map(|post| post.department.as_ref()).any(reviews)
        || review.publisher.department.as_ref().is_some_and(publishes);
    if another { Ok(()) } else { Err(refusal) }
}

/// Where a draft stands, as its editors read it.
pub(super) fn stage(stage: &Stage, review: &Review) -> &'static str {
    match stage {
        Stage::Editing => "editing",
        Stage::Returned { .. } => "returned",
        Stage::Submitted { approvals, .. } if approvals.len() < review.levels.count() => "submitted",
        Stage::Submitted { .. } => "approved",
    }
}

fn place(document: &Document) -> Result<(&DepartmentCode, &ColumnId), DocumentRefusal> {
    document.department.as_ref().zip(document.column.as_ref()).ok_or(DocumentRefusal::NotDrafted)
}
