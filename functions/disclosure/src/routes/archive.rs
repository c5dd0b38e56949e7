//! `POST /requests/{id}/archive`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/archive";

/// Under which number it is filed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArchiveRequest {
    /// The file number, 1–60 characters.
    #[schema(min_length = 1, max_length = 60, example = "2026-YSQ-0031")]
    file: String,
}

/// Files an application that came to its end (handler, supervisor; art. 45).
#[utoipa::path(post, operation_id = "archive_request", path = "/{id}/archive", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = ArchiveRequest, responses(Changed))]
pub(crate) async fn archive(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ArchiveRequest>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let file: Line<60> = target::line("/file", &body.value.file)?;
        act::<_, Request>(&state, &order, Action::HandleCase, |case, _| Ok(request::archive(case, file.clone())?)).await
    })
    .await
}
