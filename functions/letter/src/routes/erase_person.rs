//! `POST /people/erase`: what is personal in every closed case of one person, whatever kind it is of.

use access::{Action, Resource};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use casework::{Casework, act, allows, target};
use command::{Checks, CreationHeaders, Envelope, Function, may, openapi::BatchProblems, settled};
use domain::{
    StreamId,
    case::{self, CaseFile, CaseRefusal, Kind},
    correction::Correction,
    request::Request,
    staff::{Role, Scope},
    text::Line,
};
use gateway::{Body, Problem, Sentence};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use vault::FoundBy;

use crate::{LetterState, refusal::Refusal};

const ACTION: &str = "POST people/erase";

/// Whose data are to go, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasePerson {
    /// A phone number that he left with his cases, however it is written; this or `id_number`.
    #[serde(default)]
    #[schema(example = "13800138000", max_length = 40)]
    phone: Option<String>,
    /// The number of the document that he showed; this or `phone`.
    #[serde(default)]
    #[schema(max_length = 40)]
    id_number: Option<String>,
    /// Why, 1–300 characters, in the open for good: no number of his; he is told in each case.
    #[schema(min_length = 1, max_length = 300, example = "本人到窗口提出")]
    reason: String,
}

/// What became of his cases, as far as they are of departments that the sender supervises.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasedCases {
    /// How many were erased.
    erased: usize,
    /// How many were not.
    left: usize,
    /// One for each case.
    outcomes: Vec<ErasedCase>,
}

/// What became of one case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasedCase {
    /// Kind and id.
    stream: String,
    /// Its number (受理编号).
    #[schema(example = "ZC-20261130-482137")]
    number: String,
    /// The status that erasing it alone would have been answered with.
    status: u16,
    /// Why it was not erased, if it was not: as long as it is open, what he wrote is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

/// Erases what is personal in every closed case of one person because he asks for it; their histories stay (supervisor).
///
/// He is found by what he left with his cases, under a keyed hash: what is sent here is stored nowhere. Each case is erased and answered by itself; those of departments that the sender does not
/// supervise are neither erased nor told. A resend under the same key erases what is closed by then.
#[utoipa::path(post, operation_id = "erase_person", path = "/people/erase", tag = "cases", params(CreationHeaders), request_body = ErasePerson,
    responses((status = 200, description = "What became of each case; one that was not erased has the status that it alone would have.", body = ErasedCases),
        BatchProblems))]
pub(crate) async fn erase_person(
    State(state): State<LetterState>,
    envelope: Envelope,
    body: Body<ErasePerson>,
) -> Result<Response, Refusal> {
    if let Some(problem) = envelope.sender.barred() {
        return Err(problem.into());
    }
    let mut scopes = envelope.staff().scopes(Role::Supervisor);
    may(&state, envelope.staff(), Action::SuperviseCase, &Resource::all_of(scopes.next().unwrap_or(&Scope::CITY)))?;
    let (found_by, reason) = checked(&body.value)?;
    let person = state.vault().mark(&found_by).await?;
    let mut outcomes = Vec::new();
    for stream in state.vault().cases_of(&person).await? {
        let outcome = match stream.category() {
            Correction::CATEGORY => one::<Correction>(&state, &envelope, stream, &reason).await?,
            Request::CATEGORY => one::<Request>(&state, &envelope, stream, &reason).await?,
            _ => return Err(CaseRefusal::NotOpened.into()),
        };
        outcomes.extend(outcome);
    }
    let erased = outcomes.iter().filter(|outcome| outcome.problem.is_none()).count();
    let told = ErasedCases { erased, left: outcomes.len().saturating_sub(erased), outcomes };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(told)).into_response())
}

fn checked(asked: &ErasePerson) -> Result<(FoundBy, Line<300>), Refusal> {
    let reason = target::line("/reason", &asked.reason)?;
    let mut checks = Checks::default();
    let mut unfit = |pointer: &str, chinese: &str, english: &str| {
        checks.add(pointer, "person-unfit", Sentence::new(chinese, english));
        None
    };
    let found_by = match (&asked.phone, &asked.id_number) {
        (Some(phone), None) => {
            FoundBy::phone(phone).ok().or_else(|| unfit("/phone", "这不是电话号码。", "This is no phone number."))
        }
        (None, Some(number)) => FoundBy::id_number(number)
            .ok()
            .or_else(|| unfit("/id_number", "这不是证件号码。", "This is no number of a document.")),
        (Some(_), Some(_)) | (None, None) => unfit(
            "/phone",
            "请填写电话号码或者证件号码中的一项。",
            "Give a phone number or the number of a document, not both.",
        ),
    };
    match found_by {
        Some(found_by) => Ok((found_by, reason)),
        None => Err(checks.problem().into()),
    }
}

/// Erases one case of his; nothing is told of one that the sender does not supervise.
async fn one<K: Kind>(
    state: &LetterState,
    envelope: &Envelope,
    stream: StreamId,
    reason: &Line<300>,
) -> Result<Option<ErasedCase>, Refusal> {
    let (case, _, _) = state.ledger().read::<CaseFile<K>>(&stream).await?;
    let seen = allows(state, envelope.staff(), Action::SuperviseCase, &case);
    let Some(opened) = case.opened.filter(|_| seen) else { return Ok(None) };
    // By the reason alone: whoever reads a fingerprint must not be able to try numbers on it.
    let order = envelope.item(ACTION, stream.clone(), &json!({ "reason": reason.as_str() }));
    let erased = settled(state, &order, async {
        act::<_, K>(state, &order, Action::SuperviseCase, |case, _| Ok(case::erase(case, reason.clone())?)).await
    });
    let (status, problem) = match erased.await {
        Ok(_) => (200, None),
        Err(refusal) => {
            let problem = refusal.problem().clone();
            (problem.status().as_u16(), Some(problem))
        }
    };
    Ok(Some(ErasedCase { stream: stream.to_string(), number: opened.opening.number.to_string(), status, problem }))
}
