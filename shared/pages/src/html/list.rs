//! Column pages: the head of a column, and one month of it.

use serde::Serialize;
use serde_json::{Value, json};

use super::{EntryView, SectionView, entry_views, page};
use crate::address::absolute;
use crate::head::Head;
use crate::model::{ColumnPage, Entry, Frame, Link, MonthPage};
use crate::{RenderError, Rendered};

/// The kind of a column that has none of its own.
const NO_KIND: &str = "其他";

#[derive(Serialize)]
struct ColumnView<'a> {
    name: &'a str,
    /// Absent where it tells nothing beside the name.
    kind: Option<&'a str>,
    description: &'a str,
    /// The columns right below that have something to show.
    sections: Vec<SectionView<'a>>,
    /// Those that have nothing yet.
    columns: Vec<&'a Link>,
    groups: Vec<MonthGroup<'a>>,
    months: &'a [Link],
    feed: &'a str,
}

/// Entries of one month, under its divider.
#[derive(Serialize)]
struct MonthGroup<'a> {
    month: String,
    code: String,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct MonthView<'a> {
    column: &'a Link,
    title: &'a str,
    count: usize,
    entries: Vec<EntryView<'a>>,
}

/// Renders the head page of a column.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn column(frame: &Frame, model: &ColumnPage) -> Result<Rendered, RenderError> {
    let description = if model.description.trim().is_empty() {
        format!("{}“{}”栏目", frame.name, model.name)
    } else {
        model.description.clone()
    };
    let head = column_tags(Head::new(frame, &model.name), &model.name, &model.kind, &description)
        .with("Description", &description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .feed(&model.name, &model.feed)
        .json_feed(frame);
    let (filled, empty): (Vec<_>, Vec<_>) = model.columns.iter().partition(|column| !column.entries.is_empty());
    let view = ColumnView {
        name: &model.name,
        kind: (model.kind != model.name && model.kind != NO_KIND).then_some(model.kind.as_str()),
        description: &model.description,
        sections: filled.into_iter().map(SectionView::from).collect(),
        columns: empty.into_iter().map(|column| &column.column).collect(),
        groups: by_month(&model.entries),
        months: &model.months,
        feed: &model.feed,
    };
    let graph = vec![collection(frame, &model.name)];
    page("column.html", frame, &model.name, head, graph, view)
}

/// Renders one month of a column.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn month(frame: &Frame, model: &MonthPage) -> Result<Rendered, RenderError> {
    let name = format!("{} {}", model.column.name, model.title);
    let description = format!("{}“{}”栏目{}发布的信息", frame.name, model.column.name, model.title);
    let head = column_tags(Head::new(frame, &name), &model.column.name, &model.kind, &description)
        .with("Description", &description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .json_feed(frame);
    let view = MonthView {
        column: &model.column,
        title: &model.title,
        count: model.entries.len(),
        entries: entry_views(&model.entries),
    };
    let graph = vec![collection(frame, &name)];
    page("month.html", frame, &model.title, head, graph, view)
}

/// The tags of a column page (RULES.md A1: all four are required).
pub(super) fn column_tags(head: Head, name: &str, kind: &str, description: &str) -> Head {
    head.with("ColumnName", name)
        .with("ColumnDescription", description)
        .with("ColumnKeywords", &format!("{name},{kind}"))
        .with("ColumnType", kind)
}

pub(super) fn collection(frame: &Frame, name: &str) -> Value {
    json!({
        "@type": "CollectionPage",
        "name": name,
        "url": absolute(&frame.scheme_host, &frame.path),
        "inLanguage": frame.language,
        "publisher": { "@id": format!("{}/#organization", frame.scheme_host) },
    })
}

/// Cuts a list, newest first, at the turns of months.
fn by_month(entries: &[Entry]) -> Vec<MonthGroup<'_>> {
    let mut groups: Vec<MonthGroup> = Vec::new();
    for entry in entry_views(entries) {
        match groups.last_mut() {
            Some(group) if group.code == entry.at.month_code => group.entries.push(entry),
            _ => groups.push(MonthGroup {
                month: entry.at.month.clone(),
                code: entry.at.month_code.clone(),
                entries: vec![entry],
            }),
        }
    }
    groups
}
