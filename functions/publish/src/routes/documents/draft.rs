//! `POST /documents`.

use access::{Action, Resource};
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
    content::{CheckedContent, ContentInput},
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

struct Checked {
    column: ColumnId,
    department: DepartmentCode,
    content: CheckedContent,
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
        let Checked { column, department, content } = checked(&body.value, &staff.department)?;
        may(&state, staff, Action::Draft, &Resource::on(&department, column.site()))?;
        let standing = register::column(&state, &column)
            .await?
            .ok_or_else(|| register::unknown(&COLUMN_UNKNOWN, "/column", column.as_str()))?;
        let place = Resource::on(&standing.thing.department, column.site());
        may(&state, staff, Action::Place, &place)?;
        let content = content.store(&state).await?;
        begin(&state, &order, |standing: &Document, context| {
            Ok(document::draft(
                standing,
                document.clone(),
                column.clone(),
                department.clone(),
                content.clone(),
                context,
            )?)
        })
        .await
    })
    .await
}

fn checked(request: &DraftDocument, own: &DepartmentCode) -> Result<Checked, Refusal> {
    let mut checks = Checks::default();
    let column = checks.name::<ColumnId>("/column", &request.column);
    let department = match &request.department {
        Some(code) => checks.name("/department", code),
        None => Some(own.clone()),
    };
    let content = request.content.checked(&mut checks);
    match (column, department, content) {
        (Some(column), Some(department), Some(content)) => Ok(Checked { column, department, content }),
        _ => Err(checks.refusal()),
    }
}
