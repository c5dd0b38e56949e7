#![doc = include_str!("../README.md")]

mod address;
mod assets;
mod changes;
mod characters;
mod colours;
mod contact;
mod countdown;
mod coverage;
mod engine;
mod error;
mod feeds;
mod files;
mod guide;
mod head;
mod html;
mod json_ld;
mod open_search;
mod outline;
mod plain;
mod report;
mod sanitise;
mod statistics;
mod table;
mod when;
mod xml;

pub mod front;
pub mod json;
pub mod model;
pub mod search;

pub use assets::{ASSET_CACHE_CONTROL, Asset, assets, stylesheet};
pub use changes::{body_changes, changes};
pub use colours::{COLOURS_PATH, Colours, colours};
pub use countdown::{Countdown, CountedDay};
pub use engine::{fingerprint, strict_engine};
pub use error::{RenderError, UnsafeUrl};
pub use feeds::{atom, robots, sitemap, sitemap_index};
pub use files::{FILE_REFERENCE, FileReference, file_references, saved_as};
pub use html::{
    answers, answers_month, catalogue, catalogue_list, catalogue_part, column, coverage, coverage_table, department,
    department_coverage, document, gone, guide, history, home, month, moved, not_found, report, report_table, reports,
    site_map, statistics, statistics_month, statistics_table,
};
pub use model::{
    AnswersMonthPage, AnswersPage, AtomFeed, Banner, BannerLevel, CatalogueClassLink, CatalogueEntry, CatalogueGroup,
    CatalogueList, CatalogueListPage, CatalogueNote, CataloguePage, CataloguePartPage, CatalogueWay, CategoryCoverage,
    ChangeNote, Changes, ChannelStatistics, ColumnCoverage, ColumnPage, ColumnSection, CoveragePage, Dated,
    DepartmentCoveragePage, DepartmentPage, DepartmentStandings, DepartmentStatistics, DisclosureContact, DocumentLink,
    DocumentPage, Entry, FeedEntry, FileNote, FormNote, Frame, GonePage, GuidePage, HistoryPage, HomePage,
    KindStatistics, Link, MapNode, MonthPage, MovedPage, OriginNote, PictureNote, Provenance, PublicAnswer,
    PublicVersion, Relations, ReportBody, ReportPage, ReportsOfYear, ReportsPage, SiteMapPage, SiteNotice, SitemapPart,
    SitemapUrl, SmallerPicture, Span, SpanKind, StatisticsMonthPage, StatisticsPage, Theme, UnknownTheme,
};
pub use plain::plain_text;
pub use sanitise::{ELEMENT_LIMIT, Finding, Inspection, inspect, sanitise};
pub use table::Table;

/// Bytes ready to be stored and served, with their media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Media type with charset, for example `text/html; charset=utf-8`.
    pub content_type: &'static str,
    /// UTF-8 bytes.
    pub bytes: Vec<u8>,
}
