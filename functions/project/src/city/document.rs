//! A document's page, or what is left at a path where one stood.

use domain::document::OriginalDate;
use jiff::Timestamp;
use pages::{ChangeNote, Dated, DocumentPage, GonePage, Link, MovedPage, OriginNote, VersionLink};
use views::{
    PageKey, Read, Reads, Row,
    city::{self, ArrivalRow, ColumnRow, DepartmentRow, PageRow, Standing, VersionRow, slice},
};

use super::{City, Composed, Model, Pause, frame};

/// Composes what stands at the path.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let row = reads.row(Read::row(slice::pages(&page.site), page.path.as_str()))?.ok_or(Pause::Nothing)?;
    let standing = row.content::<PageRow>().and_then(|row| row.standing).ok_or(Pause::Nothing)?;
    let about_path = |framed: frame::Framed| {
        framed.about(format!("path:{}{}", page.site, page.path), row.version, vec![frame::home_link()])
    };
    match standing {
        Standing::Here(document) => here(city, page, reads, *document),
        Standing::Moved { site, path, title } => {
            let to = city.addresses.seen_from(&page.site, &site, &path);
            Ok(Model::Moved(about_path(frame::of(city, page, reads)?), MovedPage { title, to }))
        }
        Standing::Gone { title, reason, at } => {
            Ok(Model::Gone(about_path(frame::of(city, page, reads)?), GonePage { title, withdrawn_at: at, reason }))
        }
    }
}

/// The versions that amend a migrated document, in the order of their keys: first place, then id.
fn later_versions(city: &City, page: &PageKey, reads: &Reads, stream: &str) -> Composed<Vec<VersionLink>> {
    let (_, id) = stream.split_once(':').ok_or(Pause::Nothing)?;
    let rows = reads.rows(Read::Range { slice: slice::amended(id), prefix: slice::AMENDED_BY.to_owned() })?;
    let later = rows.iter().filter_map(Row::content::<VersionRow>);
    Ok(later.map(|later| version(city, page, later)).collect())
}

fn version(city: &City, page: &PageKey, row: VersionRow) -> VersionLink {
    VersionLink {
        url: city.addresses.seen_from(&page.site, &row.site, &row.path),
        title: row.title,
        dated: dated(row.dated, row.public_at.unwrap_or_default()),
    }
}

fn origin(arrival: ArrivalRow) -> OriginNote {
    OriginNote {
        name: arrival.name,
        url: arrival.url,
        migrated_at: arrival.at,
        issuer: arrival.issuer,
        subject: arrival.subject,
        validity: arrival.validity,
        history: arrival.history,
    }
}

/// When an item became public, as exactly as its row knows.
pub(super) fn dated(day: Option<OriginalDate>, public_at: Timestamp) -> Dated {
    match day {
        None => Dated::At(public_at),
        Some(OriginalDate::Published { day }) => Dated::Published(day),
        Some(OriginalDate::Version { day }) => Dated::Version(day),
        Some(OriginalDate::Unknown) => Dated::Unknown,
    }
}

fn here(city: &City, page: &PageKey, reads: &Reads, document: city::DocumentPage) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let column = reads.row(Read::row(slice::COLUMN, document.column.as_str()))?.ok_or(Pause::Nothing)?;
    let column: ColumnRow = column.content().ok_or(Pause::Nothing)?;
    let department = reads.row(Read::row(slice::DEPARTMENT, document.department.as_str()))?.ok_or(Pause::Nothing)?;
    let department: DepartmentRow = department.content().ok_or(Pause::Nothing)?;
    let body = reads.body(&document.body)?;
    let column_link = Link { name: column.name, url: frame::column_path(&document.column) };
    let mut breadcrumb = frame::above(&document.column, reads)?;
    breadcrumb.push(column_link.clone());
    let arrival = document.arrival;
    let amended_by = match &arrival {
        Some(_) => later_versions(city, page, reads, &document.stream)?,
        None => Vec::new(),
    };
    let source = if document.source.is_empty() { department.name.clone() } else { document.source };
    let model = DocumentPage {
        title: document.title,
        document_number: document.document_number,
        index_number: document.index_number,
        issuer: frame::department_link(city, &page.site, &document.department, department.name),
        written_on: document.written_on,
        dated: dated(document.dated, document.public_at),
        source,
        kind: column.kind,
        keywords: document.keywords,
        summary: document.summary,
        body_html: String::from_utf8_lossy(body).into_owned(),
        column: column_link,
        notes: document.notes.into_iter().map(|n| ChangeNote { at: n.at, note: n.note, version: n.version }).collect(),
        canonical: format!("{}{}", city.addresses.host(&page.site), page.path),
        amends: arrival.as_ref().and_then(|arrival| arrival.amends.clone()).map(|earlier| version(city, page, earlier)),
        amended_by,
        origin: arrival.map(origin),
    };
    Ok(Model::Document(framed.about(document.stream, document.version, breadcrumb), Box::new(model)))
}
