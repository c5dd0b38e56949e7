//! What the events of publishing tell the sender of a command.

use command::Tells;
use domain::{
    appearance::AppearanceEvent, calendar::CalendarEvent, column::ColumnEvent, department::DepartmentEvent,
    document::DocumentEvent, sharing::SharingEvent, site::SiteEvent, staff::StaffEvent, vetting::VettingEvent,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An accepted command of this function.
pub(crate) type CommandReceipt = command::CommandReceipt<Told>;

/// What a commit's events tell its sender.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
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
    /// Bodies of the erased text that are not to be kept, by hash.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    erased: Vec<String>,
    /// Markup that was taken out of the body that was sent, at most twenty names: elements, and attributes in brackets after theirs. Its text stayed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, example = json!(["span", "p[style]"]))]
    removed: Vec<String>,
}

impl Tells<Told> for DepartmentEvent {}
impl Tells<Told> for SiteEvent {}
impl Tells<Told> for AppearanceEvent {}
impl Tells<Told> for ColumnEvent {}
impl Tells<Told> for StaffEvent {}
impl Tells<Told> for SharingEvent {}
impl Tells<Told> for CalendarEvent {}
impl Tells<Told> for VettingEvent {}

impl Tells<Told> for DocumentEvent {
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
            Self::TextErased { revision, bodies, .. } => {
                told.revision = Some(revision.to_string());
                told.erased = bodies.iter().map(ToString::to_string).collect();
            }
            Self::DocumentMoved { column, path, .. } => {
                told.site = Some(column.site().to_string());
                told.path = path.as_ref().map(ToString::to_string);
            }
            Self::DocumentWithdrawn { .. } | Self::ExpirySet { .. } | Self::ExpiryCleared { .. } => {}
        }
    }
}
