//! The public versions of a document that was corrected.

use pages::{Dated, HistoryPage, Link, MovedPage, PublicVersion};
use views::{
    PageKey, Read, Reads,
    city::{self, DocumentPage, PageRow, Standing, VersionRow, slice},
};

use super::{City, Composed, Model, Pause, column, document, frame};

/// Composes the page, or what is left of it, from what stands at the document's path.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    // Only a document that was corrected once has such a page.
    reads.row(Read::row(slice::pages(&page.site), page.path.as_str()))?.ok_or(Pause::Nothing)?;
    let row = reads.row(Read::row(slice::pages(&page.site), page.about.as_str()))?.ok_or(Pause::Nothing)?;
    let standing = row.content::<PageRow>().and_then(|row| row.standing).ok_or(Pause::Nothing)?;
    match standing {
        Standing::Here(here) => versions(city, page, reads, *here),
        Standing::Moved { site, path, title } => {
            let path = city::history_path(&path).ok_or(Pause::Nothing)?;
            let to = city.addresses.seen_from(&page.site, &site, &path);
            let framed = frame::of(city, page, reads)?;
            Ok(Model::Moved(document::left(framed, page, row.version), MovedPage { title, to }))
        }
        Standing::Gone { title, reason, at } => {
            let framed = frame::of(city, page, reads)?;
            Ok(Model::Gone(document::left(framed, page, row.version), document::gone(title, reason, at)))
        }
    }
}

fn versions(city: &City, page: &PageKey, reads: &Reads, document: DocumentPage) -> Composed<Model> {
    // All texts first: composing begins anew after each read, and comparing them is the work.
    for version in &document.versions {
        reads.body(&version.body)?;
    }
    let framed = frame::of(city, page, reads)?;
    let (column, _) = column::column(&document.column, reads)?;
    let mut breadcrumb = frame::above(&document.column, reads)?;
    breadcrumb.push(Link { name: column.name, url: frame::column_path(&document.column) });
    let here = Link { name: document.title.clone(), url: page.about.clone() };
    breadcrumb.push(here.clone());
    let mut versions = Vec::new();
    let mut earlier: Option<&VersionRow> = None;
    for version in &document.versions {
        let changes = match earlier {
            Some(earlier) => {
                let (old, new) = (reads.body(&earlier.body)?, reads.body(&version.body)?);
                let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
                Some(pages::changes((&earlier.title, &old), (&version.title, &new)))
            }
            None => None,
        };
        earlier = Some(version);
        versions.push(PublicVersion {
            number: version.number,
            dated: Dated::of(version.dated, version.at),
            note: version.note.clone(),
            changes,
        });
    }
    versions.reverse();
    let model = HistoryPage { title: document.title, document: here, versions };
    Ok(Model::History(framed.about(document.stream, document.version, breadcrumb), model))
}
