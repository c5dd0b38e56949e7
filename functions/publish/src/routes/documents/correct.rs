//! `POST /documents/{id}/correct`.

use access::Action;
use axum::{extract::State, response::Response};
use domain::{
    document::{self, Document},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    review::{self, may_publish},
    target::document_id,
};
use crate::{
    checks::Checks,
    envelope::{ChangeHeaders, Envelope},
    order::{carry_out, proceed},
    refusal::Refusal,
    relations,
    routes::responses::Changed,
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
        let note = checked(&body.value)?;
        let (standing, _, _) = state.ledger.read::<Document>(&order.stream).await?;
        let review = review::of(&state, &standing).await?;
        let staff = order.envelope.staff();
        let permit = |standing: &Document| may_publish(&state, staff, Action::Correct, standing, &review);
        permit(&standing)?;
        let related = relations::looked_up(&state, &standing).await?;
        proceed(&state, &order, permit, |standing, context| {
            Ok(document::correct(standing, note.clone(), related.clone(), &review.levels, context)?)
        })
        .await
    })
    .await
}

fn checked(request: &Correct) -> Result<Line<300>, Refusal> {
    let mut checks = Checks::default();
    match checks.line("/note", &request.note) {
        Some(note) => Ok(note),
        None => Err(checks.refusal()),
    }
}
