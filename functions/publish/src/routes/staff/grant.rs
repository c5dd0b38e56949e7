//! `POST /staff/{id}/grant`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may_grant, openapi::Changed, proceed};
use domain::staff::{self, Staff};
use gateway::{Body, PathParam};

use super::target::{ChangeRole, staff_id};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff/{id}/grant";

/// Trusts a person with a role (administrator; within his own scope, and never more than he holds himself).
#[utoipa::path(post, operation_id = "grant_role", path = "/staff/{id}/grant", tag = "staff", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ChangeRole, responses(Changed))]
pub(crate) async fn grant(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ChangeRole>,
) -> Result<Response, Refusal> {
    let id = staff_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json).while_the_sender_stands();
    carry_out(&state, &order, async {
        let (assignment, reason) = body.value.checked()?;
        let permit = |_: &Staff| may_grant(&state, order.envelope.staff(), &assignment);
        proceed(&state, &order, permit, |standing, context| {
            Ok(staff::grant(standing, assignment.clone(), &reason, context)?)
        })
        .await
    })
    .await
}
