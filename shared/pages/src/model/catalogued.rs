//! The catalogue of government information (政府信息公开目录): the ways in, its lists and their parts.

use jiff::civil::Date;
use serde::Serialize;

use super::{Dated, Link};

/// A way into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueWay {
    /// By department.
    Department,
    /// By subject 主题分类.
    Subject,
    /// By genre 体裁分类.
    Genre,
    /// By year.
    Year,
}

impl CatalogueWay {
    /// The way in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Subject => "subject",
            Self::Genre => "genre",
            Self::Year => "year",
        }
    }

    /// What readers choose by: `按部门`.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Department => "按部门",
            Self::Subject => "按主题",
            Self::Genre => "按体裁",
            Self::Year => "按年份",
        }
    }
}

/// A class of a scheme, whether or not anything is filed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueClassLink {
    /// Its code in addresses: `02`, `notice`.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Its list, if it ever had an entry.
    pub url: Option<String>,
}

/// The ways into the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CataloguePage {
    /// Departments that ever had an entry.
    pub departments: Vec<Link>,
    /// All subjects, in the national order.
    pub subjects: Vec<CatalogueClassLink>,
    /// All genres, in the order of the regulation.
    pub genres: Vec<CatalogueClassLink>,
    /// Years that ever had an entry, newest first.
    pub years: Vec<Link>,
    /// The guide to disclosure.
    pub guide: Link,
    /// Which department discloses what of what the regulation asks for.
    pub coverage: Link,
}

/// A list of the catalogue and the way that leads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueList {
    /// The way.
    pub way: CatalogueWay,
    /// Code of the department, the subject or the genre; the year.
    pub code: String,
    /// Its name, and the address of its head page.
    pub link: Link,
    /// The overview.
    pub catalogue: Link,
}

/// The head page of a list: its newest entries and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueListPage {
    /// Which list.
    pub list: CatalogueList,
    /// Newest entries, newest first; empty where all were withdrawn or filed elsewhere.
    pub entries: Vec<CatalogueEntry>,
    /// All its parts, newest first.
    pub groups: Vec<CatalogueGroup>,
}

/// Parts of a list that are shown together: those of a year, or of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueGroup {
    /// `2026年`, `2026年11月`, `日期不详`.
    pub title: String,
    /// Parts, newest first.
    pub parts: Vec<Link>,
}

/// A part of a list: a month, ten days, a day; some of what has no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CataloguePartPage {
    /// Which list.
    pub list: CatalogueList,
    /// Which part: `2026-11`, `2026-11-21`, `0000-00-017`.
    pub part: String,
    /// The same as readers read it: `2026年11月`, `2026年11月下旬`, `日期不详（17）`.
    pub title: String,
    /// All its entries, newest first; may be empty.
    pub entries: Vec<CatalogueEntry>,
}

/// A document as the catalogue tells of it (政府信息公开条例 art. 12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// 索引号; empty where an older system gave none.
    pub index_number: String,
    /// 名称.
    pub title: String,
    /// Address of its page.
    pub url: String,
    /// 内容概述; may be empty.
    pub summary: String,
    /// 成文日期, if it has one.
    pub written_on: Option<Date>,
    /// When it became public.
    pub dated: Dated,
    /// 发文字号.
    pub document_number: Option<String>,
    /// Who made it public; absent while the name is unknown.
    pub department: Option<Link>,
    /// 主题分类: `综合政务\政务公开`.
    pub subject: Option<String>,
    /// 体裁分类.
    pub genre: Option<String>,
    /// 组配分类.
    pub class: Option<String>,
    /// 有效性, where its editors or its source say that it is in force no more; what repeals it says so on its own page.
    pub validity: Option<String>,
}

impl CatalogueEntry {
    /// 生成日期: the day it was signed, else the day it became public.
    #[must_use]
    pub fn created_on(&self) -> Option<Date> {
        self.written_on.or(match self.dated {
            Dated::At(at) => Some(crate::when::local_day(at)),
            Dated::Published(day) | Dated::Version(day) => Some(day),
            Dated::Unknown => None,
        })
    }
}
