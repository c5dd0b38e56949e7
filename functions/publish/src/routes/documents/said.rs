//! What an event of a document says to whoever reads its history.

use domain::{
    document::{Amended, Content, DocumentEvent, RevisionHash},
    text::Line,
};
use gateway::City;
use serde::Serialize;
use utoipa::ToSchema;

/// What an event says; of each kind of event only some.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Said {
    /// The revision that was written, thrown away, submitted, returned, approved or made public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9a-f]{64}$")]
    revision: Option<String>,
    /// The title that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Number of the commit that had written this revision before, if it is an earlier text once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    restores: Option<u64>,
    /// Code of the department that answers for the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "jyj")]
    department: Option<String>,
    /// The column it is meant to stand in, stands in, or moved to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "www.zwgk.tzgg")]
    column: Option<String>,
    /// Its public address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "http://www.localhost:8080/zwgk/tzgg/2026/11/23/water.html")]
    url: Option<String>,
    /// Its index number (索引号).
    #[serde(skip_serializing_if = "Option::is_none")]
    index_number: Option<String>,
    /// What to mend, as the reviewer said; what refused a scheduled publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// What changed, as the public was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Why it was withdrawn or expires, as the public is told; empty if it is told no reason. Why its review comes after its publication. Why somebody answers for what the checks found.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Findings of the checks that somebody answers for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["mobile@body.3.8-18"]))]
    findings: Vec<String>,
    /// When it is, or was, to become public or to expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    due: Option<String>,
    /// Code of the problem that refused a scheduled publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "related-not-public")]
    problem: Option<String>,
    /// Whether every level has reviewed now what became public before its review.
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    /// The older system it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    /// Id of the document whose later version it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    amends: Option<String>,
    /// Markup that was taken out of the body that was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["span", "p[style]"]))]
    removed: Vec<String>,
}

impl Said {
    /// What `event` says; `earlier` knows the commit that first wrote a revision, if that was before this one.
    pub(super) fn of(event: DocumentEvent, city: &City, earlier: impl Fn(&RevisionHash) -> Option<u64>) -> Self {
        match event {
            DocumentEvent::DocumentDrafted { column, department, content, revision, removed, .. } => Self {
                column: Some(column.into()),
                department: Some(department.into()),
                ..Self::written(content, &revision, removed)
            },
            DocumentEvent::DraftRevised { content, revision, removed } => {
                Self { restores: earlier(&revision), ..Self::written(content, &revision, removed) }
            }
            DocumentEvent::DraftDiscarded { revision }
            | DocumentEvent::DocumentSubmitted { revision }
            | DocumentEvent::DocumentApproved { revision }
            | DocumentEvent::PublicationUnscheduled { revision } => Self::about(&revision),
            DocumentEvent::PublicationScheduled { revision, at, note, .. } => {
                Self { due: Some(at.to_string()), note: note.map(Into::into), ..Self::about(&revision) }
            }
            DocumentEvent::PublicationFailed { revision, at, code, detail } => Self {
                due: Some(at.to_string()),
                problem: Some(code.into()),
                remark: Some(detail.into()),
                ..Self::about(&revision)
            },
            DocumentEvent::ExpirySet { at, reason } => {
                Self { due: Some(at.to_string()), reason: Some(reason.into()), ..Self::default() }
            }
            DocumentEvent::ExpiryCleared { at } => Self { due: Some(at.to_string()), ..Self::default() },
            DocumentEvent::ChecksOverridden { revision, findings, reason, .. } => Self {
                findings: findings.into_iter().map(Into::into).collect(),
                reason: Some(reason.into()),
                ..Self::about(&revision)
            },
            DocumentEvent::ReviewPostponed { revision, reason } => {
                Self { reason: Some(reason.into()), ..Self::about(&revision) }
            }
            DocumentEvent::ReviewedAfter { revision, complete } => {
                Self { complete: Some(complete), ..Self::about(&revision) }
            }
            DocumentEvent::TextErased { revision, reason, .. } => {
                Self { reason: Some(reason.into()), ..Self::about(&revision) }
            }
            DocumentEvent::DocumentReturned { revision, remark } => {
                Self { remark: Some(remark.into()), ..Self::about(&revision) }
            }
            DocumentEvent::DocumentPublished { revision, column, path, index_number, .. } => Self {
                url: Some(city.url(column.site().as_str(), path.as_str())),
                column: Some(column.into()),
                index_number: Some(index_number.text),
                ..Self::about(&revision)
            },
            DocumentEvent::DocumentCorrected { revision, note, .. } => {
                Self { note: Some(note.into()), ..Self::about(&revision) }
            }
            DocumentEvent::DocumentMoved { column, path, .. } => Self {
                url: path.map(|path| city.url(column.site().as_str(), path.as_str())),
                column: Some(column.into()),
                ..Self::default()
            },
            DocumentEvent::DocumentWithdrawn { reason } => Self { reason: Some(reason.into()), ..Self::default() },
            DocumentEvent::DocumentMigrated {
                column,
                department,
                path,
                content,
                revision,
                removed,
                index_number,
                origin,
                amends,
                ..
            } => Self {
                url: Some(city.url(column.site().as_str(), path.as_str())),
                column: Some(column.into()),
                department: Some(department.into()),
                index_number: index_number.map(|number| number.text),
                origin: Some(origin.name.into()),
                amends: amends.map(|amended| {
                    let Amended { document, .. } = *amended;
                    document.into()
                }),
                ..Self::written(content, &revision, removed)
            },
        }
    }

    fn about(revision: &RevisionHash) -> Self {
        Self { revision: Some(revision.to_string()), ..Self::default() }
    }

    fn written(content: Content, revision: &RevisionHash, removed: Vec<Line<80>>) -> Self {
        let removed = removed.into_iter().map(Into::into).collect();
        Self { title: Some(content.title.into()), removed, ..Self::about(revision) }
    }
}
