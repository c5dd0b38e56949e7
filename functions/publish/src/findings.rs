//! What the checks before publication (发布前检查) find in a draft, and who answers for it.
//!
//! A text is checked before the decision and not with it: `If-Match` pins the draft, and the rules, lists and pages that it was held against are those of this
//! moment, as an editor reads them.

mod links;
mod rules;

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    ColumnId, StreamId,
    calendar::CalendarHistory,
    column::{ColumnKind, Opened},
    document::{Document, DocumentRefusal, Draft, Form, Override, RelationKind, RevisionHash, Vetted},
    shanghai,
    vetting::{Field, FindingId, Level, Rule},
};
use gateway::{FieldError, Problem, Sentence};
use serde::Deserialize;
use utoipa::ToSchema;
use vetting::{Examined, Examiner, Finding, Text};
use views::city::{RelatedRow, slice};

use crate::{
    checks::Checks,
    problems::{BODY_ERASED, CHECKS_FAILED, COLUMN_UNKNOWN},
    refusal::Refusal,
    register, slices,
    state::PublishState,
};

pub(crate) use rules::{Cache, in_force};

/// Findings that a problem lists.
const LISTED: usize = 50;
/// Findings that somebody answers for at once.
const ANSWERED: usize = 100;

/// What was found in one revision.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) revision: RevisionHash,
    /// Version of the rules that it was checked with.
    pub(crate) rules: u64,
    pub(crate) findings: Vec<Finding>,
}

/// Checks the draft of `standing`, which stands in `column` or is to.
pub(crate) async fn look(state: &PublishState, standing: &Document, column: &Opened) -> Result<Report, Refusal> {
    if standing.id.is_none() {
        return Err(DocumentRefusal::NotDrafted.into());
    }
    let draft = standing.draft.as_ref().ok_or(DocumentRefusal::NoDraft)?;
    let (examiner, rules): (Arc<Examiner>, u64) = rules::examiner(state).await?;
    let body = state.ledger.body(&draft.content.body).await?;
    let body = body.ok_or_else(|| Problem::plain(&BODY_ERASED))?;
    let text = Text {
        content: &draft.content,
        body_html: &String::from_utf8_lossy(&body),
        column: column.kind,
        today: shanghai::local(state.clock.now()).date(),
    };
    let mut examined = examiner.examine(&text);
    if examined.wants(Rule::DeadLink) {
        for (link, answer) in links::dead(state, &column.column.site(), &examined.links).await? {
            examined.dead_link(&link, answer);
        }
    }
    interpreted(state, standing, draft, column.kind, &mut examined).await?;
    in_time(state, standing, draft, &mut examined).await?;
    Ok(Report { revision: draft.revision.clone(), rules, findings: examined.into_findings() })
}

/// As [`look`], with the column read.
pub(crate) async fn look_up(state: &PublishState, standing: &Document) -> Result<Report, Refusal> {
    let column: &ColumnId = standing.column.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let found = register::column(state, column).await?;
    let found = found.ok_or_else(|| register::unknown(&COLUMN_UNKNOWN, "", column.as_str()))?;
    look(state, standing, &found.thing).await
}

/// That a policy document has its interpretation (政策解读, RULES.md A5).
///
/// Asked of the views, which follow an accepted command within moments: it is a reminder.
async fn interpreted(
    state: &PublishState,
    standing: &Document,
    draft: &Draft,
    kind: ColumnKind,
    examined: &mut Examined<'_>,
) -> Result<(), Refusal> {
    let Some(id) = &standing.id else { return Ok(()) };
    let policy = kind == ColumnKind::Policies && draft.content.form == Form::Article;
    if !policy || !examined.wants(Rule::Interpretation) {
        return Ok(());
    }
    let others = slices::rows::<serde_json::Value>(state, slice::related(id.as_str())).await?;
    let interprets = |row: serde_json::Value| {
        serde_json::from_value::<RelatedRow>(row).is_ok_and(|row| row.kind == RelationKind::Interprets)
    };
    if others.into_iter().any(|(key, row)| key.starts_with(slice::RELATED_BY) && interprets(row)) {
        return Ok(());
    }
    examined.of_record(
        Rule::Interpretation,
        "",
        "尚无政策解读：解读应与文件同时发布，最迟在文件公开后 3 个工作日内。".to_owned(),
        "Nothing interprets it: an interpretation is published with its policy, within three working days at the latest."
            .to_owned(),
    );
    Ok(())
}

/// Working days that an interpretation may take after its policy (RULES.md A5).
const INTERPRETATION_DAYS: u16 = 3;

/// That an interpretation comes in time: with its policy, or within three working days of its publication.
///
/// Asked of what was never public: a correction is not late.
async fn in_time(
    state: &PublishState,
    standing: &Document,
    draft: &Draft,
    examined: &mut Examined<'_>,
) -> Result<(), Refusal> {
    if standing.public_versions > 0 || !examined.wants(Rule::InterpretationLate) {
        return Ok(());
    }
    let policies = draft.content.relations.iter().filter(|said| said.kind == RelationKind::Interprets);
    let today = shanghai::local(state.clock.now()).date();
    for policy in policies {
        let (policy, _, _) = state.ledger.read::<Document>(&policy.document.stream()).await?;
        let Some(live) = policy.live else { continue };
        // What came from an older system was public there, nobody knows since when.
        let since = match (policy.arrival, live.dated) {
            (None, None) => shanghai::local(live.public_at).date(),
            _ => continue,
        };
        let (history, _, _) = state.ledger.read::<CalendarHistory>(&StreamId::calendar()).await?;
        let calendar = history.newest();
        let last = calendar.working_days_after(since, INTERPRETATION_DAYS);
        if today <= last {
            continue;
        }
        let (title, late) = (live.content.title.as_str(), calendar.working_days_between(last, today));
        examined.of_record(
            Rule::InterpretationLate,
            Field::Interprets.pointer(),
            format!(
                "《{title}》于 {since} 公开，解读最迟应在 {last}（第 {INTERPRETATION_DAYS} 个工作日）发布，已迟 {late} 个工作日。"
            ),
            format!(
                "The policy became public on {since}; its interpretation was due on {last} ({INTERPRETATION_DAYS} working days) and is {late} working days late."
            ),
        );
    }
    Ok(())
}

impl Report {
    /// Names of what blocks the revision.
    pub(crate) fn blocking(&self) -> BTreeSet<FindingId> {
        let blocks = self.findings.iter().filter(|finding| finding.level == Level::Block);
        blocks.map(|finding| finding.id.clone()).collect()
    }

    /// What a decision needs to know of it.
    pub(crate) fn vetted(&self, overriding: Option<&Override>) -> Vetted {
        Vetted { revision: self.revision.clone(), blocking: self.blocking(), overriding: overriding.cloned() }
    }

    /// A refusal, with what was found where that is the reason.
    pub(crate) fn told(&self, refusal: DocumentRefusal) -> Refusal {
        let DocumentRefusal::ChecksFailed { blocking } = &refusal else { return refusal.into() };
        let found: Vec<&Finding> = self.findings.iter().filter(|finding| blocking.contains(&finding.id)).collect();
        let errors = found.iter().take(LISTED).map(|finding| field_error(finding)).collect();
        let (count, first) = (found.len(), found.first());
        let (zh, en) = first.map_or(("", ""), |finding| (finding.zh.as_str(), finding.en.as_str()));
        let (remedy, remedy_en) = (CHECKS_FAILED.remedy, CHECKS_FAILED.remedy_en);
        let sentence = Sentence::new(
            format!("发布前检查发现 {count} 处问题须先处理，第一处：{zh}{remedy}"),
            format!("The checks found {count} things that must be dealt with, the first: {en} {remedy_en}"),
        );
        Problem::of(&CHECKS_FAILED, sentence).with_errors(errors).into()
    }
}

fn field_error(finding: &Finding) -> FieldError {
    let place = finding.passage.map_or_else(String::new, |passage| format!("第 {passage} 段："));
    let place_en = finding.passage.map_or_else(String::new, |passage| format!("Passage {passage}: "));
    FieldError {
        pointer: finding.pointer.clone(),
        code: finding.broken.code().to_owned(),
        detail: format!("{place}{}", finding.zh),
        detail_en: format!("{place_en}{}", finding.en),
        finding: Some(finding.id.to_string()),
    }
}

/// What somebody answers for (放行).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideInput {
    /// Ids of the findings, as the checks and the problem `checks-failed` tell them, 1–100.
    #[schema(min_items = 1, max_items = 100, example = json!(["mobile@body.3.1"]))]
    findings: Vec<String>,
    /// Why, 1–300 characters in one line: stands in the document's history, and before whoever reviews it.
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
