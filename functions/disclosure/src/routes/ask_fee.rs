//! `POST /requests/{id}/ask-fee`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::request::{self, Request};
use gateway::{Body, PathParam, Sentence};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{DisclosureState, kin::kin, refusal::Refusal};

const ACTION: &str = "POST requests/{id}/ask-fee";

/// Applications in a month at most.
const MOST: u32 = 100_000;

/// For what a fee is asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskFee {
    /// The how-manieth application of the applicant in the calendar month in which it came in, 1–100,000: the schedule makes the amount of it. Not more than the case
    /// counts (`same_applicant.item_of_month`); less where some of them do not count.
    #[schema(minimum = 1, maximum = 100_000, example = 11)]
    item: u32,
}

/// Asks the applicant for the fee of handling information; until he pays the reply's clock stands (handler, supervisor; art. 42, 国办函〔2020〕109号).
#[utoipa::path(post, operation_id = "ask_fee", path = "/{id}/ask-fee", tag = "requests",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AskFee, responses(Changed))]
pub(crate) async fn ask_fee(
    State(state): State<DisclosureState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AskFee>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Request>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let item = body.value.item;
        if !(1..=MOST).contains(&item) {
            let mut checks = Checks::default();
            let sentence = Sentence::new(format!("应为 1–{MOST}。"), format!("It is 1–{MOST}."));
            checks.add("/item", "number-out-of-range", sentence);
            return Err(checks.problem().into());
        }
        let kin = kin(&state, &order.stream).await?;
        act::<_, Request>(&state, &order, Action::HandleCase, |case, now| Ok(request::ask_fee(case, item, &kin, now)?))
            .await
    })
    .await
}
