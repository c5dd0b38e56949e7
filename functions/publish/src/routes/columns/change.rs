//! `PUT /columns/{id}`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    ColumnId,
    column::{self, Column, ColumnRefusal},
    site::SiteRefusal,
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::ColumnProfile;
use crate::{problems::COLUMN_NOT_FOUND, refusal::Refusal, register, state::PublishState};

const ACTION: &str = "PUT columns/{id}";

/// A column's name, description, place, update duty, review and what it discloses, from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeColumn {
    /// The whole new profile.
    profile: ColumnProfile,
}

/// Changes a column's name, description, place, update duty, review or what it discloses (registrar of its department).
///
/// What stands in the site's navigation or on its home page, and who reviews and publishes, is the site's: it takes the registrar of the department that runs the site, too.
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
        let site = register::site(&state, &id.site()).await?;
        let permit = |standing: &Column| {
            let opened = standing.opened.as_ref().ok_or(ColumnRefusal::NotOpen)?;
            let (staff, on) = (order.envelope.staff(), |department| Resource::on(department, id.site()));
            may(&state, staff, Action::ChangeColumn, &on(&opened.department))?;
            if opened.profile.of_the_site() == profile.of_the_site() {
                return Ok(());
            }
            let site = &site.as_ref().ok_or(SiteRefusal::NotOpen)?.thing;
            may(&state, staff, Action::ChangeSite, &on(&site.department))
        };
        register::all_departments(&state, "/profile/review", profile.review.departments()).await?;
        proceed(&state, &order, permit, |standing, context| Ok(column::change(standing, profile.clone(), context)?))
            .await
    })
    .await
}
