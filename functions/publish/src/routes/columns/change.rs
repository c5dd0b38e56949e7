//! `PUT /columns/{id}`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use domain::{
    ColumnId,
    column::{self, Column, ColumnRefusal},
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::ColumnProfile;
use crate::{
    caller::may,
    envelope::{ChangeHeaders, Envelope},
    order::{carry_out, proceed},
    problems::COLUMN_NOT_FOUND,
    refusal::Refusal,
    routes::responses::Changed,
    state::PublishState,
};

const ACTION: &str = "PUT columns/{id}";

/// A column's name, description and place, from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeColumn {
    /// The whole new profile.
    profile: ColumnProfile,
}

/// Changes a column's name, description or place (registrar).
#[utoipa::path(put, operation_id = "change_column", path = "/columns/{id}", tag = "columns", params(("id" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,6}$", example = "www.zwgk.tzgg"), ChangeHeaders),
    request_body = ChangeColumn, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ChangeColumn>,
) -> Result<Response, Refusal> {
    let id: ColumnId = id.parse().map_err(|_| Problem::plain(&COLUMN_NOT_FOUND))?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let profile = body.value.profile.verified()?;
        let permit = |standing: &Column| {
            let opened = standing.opened.as_ref().ok_or(ColumnRefusal::NotOpen)?;
            let resource = Resource::on(&opened.department, id.site());
            may(&state, order.envelope.staff(), Action::ChangeColumn, &resource)
        };
        proceed(&state, &order, permit, |standing, context| Ok(column::change(standing, profile.clone(), context)?))
            .await
    })
    .await
}
