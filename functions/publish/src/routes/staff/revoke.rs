//! `POST /staff/{id}/revoke`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::staff::{self, Staff};
use gateway::{Body, PathParam};

use super::target::{ChangeRole, staff_id};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff/{id}/revoke";

/// Takes a role from a person, in exactly the scope it was granted in (administrator of that scope).
///
/// Whatever the person asks for after this answer is refused where it needed the role.
#[utoipa::path(post, operation_id = "revoke_role", path = "/staff/{id}/revoke", tag = "staff", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ChangeRole, responses(Changed))]
pub(crate) async fn revoke(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ChangeRole>,
) -> Result<Response, Refusal> {
    let id = staff_id(&id)?;
    let order = envelope.change(ACTION, id.stream(), &body.json).while_the_sender_stands();
    carry_out(&state, &order, async {
        let (assignment, reason) = body.value.checked()?;
        let resource = Resource::all_of(&assignment.scope);
        let permit = |_: &Staff| may(&state, order.envelope.staff(), Action::RevokeRole, &resource);
        proceed(&state, &order, permit, |standing, context| {
            Ok(staff::revoke(standing, assignment.clone(), &reason, context)?)
        })
        .await
    })
    .await
}
