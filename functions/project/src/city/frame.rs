//! Head, foot, navigation and breadcrumb of every page.

use pages::Link;
use views::{
    PageKey, Read, Reads,
    city::{self, ColumnRow, slice},
};

pub(super) use frames::{Framed, home_link};

use super::{City, Composed, Pause};

/// The frame of `page`; nothing while its site is unknown.
pub(super) fn of(city: &City, page: &PageKey, reads: &Reads) -> Composed<Framed> {
    let framed = frames::of(&city.addresses, &page.site, &page.path, reads)?.ok_or(Pause::Nothing)?;
    Ok(framed.beside(city::twin::of(page).map(|twin| twin.path)))
}

/// A department's name and the address of its page, as seen from `site`.
pub(super) fn department_link(city: &City, site: &str, code: &str, name: String) -> Link {
    let path = format!("/bm/{code}/");
    Link { name, url: city.addresses.seen_from(site, &city.addresses.portal, &path) }
}

/// The home page and the columns above `column`, which is not in it; columns that are not open are left out.
pub(super) fn above(column: &str, reads: &Reads) -> Composed<Vec<Link>> {
    let mut steps = vec![home_link()];
    let ends: Vec<usize> = column.match_indices('.').map(|(at, _)| at).skip(1).collect();
    for end in ends {
        let Some(id) = column.get(..end) else { continue };
        if let Some(row) = reads.row(Read::row(slice::COLUMN, id))?.and_then(views::Row::content::<ColumnRow>) {
            steps.push(Link { name: row.name, url: column_path(id) });
        }
    }
    Ok(steps)
}

/// Root-relative path of a column's head page.
pub(super) fn column_path(id: &str) -> String {
    let path = id.split_once('.').map_or("", |(_, path)| path);
    format!("/{}/", path.replace('.', "/"))
}
