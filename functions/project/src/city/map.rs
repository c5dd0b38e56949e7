//! The site map.

use pages::{MapNode, SiteMapPage};
use views::{PageKey, Reads, city::ColumnLine};

use super::{City, Composed, Model, frame, home};

/// Composes the page.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let columns = home::columns(&page.site, reads)?;
    let departments =
        if page.site == city.addresses.portal { home::departments(city, &page.site, reads)? } else { Vec::new() };
    let tree = below(&page.site, &columns);
    Ok(Model::Map(framed.about_site(), SiteMapPage { tree, departments }))
}

/// The columns right below `parent`, each with its own; a column whose parent is not open stands at the nearest open one above it.
fn below(parent: &str, columns: &[(String, ColumnLine)]) -> Vec<MapNode> {
    let open_parent = |id: &str| {
        let mut above = id;
        while let Some((next, _)) = above.rsplit_once('.') {
            above = next;
            if columns.iter().any(|(id, _)| id == above) || !above.contains('.') {
                break;
            }
        }
        above.to_owned()
    };
    let mut children: Vec<&(String, ColumnLine)> = columns.iter().filter(|(id, _)| open_parent(id) == parent).collect();
    children.sort_by(|(a, x), (b, y)| (x.position, a).cmp(&(y.position, b)));
    children.into_iter().map(|(id, line)| MapNode { link: home::link(line), children: below(id, columns) }).collect()
}
