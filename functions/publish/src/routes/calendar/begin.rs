//! `POST /calendar`.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{CreationHeaders, Envelope, begin as begin_stream, carry_out, may, openapi::Created};
use domain::{
    StreamId,
    calendar::{self, CalendarHistory},
    staff::Scope,
};
use gateway::Body;

use super::arrangement::AdoptCalendar;
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "POST calendar";

/// Adopts the city's first calendar (administrator of the whole city).
///
/// A file of the national arrangements since 2007 comes with the sources; its form is that of this request.
#[utoipa::path(post, operation_id = "begin_calendar", path = "/calendar", tag = "calendar", params(CreationHeaders), request_body = AdoptCalendar, responses(Created))]
pub(crate) async fn begin(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<AdoptCalendar>,
) -> Result<Response, Refusal> {
    let stream = StreamId::calendar();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json);
    carry_out(&state, &order, async {
        let command = body.value.checked()?;
        may(&state, order.envelope.staff(), Action::AdoptCalendar, &Resource::all_of(&Scope::CITY))?;
        begin_stream(&state, &order, |standing: &CalendarHistory, context| {
            Ok(calendar::begin(standing, command.clone(), context)?)
        })
        .await
    })
    .await
}
