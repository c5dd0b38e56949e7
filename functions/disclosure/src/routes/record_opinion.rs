//! `POST /requests/{id}/record-opinion`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, opinion_name, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Request},
    text::Prose,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    DisclosureState,
    refusal::Refusal,
    shapes::{Consulted, Stance},
};

const ACTION: &str = "POST requests/{id}/record-opinion";

/// An opinion that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordOpinion {
    /// Whose.
    of: Consulted,
    /// What it says.
    stance: Stance,
    /// The opinion, 1–5,000 characters; kept under the case's key.
    #[schema(min_length = 1, max_length = 5000, example = "涉及商业秘密，不同意公开附件二。")]
    text: String,
}

/// Records an opinion that came: the reply's clock runs again once none is awaited (handler, supervisor; art. 32–34).
#[utoipa::path(post, operation_id = "record_opinion", path = "/{id}/record-opinion", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = RecordOpinion, responses(Changed))]
pub(crate) async fn record_opinion(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<RecordOpinion>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let (of, stance) = (body.value.of.into(), body.value.stance.into());
        let text: Prose<5000> = target::prose("/text", &body.value.text)?;
        sealing
            .act::<_, Request>(
                &state,
                Action::HandleCase,
                text.as_str(),
                |case| opinion_name(case.own.opinions.len() + 1),
                |case, sealed, now| Ok(request::record_opinion(case, of, stance, sealed, now)?),
            )
            .await
    })
    .await
}
