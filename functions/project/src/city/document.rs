//! A document's page, or what is left at a path where one stood.

use pages::{ChangeNote, DocumentPage, GonePage, Link, MovedPage};
use views::{
    PageKey, Read, Reads,
    city::{self, ColumnRow, DepartmentRow, PageRow, Standing, slice},
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
    let department_path = format!("/bm/{}/", document.department);
    let source = if document.source.is_empty() { department.name.clone() } else { document.source };
    let model = DocumentPage {
        title: document.title,
        document_number: document.document_number,
        index_number: document.index_number,
        issuer: Link {
            url: city.addresses.seen_from(&page.site, &city.addresses.portal, &department_path),
            name: department.name,
        },
        written_on: document.written_on,
        published_at: document.public_at,
        source,
        kind: column.kind,
        keywords: document.keywords,
        summary: document.summary,
        body_html: String::from_utf8_lossy(body).into_owned(),
        column: column_link,
        notes: document.notes.into_iter().map(|n| ChangeNote { at: n.at, note: n.note, version: n.version }).collect(),
        canonical: format!("{}{}", city.addresses.host(&page.site), page.path),
    };
    Ok(Model::Document(framed.about(document.stream, document.version, breadcrumb), model))
}
