//! What a request answers for (放行).

use std::collections::BTreeSet;

use command::Checks;
use domain::{document::Override, vetting::FindingId};
use gateway::Sentence;
use serde::Deserialize;
use utoipa::ToSchema;

/// Findings that somebody answers for at once.
const ANSWERED: usize = 1_000;

/// What somebody answers for (放行).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideInput {
    /// Ids of the findings, as the checks and the problem `checks-failed` tell them, 1–1,000. What was answered for before, for the draft as it stands, need not be named again.
    #[schema(min_items = 1, max_items = 1000, example = json!(["mobile@body.3.8-18"]))]
    findings: Vec<String>,
    /// Why, 1–300 characters in one line: stands in the document's history, in the draft and in the reviewers' queue.
    #[schema(example = "值班手机，对外公开", max_length = 300, min_length = 1)]
    reason: String,
}

/// What a request answers for, if it does; `/override` stands before each pointer.
pub(crate) fn overriding(given: Option<&OverrideInput>, checks: &mut Checks) -> Option<Option<Override>> {
    let Some(OverrideInput { findings, reason }) = given else { return Some(None) };
    checks.at_most("/override/findings", findings.len(), ANSWERED)?;
    if findings.is_empty() {
        let sentence = Sentence::new("请至少列出一处检查发现。", "Name at least one finding.");
        checks.add("/override/findings", "list-empty", sentence);
    }
    let named: Vec<Option<FindingId>> = findings
        .iter()
        .enumerate()
        .map(|(place, finding)| checks.converted(&format!("/override/findings/{place}"), finding))
        .collect();
    let reason = checks.line("/override/reason", reason);
    let findings: Option<BTreeSet<FindingId>> = named.into_iter().collect();
    let findings = findings.filter(|findings| !findings.is_empty());
    Some(Some(Override { findings: findings?, reason: reason? }))
}
