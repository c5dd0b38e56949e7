//! `POST /corrections/{id}/answer`.

use access::Action;
use axum::{extract::State, response::Response};
use casework::{act, target};
use command::{ChangeHeaders, Checks, Envelope, carry_out, openapi::Changed};
use domain::correction::{self, Correction, Reply};
use gateway::{Body, PathParam};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{LetterState, refusal::Refusal};

const ACTION: &str = "POST corrections/{id}/answer";

command::mirrored! {
    correction:
    /// What was found.
    Finding:
    /// 已更正.
    Corrected,
    /// 内容无误.
    AsIntended,
    /// 不属本网站.
    Elsewhere,
}

/// A public answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerReport {
    /// What was found.
    finding: Finding,
    /// What it was about, in words for everybody, 1–80 characters.
    #[schema(min_length = 1, max_length = 80, example = "停水通知的日期")]
    subject: String,
    /// The answer, in words for everybody, 1–2,000 characters.
    #[schema(min_length = 1, max_length = 2000, example = "停水日期误写为11月15日，现已更正为11月25日。")]
    text: String,
}

/// Answers an error report in public (handler, supervisor).
///
/// The reader sees it with number and query code, everybody on the site's page of answers. Personal numbers in it are refused. An answer that is late is given nevertheless, and the delay stays told.
#[utoipa::path(post, operation_id = "answer_correction", path = "/{id}/answer", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ChangeHeaders), request_body = AnswerReport, responses(Changed))]
pub(crate) async fn answer(
    State(state): State<LetterState>,
    PathParam(id): PathParam,
    envelope: Envelope,
    body: Body<AnswerReport>,
) -> Result<Response, Refusal> {
    let order = envelope.change(ACTION, target::stream::<Correction>(&id)?, &body.json);
    carry_out(&state, &order, async {
        let mut checks = Checks::default();
        let subject = checks.line("/subject", &body.value.subject);
        let text = checks.prose("/text", &body.value.text);
        let (Some(subject), Some(text)) = (subject, text) else { return Err(checks.problem().into()) };
        let reply = Reply { finding: body.value.finding.into(), subject, text };
        target::nothing_personal(&[("/subject", reply.subject.as_str()), ("/text", reply.text.as_str())])?;
        act::<_, Correction>(&state, &order, Action::HandleCase, |case, now| {
            Ok(correction::answer(case, reply.clone(), now)?)
        })
        .await
    })
    .await
}
