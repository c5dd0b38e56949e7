//! Where a migrated document comes from, and what its source tells of it.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::{
    content::EvidenceHash,
    relation::{Related, RelationKind},
};
use crate::{
    id::{DocumentId, SiteLabel, SystemCode},
    path::PagePath,
    shanghai,
    text::Line,
};

/// The day a document goes by: the only dates that paths, lists and feeds of migrated documents know.
///
/// A source that tells no hour is given none, and one that tells no day is not given the day of its migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OriginalDate {
    /// The day on which it became public (发布日期).
    Published {
        /// The day, of the city's calendar.
        day: Date,
    },
    /// The day on which this version was adopted or amended (版本日期); when it became public is not told.
    Version {
        /// The day, of the city's calendar.
        day: Date,
    },
    /// The source tells none.
    Unknown,
}

impl OriginalDate {
    /// The day a document goes by, which its source may tell (`dated`) and which else is that of its publication; none where nobody knows.
    #[must_use]
    pub fn day_of(dated: Option<Self>, public_at: Timestamp) -> Option<Date> {
        dated.map_or_else(|| Some(shanghai::local(public_at).date()), Self::day)
    }

    /// The day, if the source tells one.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Published { day } | Self::Version { day } => Some(day),
            Self::Unknown => None,
        }
    }

    /// The first instant of the day in the city, for what has to sort or to stand in a machine's field.
    #[must_use]
    pub fn begins(self) -> Option<Timestamp> {
        shanghai::OFFSET.to_timestamp(self.day()?.to_datetime(Time::midnight())).ok()
    }
}

/// Whether a document is in force (有效性), where its source tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// 有效.
    InForce,
    /// 废止.
    Repealed,
    /// 失效.
    Expired,
}

impl Validity {
    /// As people read it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::InForce => "有效",
            Self::Repealed => "废止",
            Self::Expired => "失效",
        }
    }
}

/// The source of a migrated document, and what it tells beside the text; what it does not tell is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The system or collection, as its own name in ids.
    pub system: SystemCode,
    /// The system's name, for the public.
    pub name: Line<60>,
    /// The record's name in the system; system and key name the document for good.
    pub key: Line<200>,
    /// SHA-256 of the record as the system gave it: what the kept copy is held against.
    pub evidence: EvidenceHash,
    /// The day it goes by.
    pub date: OriginalDate,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Line<400>>,
    /// Who issued it (发文机关), where that is not the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Line<120>>,
    /// 主题分类, its levels joined by `\`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Line<120>>,
    /// 有效性.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// How it came to be, line by line (立法沿革), oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Line<500>>,
}

/// The version that a migrated document amends, as it stood when that was said.
///
/// Its path belongs to it for good and leads to it wherever it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amended {
    /// The earlier version.
    pub document: DocumentId,
    /// The site it stood on.
    pub site: SiteLabel,
    /// Where it stood there.
    pub path: PagePath,
    /// Its title.
    pub title: Line<200>,
    /// The day it goes by.
    pub date: OriginalDate,
}

impl Amended {
    /// The same, as any relation is told.
    #[must_use]
    pub fn related(&self) -> Related {
        let Self { document, site, path, title, date } = self.clone();
        Related { kind: RelationKind::Amends, document, site, path, title, day: date.day() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_the_city_and_an_unknown_one_never() {
        let date = OriginalDate::Published { day: "2019-01-30".parse().unwrap() };
        assert_eq!(date.begins(), Some("2019-01-29T16:00:00Z".parse().unwrap()));
        assert_eq!((OriginalDate::Unknown.day(), OriginalDate::Unknown.begins()), (None, None));
    }
}
