//! `POST /documents`.

use access::{Action, Resource, Staff};
use axum::{extract::State, response::Response};
use domain::{
    ColumnId, DepartmentCode, DocumentId,
    document::{self, Document},
};
use gateway::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    caller::may,
    checks::Checks,
    content::ContentInput,
    envelope::{CreationHeaders, Envelope},
    order::{begin, carry_out},
    problems::COLUMN_UNKNOWN,
    refusal::Refusal,
    register,
    routes::responses::Created,
    state::PublishState,
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
    /// Code of the department that answers for it, for good; the sender's own if absent.
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
            None => Some(staff.department.clone()),
        };
        // Permission first: reading the body of one megabyte is work for those only who may draft.
        permitted(&state, staff, column.as_ref(), department.as_ref()).await?;
        let content = body.value.content.checked(&mut checks);
        let (Some(column), Some(department), Some(content)) = (column, department, content) else {
            return Err(checks.refusal().into());
        };
        let written = content.store(&state).await?;
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

/// Lets pass who may draft there; where a name says nothing, who may draft at all.
async fn permitted(
    state: &PublishState,
    staff: &Staff,
    column: Option<&ColumnId>,
    department: Option<&DepartmentCode>,
) -> Result<(), Refusal> {
    let department = department.unwrap_or(&staff.department);
    let Some(column) = column else {
        return may(state, staff, Action::Draft, &Resource::of(department));
    };
    may(state, staff, Action::Draft, &Resource::on(department, column.site()))?;
    let standing = register::column(state, column)
        .await?
        .ok_or_else(|| register::unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?;
    may(state, staff, Action::Place, &Resource::on(&standing.thing.department, column.site()))
}
