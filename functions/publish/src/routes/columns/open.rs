//! `POST /columns`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{
    Checks, CreationHeaders, Envelope, Order, begin, carry_out, may,
    openapi::Created,
    problems::{DEPARTMENT_UNKNOWN, unknown},
};
use domain::{
    ColumnId, DepartmentCode,
    column::{self, Column, Opened},
};
use gateway::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::{Archive, ColumnKind, ColumnProfile};
use crate::{
    problems::{PARENT_COLUMN_UNKNOWN, SITE_UNKNOWN},
    refusal::Refusal,
    register,
    state::PublishState,
};

const ACTION: &str = "POST columns";

/// A column that comes into being.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenColumn {
    /// Site and path, joined by dots, for good.
    #[schema(
        example = "www.zwgk.tzgg",
        pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$"
    )]
    column: String,
    /// Code of the department that answers for it.
    #[schema(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: String,
    /// What it is for, for good.
    kind: ColumnKind,
    /// How finely its archive is cut, for good.
    #[serde(default)]
    archive: Archive,
    /// What may change.
    profile: ColumnProfile,
}

/// Opens a column (registrar of the department that runs the site).
#[utoipa::path(post, operation_id = "open_column", path = "/columns", tag = "columns", params(CreationHeaders), request_body = OpenColumn, responses(Created))]
pub(crate) async fn open(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<OpenColumn>,
) -> Result<Response, Refusal> {
    let mut checks = Checks::default();
    let column = checks.name::<ColumnId>("/column", &body.value.column);
    let department = checks.name::<DepartmentCode>("/department", &body.value.department);
    let profile = body.value.profile.checked(&mut checks);
    let Some(column) = column else {
        return Err(checks.refusal());
    };
    let stream = column.stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        let (Some(department), Some(profile)) = (department, profile) else {
            return Err(checks.refusal());
        };
        let opened =
            Opened { column, department, kind: body.value.kind.into(), archive: body.value.archive.into(), profile };
        surroundings(&state, &order, &opened).await?;
        begin(&state, &order, |standing: &Column, context| Ok(column::open(standing, opened.clone(), context)?)).await
    })
    .await
}

/// The site must be open, the caller's to change, and the department and the column above must exist.
async fn surroundings(state: &PublishState, order: &Order, opened: &Opened) -> Result<(), Refusal> {
    let label = opened.column.site();
    let site = register::site(state, &label).await?.ok_or_else(|| unknown(&SITE_UNKNOWN, "/column", label.as_str()))?;
    let resource = Resource::on(&site.thing.department, label);
    may(state, order.envelope.staff(), Action::OpenColumn, &resource)?;
    site.thing.takes_new()?;
    let runs_the_site = &site.thing.department;
    let department = &opened.department;
    if department != runs_the_site && register::department(state, department).await?.is_none() {
        return Err(unknown(&DEPARTMENT_UNKNOWN, "/department", department.as_str()).into());
    }
    if let Some(parent) = opened.column.parent()
        && register::column(state, &parent).await?.is_none()
    {
        return Err(unknown(&PARENT_COLUMN_UNKNOWN, "/column", parent.as_str()).into());
    }
    register::all_departments(state, "/profile/review", opened.profile.review.departments()).await
}
