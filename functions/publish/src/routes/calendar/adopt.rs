//! `PUT /calendar`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, may, openapi::Changed, proceed};
use domain::{
    StreamId,
    calendar::{self, CalendarHistory, CalendarRefusal},
    staff::Scope,
};
use gateway::Body;

use super::arrangement::AdoptCalendar;
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT calendar";

/// Adopts the next version of the calendar (administrator of the whole city).
///
/// Years that are not given stay as they are. Whatever runs is counted again by it: what was due before is due, the rest is never due before this moment.
#[utoipa::path(put, operation_id = "adopt_calendar", path = "/calendar", tag = "calendar", params(ChangeHeaders), request_body = AdoptCalendar, responses(Changed))]
pub(crate) async fn adopt(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<AdoptCalendar>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, StreamId::calendar(), &body.json);
    carry_out(&state, &order, async {
        let command = body.value.checked()?;
        let permit = |standing: &CalendarHistory| {
            may(&state, order.envelope.staff(), Action::AdoptCalendar, &Resource::all_of(&Scope::CITY))?;
            match standing.newest().number() {
                0 => Err(CalendarRefusal::NotAdopted.into()),
                _ => Ok(()),
            }
        };
        proceed(&state, &order, permit, |standing, context| Ok(calendar::adopt(standing, command.clone(), context)?))
            .await
    })
    .await
}
