//! When an item became public, as exactly as that is known, and where a migrated document comes from.

use domain::document::OriginalDate;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// When an item became public, as exactly as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Dated {
    /// The instant of its publication here.
    At(Timestamp),
    /// The day of its publication in the system it came from; the hour is not told.
    Published(Date),
    /// The day of this version; when it became public is not told.
    Version(Date),
    /// Nobody knows.
    Unknown,
}

impl Dated {
    /// What is known of an item that is public since `public_at`, and of whose day its source tells `dated`.
    #[must_use]
    pub fn of(dated: Option<OriginalDate>, public_at: Timestamp) -> Self {
        match dated {
            None => Self::At(public_at),
            Some(OriginalDate::Published { day }) => Self::Published(day),
            Some(OriginalDate::Version { day }) => Self::Version(day),
            Some(OriginalDate::Unknown) => Self::Unknown,
        }
    }
}

impl From<Timestamp> for Dated {
    fn from(at: Timestamp) -> Self {
        Self::At(at)
    }
}

/// Where a migrated document comes from, and what its source tells beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginNote {
    /// Name of the system or collection.
    pub name: String,
    /// Where the document stood there, if it is told.
    pub url: Option<String>,
    /// When it was brought in.
    pub migrated_at: Timestamp,
    /// Issuer 发文机关, where that is not the department.
    pub issuer: Option<String>,
    /// Subject 主题分类.
    pub subject: Option<String>,
    /// Validity 有效性 in Chinese: `有效`, `废止`, `失效`.
    pub validity: Option<String>,
    /// How the text came to be 立法沿革, oldest first.
    pub history: Vec<String>,
}
