//! Shapes of the rows: the storage format of `views`; a change raises `FOLD_GENERATION`.
//!
//! A member that is left out where older events give it no value is no change: their rows stay byte for byte what they were.

use domain::appearance::BannerLevel;
use domain::document::{Attachment, Catalogue, Form, OriginalDate, Related, RelationKind};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// Head and foot of a site's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    /// Name.
    pub name: String,
    /// 网站标识码.
    pub identification_code: String,
    /// Code of the department that runs it.
    pub department: String,
    /// 主办单位.
    pub sponsor: String,
    /// Contact.
    pub contact: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号; may be empty.
    pub police: String,
    /// Registered domain name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Main colour, where it is not the house's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// What every page says of the site's state, where it is not live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<SiteNotice>,
}

/// What every page says of a site that is not live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SiteNotice {
    /// It is being put right.
    Rectifying {
        /// Last day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// It stopped for good.
    Archived {
        /// Since when.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

/// A sentence above every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BannerRow {
    /// How pressing it is.
    pub level: BannerLevel,
    /// What it says.
    pub text: String,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<BannerLinkRow>,
}

/// Where a banner leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BannerLinkRow {
    /// What to press.
    pub name: String,
    /// Where that is.
    pub address: String,
}

/// That pages are grey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GreyscaleRow {
    /// Since when.
    pub since: Timestamp,
}

/// Somebody in a department's list of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    /// The subject that tokens name him by.
    pub subject: String,
    /// Whether nothing he asks for is done.
    pub disabled: bool,
    /// His roles for the department, in the order of granting.
    pub roles: Vec<StaffRole>,
}

/// A role for the department of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRole {
    /// The role.
    pub role: String,
    /// The only site; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

/// A site among all sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteLine {
    /// Name.
    pub name: String,
}

/// A department's public profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentRow {
    /// Name.
    pub name: String,
    /// 机构职能.
    pub duties: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub telephone: String,
    /// Office hours.
    pub office_hours: String,
    /// Leaders.
    pub leaders: Vec<String>,
    /// Who takes applications for information. Rows of before have none, and no event of before names one: they are those of a rebuild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<DisclosureOfficeRow>,
}

/// Who takes applications for information, as its department tells it; all but the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureOfficeRow {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Office hours.
    pub office_hours: String,
    /// Telephone.
    pub telephone: String,
    /// Fax.
    pub fax: String,
    /// Mailbox or page on the internet.
    pub mailbox: String,
}

/// A department among all departments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentLine {
    /// Name.
    pub name: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRow {
    /// Name.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
    /// 栏目类型, in Chinese.
    pub kind: String,
}

/// A column in its site's tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Name.
    pub name: String,
    /// Root-relative path.
    pub path: String,
    /// 栏目类型, in Chinese.
    pub kind: String,
    /// Place among its neighbours.
    pub position: u16,
    /// Whether the home page lists its latest documents.
    pub on_home: bool,
}

/// Which page stands at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRow {
    /// What composes it.
    pub kind: Kind,
    /// What it is about: a column id, a department code, an archive slice, a document's path; empty where the path says it.
    pub about: String,
    /// For a document's page: what it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// For a file: what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRow>,
}

impl PageRow {
    /// A page that its kind composes from what it is about.
    #[must_use]
    pub fn of(kind: Kind, about: impl Into<String>) -> Self {
        Self { kind, about: about.into(), standing: None, file: None }
    }
}

/// A file that readers are given, or were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// Hash of its bytes.
    pub body: String,
    /// Media type.
    pub media_type: String,
    /// The name it is saved under; none where a page shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when readers are given it no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Timestamp>,
}

/// What a document's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The document.
    Here(Box<DocumentPage>),
    /// Where it went.
    Moved {
        /// Label of the site.
        site: String,
        /// Root-relative path.
        path: String,
        /// Its title.
        title: String,
    },
    /// That it was withdrawn.
    Gone {
        /// Its last public title.
        title: String,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
}

/// A public document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// Its stream.
    pub stream: String,
    /// Commit at which what citizens read last changed.
    pub version: u64,
    /// Column id.
    pub column: String,
    /// Department code.
    pub department: String,
    /// Title.
    pub title: String,
    /// Hash of the body.
    pub body: String,
    /// Summary; may be empty.
    pub summary: String,
    /// 发文字号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 成文日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_on: Option<Date>,
    /// 来源; empty for the department itself.
    pub source: String,
    /// 关键词.
    pub keywords: Vec<String>,
    /// 索引号; empty where an older system gave none.
    pub index_number: String,
    /// Public since.
    pub public_at: Timestamp,
    /// What citizens read changed last.
    pub changed_at: Timestamp,
    /// Public change notes, oldest first; the newest two hundred.
    pub notes: Vec<Note>,
    /// The day it goes by instead of `public_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<OriginalDate>,
    /// How it came from an older system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<ArrivalRow>,
    /// How the catalogue of government information files it.
    #[serde(default, skip_serializing_if = "Catalogue::is_empty")]
    pub catalogue: Catalogue,
    /// What it is beside a text.
    #[serde(default, skip_serializing_if = "Form::is_article")]
    pub form: Form,
    /// The documents it relates to, as they stood when that became public.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Its files, in the order of reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachmentRow>,
    /// Its newest public versions, oldest first, the present one last; none where there is only that one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<VersionRow>,
}

/// A file beside a public text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRow {
    /// The commit that made it public: a part of its address.
    pub commit: u64,
    /// The file and its title.
    pub attachment: Attachment,
}

/// How a document came from an older system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalRow {
    /// When it was brought in.
    pub at: Timestamp,
    /// Name of the system.
    pub name: String,
    /// Where it stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// 发文机关, where that is not the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 主题分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// 有效性, in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// 立法沿革, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
}

/// A document that is something to the one of the slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedRow {
    /// What it is to it.
    pub kind: RelationKind,
    /// Label of the site.
    pub site: String,
    /// Root-relative path.
    pub path: String,
    /// Title.
    pub title: String,
    /// Public since.
    pub public_at: Timestamp,
    /// The day it goes by instead of `public_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<OriginalDate>,
}

/// A public change note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// What changed.
    pub note: String,
    /// Which public version came with it.
    pub version: u64,
}

/// A public version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Which of the document's public versions it is, from 1.
    pub number: u64,
    /// When it became public.
    pub at: Timestamp,
    /// The day it goes by instead of an instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<OriginalDate>,
    /// Title.
    pub title: String,
    /// Hash of the body.
    pub body: String,
    /// What changed, if it came with a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A document's entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Label of the site.
    pub site: String,
    /// Root-relative path.
    pub path: String,
    /// Title.
    pub title: String,
    /// Summary; may be empty.
    pub summary: String,
    /// 发文字号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 索引号.
    pub index_number: String,
    /// Department code.
    pub department: String,
    /// Public since.
    pub public_at: Timestamp,
    /// What citizens read changed last.
    pub changed_at: Timestamp,
    /// The day it goes by instead of `public_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<OriginalDate>,
    /// What it is beside a text.
    #[serde(default, skip_serializing_if = "Form::is_article")]
    pub form: Form,
    /// 关键词.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Archive slice of its column.
    pub archive: String,
    /// 来源; empty for the department itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl EntryRow {
    /// Id of the column that the document stands in: its path without year, month, day and name.
    #[must_use]
    pub fn column(&self) -> Option<String> {
        let column = self.path.trim_start_matches('/').rsplitn(5, '/').nth(4)?;
        Some(format!("{}.{}", self.site, column.replace('/', ".")))
    }
}

/// A column's entry for a document of another: what is told of that one is in its own row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRow {
    /// The document's id.
    pub shared: String,
    /// Whose it is, as its readers are told where it names no source.
    pub department: String,
    /// The public life for which the column lists it.
    pub public_at: Timestamp,
    /// Since when the column lists it.
    pub at: Timestamp,
}

/// That a column lists the document of the slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingRow {
    /// Since when.
    pub since: Timestamp,
}

/// A document in a sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRow {
    /// Root-relative path.
    pub path: String,
    /// What citizens read changed last.
    pub changed_at: Timestamp,
}
