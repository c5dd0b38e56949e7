//! The view models: everything a template may know, as plain data.
//!
//! Instants are [`Timestamp`]s and are shown in Asia/Shanghai; calendar days are [`Date`]s. Text is plain text and is escaped
//! when rendered; the one field that carries HTML is [`DocumentPage::body_html`], which is sanitised again. URLs come from the
//! caller, root-relative (`/zwgk/`) or absolute; any other form is refused by the renderer.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

mod answer;
mod catalogue;
mod catalogued;
mod coverage;
mod feed;
mod file;
mod form;
mod frame;
mod front;
mod guide;
mod history;
mod origin;
mod relation;
mod report;
mod search;
mod statistics;

pub use answer::{AnswersMonthPage, AnswersPage, PublicAnswer};
pub use catalogue::CatalogueNote;
pub use catalogued::{
    CatalogueClassLink, CatalogueEntry, CatalogueGroup, CatalogueList, CatalogueListPage, CataloguePage,
    CataloguePartPage, CatalogueWay,
};
pub use coverage::{CategoryCoverage, ColumnCoverage, CoveragePage, DepartmentCoveragePage, DepartmentStandings};
pub use feed::{AtomFeed, FeedEntry, SitemapPart, SitemapUrl};
pub use file::{FileNote, PictureNote, SmallerPicture};
pub use form::FormNote;
pub use frame::{Banner, BannerLevel, Frame, Link, Provenance, SiteNotice, Theme, UnknownTheme};
pub use front::{
    ActForm, ActPage, AddedFile, AnswerNote, AskedNote, CheckPage, ChoiceOption, Control, ErrorNote, Field, GivenFile,
    Happening, Hidden, Keyboard, Many, NextNote, NoticeNote, QuestionPage, ReceiptPage, StatusEntryPage, StatusPage,
    ToldPage,
};
pub use guide::{DisclosureContact, GuidePage};
pub use history::{Changes, HistoryPage, PublicVersion, Span, SpanKind};
pub use origin::{Dated, OriginNote};
pub use relation::{DocumentLink, Relations};
pub use report::{ReportBody, ReportPage, ReportsOfYear, ReportsPage};
pub use search::{
    Chip, Choice, DayQuestion, Facet, FacetKind, FacetOption, HitValidity, InForceOn, Outcome, Piece, Reading, Reason,
    Results, SearchHit, SearchPage, ValidityNote, Wanted,
};
pub use statistics::{ChannelStatistics, DepartmentStatistics, KindStatistics, StatisticsMonthPage, StatisticsPage};

/// One dated headline in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Title of the document, plain text.
    pub title: String,
    /// Address of its page.
    pub url: String,
    /// When it became public.
    pub dated: Dated,
    /// Document number 发文字号, for example `澄政发〔2026〕18号`.
    pub document_number: Option<String>,
    /// Where it comes from 来源, if it is shared from another column.
    pub source: Option<String>,
    /// What it is beside a text.
    pub form: FormNote,
}

/// The home page of a site 首页.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomePage {
    /// The columns shown with their newest entries, the most important first.
    pub sections: Vec<ColumnSection>,
    /// Departments 部门, with the address of their pages or sites.
    pub departments: Vec<Link>,
    /// All top columns 栏目.
    pub columns: Vec<Link>,
    /// Atom feeds of this site; empty if there are none.
    pub feeds: Vec<Link>,
}

/// One column with its newest entries, on a home page or on the page of the column above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnSection {
    /// Name and address of the column.
    pub column: Link,
    /// Kind of column 栏目类型 in Chinese, for example `通知公告`.
    pub kind: String,
    /// Newest entries, newest first; may be empty.
    pub entries: Vec<Entry>,
}

/// The head page of a column 栏目: its newest entries and its months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnPage {
    /// Name of the column.
    pub name: String,
    /// Kind of column 栏目类型 in Chinese (`ColumnType` of RULES.md A1).
    pub kind: String,
    /// What the column holds, one or two sentences; may be empty.
    pub description: String,
    /// The columns right below it with their newest entries, in the order of their places; may be empty.
    pub columns: Vec<ColumnSection>,
    /// Newest entries, newest first; may be empty.
    pub entries: Vec<Entry>,
    /// Month pages, newest first, for example `2026年11月`.
    pub months: Vec<Link>,
    /// Address of the column's Atom feed.
    pub feed: String,
}

/// All entries of one month of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthPage {
    /// Name and address of the column.
    pub column: Link,
    /// Kind of column 栏目类型 in Chinese.
    pub kind: String,
    /// The month, for example `2026年11月`.
    pub title: String,
    /// All entries of the month, newest first.
    pub entries: Vec<Entry>,
}

/// One published document 文件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentPage {
    /// Title, plain text.
    pub title: String,
    /// Document number 发文字号; absent for news and notices without one.
    pub document_number: Option<String>,
    /// Index number 索引号; empty if the site's scheme gave none.
    pub index_number: String,
    /// Issuing department 发文机关 and the address of its page.
    pub issuer: Link,
    /// Day of signing 成文日期; absent for items that are not official documents.
    pub written_on: Option<Date>,
    /// When it became public 发布时间.
    pub dated: Dated,
    /// Where the text comes from 来源 (`ContentSource`).
    pub source: String,
    /// Kind of document 体裁, for example `通知`.
    pub kind: String,
    /// Keywords 主题词.
    pub keywords: Vec<String>,
    /// Summary 内容概述, plain text; may be empty.
    pub summary: String,
    /// Body as HTML; sanitised again at render. It names files by [`FILE_REFERENCE`](crate::FILE_REFERENCE) and their hash.
    pub body_html: String,
    /// Files 附件, in the order of reading.
    pub files: Vec<FileNote>,
    /// Name and address of the column.
    pub column: Link,
    /// Public changes since first publication, in any order; shown newest first.
    pub notes: Vec<ChangeNote>,
    /// Address of the page that compares its versions; absent where there is only one.
    pub history: Option<String>,
    /// Where it comes from, if it was migrated from an older system.
    pub origin: Option<OriginNote>,
    /// How the catalogue files it.
    pub catalogue: CatalogueNote,
    /// What it is beside a text.
    pub form: FormNote,
    /// What it is to others, and others to it.
    pub relations: Relations,
    /// The one absolute address of this document (`rel=canonical`).
    pub canonical: String,
}

/// A public note about a change to a document 更正说明.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeNote {
    /// When the change became public.
    pub at: Timestamp,
    /// What changed, plain text.
    pub note: String,
    /// The public version that came with it.
    pub version: u64,
}

/// A department 部门: duties, contact, leaders and newest publications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentPage {
    /// Full name.
    pub name: String,
    /// Duties 主要职责, plain text; a line is a paragraph.
    pub duties: String,
    /// Address 办公地址; may be empty.
    pub address: String,
    /// Telephone 联系电话; may be empty.
    pub telephone: String,
    /// Office hours 办公时间; may be empty.
    pub office_hours: String,
    /// Leaders 领导信息, each a line such as `局长 周文澜`.
    pub leaders: Vec<String>,
    /// Newest documents issued by the department, newest first; may be empty.
    pub entries: Vec<Entry>,
    /// Its list in the catalogue of government information, if it has one.
    pub catalogue: Option<Link>,
    /// What it discloses of what the regulation asks for.
    pub coverage: Link,
}

/// The site map 站点地图.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteMapPage {
    /// Columns with their sub-columns.
    pub tree: Vec<MapNode>,
    /// Where disclosed information is found 政府信息公开; may be empty.
    pub disclosure: Vec<Link>,
    /// What readers are answered 互动交流; may be empty.
    pub interaction: Vec<Link>,
    /// Departments; empty on a site without a list of them.
    pub departments: Vec<Link>,
}

/// A column and its sub-columns in a site map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapNode {
    /// Name and address of the column.
    pub link: Link,
    /// Its sub-columns; at most [`MapNode::MAX_DEPTH`] levels are rendered.
    pub children: Vec<MapNode>,
}

impl MapNode {
    /// Deepest level of a site map that is rendered.
    pub const MAX_DEPTH: usize = 8;
}

/// What stands at the address of a withdrawn document (status 410).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GonePage {
    /// Title of the document that was withdrawn.
    pub title: String,
    /// When it was withdrawn.
    pub withdrawn_at: Timestamp,
    /// The public reason 撤回原因.
    pub reason: String,
}

/// What stands at the old address of a moved document (status 301).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedPage {
    /// Title of the document.
    pub title: String,
    /// Its new address.
    pub to: String,
}
