//! The answer to a command: made of its commit alone, so that a resend gets the same bytes.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    StreamId,
    appearance::{self, AppearanceEvent},
    calendar::CalendarEvent,
    column::ColumnEvent,
    department::DepartmentEvent,
    document::DocumentEvent,
    sharing::{self, SharingEvent},
    site::SiteEvent,
    staff::StaffEvent,
    vetting::VettingEvent,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::order::Accepted;

/// An accepted command.
///
/// Every field follows from the commit: a resend is answered with the same bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CommandReceipt {
    /// The thing's name: a document's, a column's or a person's id, a site's label, a department's code; what its stream is called for all else: `city` for the calendar.
    #[schema(example = "gq4tmnzzgqztsmzrgq2dqmjsge")]
    id: String,
    /// Its stream.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge")]
    stream: String,
    /// Its version right after this command: what the next `If-Match` names.
    version: u64,
    /// Address of the commit.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge:3")]
    commit: String,
    /// Commit time.
    #[schema(format = "date-time", example = "2026-11-23T01:00:00.123Z")]
    at: String,
    #[serde(flatten)]
    told: Told,
    /// Where to read on.
    links: Links,
}

/// What a commit's events tell its sender.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Told {
    /// The revision that was written, submitted, approved, scheduled or made public.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    /// The site the document stands on now.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    /// Where it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/zwgk/tzgg/2026/11/23/water.html")]
    path: Option<String>,
    /// Its index number (索引号).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "014006438/2026-00012")]
    index_number: Option<String>,
    /// Markup that was taken out of the body that was sent, at most twenty names: elements, and attributes in brackets after theirs. Its text stayed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["span", "p[style]"]))]
    removed: Vec<String>,
}

/// Addresses, relative to the host.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Links {
    /// The thing itself.
    #[serde(rename = "self")]
    thing: String,
    /// How far the commit has travelled.
    commit: String,
}

/// An event that tells its sender something.
pub(crate) trait Tells {
    fn tell(&self, _: &mut Told) {}
}

impl Tells for DepartmentEvent {}
impl Tells for SiteEvent {}
impl Tells for AppearanceEvent {}
impl Tells for ColumnEvent {}
impl Tells for StaffEvent {}
impl Tells for SharingEvent {}
impl Tells for CalendarEvent {}
impl Tells for VettingEvent {}

impl Tells for DocumentEvent {
    fn tell(&self, told: &mut Told) {
        match self {
            Self::DocumentDrafted { revision, removed, .. } | Self::DraftRevised { revision, removed, .. } => {
                told.revision = Some(revision.to_string());
                told.removed = removed.iter().map(ToString::to_string).collect();
            }
            Self::DraftDiscarded { revision }
            | Self::DocumentSubmitted { revision }
            | Self::ChecksOverridden { revision, .. }
            | Self::DocumentReturned { revision, .. }
            | Self::DocumentApproved { revision }
            | Self::PublicationScheduled { revision, .. }
            | Self::PublicationUnscheduled { revision }
            | Self::PublicationFailed { revision, .. }
            | Self::ReviewPostponed { revision, .. }
            | Self::ReviewedAfter { revision, .. }
            | Self::DocumentCorrected { revision, .. } => {
                told.revision = Some(revision.to_string());
            }
            Self::DocumentPublished { revision, column, path, index_number, .. } => {
                told.revision = Some(revision.to_string());
                told.site = Some(column.site().to_string());
                told.path = Some(path.to_string());
                told.index_number = Some(index_number.text.clone());
            }
            Self::DocumentMigrated { revision, removed, column, path, index_number, .. } => {
                told.revision = Some(revision.to_string());
                told.removed = removed.iter().map(ToString::to_string).collect();
                told.site = Some(column.site().to_string());
                told.path = Some(path.to_string());
                told.index_number = index_number.as_ref().map(|number| number.text.clone());
            }
            Self::DocumentMoved { column, path, .. } => {
                told.site = Some(column.site().to_string());
                told.path = path.as_ref().map(ToString::to_string);
            }
            Self::DocumentWithdrawn { .. } | Self::ExpirySet { .. } | Self::ExpiryCleared { .. } => {}
        }
    }
}

/// Where the API shows what `stream` tells of.
pub(crate) fn address_of(stream: &StreamId) -> String {
    match stream.category() {
        // A city has one of each.
        "calendar" => "/api/publish/calendar".to_owned(),
        "vetting" => "/api/publish/vetting".to_owned(),
        "appearance" => match appearance::site_of(stream) {
            Some(site) => format!("/api/publish/sites/{site}/appearance"),
            None => "/api/publish/appearance".to_owned(),
        },
        "sharing" => match sharing::document_of(stream) {
            Some(document) => format!("/api/publish/documents/{document}/sharing"),
            None => "/api/publish/documents".to_owned(),
        },
        "staff" => format!("/api/publish/staff/{}", stream.key()),
        category => format!("/api/publish/{category}s/{}", stream.key()),
    }
}

/// Whether a stream tells of something that was there before anybody changed it, at version 0: the rules of the checks, how pages look, that a column does not list a document.
pub(crate) fn stands_by_itself(stream: &StreamId) -> bool {
    matches!(stream.category(), "vetting" | "appearance" | "sharing")
}

impl CommandReceipt {
    /// What an accepted command is answered with.
    pub(crate) fn of<E: Tells>(accepted: &Accepted<E>) -> Self {
        let receipt = &accepted.receipt;
        let commit = format!("{}:{}", receipt.stream, receipt.number);
        let mut told = Told::default();
        for event in &accepted.events {
            event.tell(&mut told);
        }
        Self {
            id: receipt.stream.key().to_owned(),
            stream: receipt.stream.to_string(),
            version: receipt.number,
            at: receipt.at.to_string(),
            told,
            links: Links { thing: address_of(&receipt.stream), commit: format!("/api/publish/commits/{commit}") },
            commit,
        }
    }
}

/// The answer: 201 for a stream's first commit, 200 for any other.
pub(crate) fn answer<E: Tells>(accepted: &Accepted<E>) -> Response {
    let body = CommandReceipt::of(accepted);
    let mut headers = HeaderMap::new();
    let mut set = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &format!("\"{}\"", body.version));
    set(header::HeaderName::from_static("taihu-commit"), &body.commit);
    set(header::CACHE_CONTROL, "no-store");
    let begins = body.version == 1 && !stands_by_itself(&accepted.receipt.stream);
    let status = if begins {
        set(header::LOCATION, &body.links.thing);
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    (status, headers, Json(body)).into_response()
}
