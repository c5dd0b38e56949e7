//! What a document is to others, and others to it.

use domain::document::{Related, RelationKind};
use pages::{Dated, DocumentLink, Relations};
use views::{
    PageKey, Read, Reads, Row,
    city::{DocumentPage, RelatedRow, slice},
};

use super::{City, Composed, Pause};

/// Both sides of a document's relations: what it says in the order told, what others say in the order of their keys (kind apart: place, then id).
pub(super) fn of(city: &City, page: &PageKey, reads: &Reads, document: &DocumentPage) -> Composed<Relations> {
    let (_, id) = document.stream.split_once(':').ok_or(Pause::Nothing)?;
    let rows = reads.rows(Read::Range { slice: slice::related(id), prefix: slice::RELATED_BY.to_owned() })?;
    let mut relations = Relations::default();
    for told in &document.related {
        let side = match told.kind {
            RelationKind::Interprets => &mut relations.interprets,
            RelationKind::Amends => &mut relations.amends,
            RelationKind::Repeals => &mut relations.repeals,
            RelationKind::BasedOn => &mut relations.based_on,
        };
        side.push(named(city, page, told));
    }
    for other in rows.iter().filter_map(Row::content::<RelatedRow>) {
        let side = match other.kind {
            RelationKind::Interprets => &mut relations.interpreted_by,
            RelationKind::Amends => &mut relations.amended_by,
            RelationKind::Repeals => &mut relations.repealed_by,
            RelationKind::BasedOn => &mut relations.basis_of,
        };
        side.push(naming(city, page, other));
    }
    Ok(relations)
}

fn named(city: &City, page: &PageKey, told: &Related) -> DocumentLink {
    DocumentLink {
        title: told.title.to_string(),
        url: city.addresses.seen_from(&page.site, told.site.as_str(), told.path.as_str()),
        dated: told.day.map_or(Dated::Unknown, Dated::Published),
    }
}

fn naming(city: &City, page: &PageKey, other: RelatedRow) -> DocumentLink {
    DocumentLink {
        url: city.addresses.seen_from(&page.site, &other.site, &other.path),
        title: other.title,
        dated: Dated::of(other.dated, other.public_at),
    }
}
