//! `POST /requests/{id}/withdraw`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{Sealing, WITHDRAWAL, target};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{
    request::{self, Recorded, Request},
    text::Line,
};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, refusal::Refusal, shapes::ShownBy};

const ACTION: &str = "POST requests/{id}/withdraw";

/// Why the applicant takes it back, and what shows that he does.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawApplication {
    /// Why, 1–300 characters; kept under the case's key, the applicant sees it.
    #[schema(min_length = 1, max_length = 300, example = "已从其他途径获得")]
    reason: String,
    /// What shows it; it belongs to the file of the case.
    shown_by: ShownBy,
}

/// Records that the applicant takes his application back, where he said so in another way than at the front door (supervisor).
///
/// He gets a message and sees reason and evidence with number and code: who did not take it back will say so.
#[utoipa::path(post, operation_id = "withdraw_request", path = "/{id}/withdraw", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = WithdrawApplication, responses(Changed))]
pub(crate) async fn withdraw(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<WithdrawApplication>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    let sealing = Sealing::of(&state, order, &body.json).await?;
    carry_out(&state, &sealing.order, async {
        let reason: Line<300> = target::line("/reason", &body.value.reason)?;
        let shown_by = body.value.shown_by.into();
        sealing
            .act::<_, Request>(
                &state,
                Action::SuperviseCase,
                reason.as_str(),
                |_| WITHDRAWAL.to_owned(),
                |case, reason, now| Ok(request::record_withdrawal(case, Recorded { reason, shown_by }, now)?),
            )
            .await
    })
    .await
}
