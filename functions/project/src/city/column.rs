//! A column's head page, its archive pages and its feed.

use std::collections::{BTreeMap, BTreeSet};

use domain::shanghai;
use pages::{AtomFeed, ColumnPage, ColumnSection, Dated, FeedEntry, Frame, Link, MonthPage};
use views::{
    PageKey, Read, Reads, Row,
    city::{ColumnRow, DepartmentRow, EntryRow, slice},
};

use super::{
    City, Composed, Model, Pause,
    entries::{self, Listed},
    frame, home, map,
    twin::Twin,
};

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
    let entries = feed_entries(city, &frame, &page.about, newest(&page.about, reads)?.iter(), reads)?;
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
        entries: entries::of_column(&city.addresses, &page.site, id, rows.iter(), reads)?,
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
        let entries = entries::of_column(&city.addresses, &page.site, &id, rows.iter(), reads)?;
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
    let column = page.about.split('/').next().unwrap_or_default();
    let entries = feed_entries(city, &frame, column, rows.iter().rev(), reads)?;
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
        entries: entries::of_column(&city.addresses, &page.site, id, rows.iter().rev(), reads)?,
    };
    Ok((framed.about(format!("column:{id}"), version, breadcrumb), month, rows))
}

/// `2026年11月` of `2026-11`; `2026年11月21日起` of a slice that begins on a day; `日期不详` of documents whose day nobody knows.
pub(super) fn archive_title(slice_name: &str) -> String {
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

/// The live entries of a column's `rows` in their order, as feeds tell them. Ids are tag URIs of the index number: they stay when a document moves, and are the same where it is
/// shared. Whose a shared one is stands in its own row: a department's new name does not find its way to every column that lists something of it.
fn feed_entries<'a>(
    city: &City,
    frame: &Frame,
    column: &str,
    rows: impl Iterator<Item = &'a Row>,
    reads: &Reads,
) -> Composed<Vec<FeedEntry>> {
    let listed = entries::listed(column, rows, reads)?;
    let own = listed.iter().filter(|listed| listed.shared.is_none());
    let codes: BTreeSet<String> = own.map(|listed| listed.entry.department.clone()).collect();
    let mut departments = BTreeMap::new();
    for code in codes {
        let row = reads.row(Read::row(slice::DEPARTMENT, code.as_str()))?;
        let name = row.and_then(Row::content::<DepartmentRow>).map(|department| department.name);
        departments.extend(name.map(|name| (code, name)));
    }
    let author = |listed: &Listed| {
        let code = listed.entry.department.as_str();
        let shared = listed.shared.as_ref().map(|shared| &shared.department);
        let name = shared.unwrap_or_else(|| departments.get(code).unwrap_or(&frame.sponsor)).clone();
        frame::department_link(city, &frame.label, code, name)
    };
    let entries = listed.into_iter().map(|listed| {
        let (dated, at) = listed.dated();
        let author = author(&listed);
        let Listed { id, entry, .. } = listed;
        FeedEntry {
            id: tag(city, shanghai::day(entry.public_at).as_str(), name(&entry, &id)),
            url: format!("{}{}", city.addresses.host(&entry.site), entry.path),
            dated: Dated::of(dated, at),
            updated_at: entry.changed_at.max(at),
            author,
            title: entry.title,
            summary: entry.summary,
            keywords: entry.keywords,
            index_number: entry.index_number,
            document_number: entry.document_number,
        }
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
    let entries = feed_entries(city, &frame, id, newest(id, reads)?.iter(), reads)?;
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

/// What names an entry for good: its index number; without one the document's id.
fn name<'a>(entry: &'a EntryRow, id: &'a str) -> &'a str {
    if entry.index_number.is_empty() { id } else { &entry.index_number }
}

/// A tag URI (RFC 4151) of the city: its authority is the domain without a port.
pub(super) fn tag(city: &City, day: &str, what: &str) -> String {
    let authority = city.addresses.domain.split(':').next().unwrap_or_default();
    format!("tag:{authority},{day}:{what}")
}
