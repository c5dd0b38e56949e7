//! Every event type there is, by category: what `events/` documents.

/// One stored event shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// Prefix of the streams it lies in.
    pub category: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Version of the stored shape that is written today.
    pub version: u16,
}

const fn event(category: &'static str, name: &'static str, version: u16) -> EventType {
    EventType { category, name, version }
}

/// All event types, in the order in which things happen.
pub const EVENT_TYPES: &[EventType] = &[
    event("department", "DepartmentRegistered", 1),
    event("department", "DepartmentProfileChanged", 1),
    event("site", "SiteOpened", 2),
    event("site", "SiteProfileChanged", 2),
    event("site", "SiteRectificationBegan", 1),
    event("site", "SiteArchived", 1),
    event("site", "SiteRestored", 1),
    event("appearance", "BannerRaised", 1),
    event("appearance", "BannerLowered", 1),
    event("appearance", "GreyscaleBegan", 1),
    event("appearance", "GreyscaleEnded", 1),
    event("column", "ColumnOpened", 3),
    event("column", "ColumnProfileChanged", 2),
    event("document", "DocumentDrafted", 4),
    event("document", "DraftRevised", 4),
    event("document", "DraftDiscarded", 1),
    event("document", "DocumentSubmitted", 1),
    event("document", "ChecksOverridden", 1),
    event("document", "DocumentReturned", 1),
    event("document", "DocumentApproved", 1),
    event("document", "DocumentPublished", 2),
    event("document", "DocumentCorrected", 2),
    event("document", "DocumentMoved", 1),
    event("document", "PublicationScheduled", 1),
    event("document", "PublicationUnscheduled", 1),
    event("document", "PublicationFailed", 1),
    event("document", "ExpirySet", 1),
    event("document", "ExpiryCleared", 1),
    event("document", "ReviewPostponed", 1),
    event("document", "ReviewedAfter", 1),
    event("document", "DocumentWithdrawn", 1),
    event("document", "DocumentMigrated", 3),
    event("sharing", "DocumentShared", 1),
    event("sharing", "SharingEnded", 1),
    event("staff", "StaffEnrolled", 1),
    event("staff", "RoleGranted", 2),
    event("staff", "RoleRevoked", 2),
    event("staff", "StaffDisabled", 1),
    event("staff", "StaffEnabled", 1),
    event("calendar", "CalendarAdopted", 1),
    event("vetting", "VettingRulesChanged", 1),
    event("vetting", "WordListAdopted", 1),
    event("vetting", "WordListDropped", 1),
];
