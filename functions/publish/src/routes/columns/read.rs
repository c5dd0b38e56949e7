//! `GET /columns/{id}`.

use access::{Action, Resource};
use axum::{extract::State, http::HeaderMap, response::Response};
use command::{Caller, may, openapi::ReadProblems, versioned};
use domain::ColumnId;
use gateway::{PathParam, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::profile::{Archive, ColumnKind, ColumnProfile};
use crate::{problems::COLUMN_NOT_FOUND, refusal::Refusal, register, state::PublishState};

/// A column as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnView {
    /// Its id.
    column: String,
    /// Its version: what the next `If-Match` names.
    version: u64,
    /// Code of the department that answers for it.
    department: String,
    /// What it is for.
    kind: ColumnKind,
    /// How finely its archive is cut.
    archive: Archive,
    /// Its public address.
    #[schema(example = "http://www.localhost:8080/zwgk/tzgg/")]
    url: String,
    /// What may change.
    profile: ColumnProfile,
}

/// Reads a column, its own writes included.
#[utoipa::path(get, operation_id = "read_column", path = "/columns/{id}", tag = "columns", params(("id" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$", example = "www.zwgk.tzgg")),
    responses((status = 200, description = "The column.", body = ColumnView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let not_found = || Problem::plain(&COLUMN_NOT_FOUND);
    let id: ColumnId = id.parse().map_err(|_| not_found())?;
    let found = register::column(&state, &id).await?.ok_or_else(not_found)?;
    let opened = found.thing;
    may(&state, &caller.staff, Action::ReadRegister, &Resource::on(&opened.department, id.site()))?;
    let view = ColumnView {
        version: found.version,
        department: opened.department.into(),
        kind: opened.kind.into(),
        archive: opened.archive.into(),
        url: state.city.url(id.site().as_str(), &id.path()),
        profile: ColumnProfile::of(opened.profile),
        column: id.into(),
    };
    Ok(versioned(&headers, found.version, view))
}
