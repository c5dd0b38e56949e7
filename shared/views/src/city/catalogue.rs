//! The rows by which the catalogue of government information (政府信息公开目录) lists documents, on the portal.
//!
//! There are four ways into it: by department, subject, genre and year. A document that the catalogue files is an entry of one list a way, and each list is cut
//! as a column's archive is: by the day an entry goes by and never by a count, the finer the more departments share the list (docs/adr/040).

use domain::{
    column::Archive,
    document::{CatalogueClass, Document, Genre, Live, OriginalDate, SUBJECTS, Validity},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{CityPlan, document::Place, kind::Kind, rows::PageRow, slice};
use crate::{fold::RowSet, row::RowKey};

/// Where the catalogue's overview stands, on the portal.
pub const CATALOGUE_PATH: &str = "/gkml/";

/// A way into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By the department that answers for the document: its code.
    Department,
    /// By the first level of 主题分类: its number in the national order, `01` to `22`.
    Subject,
    /// By 体裁分类: its code.
    Genre,
    /// By the year in which it became public, or that its source tells: `2026`, [`UNDATED_YEAR`].
    Year,
}

/// The year of documents of which nobody knows the day.
pub const UNDATED_YEAR: &str = "0000";

impl Way {
    const ALL: [Self; 4] = [Self::Department, Self::Subject, Self::Genre, Self::Year];

    /// The way in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Department => "bm",
            Self::Subject => "zt",
            Self::Genre => "tc",
            Self::Year => "nf",
        }
    }

    /// How the lists of this way are cut: one department issues some documents a day, all of them together hundreds.
    #[must_use]
    pub fn cut(self) -> Archive {
        match self {
            Self::Department => Archive::Month,
            Self::Subject | Self::Genre => Archive::TenDays,
            Self::Year => Archive::Day,
        }
    }

    /// How many bits of a document's id tell in which part it stands that has no day: as many documents come to a part as to one of a day.
    fn undated_bits(self) -> u32 {
        match self {
            Self::Department => 3,
            Self::Subject | Self::Genre => 5,
            Self::Year => 8,
        }
    }

    /// The way and what stands behind it, of a list such as `bm/jyj`.
    #[must_use]
    pub fn of(list: &str) -> Option<(Self, &str)> {
        let (code, about) = list.split_once('/')?;
        Some((Self::ALL.into_iter().find(|way| way.code() == code)?, about))
    }

    /// The list of this way about `about`: `bm/jyj`.
    #[must_use]
    pub fn list(self, about: &str) -> String {
        format!("{}/{about}", self.code())
    }
}

/// Where the head page of a list stands.
#[must_use]
pub fn catalogue_list_path(list: &str) -> String {
    format!("{CATALOGUE_PATH}{list}/")
}

/// Where a part of a list stands: `2026-11`, `2026-11-21`.
#[must_use]
pub fn catalogue_part_path(list: &str, part: &str) -> String {
    format!("{CATALOGUE_PATH}{list}/{part}.html")
}

/// The part of the list at `path` that the page at `page` is, if it is one.
#[must_use]
pub fn catalogue_part<'a>(path: &str, page: &'a str) -> Option<&'a str> {
    page.strip_prefix(path)?.strip_suffix(".html")
}

/// A document as the catalogue tells of it.
///
/// Nothing else of a document is in it: a correction of its text alone changes no page of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueRow {
    /// Label of the site.
    pub site: String,
    /// Root-relative path.
    pub path: String,
    /// 名称.
    pub title: String,
    /// 内容概述; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// 索引号; empty where an older system gave none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub index_number: String,
    /// 发文字号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// Code of the department.
    pub department: String,
    /// 成文日期, which is the 生成日期 where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_on: Option<Date>,
    /// Public since.
    pub public_at: Timestamp,
    /// The day it goes by instead of `public_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<OriginalDate>,
    /// 主题分类, as its editors say, else as its source told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// 体裁分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<Genre>,
    /// 组配分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<CatalogueClass>,
    /// 有效性, as its editors say, else as its source told; who repeals it says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
}

impl CatalogueRow {
    /// The lists that have the entry of the document `id`, each with the part that it stands in.
    pub(super) fn places(&self, id: &str) -> Vec<(String, String)> {
        let place = Place::of(self.public_at, self.dated);
        let part = |way: Way| match place.day {
            Some(_) => place.part(way.cut()),
            None => undated_part(way, id),
        };
        let year = place.part(Archive::Month);
        let year = year.split('-').next().unwrap_or(UNDATED_YEAR);
        let lists = [
            Some((Way::Department, self.department.clone())),
            self.subject.as_deref().and_then(subject_number).map(|number| (Way::Subject, number)),
            self.genre.map(|genre| (Way::Genre, genre.code().to_owned())),
            Some((Way::Year, year.to_owned())),
        ];
        lists.into_iter().flatten().map(|(way, about)| (way.list(&about), part(way))).collect()
    }
}

/// Bits of an id that are looked at: two letters of five.
const ID_BITS: u32 = 10;

/// The part of a list of this way in which a document without a day stands, `0000-00-017`: by its id, which never changes and is spread evenly.
fn undated_part(way: Way, id: &str) -> String {
    let value = |letter: u8| match letter {
        b'a'..=b'z' => u32::from(letter - b'a'),
        b'2'..=b'7' => u32::from(letter - b'2') + 26,
        _ => 0,
    };
    let number = id.bytes().take(2).fold(0, |number, letter| (number << 5) | value(letter));
    format!("{}-{:03}", slice::UNDATED, (number >> (ID_BITS - way.undated_bits())) + 1)
}

/// `02` of `综合政务\政务公开`; none of what is no subject of the national scheme.
fn subject_number(subject: &str) -> Option<String> {
    let first = subject.split('\\').next()?;
    let at = SUBJECTS.iter().position(|known| *known == first)?;
    Some(format!("{:02}", at + 1))
}

/// Name of a subject by its number.
#[must_use]
pub fn subject_name(number: &str) -> Option<&'static str> {
    SUBJECTS.get(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

/// What the catalogue tells of a public document; none of what it does not file: news has neither a class of any kind nor a number.
fn entry(state: &Document, live: &Live) -> Option<CatalogueRow> {
    let origin = state.arrival.as_ref().map(|arrival| &arrival.origin);
    let told = origin.and_then(|origin| origin.subject.as_ref()).map(ToString::to_string);
    let content = &live.content;
    let filed = &content.catalogue;
    let subject = filed.subject.as_ref().map(|subject| subject.as_str().to_owned()).or(told);
    let document_number = content.document_number.as_ref().map(|number| number.as_str().to_owned());
    if subject.is_none() && filed.genre.is_none() && filed.class.is_none() && document_number.is_none() {
        return None;
    }
    Some(CatalogueRow {
        site: live.column.site().to_string(),
        path: live.path.to_string(),
        title: content.title.to_string(),
        summary: content.summary.to_string(),
        index_number: super::document::number(state),
        document_number,
        department: state.department.as_ref()?.to_string(),
        written_on: content.written_on,
        public_at: live.public_at,
        dated: live.dated,
        subject,
        genre: filed.genre,
        class: filed.class,
        validity: filed.validity.or_else(|| origin.and_then(|origin| origin.validity)),
    })
}

/// Adds the entries of a public document.
pub(super) fn add(rows: &mut RowSet, plan: &CityPlan, state: &Document, live: &Live, id: &str) {
    let Some(entry) = entry(state, live) else { return };
    let site = plan.portal.as_str();
    let instant = Place::of(live.public_at, live.dated).instant;
    for (list, part) in entry.places(id) {
        rows.own(RowKey::new(slice::catalogued(site, &list), format!("{part}/{instant}/{id}")), &entry);
        rows.constant(RowKey::new(slice::catalogues(site), list.as_str()), &true);
        // A list and its parts have pages for good, whoever was listed there first; which parts there are is read from these rows.
        let head = PageRow::of(Kind::CatalogueList, list.as_str());
        rows.constant(RowKey::new(slice::pages(site), catalogue_list_path(&list)), &head);
        let page = PageRow::of(Kind::CataloguePart, format!("{list}/{part}"));
        rows.constant(RowKey::new(slice::pages(site), catalogue_part_path(&list, &part)), &page);
    }
}

#[cfg(test)]
#[path = "catalogue/tests.rs"]
mod tests;
