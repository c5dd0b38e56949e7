//! `POST /staff/administrator`.

use axum::{extract::State, response::Response};
use command::{CreationHeaders, Envelope, begin, carry_out, openapi::Created};
use domain::{
    StaffId,
    staff::{self, Staff},
};
use gateway::{Body, Problem};

use super::target::Because;
use crate::{problems::NOT_NAMED, refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff/administrator";

/// Makes the sender the city's first administrator, if the deployment names him (`TAIHU_ADMINISTRATOR`).
///
/// He gets every role for the whole city. From then on events alone tell what he may do: the configuration opens this one door and no other.
#[utoipa::path(post, operation_id = "take_office", path = "/staff/administrator", tag = "staff", params(CreationHeaders), request_body = Because, responses(Created))]
pub(crate) async fn take_office(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<Because>,
) -> Result<Response, Refusal> {
    let subject = envelope.sender.actor.clone();
    let stream = StaffId::of(&subject).stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        if state.administrator.as_ref() != Some(&subject) {
            return Err(Problem::plain(&NOT_NAMED).into());
        }
        let reason = body.value.checked()?;
        begin(&state, &order, |standing: &Staff, context| Ok(staff::take_office(standing, &reason, context)?)).await
    })
    .await
}
