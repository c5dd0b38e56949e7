//! `POST /decisions`: many decisions at once, each carried out and answered by itself.

use std::collections::BTreeSet;

use access::Action;
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use command::{Accepted, Checks, CreationHeaders, Envelope, Order, openapi::BatchProblems, optional, proceed, settled};
use domain::{
    DocumentId,
    column::Review,
    document::{self, Document, DocumentEvent, DocumentRefusal, Override, RevisionHash},
    text::Line,
};
use futures::{StreamExt, stream};
use gateway::{Body, Problem, Sentence};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::documents::review;
use crate::{
    findings::{self, OverrideInput},
    refusal::Refusal,
    release::{Way, release},
    state::PublishState,
    told::CommandReceipt,
};

const ACTION: &str = "POST decisions";

/// Decisions of one request.
const MOST: usize = 50;
/// Decisions at work at once.
const CONCURRENT: usize = 8;

/// Decisions on many documents.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decisions {
    /// The decisions, 1–50, each on another document.
    #[schema(min_items = 1, max_items = 50)]
    decisions: Vec<DecisionInput>,
}

/// What is decided.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// 审核通过: approves the revision at the level whose turn it is.
    Approve,
    /// 退回: sends it back to its editors; takes a `remark`.
    Return,
    /// 发布: makes the approved revision public, with a `slug` if wanted.
    Publish,
    /// 更正: puts the approved revision in place of the public text; takes a `note`.
    Correct,
    /// 补审: approves what became public before its review.
    ReviewAfter,
}

/// One decision. It names the revision that was read, so no `If-Match` is needed: on another revision it is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionInput {
    /// The document's id.
    #[schema(pattern = "^[a-z2-7]{26}$")]
    document: String,
    /// What is decided.
    decision: Kind,
    /// The revision that was read: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: String,
    /// What to mend, for `return`.
    #[serde(default)]
    #[schema(max_length = 500, min_length = 1)]
    remark: Option<String>,
    /// Public change note, for `correct`.
    #[serde(default)]
    #[schema(max_length = 300, min_length = 1)]
    note: Option<String>,
    /// Last part of its path, for `publish`.
    #[serde(default)]
    #[schema(pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    slug: Option<String>,
    /// Findings of the checks that the sender answers for, for `publish` and `correct`.
    #[serde(default, rename = "override")]
    overriding: Option<OverrideInput>,
}

/// What became of the decisions, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outcomes {
    /// How many were accepted.
    accepted: usize,
    /// How many were refused.
    refused: usize,
    /// One for each decision.
    outcomes: Vec<DecisionOutcome>,
}

/// What became of one decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionOutcome {
    /// The document's id, as it was sent.
    document: String,
    /// The status that the decision alone would have been answered with.
    status: u16,
    /// The answer, if it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<CommandReceipt>,
    /// Why it was refused, if it was; the other decisions are carried out all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

/// Carries out up to fifty decisions, each by itself: approve, return, publish, correct, review after (as for each alone).
///
/// One that is refused keeps no other from being carried out. A resend of the whole under the same key gets the first answers of those that were accepted and decides the refused ones anew.
#[utoipa::path(post, operation_id = "decide", path = "/decisions", tag = "queue", params(CreationHeaders), request_body = Decisions,
    responses((status = 200, description = "What became of each; a refused one has the status that it alone would have.", body = Outcomes), BatchProblems))]
pub(crate) async fn decide(
    State(state): State<PublishState>,
    envelope: Envelope,
    body: Body<Decisions>,
) -> Result<Response, Refusal> {
    let decisions = &body.value.decisions;
    let mut checks = Checks::default();
    checks.at_most("/decisions", decisions.len(), MOST);
    if decisions.is_empty() {
        checks.add("/decisions", "list-empty", Sentence::new("请至少给出一项决定。", "Give at least one decision."));
    }
    let mut named = BTreeSet::new();
    for (place, decision) in decisions.iter().enumerate() {
        if !named.insert(decision.document.as_str()) {
            let twice = Sentence::new("同一文件在一批中只能有一项决定。", "A batch has one decision on a document.");
            checks.add(&format!("/decisions/{place}/document"), "document-twice", twice);
        }
    }
    if !checks.passed() {
        return Err(checks.refusal());
    }
    let (state, envelope, json) = (&state, &envelope, &body.json);
    // Owned items: futures over borrowed ones are not `Send` for every lifetime.
    let outcomes: Vec<Option<DecisionOutcome>> = stream::iter(0..decisions.len())
        .map(|place| async move {
            let json = json.pointer(&format!("/decisions/{place}"))?;
            Some(Box::pin(outcome(state, envelope, decisions.get(place)?, json)).await)
        })
        .buffered(CONCURRENT)
        .collect()
        .await;
    let outcomes: Vec<DecisionOutcome> = outcomes.into_iter().flatten().collect();
    let accepted = outcomes.iter().filter(|outcome| outcome.receipt.is_some()).count();
    let refused = outcomes.len().saturating_sub(accepted);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(Outcomes { accepted, refused, outcomes })).into_response())
}

async fn outcome(
    state: &PublishState,
    envelope: &Envelope,
    input: &DecisionInput,
    json: &serde_json::Value,
) -> DecisionOutcome {
    let document = input.document.clone();
    match decided(state, envelope, input, json).await {
        Ok(accepted) => {
            let receipt = Some(CommandReceipt::of(state, &accepted));
            DecisionOutcome { document, status: 200, receipt, problem: None }
        }
        Err(refusal) => {
            let problem = refusal.problem().clone();
            DecisionOutcome { document, status: problem.status().as_u16(), receipt: None, problem: Some(problem) }
        }
    }
}

async fn decided(
    state: &PublishState,
    envelope: &Envelope,
    input: &DecisionInput,
    json: &serde_json::Value,
) -> Result<Accepted<DocumentEvent>, Refusal> {
    let id: DocumentId = super::documents::target::document_id(&input.document)?;
    let order = envelope.item(ACTION, id.stream(), json);
    settled(state, &order, async {
        let what = Checked::of(input)?;
        carried_out(state, &order, what).await
    })
    .await
}

/// A decision whose fields are as they should be.
enum Checked {
    Reviewed(RevisionHash, Verdict),
    Released(RevisionHash, Way, Option<Override>, Action),
}

/// What a reviewer says.
enum Verdict {
    Approve,
    Return(Line<500>),
    ReviewAfter,
}

impl Checked {
    fn of(input: &DecisionInput) -> Result<Self, Refusal> {
        let mut checks = Checks::default();
        let revision = checks.converted("/revision", &input.revision);
        let remark = optional(input.remark.as_deref(), |text| checks.line("/remark", text));
        let note = optional(input.note.as_deref(), |text| checks.line("/note", text));
        let slug = optional(input.slug.as_deref(), |slug| checks.name("/slug", slug));
        let overriding = findings::overriding(input.overriding.as_ref(), &mut checks);
        let fields = (revision, remark, note, slug, overriding);
        let (Some(revision), Some(remark), Some(note), Some(slug), Some(overriding)) = fields else {
            return Err(checks.refusal());
        };
        match (input.decision, remark, note, slug, overriding) {
            (Kind::Approve, None, None, None, None) => Ok(Self::Reviewed(revision, Verdict::Approve)),
            (Kind::Return, Some(remark), None, None, None) => Ok(Self::Reviewed(revision, Verdict::Return(remark))),
            (Kind::ReviewAfter, None, None, None, None) => Ok(Self::Reviewed(revision, Verdict::ReviewAfter)),
            (Kind::Publish, None, None, slug, overriding) => {
                Ok(Self::Released(revision, Way::Publish { slug }, overriding, Action::Publish))
            }
            (Kind::Correct, None, Some(note), None, overriding) => {
                Ok(Self::Released(revision, Way::Correct { note }, overriding, Action::Correct))
            }
            _ => {
                checks.add(
                    "/decision",
                    "decision-unfit",
                    Sentence::new(
                        "退回须填 remark，更正须填 note，slug 只用于发布，override 只用于发布和更正；其余决定不带这些字段。",
                        "A return takes a remark, a correction a note; a slug is for publishing, an override for publishing and correcting; no other decision has these.",
                    ),
                );
                Err(checks.refusal())
            }
        }
    }
}

/// Carries the decision out on the version that stands now: what its column asks was read for that one.
async fn carried_out(state: &PublishState, order: &Order, what: Checked) -> Result<Accepted<DocumentEvent>, Refusal> {
    let (standing, version, _) = state.ledger.read::<Document>(&order.stream).await?;
    let asked = review::of(state, &standing).await?;
    let order = Order { expected: Some(version), ..order.clone() };
    match what {
        Checked::Reviewed(revision, verdict) => in_review(state, &order, &asked, &revision, &verdict).await,
        Checked::Released(revision, way, overriding, action) => {
            let staff = order.envelope.staff();
            let permit = |standing: &_, asked: &_| review::may_publish(state, staff, action, standing, asked);
            permit(&standing, &asked)?;
            match &standing.draft {
                None => return Err(DocumentRefusal::NoDraft.into()),
                Some(draft) if draft.revision != revision => {
                    let current = draft.revision.clone();
                    return Err(DocumentRefusal::OtherRevision { current, given: revision }.into());
                }
                Some(_) => {}
            }
            release(state, &order, &way, overriding.as_ref(), permit).await
        }
    }
}

async fn in_review(
    state: &PublishState,
    order: &Order,
    asked: &Review,
    revision: &RevisionHash,
    verdict: &Verdict,
) -> Result<Accepted<DocumentEvent>, Refusal> {
    let staff = order.envelope.staff();
    let permit = |standing: &Document| match verdict {
        Verdict::Approve => review::may_review(state, staff, Action::Approve, standing, asked),
        Verdict::Return(_) => review::may_review(state, staff, Action::Return, standing, asked),
        Verdict::ReviewAfter => review::may_review_after(state, staff, standing, asked),
    };
    proceed(state, order, permit, |standing, context| {
        let revision = revision.clone();
        Ok(match verdict {
            Verdict::Approve => document::approve(standing, revision, &asked.levels, context)?,
            Verdict::Return(remark) => document::return_to_editor(standing, revision, remark.clone(), context)?,
            Verdict::ReviewAfter => document::review_after(standing, revision, &asked.levels, context)?,
        })
    })
    .await
}
