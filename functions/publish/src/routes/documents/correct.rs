//! `POST /documents/{id}/correct`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::{document::Override, text::Line};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{review::may_publish, target::document_id};
use crate::{
    findings::{self, OverrideInput},
    refusal::Refusal,
    release::{Way, release},
    state::PublishState,
};

const ACTION: &str = "POST documents/{id}/correct";

/// What changes, for the public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// Public change note, 1–300 characters in one line.
    #[schema(example = "更正停水时间", max_length = 300, min_length = 1)]
    note: String,
    /// Findings of the checks that the sender answers for.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// Replaces the public text by the approved revision (publisher of the department that publishes in the column).
#[utoipa::path(post, operation_id = "correct_document", path = "/documents/{id}/correct", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Correct, responses(Changed))]
pub(crate) async fn correct(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Correct>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let (note, overriding) = checked(&body.value)?;
        let way = Way::Correct { note };
        let staff = order.envelope.staff();
        let permit = |standing: &_, review: &_| may_publish(&state, staff, Action::Correct, standing, review);
        release(&state, &order, &way, overriding.as_ref(), permit).await
    })
    .await
}

fn checked(request: &Correct) -> Result<(Line<300>, Option<Override>), Refusal> {
    let mut checks = Checks::default();
    let note = checks.line("/note", &request.note);
    let overriding = findings::overriding(request.overriding.as_ref(), &mut checks);
    match (note, overriding) {
        (Some(note), Some(overriding)) if checks.passed() => Ok((note, overriding)),
        _ => Err(checks.refusal()),
    }
}
