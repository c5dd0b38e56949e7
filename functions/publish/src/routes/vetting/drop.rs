//! `POST /vetting/lists/{name}/drop`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{StreamId, vetting};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{change, list_name, reason};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST vetting/lists/{name}/drop";

/// Why a list is in force no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DropList {
    /// Why, 1–300 characters in one line.
    #[schema(example = "改用省级词库", max_length = 300, min_length = 1)]
    reason: String,
}

/// Takes a word list out of force, one of the house too (registrar of the whole city).
///
/// What took the place of a list of the house gives it back.
#[utoipa::path(post, operation_id = "drop_word_list", path = "/vetting/lists/{name}/drop", tag = "vetting", params(("name" = String, Path, pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", example = "common-mistakes"), ChangeHeaders),
    request_body = DropList, responses(Changed))]
pub(crate) async fn drop_list(
    State(state): State<PublishState>,
    PathParam(name): PathParam,
    envelope: Envelope,
    body: Body<DropList>,
) -> Result<Response, Refusal> {
    let name = list_name(&name)?;
    let order = envelope.change_part(ACTION, StreamId::vetting(), name.as_str(), &body.json);
    carry_out(&state, &order, async {
        let reason = reason(&body.value.reason)?;
        change(&state, &order, |standing, context| vetting::drop_list(standing, name.clone(), reason.clone(), context))
            .await
    })
    .await
}
