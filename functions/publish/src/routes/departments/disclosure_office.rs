//! `PUT /departments/{code}/disclosure-office`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    DepartmentCode,
    department::{self, Department},
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::profile::DisclosureOffice;
use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT departments/{code}/disclosure-office";

/// Who takes applications for information at a department, from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeDisclosureOffice {
    /// The whole office; nobody is named without it.
    #[serde(default)]
    office: Option<DisclosureOffice>,
}

/// Says who takes applications for information at a department, or that nobody is named (registrar).
///
/// The guide to disclosure tells it (政府信息公开条例 art. 12). The rest of the profile stays as it is registered, whatever became of it meanwhile.
#[utoipa::path(put, operation_id = "change_disclosure_office", path = "/departments/{code}/disclosure-office", tag = "departments", params(("code" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = ChangeDisclosureOffice, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    PathParam(code): PathParam,
    envelope: Envelope,
    body: Body<ChangeDisclosureOffice>,
) -> Result<Response, Refusal> {
    let code: DepartmentCode = code.parse().map_err(|_| Problem::plain(&DEPARTMENT_NOT_FOUND))?;
    let order = envelope.change(ACTION, code.stream(), &body.json);
    carry_out(&state, &order, async {
        let office = body.value.office.as_ref().map(checked).transpose()?;
        let permit =
            |_: &Department| may(&state, order.envelope.staff(), Action::ChangeDepartment, &Resource::of(&code));
        proceed(&state, &order, permit, |standing, context| {
            Ok(department::change_disclosure_office(standing, office.clone(), context)?)
        })
        .await
    })
    .await
}

fn checked(office: &DisclosureOffice) -> Result<department::DisclosureOffice, Refusal> {
    let mut checks = Checks::default();
    office.checked(&mut checks, "/office").ok_or_else(|| checks.refusal())
}
