//! The home page of a site.

use pages::{ColumnSection, HomePage, Link};
use views::{
    PageKey, Read, Reads, Row,
    city::{ColumnLine, DepartmentLine, slice},
};

use super::{City, Composed, Model, entries, frame};

/// Entries of one section.
const ENTRIES: usize = 8;

/// Sections at most: a home page answers, it does not list everything.
const SECTIONS: usize = 6;

/// Composes the page.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let mut columns = columns(&page.site, reads)?;
    columns.sort_by(|(a, x), (b, y)| (x.position, a).cmp(&(y.position, b)));
    let mut sections = Vec::new();
    for (id, line) in columns.iter().filter(|(_, line)| line.on_home).take(SECTIONS) {
        let rows = reads.rows(Read::Newest { slice: slice::list(id), live: ENTRIES })?;
        sections.push(ColumnSection {
            column: link(line),
            kind: line.kind.clone(),
            entries: entries::of_column(&city.addresses, &page.site, id, rows.iter(), reads)?,
        });
    }
    let departments =
        if page.site == city.addresses.portal { departments(city, &page.site, reads)? } else { Vec::new() };
    let home = HomePage {
        feeds: columns
            .iter()
            .filter(|(_, line)| line.on_home)
            .map(|(_, line)| Link { name: line.name.clone(), url: format!("{}feed.xml", line.path) })
            .collect(),
        columns: columns.iter().filter(|(id, _)| id.matches('.').count() == 1).map(|(_, line)| link(line)).collect(),
        sections,
        departments,
    };
    Ok(Model::Home(framed.about_site(), home))
}

/// All open columns of a site with their ids, in order of id.
pub(super) fn columns(site: &str, reads: &Reads) -> Composed<Vec<(String, ColumnLine)>> {
    let rows = reads.rows(Read::all(slice::columns(site)))?;
    Ok(rows.iter().filter_map(|row| Some((row.at.key.clone(), row.content()?))).collect())
}

/// Links to all departments' pages, in order of code, as seen from `site`.
pub(super) fn departments(city: &City, site: &str, reads: &Reads) -> Composed<Vec<Link>> {
    let rows = reads.rows(Read::all(slice::DEPARTMENTS))?;
    let link = |row: &Row| {
        let line: DepartmentLine = row.content()?;
        Some(frame::department_link(city, site, &row.at.key, line.name))
    };
    Ok(rows.iter().filter_map(link).collect())
}

/// A column's name and path.
pub(super) fn link(line: &ColumnLine) -> Link {
    Link { name: line.name.clone(), url: line.path.clone() }
}
