//! `PUT /vetting/rules`.

use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Envelope, carry_out, openapi::Changed};
use domain::{StreamId, vetting};
use gateway::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{reason, strictness::StrictnessProfile};
use crate::{refusal::Refusal, state::PublishState};

const ACTION: &str = "PUT vetting/rules";

/// How strict the checks are from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeRules {
    /// The rules.
    rules: StrictnessProfile,
    /// Why, 1–300 characters in one line.
    #[schema(example = "按季度检查要求", max_length = 300, min_length = 1)]
    reason: String,
}

/// Changes how strict the checks are and what documents must tell (registrar of the whole city).
///
/// What is with the reviewers or approved is checked with the new rules when it is published.
#[utoipa::path(put, operation_id = "change_vetting_rules", path = "/vetting/rules", tag = "vetting", params(ChangeHeaders), request_body = ChangeRules, responses(Changed))]
pub(crate) async fn change(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<ChangeRules>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, StreamId::vetting(), &body.json);
    carry_out(&state, &order, async {
        let reason = reason(&body.value.reason)?;
        let (levels, required) = (body.value.rules.levels(), body.value.rules.required());
        super::change(&state, &order, |standing, context| {
            vetting::change_rules(standing, levels.clone(), required.clone(), reason.clone(), context)
        })
        .await
    })
    .await
}
