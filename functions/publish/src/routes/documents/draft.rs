//! `POST /documents`.

use std::collections::BTreeSet;

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Checks, CreationHeaders, Envelope, begin, carry_out, may, openapi::Created, problems::unknown};
use domain::{
    ColumnId, DepartmentCode, DocumentId,
    document::{self, Document},
    staff::{Role, Staff},
};
use gateway::{Body, Sentence};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    content::ContentInput, permission::may_draft, problems::COLUMN_UNKNOWN, refusal::Refusal, register,
    relations::may_relate, state::PublishState,
};

const ACTION: &str = "POST documents";

/// The first draft of a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftDocument {
    /// The column it is meant to stand in.
    #[schema(
        example = "www.zwgk.tzgg",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
    /// Code of the department that answers for it, for good; if absent, the only one in which the sender is editor.
    #[serde(default)]
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: Option<String>,
    /// What it says.
    content: ContentInput,
}

/// Writes the first draft of a document (editor).
#[utoipa::path(post, operation_id = "draft_document", path = "/documents", tag = "documents", params(CreationHeaders), request_body = DraftDocument, responses(Created))]
pub(crate) async fn draft(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<DraftDocument>,
) -> Result<Response, Refusal> {
    let id = envelope.commit_id(ACTION, "new");
    let document = DocumentId::derive(&id);
    let order = envelope.creation(ACTION, document.stream(), id, &body.json);
    carry_out(&state, &order, async {
        let staff = order.envelope.staff();
        let mut checks = Checks::default();
        let column = checks.name::<ColumnId>("/column", &body.value.column);
        let department = match &body.value.department {
            Some(code) => checks.name::<DepartmentCode>("/department", code),
            None => own(staff, &mut checks),
        };
        // Permission first: reading the body of one megabyte is work for those only who may draft.
        permitted(&state, staff, column.as_ref(), department.as_ref()).await?;
        let content = body.value.content.checked(&mut checks);
        let (Some(column), Some(department), Some(content)) = (column, department, content) else {
            return Err(checks.refusal());
        };
        register::all_departments(&state, "/department", std::iter::once(&department)).await?;
        may_relate(&state, staff, &Document::default(), content.relations()).await?;
        let written = content.store(&state, &order.envelope.staff_id(), &Document::default()).await?;
        begin(&state, &order, |standing: &Document, context| {
            Ok(document::draft(
                standing,
                document.clone(),
                column.clone(),
                department.clone(),
                written.clone(),
                context,
            )?)
        })
        .await
    })
    .await
}

/// Lets pass who may draft there; where a name says nothing, who may draft anywhere.
async fn permitted(
    state: &PublishState,
    staff: &Staff,
    column: Option<&ColumnId>,
    department: Option<&DepartmentCode>,
) -> Result<(), Refusal> {
    let Some(column) = column else {
        return may_draft(staff);
    };
    match department {
        Some(department) => may(state, staff, Action::Draft, &Resource::on(department, column.site()))?,
        None if staff.scopes(Role::Editor).next().is_some() => return Ok(()),
        None => {}
    }
    let standing =
        register::column(state, column).await?.ok_or_else(|| unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?;
    let place = Resource::on(&standing.thing.department, column.site());
    // Who drafts nowhere is told whose editor he would have to be.
    let asked = if department.is_some() { Action::Place } else { Action::Draft };
    may(state, staff, asked, &place)
}

/// The department that all of an editor's roles name.
fn own(staff: &Staff, checks: &mut Checks) -> Option<DepartmentCode> {
    let codes: BTreeSet<Option<&DepartmentCode>> =
        staff.scopes(Role::Editor).map(|scope| scope.department.as_ref()).collect();
    let mut codes = codes.into_iter();
    if let (Some(Some(only)), None) = (codes.next(), codes.next()) {
        return Some(only.clone());
    }
    checks.add(
        "/department",
        "department-ambiguous",
        Sentence::new(
            "您是多个部门的编辑，请注明部门代码。",
            "You are editor of more than one department; name the one that answers for it.",
        ),
    );
    None
}
