//! `POST /departments/{code}/declare-category`, `POST /departments/{code}/withdraw-declaration`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    DepartmentCode,
    department::{self, Department},
    text::Line,
};
use gateway::{Body, PathParam, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::category::Category;
use crate::{problems::DEPARTMENT_NOT_FOUND, refusal::Refusal, state::PublishState};

const DECLARE: &str = "POST departments/{code}/declare-category";
const WITHDRAW: &str = "POST departments/{code}/withdraw-declaration";

/// What does not concern a department, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclareCategory {
    /// Which category of the regulation.
    category: Category,
    /// Why, 1–300 characters in one line: the public reads it.
    #[schema(example = "本部门没有行政事业性收费项目", max_length = 300, min_length = 1)]
    reason: String,
}

/// What concerns a department after all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawDeclaration {
    /// Which category of the regulation.
    category: Category,
}

/// Declares that a category of what is to be disclosed does not concern a department (registrar).
///
/// Its page of coverage says 不涉及 with the reason; the category is never counted as covered. Declared again with another reason, that is the reason now.
#[utoipa::path(post, operation_id = "declare_category", path = "/departments/{code}/declare-category", tag = "departments", params(("code" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = DeclareCategory, responses(Changed))]
pub(crate) async fn declare(
    State(state): State<PublishState>,
    PathParam(code): PathParam,
    envelope: Envelope,
    body: Body<DeclareCategory>,
) -> Result<Response, Refusal> {
    let code = known(&code)?;
    let order = envelope.change(DECLARE, code.stream(), &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let reason: Line<300> = checks.line("/reason", &body.value.reason).ok_or_else(|| checks.problem())?;
        let permit =
            |_: &Department| may(&state, order.envelope.staff(), Action::DeclareCategory, &Resource::of(&code));
        proceed(&state, &order, permit, |standing, context| {
            Ok(department::declare(standing, body.value.category.into(), reason.clone(), context)?)
        })
        .await
    })
    .await
}

/// Withdraws such a declaration (registrar): the category is lacking until something of it is public.
#[utoipa::path(post, operation_id = "withdraw_declaration", path = "/departments/{code}/withdraw-declaration", tag = "departments", params(("code" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "jyj"), ChangeHeaders),
    request_body = WithdrawDeclaration, responses(Changed))]
pub(crate) async fn withdraw(
    State(state): State<PublishState>,
    PathParam(code): PathParam,
    envelope: Envelope,
    body: Body<WithdrawDeclaration>,
) -> Result<Response, Refusal> {
    let code = known(&code)?;
    let order = envelope.change(WITHDRAW, code.stream(), &body.json);
    carry_out(&state, &order, async {
        let permit =
            |_: &Department| may(&state, order.envelope.staff(), Action::DeclareCategory, &Resource::of(&code));
        proceed(&state, &order, permit, |standing, context| {
            Ok(department::withdraw_declaration(standing, body.value.category.into(), context)?)
        })
        .await
    })
    .await
}

fn known(code: &str) -> Result<DepartmentCode, Refusal> {
    Ok(code.parse().map_err(|_| Problem::plain(&DEPARTMENT_NOT_FOUND))?)
}
