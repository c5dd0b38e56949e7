//! A document's page, or what is left at a path where one stood.

use domain::document::Catalogue;
use jiff::Timestamp;
use pages::{CatalogueNote, ChangeNote, Dated, DocumentPage, Frame, GonePage, Link, MovedPage, OriginNote};
use views::{
    PageKey, Read, Reads,
    city::{self, ArrivalRow, DepartmentRow, PageRow, Standing, slice},
};

use super::{City, Composed, Model, Pause, column, entries, file, frame, relations};

/// Composes what stands at the path.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let row = reads.row(Read::row(slice::pages(&page.site), page.path.as_str()))?.ok_or(Pause::Nothing)?;
    let standing = row.content::<PageRow>().and_then(|row| row.standing).ok_or(Pause::Nothing)?;
    match standing {
        Standing::Here(document) => here(city, page, reads, *document),
        Standing::Moved { site, path, title } => {
            let to = city.addresses.seen_from(&page.site, &site, &path);
            Ok(Model::Moved(left(frame::of(city, page, reads)?, page, row.version), MovedPage { title, to }))
        }
        Standing::Gone { title, reason, at } => {
            Ok(Model::Gone(left(frame::of(city, page, reads)?, page, row.version), gone(title, reason, at)))
        }
    }
}

/// The frame of what is left at a path.
pub(super) fn left(framed: frame::Framed, page: &PageKey, version: u64) -> Frame {
    framed.about(format!("path:{}{}", page.site, page.path), version, vec![frame::home_link()])
}

/// That the document was withdrawn.
pub(super) fn gone(title: String, reason: String, at: Timestamp) -> GonePage {
    GonePage { title, withdrawn_at: at, reason }
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

fn catalogue(catalogue: Catalogue) -> CatalogueNote {
    let Catalogue { subject, genre, class, terms, validity, expires_on, office } = catalogue;
    CatalogueNote {
        subject: subject.map(Into::into),
        genre: genre.map(|genre| genre.chinese().to_owned()),
        class: class.map(|class| class.chinese().to_owned()),
        terms: terms.into_iter().map(Into::into).collect(),
        validity: validity.map(|validity| validity.chinese().to_owned()),
        expires_on,
        office: office.map(Into::into),
    }
}

fn here(city: &City, page: &PageKey, reads: &Reads, document: city::DocumentPage) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let (column, _) = column::column(&document.column, reads)?;
    let department = reads.row(Read::row(slice::DEPARTMENT, document.department.as_str()))?.ok_or(Pause::Nothing)?;
    let department: DepartmentRow = department.content().ok_or(Pause::Nothing)?;
    let body = reads.body(&document.body)?;
    let column_link = Link { name: column.name, url: frame::column_path(&document.column) };
    let mut breadcrumb = frame::above(&document.column, reads)?;
    breadcrumb.push(column_link.clone());
    let relations = relations::of(city, page, reads, &document)?;
    let source = if document.source.is_empty() { department.name.clone() } else { document.source };
    let form = entries::form(document.form, &document.summary);
    let id = document.stream.strip_prefix("document:").unwrap_or_default();
    let files = document.files.into_iter().map(|row| file::note(&city.addresses, id, row)).collect();
    let model = DocumentPage {
        form,
        title: document.title,
        document_number: document.document_number,
        index_number: document.index_number,
        issuer: frame::department_link(city, &page.site, &document.department, department.name),
        written_on: document.written_on,
        dated: Dated::of(document.dated, document.public_at),
        source,
        kind: column.kind,
        keywords: document.keywords,
        summary: document.summary,
        body_html: String::from_utf8_lossy(body).into_owned(),
        files,
        column: column_link,
        notes: document.notes.into_iter().map(|n| ChangeNote { at: n.at, note: n.note, version: n.version }).collect(),
        history: (!document.versions.is_empty()).then(|| city::history_path(&page.path)).flatten(),
        canonical: format!("{}{}", city.addresses.host(&page.site), page.path),
        origin: document.arrival.map(origin),
        catalogue: catalogue(document.catalogue),
        relations,
    };
    Ok(Model::Document(framed.about(document.stream, document.version, breadcrumb), Box::new(model)))
}
