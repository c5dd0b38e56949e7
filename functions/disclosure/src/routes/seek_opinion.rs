//! `POST /requests/{id}/seek-opinion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, letter_name, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, shapes::Consulted};

const ACTION: &str = "POST requests/{id}/seek-opinion";

/// Whose opinion is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeekOpinion {
    /// Whose.
    of: Consulted,
    /// Who it is and what is asked, 1–5,000 characters; kept under the case's key. Nothing of who applies.
    #[schema(
        min_length = 1,
        max_length = 5000,
        example = "某公司：申请公开的材料涉及贵公司，请在15个工作日内提出意见。"
    )]
    text: String,
}

/// Asks a third party, or another body, for its opinion; the reply's clock stands until it comes or lapses (handler, supervisor; art. 32–34).
#[utoipa::path(post, operation_id = "seek_opinion", path = "/{id}/seek-opinion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = SeekOpinion, responses(Changed))]
pub(crate) async fn seek_opinion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<SeekOpinion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let of = body.value.of.into();
        let text: Prose<5000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |case| letter_name(case.own.letters.len() + 1),
                |case, sealed, now| Ok(request::seek_opinion(case, of, sealed, now)?),
            )
            .await
    })
    .await
}
