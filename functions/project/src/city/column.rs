//! A column's head page, its archive pages and its feed.

use std::collections::{BTreeMap, BTreeSet};

use domain::shanghai;
use pages::{AtomFeed, ColumnPage, ColumnSection, FeedEntry, Frame, Link, MonthPage};
use views::{
    PageKey, Read, Reads, Row,
    city::{ColumnRow, DepartmentRow, EntryRow, slice},
};

use super::{City, Composed, Model, Pause, document, entries, frame, home, map, twin::Twin};

/// Entries of a head page and of a feed.
const ENTRIES: usize = 20;

/// Entries of a column on the page of the one above it.
const SECTION: usize = 5;

/// A column and the version of its row.
pub(super) fn column(id: &str, reads: &Reads) -> Composed<(ColumnRow, u64)> {
    let row = reads.row(Read::row(slice::COLUMN, id))?.ok_or(Pause::Nothing)?;
    Ok((row.content().ok_or(Pause::Nothing)?, row.version))
}

/// Composes the head page: the newest documents and the archive's pages.
pub(super) fn head(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, head) = head_page(city, page, reads)?;
    Ok(Model::Column(frame, head))
}

/// Composes the JSON Feed beside the head page.
pub(super) fn head_twin(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, head) = head_page(city, page, reads)?;
    let entries = feed_entries(city, &frame, newest(&page.about, reads)?.iter(), reads)?;
    Ok(Model::Twin(frame, Twin::Column(head, entries)))
}

/// The newest documents of a column, tombstones among them.
fn newest<'a>(id: &str, reads: &'a Reads) -> Composed<&'a [Row]> {
    Ok(reads.rows(Read::Newest { slice: slice::list(id), live: ENTRIES })?)
}

fn head_page(city: &City, page: &PageKey, reads: &Reads) -> Composed<(Frame, ColumnPage)> {
    let id = page.about.as_str();
    let framed = frame::of(city, page, reads)?;
    let (column, version) = column(id, reads)?;
    let breadcrumb = frame::above(id, reads)?;
    let rows = newest(id, reads)?;
    let archive = reads.rows(Read::all(slice::archive(id)))?;
    let columns = sections(city, page, reads)?;
    let head = ColumnPage {
        name: column.name,
        kind: column.kind,
        description: column.description,
        columns,
        entries: entries::of(&city.addresses, &page.site, rows.iter()),
        months: archive
            .iter()
            .rev()
            .map(|row| Link { name: archive_title(&row.at.key), url: format!("{}{}.html", page.path, row.at.key) })
            .collect(),
        feed: format!("{}feed.xml", page.path),
    };
    Ok((framed.about(format!("column:{id}"), version, breadcrumb), head))
}

/// The columns right below, each with what is newest in it: a section's page, a topic's page (公共服务专题).
fn sections(city: &City, page: &PageKey, reads: &Reads) -> Composed<Vec<ColumnSection>> {
    let mut sections = Vec::new();
    for (id, line) in map::right_below(&page.site, &page.about, reads)? {
        let rows = reads.rows(Read::Newest { slice: slice::list(&id), live: SECTION })?;
        let entries = entries::of(&city.addresses, &page.site, rows.iter());
        sections.push(ColumnSection { column: home::link(&line), kind: line.kind, entries });
    }
    Ok(sections)
}

/// Composes an archive page: every document of its slice, newest first.
pub(super) fn archive(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, month, _) = archive_page(city, page, reads)?;
    Ok(Model::Archive(frame, month))
}

/// Composes the JSON Feed beside an archive page.
pub(super) fn archive_twin(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let (frame, month, rows) = archive_page(city, page, reads)?;
    let entries = feed_entries(city, &frame, rows.iter().rev(), reads)?;
    Ok(Model::Twin(frame, Twin::Archive(month, entries)))
}

fn archive_page<'a>(city: &City, page: &PageKey, reads: &'a Reads) -> Composed<(Frame, MonthPage, &'a [Row])> {
    let (id, slice_name) = page.about.split_once('/').ok_or(Pause::Nothing)?;
    let framed = frame::of(city, page, reads)?;
    let (column, version) = column(id, reads)?;
    let link = Link { name: column.name, url: frame::column_path(id) };
    let mut breadcrumb = frame::above(id, reads)?;
    breadcrumb.push(link.clone());
    let rows = reads.rows(Read::Range { slice: slice::list(id), prefix: format!("{slice_name}/") })?;
    let month = MonthPage {
        column: link,
        kind: column.kind,
        title: archive_title(slice_name),
        entries: entries::of(&city.addresses, &page.site, rows.iter().rev()),
    };
    Ok((framed.about(format!("column:{id}"), version, breadcrumb), month, rows))
}

/// `2026年11月` of `2026-11`; `2026年11月21日起` of a slice that begins on a day; `日期不详` of documents whose day nobody knows.
fn archive_title(slice_name: &str) -> String {
    if slice_name == slice::UNDATED {
        return "日期不详".to_owned();
    }
    let mut parts = slice_name.split('-').map(|part| part.trim_start_matches('0'));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), None) => format!("{year}年{month}月"),
        (Some(year), Some(month), Some(day)) => format!("{year}年{month}月{day}日起"),
        _ => slice_name.to_owned(),
    }
}

/// The live entries of `rows` in their order, as feeds tell them. Ids are tag URIs of the index number: they stay when a document moves.
fn feed_entries<'a>(
    city: &City,
    frame: &Frame,
    rows: impl Iterator<Item = &'a Row> + Clone,
    reads: &Reads,
) -> Composed<Vec<FeedEntry>> {
    let entries = rows.clone().filter_map(Row::content::<EntryRow>);
    let codes: BTreeSet<String> = entries.map(|entry| entry.department).collect();
    let mut departments = BTreeMap::new();
    for code in codes {
        let row = reads.row(Read::row(slice::DEPARTMENT, code.as_str()))?;
        let name = row.and_then(Row::content::<DepartmentRow>).map(|department| department.name);
        departments.extend(name.map(|name| (code, name)));
    }
    let author = |code: &str| {
        let name = departments.get(code).unwrap_or(&frame.sponsor).clone();
        frame::department_link(city, &frame.label, code, name)
    };
    let entries = rows.filter_map(|row| Some((row, row.content::<EntryRow>()?))).map(|(row, entry)| FeedEntry {
        id: tag(city, shanghai::day(entry.public_at).as_str(), name(&entry, &row.at.key)),
        url: format!("{}{}", city.addresses.host(&entry.site), entry.path),
        dated: document::dated(entry.dated, entry.public_at),
        updated_at: entry.changed_at,
        author: author(&entry.department),
        title: entry.title,
        summary: entry.summary,
        keywords: entry.keywords,
        index_number: entry.index_number,
        document_number: entry.document_number,
    });
    Ok(entries.collect())
}

/// Composes the Atom feed.
pub(super) fn feed(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let id = page.about.as_str();
    let framed = frame::of(city, page, reads)?;
    let (column, version) = column(id, reads)?;
    let host = city.addresses.host(&page.site);
    let frame = framed.about(format!("column:{id}"), version, Vec::new());
    let entries = feed_entries(city, &frame, newest(id, reads)?.iter(), reads)?;
    let feed = AtomFeed {
        title: format!("{} - {}", column.name, frame.name),
        self_url: format!("{host}{}", page.path),
        html_url: format!("{host}{}", frame::column_path(id)),
        id: tag(city, "2026-01-01", &format!("column/{id}")),
        // A feed without entries never changed since the epoch: no clock is read here.
        updated: entries.iter().map(|entry| entry.updated_at).max().unwrap_or_default(),
        entries,
    };
    Ok(Model::Feed(frame, feed))
}

/// What names an entry for good: its index number; without one the document's id, which ends its row's key.
fn name<'a>(entry: &'a EntryRow, key: &'a str) -> &'a str {
    if entry.index_number.is_empty() { key.rsplit('/').next().unwrap_or_default() } else { &entry.index_number }
}

/// A tag URI (RFC 4151) of the city: its authority is the domain without a port.
fn tag(city: &City, day: &str, what: &str) -> String {
    let authority = city.addresses.domain.split(':').next().unwrap_or_default();
    format!("tag:{authority},{day}:{what}")
}
