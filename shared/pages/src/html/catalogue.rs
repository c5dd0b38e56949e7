//! The catalogue of government information 政府信息公开目录: the ways in, a list, a part of one.

use serde::Serialize;

use super::{filled, list, page, visible};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{
    CatalogueClassLink, CatalogueEntry, CatalogueGroup, CatalogueList, CatalogueListPage, CataloguePage,
    CataloguePartPage, CatalogueWay, Frame, Link,
};
use crate::when::{When, iso};
use crate::{RenderError, Rendered};

/// What these pages are called.
pub(crate) const NAME: &str = "政府信息公开目录";

/// Their 栏目类型 (RULES.md A1, `ColumnType`): none of the national kinds is a catalogue.
const KIND: &str = "其他";

#[derive(Serialize)]
struct Overview<'a> {
    name: &'static str,
    departments: Section<&'a [Link]>,
    subjects: Section<&'a [CatalogueClassLink]>,
    genres: Section<&'a [CatalogueClassLink]>,
    years: Section<&'a [Link]>,
    guide: &'a Link,
    coverage: &'a Link,
}

/// What stands behind one way in.
#[derive(Serialize)]
struct Section<L> {
    title: &'static str,
    links: L,
}

impl<L> Section<L> {
    fn of(way: CatalogueWay, links: L) -> Self {
        Self { title: way.chinese(), links }
    }
}

#[derive(Serialize)]
struct ListView<'a> {
    name: &'a str,
    way: &'static str,
    catalogue: &'a Link,
    entries: Vec<EntryView<'a>>,
    newest: &'a [Link],
    older: Vec<GroupView<'a>>,
}

#[derive(Serialize)]
struct GroupView<'a> {
    title: &'a str,
    parts: &'a [Link],
}

#[derive(Serialize)]
struct PartView<'a> {
    list: &'a Link,
    title: &'a str,
    count: usize,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    title: &'a str,
    url: &'a str,
    at: When,
    over: Option<&'a str>,
    summary: Option<&'a str>,
    /// What stands in small print, each said with its name.
    facts: Vec<Fact<'a>>,
}

#[derive(Serialize)]
struct Fact<'a> {
    label: &'static str,
    value: Option<&'a str>,
    day: Option<String>,
}

impl<'a> EntryView<'a> {
    /// An entry of a list, which says for all of its entries what it is about.
    fn of(entry: &'a CatalogueEntry, way: CatalogueWay) -> Self {
        let unless = |of_list, text: Option<&'a str>| text.filter(|_| way != of_list);
        let subject = entry.subject.as_deref();
        let subject = match way {
            CatalogueWay::Subject => subject.and_then(|subject| subject.split_once('\\')).map(|(_, second)| second),
            _ => subject,
        };
        let department = entry.department.as_ref().map(|department| department.name.as_str());
        let facts = [
            ("索引号", filled(Some(&entry.index_number))),
            ("发文字号", filled(entry.document_number.as_deref())),
            ("部门", unless(CatalogueWay::Department, department)),
            ("主题", filled(subject)),
            ("体裁", unless(CatalogueWay::Genre, entry.genre.as_deref())),
            ("组配", entry.class.as_deref()),
        ];
        let facts = facts.into_iter().filter(|(_, value)| value.is_some());
        let facts = facts.map(|(label, value)| Fact { label, value, day: None });
        let created = entry.created_on().map(|day| Fact { label: "生成日期", value: None, day: Some(iso(day)) });
        Self {
            title: visible(&entry.title),
            url: &entry.url,
            at: When::from(entry.dated),
            over: filled(entry.validity.as_deref()),
            summary: filled(Some(&entry.summary)),
            facts: facts.chain(created).collect(),
        }
    }

    fn all(entries: &'a [CatalogueEntry], list: &CatalogueList) -> Vec<Self> {
        entries.iter().map(|entry| Self::of(entry, list.way)).collect()
    }
}

/// Renders the overview.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue(frame: &Frame, model: &CataloguePage) -> Result<Rendered, RenderError> {
    let head =
        head(frame, NAME, &format!("{}：全市政府部门主动公开的政府信息，按部门、主题、体裁和年份查阅", frame.name));
    let view = Overview {
        name: NAME,
        departments: Section::of(CatalogueWay::Department, &model.departments),
        subjects: Section::of(CatalogueWay::Subject, &model.subjects),
        genres: Section::of(CatalogueWay::Genre, &model.genres),
        years: Section::of(CatalogueWay::Year, &model.years),
        guide: &model.guide,
        coverage: &model.coverage,
    };
    page("catalogue.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}

/// Renders the head page of a list.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue_list(frame: &Frame, model: &CatalogueListPage) -> Result<Rendered, RenderError> {
    let CatalogueList { way, link, catalogue, .. } = &model.list;
    let name = format!("{} - {NAME}", link.name);
    let head = head(frame, &name, &format!("{}{NAME}（{}）：{}", frame.name, way.chinese(), link.name));
    let (newest, older) = match model.groups.split_first() {
        Some((newest, older)) => (newest.parts.as_slice(), older),
        None => (<&[Link]>::default(), <&[CatalogueGroup]>::default()),
    };
    let view = ListView {
        name: &link.name,
        way: way.chinese(),
        catalogue,
        entries: EntryView::all(&model.entries, &model.list),
        newest,
        older: older.iter().map(|group| GroupView { title: &group.title, parts: &group.parts }).collect(),
    };
    page("catalogue_list.html", frame, &link.name, head, vec![list::collection(frame, &name)], view)
}

/// Renders a part of a list.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn catalogue_part(frame: &Frame, model: &CataloguePartPage) -> Result<Rendered, RenderError> {
    let link = &model.list.link;
    let name = format!("{} {} - {NAME}", link.name, model.title);
    let head = head(frame, &name, &format!("{}{NAME}：{}，{}", frame.name, link.name, model.title));
    let view = PartView {
        list: link,
        title: &model.title,
        count: model.entries.len(),
        entries: EntryView::all(&model.entries, &model.list),
    };
    page("catalogue_part.html", frame, &model.title, head, vec![list::collection(frame, &name)], view)
}

/// To those who inspect sites it is a column like any other.
fn head(frame: &Frame, title: &str, description: &str) -> Head {
    list::column_tags(Head::new(frame, title), NAME, KIND, description)
        .with("Description", description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame)
}
