//! `GET /documents/{id}/checks`.

use std::collections::BTreeSet;

use axum::{extract::State, response::Response};
use command::{Caller, listed, openapi::FoundProblems};
use domain::{document::Document, vetting::FindingId};
use gateway::PathParam;
use serde::Serialize;
use utoipa::ToSchema;
use vetting::{Broken, Finding};

use super::{review::may_read, target::document_id};
use crate::{findings::look_at, refusal::Refusal, routes::vetting::Level, state::PublishState};

/// Findings that are told; a text with more is mended before anybody reads on.
const TOLD: usize = 500;

/// What the checks find in a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChecksView {
    /// The document's id.
    id: String,
    /// Its version.
    version: u64,
    /// The revision that was checked.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// Version of the rules that it was checked with.
    rules: u64,
    /// Whether it can go to review and to the public: nothing blocks it that nobody answers for.
    passes: bool,
    /// What was found: what blocks first, then what warns, each in the order of the text.
    findings: Vec<FindingView>,
    /// How many more there are than those told; absent if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
    /// How many links to pages of the city's own were not followed; absent if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    unasked: Option<usize>,
}

/// Something that the checks found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// Names it within its revision: what an override names.
    #[schema(example = "mobile@body.3.8-18")]
    id: String,
    /// The rule: `mobile`, `dead-link`, `word`.
    #[schema(example = "mobile")]
    rule: &'static str,
    /// The word list, if a word of one stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    /// What it means for the text.
    level: Level,
    /// Whether somebody answers for it.
    overridden: bool,
    /// JSON pointer of the field it lies in.
    #[schema(example = "/content/body_html")]
    pointer: String,
    /// The passage of the body it lies in, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<usize>,
    /// What stands there, a few characters around it included; personal numbers are masked.
    #[schema(example = "联系人张先生 138******00，工作日")]
    excerpt: String,
    /// What is wrong and what to do, Chinese.
    detail: String,
    /// What is wrong and what to do, English.
    detail_en: String,
    /// What to write instead, where one thing is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
}

/// Checks the draft as it stands, or the public text where there is no draft: words, personal numbers, links, pictures, headings, what must be told.
///
/// Submitting and publishing ask the same of the draft. A finding of level `block` refuses them with `checks-failed`, unless the request answers for it in `override`, with a reason that is logged, or somebody did so before, for the draft as it stands.
#[utoipa::path(get, operation_id = "check_document", path = "/documents/{id}/checks", tag = "documents", params(("id" = String, Path, pattern = "^[a-z2-7]{26}$")),
    responses((status = 200, description = "What was found.", body = ChecksView), FoundProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    PathParam(id): PathParam,
) -> Result<Response, Refusal> {
    let stream = document_id(&id)?.stream();
    let (document, version, _) = state.ledger.read::<Document>(&stream).await?;
    may_read(&state, &caller.staff, &document).await?;
    let report = look_at(&state, &document).await?;
    let owed = document.live.iter().filter_map(|live| live.unreviewed.as_ref()).flat_map(|owed| &owed.overridden);
    let overridden: Vec<_> = match &document.draft {
        Some(draft) => draft.overridden.iter().collect(),
        None => owed.collect(),
    };
    let answered: BTreeSet<&FindingId> = overridden.into_iter().flat_map(|earlier| &earlier.findings).collect();
    let passes = report.blocking().iter().all(|finding| answered.contains(finding));
    let more = report.findings.len().saturating_sub(TOLD) + report.more;
    let findings = report.findings.iter().take(TOLD).map(|finding| FindingView::of(finding, &answered));
    Ok(listed(ChecksView {
        id,
        version,
        revision: report.revision.to_string(),
        rules: report.rules,
        passes,
        findings: findings.collect(),
        more: Some(more).filter(|more| *more > 0),
        unasked: Some(report.unasked).filter(|unasked| *unasked > 0),
    }))
}

impl FindingView {
    fn of(finding: &Finding, answered: &BTreeSet<&FindingId>) -> Self {
        Self {
            id: finding.id.to_string(),
            rule: finding.broken.code(),
            list: match &finding.broken {
                Broken::Rule(_) => None,
                Broken::List { name, .. } => Some(name.to_string()),
            },
            level: finding.level.into(),
            overridden: answered.contains(&finding.id),
            pointer: finding.pointer.clone(),
            passage: finding.passage,
            excerpt: finding.excerpt.clone(),
            detail: finding.zh.clone(),
            detail_en: finding.en.clone(),
            instead: finding.instead.clone(),
        }
    }
}
