//! What the checks before publication (发布前检查) find in a text, and what follows from it.
//!
//! A text is checked before the decision and not with it: `If-Match` pins the draft, and the rules, lists and pages that it was held against are those of this
//! moment, as an editor reads them.

mod answer;
mod interpretation;
mod links;
mod rules;

use std::collections::BTreeSet;

use command::{Order, problems::CONFLICT};
use domain::{
    column::Opened,
    document::{self, Content, Document, DocumentEvent, DocumentRefusal, Override, RevisionHash, Vetted},
    shanghai,
    vetting::{FindingId, Level, Rule},
};
use gateway::{FieldError, Problem, ProblemKind, Sentence};
use vetting::{Examined, Finding, Text};

use crate::{
    problems::{BODY_ERASED, CHECKS_FAILED, MOVE_FAILED, REASON_FAILED},
    refusal::Refusal,
    register,
    state::PublishState,
};

pub(crate) use answer::{OverrideInput, overriding};
pub(crate) use rules::{Cache, in_force, one_in_force};

/// Findings that a problem lists.
const LISTED: usize = 100;

/// Which findings somebody wants: whatever only warns need not be looked up for a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    All,
    Blocking,
}

/// What a command tells the public beside the text, each with its pointer.
pub(crate) type Told = Vec<(&'static str, String)>;

/// What was found in one revision.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) revision: RevisionHash,
    /// Version of the rules that it was checked with.
    pub(crate) rules: u64,
    /// What blocks first, each in the order of the text.
    pub(crate) findings: Vec<Finding>,
    /// How many more there are.
    pub(crate) more: usize,
    /// How many pages that the text links to were not asked for.
    pub(crate) unasked: usize,
}

/// A text to be looked at, and where.
pub(crate) struct Looked<'a> {
    pub(crate) standing: &'a Document,
    pub(crate) content: &'a Content,
    pub(crate) revision: &'a RevisionHash,
    pub(crate) column: &'a Opened,
    pub(crate) told: Told,
    pub(crate) wanted: Wanted,
}

/// Checks a text.
pub(crate) async fn look(state: &PublishState, looked: &Looked<'_>) -> Result<Report, Refusal> {
    let Looked { standing, content, revision, column, told, wanted } = looked;
    let (examiner, rules) = rules::examiner(state).await?;
    let body = state.ledger.body(&content.body).await?;
    let body = body.ok_or_else(|| Problem::plain(&BODY_ERASED))?;
    let text = Text {
        content,
        body_html: &String::from_utf8_lossy(&body),
        column: column.kind,
        told,
        today: shanghai::local(state.clock.now()).date(),
    };
    let mut examined = examiner.examine(&text);
    let asks = |examined: &Examined<'_>, rule| match wanted {
        Wanted::All => examined.level(rule) != Level::Off,
        Wanted::Blocking => examined.level(rule) == Level::Block,
    };
    let mut unasked = 0;
    if asks(&examined, Rule::DeadLink) {
        unasked = links::note_dead(state, &column.column.site(), content, &mut examined).await?;
    }
    if asks(&examined, Rule::Interpretation) {
        interpretation::note_missing(state, standing, column.kind, &mut examined).await?;
    }
    if asks(&examined, Rule::InterpretationLate) {
        interpretation::note_late(state, standing, content, &mut examined).await?;
    }
    let revision = (*revision).clone();
    let more = examined.more();
    Ok(Report { revision, rules, more, unasked, findings: examined.into_findings() })
}

/// Checks the draft of a document, or its public text where it has no draft.
pub(crate) async fn look_at(state: &PublishState, standing: &Document) -> Result<Report, Refusal> {
    let draft = standing.draft.as_ref().map(|draft| (&draft.content, &draft.revision));
    let text = draft.or(standing.live.as_ref().map(|live| (&live.content, &live.revision)));
    let (content, revision) = text.ok_or(match standing.id {
        Some(_) => DocumentRefusal::NoDraft,
        None => DocumentRefusal::NotDrafted,
    })?;
    let column = register::column_of(state, standing).await?;
    look(state, &Looked { standing, content, revision, column: &column, told: Told::new(), wanted: Wanted::All }).await
}

/// What was found for a command, and what whoever gives it answers for.
pub(crate) struct Examination(Option<(Report, Vetted)>);

/// Checks the draft that `order` is about, if it is the one its sender saw: the ledger refuses any other.
pub(crate) async fn examine(
    state: &PublishState,
    order: &Order,
    (standing, version): (&Document, u64),
    column: &Opened,
    told: Told,
    overriding: Option<&Override>,
) -> Result<Examination, Refusal> {
    if order.expected.is_some_and(|expected| expected != version) {
        return Ok(Examination(None));
    }
    if standing.id.is_none() {
        return Err(DocumentRefusal::NotDrafted.into());
    }
    let draft = standing.draft.as_ref().ok_or(DocumentRefusal::NoDraft)?;
    let (content, revision) = (&draft.content, &draft.revision);
    let looked = Looked { standing, content, revision, column, told, wanted: Wanted::Blocking };
    let report = look(state, &looked).await?;
    let vetted = Vetted {
        revision: report.revision.clone(),
        rules: report.rules,
        blocking: report.blocking(),
        overriding: overriding.cloned(),
    };
    Ok(Examination(Some((report, vetted))))
}

impl Examination {
    /// What is decided, if nothing blocks the draft that nobody answers for.
    pub(crate) fn let_pass(
        &self,
        standing: &Document,
        decision: Result<Vec<DocumentEvent>, DocumentRefusal>,
    ) -> Result<Vec<DocumentEvent>, Refusal> {
        match &self.0 {
            Some((report, vetted)) => {
                let decision = decision.map_err(Refusal::from)?;
                report.told_fit()?;
                document::vetted(standing, vetted, Ok(decision)).map_err(|refusal| report.told(refusal, standing))
            }
            // Another version stood when the text was to be looked at: the next try looks at what stands.
            None => Err(Problem::plain(&CONFLICT).with_retry_after(std::time::Duration::from_secs(1)).into()),
        }
    }
}

/// Refuses a reason that the public is told, if something in it blocks.
pub(crate) async fn fit_for_the_public(
    state: &PublishState,
    pointer: &'static str,
    reason: &str,
) -> Result<(), Refusal> {
    let (examiner, _) = rules::examiner(state).await?;
    let found = examiner.examine_line(pointer, reason);
    none_of(&REASON_FAILED, found.iter().filter(|finding| finding.level == Level::Block))
}

/// Refuses to move a public text to `target`, if something blocks it there that does not where it stands: what the column's kind requires, links read from another site.
pub(crate) async fn fit_for_column(
    state: &PublishState,
    standing: &Document,
    target: &Opened,
    told: Told,
) -> Result<(), Refusal> {
    let Some(live) = &standing.live else { return Ok(()) };
    let (content, revision, wanted) = (&live.content, &live.revision, Wanted::Blocking);
    let there = look(state, &Looked { standing, content, revision, column: target, told, wanted }).await?;
    there.told_fit()?;
    if there.blocking().is_empty() {
        return Ok(());
    }
    let column = register::column_of(state, standing).await?;
    let here = look(state, &Looked { standing, content, revision, column: &column, told: Told::new(), wanted }).await?;
    let known = here.blocking();
    let blocks = |finding: &&Finding| finding.level == Level::Block && !known.contains(&finding.id);
    none_of(&MOVE_FAILED, there.findings.iter().filter(blocks))
}

impl Report {
    /// Names of what blocks the revision.
    pub(crate) fn blocking(&self) -> BTreeSet<FindingId> {
        let blocks = self.findings.iter().filter(|finding| finding.level == Level::Block && !finding.is_of_command());
        blocks.map(|finding| finding.id.clone()).collect()
    }

    /// Refuses what the command tells the public beside the text, if something in it blocks: it is written differently, nobody answers for it.
    fn told_fit(&self) -> Result<(), Refusal> {
        let blocks = |finding: &&Finding| finding.level == Level::Block && finding.is_of_command();
        none_of(&REASON_FAILED, self.findings.iter().filter(blocks))
    }

    /// A refusal, with what was found where that is the reason.
    fn told(&self, refusal: DocumentRefusal, standing: &Document) -> Refusal {
        let DocumentRefusal::ChecksFailed { blocking } = &refusal else { return refusal.into() };
        let found: Vec<&Finding> = self.findings.iter().filter(|finding| blocking.contains(&finding.id)).collect();
        let id = standing.id.as_ref().map_or("", |id| id.as_str());
        match found.first() {
            Some(first) => listed(&CHECKS_FAILED, &found, first, id).into(),
            None => refusal.into(),
        }
    }
}

/// Refuses with `kind` if there is any.
fn none_of<'a>(kind: &ProblemKind, found: impl Iterator<Item = &'a Finding>) -> Result<(), Refusal> {
    let found: Vec<&Finding> = found.collect();
    match found.first() {
        None => Ok(()),
        Some(first) => Err(listed(kind, &found, first, "").into()),
    }
}

/// The problem that lists what was found.
fn listed(kind: &ProblemKind, found: &[&Finding], first: &Finding, document: &str) -> Problem {
    let errors = found.iter().take(LISTED).map(|finding| field_error(finding)).collect();
    let FieldError { detail, detail_en, .. } = field_error(first);
    let (zh, en) = match document {
        "" => (String::new(), String::new()),
        id => (
            format!("全部发现见 /api/publish/documents/{id}/checks。"),
            format!(" /api/publish/documents/{id}/checks tells all of them."),
        ),
    };
    let sentence = Sentence::new(
        format!("发布前检查发现 {} 处问题须先处理，第一处：{detail}{}{zh}", found.len(), kind.remedy),
        format!(
            "To be dealt with first, found by the checks: {}. The first: {detail_en} {}{en}",
            found.len(),
            kind.remedy_en
        ),
    );
    Problem::of(kind, sentence).with_errors(errors)
}

fn field_error(finding: &Finding) -> FieldError {
    let place = finding.passage.map_or_else(String::new, |passage| format!("第 {passage} 段："));
    let place_en = finding.passage.map_or_else(String::new, |passage| format!("passage {passage}: "));
    FieldError {
        pointer: finding.pointer.clone(),
        code: finding.broken.code().to_owned(),
        detail: format!("{place}{}", finding.zh),
        detail_en: format!("{place_en}{}", finding.en),
        finding: Some(finding.id.to_string()),
    }
}
