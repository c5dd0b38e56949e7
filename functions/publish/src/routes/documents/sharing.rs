//! `GET /documents/{id}/sharing`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::staff::Scope;
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;
use views::city::{SharingRow, slice};

use super::target::document_id;
use crate::{refusal::Refusal, slices, state::PublishState};

/// The columns of others that list a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingView {
    /// Each of them, in order of id.
    columns: Vec<SharingColumn>,
}

/// A column that lists it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingColumn {
    /// The column.
    #[schema(example = "www.zwgk.tzgg")]
    column: String,
    /// Since when.
    #[schema(format = "date-time")]
    since: String,
}

/// Tells which columns list a document of another (staff). From the views, which follow an accepted command within moments.
#[utoipa::path(get, operation_id = "read_sharing", path = "/documents/{id}/sharing", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The columns.", body = SharingView), ReadProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    // What a column lists is a public fact.
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let rows = slices::rows::<SharingRow>(&state, slice::shared(id.as_str())).await?;
    let columns = rows.into_iter().filter_map(|(key, row)| {
        let (column, _) = key.split_once('/')?;
        Some(SharingColumn { column: column.to_owned(), since: row.since.to_string() })
    });
    Ok(listed(SharingView { columns: columns.collect() }))
}
