//! `POST /staff/{id}/disable`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed, proceed};
use domain::staff::{self, Staff};
use gateway::{Body, PathParam};

use super::target::{Because, over_all, staff_id};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff/{id}/disable";

/// Stops all that a person may do (administrator of all that he holds); his roles are kept.
///
/// Whatever he asks for after this answer is refused with `staff-disabled`; a resend of what was accepted before still gets its first answer.
#[utoipa::path(post, operation_id = "disable_staff", path = "/staff/{id}/disable", tag = "staff", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Because, responses(Changed))]
pub(crate) async fn disable(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Because>,
) -> Result<Response, Refusal> {
    let id = staff_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json).while_the_sender_stands();
    carry_out(&state, &order, async {
        let reason = body.value.checked()?;
        let permit = |standing: &Staff| over_all(&state, order.envelope.staff(), Action::DisableStaff, standing);
        proceed(&state, &order, permit, |standing, context| Ok(staff::disable(standing, &reason, context)?)).await
    })
    .await
}
