//! `POST /documents/{id}/schedule` and `/unschedule`.

use access::Action;
use axum::{extract::State, response::Response};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed, optional, proceed};
use domain::document::{self, Document, Override, Schedule};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{act::act_in_column, review::may_publish, target::document_id};
use crate::{
    findings::{self, OverrideInput},
    refusal::Refusal,
    register,
    release::told,
    state::PublishState,
};

const SCHEDULE: &str = "POST documents/{id}/schedule";
const UNSCHEDULE: &str = "POST documents/{id}/unschedule";

/// When an approved revision becomes public, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleDocument {
    /// The approved revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// When, with its offset; within a year.
    #[schema(format = "date-time", example = "2026-12-01T09:00:00+08:00")]
    at: String,
    /// Last part of its path, for a document that is not public; as for publishing.
    #[serde(default)]
    #[schema(example = "water", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
    /// Public change note, for a document that is public: it is then corrected.
    #[serde(default)]
    #[schema(example = "更正停水时间", max_length = 300, min_length = 1)]
    note: Option<String>,
    /// Findings of the checks that the sender answers for: now, and when the time comes.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// Nothing more to say: an empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unschedule {}

/// Schedules the approved revision to become public (publisher of the department that publishes in the column).
///
/// It becomes public within about a minute of its time, at an instant of its own. Everything is asked again then; what refuses it then is told in the document and in the queue, and it is not tried again. Only a document that it relates to and that is not public yet is waited for, ten minutes at most: a policy and its interpretation can be scheduled for the same moment. An edit, a return or a move voids the schedule with the approvals; scheduling again replaces it.
#[utoipa::path(post, operation_id = "schedule_document", path = "/documents/{id}/schedule", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = ScheduleDocument, responses(Changed))]
pub(crate) async fn schedule(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<ScheduleDocument>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(SCHEDULE, id.stream(), &body.json);
    carry_out(&state, &order, async {
        let (command, overriding) = checked(&body.value)?;
        let (standing, version, _) = state.ledger.read::<Document>(&order.stream).await?;
        let (column, read) = (register::column_of(&state, &standing).await?, (&standing, version));
        let asked = &column.profile.review;
        let staff = order.envelope.staff();
        let permit = |standing: &Document| may_publish(&state, staff, Action::Schedule, standing, asked);
        permit(&standing)?;
        // It is asked again when the time comes; what is known now is told now.
        if standing.live.is_none() {
            register::takes_new(&state, &column.column.site()).await?;
        }
        let told = told(command.note.as_ref(), command.slug.as_ref());
        let examination = findings::examine(&state, &order, read, &column, told, overriding.as_ref()).await?;
        proceed(&state, &order, permit, |standing, context| {
            examination.let_pass(standing, document::schedule(standing, command.clone(), &asked.levels, context))
        })
        .await
    })
    .await
}

/// Takes a scheduled publication back (publisher of the department that publishes in the column); the approvals stay.
#[utoipa::path(post, operation_id = "unschedule_document", path = "/documents/{id}/unschedule", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders),
    request_body = Unschedule, responses(Changed))]
pub(crate) async fn unschedule(
    State(state): State<PublishState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<Unschedule>,
) -> Result<Response, Refusal> {
    let id = document_id(&id)?;
    let order = envelope.change(UNSCHEDULE, id.stream(), &body.json);
    act_in_column(
        &state,
        &order,
        |staff, standing, review| may_publish(&state, staff, Action::Schedule, standing, review),
        Ok(()),
        |standing, (), _, context| document::unschedule(standing, context),
    )
    .await
}

fn checked(request: &ScheduleDocument) -> Result<(Schedule, Option<Override>), Refusal> {
    let mut checks = Checks::default();
    let revision = checks.converted("/revision", &request.revision);
    let at = checks.instant("/at", &request.at);
    let slug = optional(request.slug.as_deref(), |slug| checks.name("/slug", slug));
    let note = optional(request.note.as_deref(), |note| checks.line("/note", note));
    let overriding = findings::overriding(request.overriding.as_ref(), &mut checks);
    match (revision, at, slug, note, overriding) {
        (Some(revision), Some(at), Some(slug), Some(note), Some(overriding)) if checks.passed() => {
            Ok((Schedule { revision, at, slug, note }, overriding))
        }
        _ => Err(checks.refusal()),
    }
}
