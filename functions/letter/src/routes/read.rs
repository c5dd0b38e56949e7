//! `GET /corrections/{id}`: an error report before it is opened.

use axum::{extract::State, http::HeaderMap, response::Response};
use casework::{CaseView, case_view, target};
use command::{Caller, openapi::ReadProblems, versioned};
use domain::correction::{Answer, Correction, Fault, Finding};
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{LetterState, refusal::Refusal};

/// An error report: what is told of any case, and what is told of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    #[serde(flatten)]
    case: CaseView,
    /// The page it is about, if it is one of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// What is wrong with it.
    #[schema(value_type = Option<String>, example = "content")]
    fault: Option<Fault>,
    /// The answer that the public is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<AnswerView>,
    /// Why an answer is not shown any more, or why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    silent: Option<String>,
}

/// A public answer.
#[derive(Debug, Serialize, ToSchema)]
struct AnswerView {
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// What was found.
    #[schema(value_type = String, example = "corrected")]
    finding: Finding,
    /// What it was about.
    subject: String,
    /// The answer.
    text: String,
}

/// Reads an error report without a word of what its reader wrote (handler, supervisor, auditor).
#[utoipa::path(get, operation_id = "read_correction", path = "/{id}", tag = "corrections",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "The report; its version is the ETag.", body = ReportView), (status = 304, description = "It stands where you saw it."), ReadProblems))]
pub(crate) async fn read(
    State(state): State<LetterState>,
    caller: Caller,
    PathParam(id): PathParam,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stream = target::stream::<Correction>(&id)?;
    let (case, file) = case_view::<_, Correction>(&state, &caller, &stream).await?;
    let version = case.version;
    let own = file.own;
    let page = own.page.map(|page| state.city.url(page.site.as_str(), page.path.as_str()));
    let answer = own.answer.map(|Answer { at, finding, subject, text, .. }| AnswerView {
        at: at.to_string(),
        finding,
        subject: subject.to_string(),
        text: text.as_str().to_owned(),
    });
    let view = ReportView { case, page, fault: own.fault, answer, silent: own.silent.map(|reason| reason.to_string()) };
    Ok(versioned(&headers, version, view))
}
