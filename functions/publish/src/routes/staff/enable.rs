//! `POST /staff/{id}/enable`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed, proceed};
use domain::staff::{self, Staff};
use gateway::{Body, PathParam};

use super::target::{Because, over_all, staff_id};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff/{id}/enable";

/// Lets a disabled person's roles count again (administrator of all that he holds).
#[utoipa::path(post, operation_id = "enable_staff", path = "/staff/{id}/enable", tag = "staff", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Because, responses(Changed))]
pub(crate) async fn enable(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Because>,
) -> Result<Response, Refusal> {
    let id = staff_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json).while_the_sender_stands();
    carry_out(&state, &order, async {
        let reason = body.value.checked()?;
        let permit = |standing: &Staff| over_all(&state, order.envelope.staff(), Action::EnableStaff, standing);
        proceed(&state, &order, permit, |standing, context| Ok(staff::enable(standing, &reason, context)?)).await
    })
    .await
}
