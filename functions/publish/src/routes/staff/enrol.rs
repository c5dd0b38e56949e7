//! `POST /staff`.

use axum::{extract::State, response::Response};
use command::{Checks, CreationHeaders, Envelope, carry_out, may_grant, openapi::Created, proceed};
use domain::{
    ActorId, StaffId,
    staff::{self, Assignment as Known, Staff},
    text::Line,
};
use gateway::{Body, Sentence};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{assignment::Assignment, refusal::Refusal, state::PublishState};

const ACTION: &str = "POST staff";

/// Most roles that one request grants.
const MOST: usize = 20;

/// A person who joins the staff.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnrolStaff {
    /// The subject (`sub`) that the city's identity provider names the person by: 1–120 visible ASCII characters.
    #[schema(example = "zhang.wei", pattern = "^[!-~]{1,120}$")]
    subject: String,
    /// The first roles, 1–20.
    #[schema(min_items = 1, max_items = 20)]
    roles: Vec<Assignment>,
    /// Why, 1–300 characters in one line.
    #[schema(example = "新任教育局网站编辑", max_length = 300, min_length = 1)]
    reason: String,
}

/// Enrols a person with first roles (administrator; within his own scope, and never more than he holds himself).
///
/// The id derives from the subject. A department or site that does not exist yet may be named: the role counts from the day it is registered.
#[utoipa::path(post, operation_id = "enrol_staff", path = "/staff", tag = "staff", params(CreationHeaders), request_body = EnrolStaff, responses(Created))]
pub(crate) async fn enrol(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<EnrolStaff>,
) -> Result<Response, Refusal> {
    let mut checks = Checks::default();
    let subject = checks.name::<ActorId>("/subject", &body.value.subject);
    let Some(subject) = subject else {
        return Err(checks.refusal());
    };
    let stream = StaffId::of(&subject).stream();
    let id = envelope.commit_id(ACTION, stream.as_str());
    let order = envelope.creation(ACTION, stream, id, &body.json).while_the_sender_stands();
    carry_out(&state, &order, async {
        let (assignments, reason) = checked(&body.value, checks)?;
        let permit = |_: &Staff| {
            let mut each = assignments.iter();
            each.try_for_each(|assignment| may_grant(&state, order.envelope.staff(), assignment))
        };
        proceed(&state, &order, permit, |standing, context| {
            Ok(staff::enrol(standing, subject.clone(), assignments.clone(), &reason, context)?)
        })
        .await
    })
    .await
}

fn checked(request: &EnrolStaff, mut checks: Checks) -> Result<(Vec<Known>, Line<300>), Refusal> {
    if request.roles.is_empty() || request.roles.len() > MOST {
        checks.add(
            "/roles",
            "list-length",
            Sentence::new(format!("应有 1 至 {MOST} 项。"), format!("It has 1 to {MOST} items.")),
        );
        return Err(checks.refusal());
    }
    let assignments: Vec<Option<Known>> = request
        .roles
        .iter()
        .enumerate()
        .map(|(place, assignment)| assignment.checked(&mut checks, &format!("/roles/{place}")))
        .collect();
    let reason = checks.line("/reason", &request.reason);
    match (assignments.into_iter().collect(), reason) {
        (Some(assignments), Some(reason)) => Ok((assignments, reason)),
        _ => Err(checks.refusal()),
    }
}
