//! A document as its editors see it.

use domain::{
    ActorId,
    column::Review,
    document::{
        ChangeNote, Content, Discarded, DocumentNumber, Draft, Expiry, Failed, Live, Overridden, Scheduled, Stage,
        Timing, Unreviewed, Withdrawn,
    },
};
use gateway::City;
use serde::Serialize;
use utoipa::ToSchema;

use super::review::stage;
use crate::{
    attachments::AttachmentView, catalogue::CatalogueView, form::FormView, origin::ArrivalView, relations::RelationView,
};

/// A document: its draft side, its live side, and where it ever stood.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentView {
    /// Its id.
    pub(super) id: String,
    /// Its version: what the next `If-Match` names.
    pub(super) version: u64,
    /// The column it is meant to stand in.
    #[schema(example = "www.zwgk.tzgg")]
    pub(super) column: String,
    /// Code of the department that answers for it.
    #[schema(example = "jyj")]
    pub(super) department: String,
    /// Its index number, once published; for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) index_number: Option<String>,
    /// What is not public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) draft: Option<DraftView>,
    /// What is left of the last draft, if it was thrown away and none was begun since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) discarded: Option<DiscardedView>,
    /// What is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) live: Option<LiveView>,
    /// What is left, if it was withdrawn and is not live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<WithdrawnView>,
    /// When its public life ends, if that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expiry: Option<ExpiryView>,
    /// Public change notes, oldest first.
    pub(super) notes: Vec<NoteView>,
    /// Every public address it ever had, oldest first.
    pub(super) places: Vec<String>,
    /// How it came from an older system, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) arrival: Option<ArrivalView>,
}

/// The side that no citizen sees.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftView {
    /// Names this revision: what a review names.
    revision: String,
    /// Where it stands in review: `editing`, `submitted`, `returned`, or `approved` by every level.
    #[schema(example = "submitted")]
    stage: &'static str,
    /// What to mend, if it was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// Who approved it so far, first level first.
    approved_by: Vec<String>,
    /// How many approvals the column asks for.
    levels: usize,
    /// When it becomes public, if that is scheduled.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled: Option<ScheduledView>,
    /// Why its scheduled publication did not take place, if it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<FailedView>,
    /// What somebody answers for that the checks found in this revision, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    overridden: Vec<OverriddenView>,
    /// Everybody who edited since the last public revision, drafts thrown away included; none of them may approve.
    editors: Vec<String>,
    /// What it says.
    content: ContentView,
}

/// A draft that was thrown away (放弃草稿).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiscardedView {
    /// The last text that it had: it can be restored.
    revision: String,
    /// That text's title.
    title: String,
    /// Who threw it away.
    by: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
}

/// What somebody answers for (放行).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverriddenView {
    /// Ids of the findings.
    findings: Vec<String>,
    /// Why.
    reason: String,
    /// Who.
    by: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
}

/// A publication that is scheduled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScheduledView {
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// Who scheduled it.
    by: String,
    /// Last part of its path, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    /// Public change note, of a correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A scheduled publication that did not take place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailedView {
    /// When it was to be.
    #[schema(format = "date-time")]
    scheduled_at: String,
    /// When it was tried.
    #[schema(format = "date-time")]
    at: String,
    /// Code of the problem that refused it.
    #[schema(example = "related-not-public")]
    code: String,
    /// What refused it, Chinese.
    detail: String,
}

/// When a document's public life ends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExpiryView {
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// Why, for the public.
    reason: String,
    /// Who set it.
    by: String,
}

/// The review that a public text owes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnreviewedView {
    /// Why it could not wait.
    reason: String,
    /// Who published it.
    by: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
    /// Who approved it so far, before or after, first level first.
    approved_by: Vec<String>,
    /// What somebody answers for that the checks found, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    overridden: Vec<OverriddenView>,
}

/// The side that citizens read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LiveView {
    /// Names the public revision.
    revision: String,
    /// The column it stands in.
    column: String,
    /// Its public address.
    #[schema(example = "http://www.localhost:8080/zwgk/tzgg/2026/11/23/water.html")]
    url: String,
    /// Since when it is public, this time.
    #[schema(format = "date-time")]
    public_at: String,
    /// When what citizens read last changed.
    #[schema(format = "date-time")]
    changed_at: String,
    /// The review that it owes, if it became public before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreviewed: Option<UnreviewedView>,
    /// What it says.
    content: ContentView,
}

/// What is left of a withdrawn document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawnView {
    /// Its last public title.
    title: String,
    /// Where it stood.
    url: String,
    /// Why.
    reason: String,
    /// When.
    #[schema(format = "date-time")]
    at: String,
}

/// What changed and when, for the public.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteView {
    /// When the correction became public.
    #[schema(format = "date-time")]
    at: String,
    /// What changed.
    note: String,
}

/// What a document says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContentView {
    /// Title (名称).
    title: String,
    /// Body as HTML, as it was stored; absent if it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_html: Option<String>,
    /// Summary (内容概述).
    summary: String,
    /// Document number (发文字号).
    #[serde(skip_serializing_if = "Option::is_none")]
    document_number: Option<String>,
    /// Day the document was signed (成文日期).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    written_on: Option<String>,
    /// Where the text comes from (来源).
    source: String,
    /// Keywords (关键词).
    keywords: Vec<String>,
    /// How the catalogue of government information files it.
    catalogue: CatalogueView,
    /// What it is beside a text.
    form: FormView,
    /// What it is to other documents.
    relations: Vec<RelationView>,
    /// Files beside it or in it, in the order of reading.
    attachments: Vec<AttachmentView>,
}

impl ContentView {
    pub(super) fn of(content: Content, body_html: Option<String>) -> Self {
        Self {
            title: content.title.into(),
            body_html,
            summary: content.summary.into(),
            document_number: content.document_number.as_ref().map(DocumentNumber::as_str).map(str::to_owned),
            written_on: content.written_on.map(|day| day.to_string()),
            source: content.source.into(),
            keywords: content.keywords.into_iter().map(Into::into).collect(),
            catalogue: content.catalogue.into(),
            form: content.form.into(),
            relations: content.relations.into_iter().map(Into::into).collect(),
            attachments: content.attachments.into_iter().map(Into::into).collect(),
        }
    }
}

impl DraftView {
    pub(super) fn of(draft: Draft, review: &Review, body_html: Option<String>) -> Self {
        let (scheduled, failed) = match draft.stage.timing() {
            None => (None, None),
            Some(Timing::Scheduled(scheduled)) => (Some(ScheduledView::of(scheduled)), None),
            Some(Timing::Failed(failed)) => (None, Some(FailedView::of(failed))),
        };
        Self {
            scheduled,
            failed,
            stage: stage(&draft.stage, review),
            approved_by: draft.stage.approvals().iter().map(ActorId::to_string).collect(),
            levels: review.levels.count(),
            remark: match draft.stage {
                Stage::Returned { remark } => Some(remark.into()),
                Stage::Editing | Stage::Submitted { .. } => None,
            },
            revision: draft.revision.into(),
            overridden: draft.overridden.into_iter().map(OverriddenView::of).collect(),
            editors: draft.editors.iter().map(ActorId::to_string).collect(),
            content: ContentView::of(draft.content, body_html),
        }
    }
}

impl DiscardedView {
    pub(super) fn of(discarded: Discarded) -> Self {
        Self {
            revision: discarded.revision.into(),
            title: discarded.title.into(),
            by: discarded.by.into(),
            at: discarded.at.to_string(),
        }
    }
}

impl OverriddenView {
    fn of(overridden: Overridden) -> Self {
        Self {
            findings: overridden.findings.into_iter().map(Into::into).collect(),
            reason: overridden.reason.into(),
            by: overridden.by.into(),
            at: overridden.at.to_string(),
        }
    }
}

impl ScheduledView {
    fn of(scheduled: &Scheduled) -> Self {
        Self {
            at: scheduled.at.to_string(),
            by: scheduled.by.to_string(),
            slug: scheduled.slug.as_ref().map(ToString::to_string),
            note: scheduled.note.as_ref().map(ToString::to_string),
        }
    }
}

impl FailedView {
    fn of(failed: &Failed) -> Self {
        Self {
            scheduled_at: failed.scheduled_at.to_string(),
            at: failed.at.to_string(),
            code: failed.code.to_string(),
            detail: failed.detail.to_string(),
        }
    }
}

impl ExpiryView {
    pub(super) fn of(expiry: Expiry) -> Self {
        Self { at: expiry.at.to_string(), reason: expiry.reason.into(), by: expiry.by.into() }
    }
}

impl UnreviewedView {
    fn of(owed: Unreviewed) -> Self {
        Self {
            reason: owed.postponed.reason.into(),
            by: owed.postponed.by.into(),
            at: owed.postponed.at.to_string(),
            approved_by: owed.approvals.iter().map(ActorId::to_string).collect(),
            overridden: owed.overridden.into_iter().map(OverriddenView::of).collect(),
        }
    }
}

impl LiveView {
    pub(super) fn of(live: Live, body_html: Option<String>, city: &City) -> Self {
        Self {
            revision: live.revision.into(),
            url: city.url(live.column.site().as_str(), live.path.as_str()),
            column: live.column.into(),
            public_at: live.public_at.to_string(),
            changed_at: live.changed_at.to_string(),
            unreviewed: live.unreviewed.map(UnreviewedView::of),
            content: ContentView::of(live.content, body_html),
        }
    }
}

impl WithdrawnView {
    pub(super) fn of(withdrawn: Withdrawn, city: &City) -> Self {
        let (site, path) = &withdrawn.place;
        Self {
            url: city.url(site.as_str(), path.as_str()),
            title: withdrawn.title.into(),
            reason: withdrawn.reason.into(),
            at: withdrawn.at.to_string(),
        }
    }
}

impl NoteView {
    pub(super) fn of(note: ChangeNote) -> Self {
        Self { at: note.at.to_string(), note: note.note.into() }
    }
}
