//! The site map.

use std::collections::{BTreeMap, BTreeSet};

use pages::{MapNode, SiteMapPage};
use views::{
    PageKey, Read, Reads,
    city::{ColumnLine, slice},
};

use super::{City, Composed, Model, answers, frame, home, statistics};

/// Composes the page.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let columns = home::columns(&page.site, reads)?;
    let mut interaction = vec![answers::link()];
    let (mut disclosure, mut departments) = (Vec::new(), Vec::new());
    if page.site == city.addresses.portal {
        disclosure.extend([
            city.addresses.guide(&page.site),
            city.addresses.catalogue(&page.site),
            city.addresses.coverage(&page.site),
            city.addresses.reports(&page.site),
        ]);
        interaction.push(statistics::link(city, &page.site));
        departments = home::departments(city, &page.site, reads)?;
    }
    let tree = below(&page.site, &by_parent(&columns));
    Ok(Model::Map(framed.about_site(), SiteMapPage { tree, disclosure, interaction, departments }))
}

/// The open columns right below `column`, with their ids: those with no other open column in between.
pub(super) fn right_below(site: &str, column: &str, reads: &Reads) -> Composed<Vec<(String, ColumnLine)>> {
    let below = reads.rows(Read::Range { slice: slice::columns(site), prefix: format!("{column}.") })?;
    let below: Vec<_> = below.iter().filter_map(|row| Some((row.at.key.clone(), row.content()?))).collect();
    // Of these columns the highest have nothing above them but the site.
    let highest = by_parent(&below).remove(site).unwrap_or_default();
    Ok(highest.into_iter().map(|(id, line)| (id.to_owned(), line.clone())).collect())
}

/// The columns right below each site or column, in the order of their places.
type ByParent<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a ColumnLine)>>;

/// Every column under the nearest open one above it, or under the site.
fn by_parent(columns: &[(String, ColumnLine)]) -> ByParent<'_> {
    let open: BTreeSet<&str> = columns.iter().map(|(id, _)| id.as_str()).collect();
    let mut children = ByParent::new();
    for (id, line) in columns {
        let mut above = id.as_str();
        while let Some((next, _)) = above.rsplit_once('.') {
            above = next;
            if open.contains(above) {
                break;
            }
        }
        children.entry(above).or_default().push((id.as_str(), line));
    }
    for siblings in children.values_mut() {
        siblings.sort_by_key(|(id, line)| (line.position, *id));
    }
    children
}

fn below(parent: &str, children: &ByParent<'_>) -> Vec<MapNode> {
    let siblings = children.get(parent).map(Vec::as_slice).unwrap_or_default();
    siblings.iter().map(|(id, line)| MapNode { link: home::link(line), children: below(id, children) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(id: &str, position: u16) -> (String, ColumnLine) {
        let path = format!("/{}/", id.split_once('.').unwrap().1.replace('.', "/"));
        let line = ColumnLine { name: id.to_owned(), path, kind: "通知".to_owned(), position, on_home: true };
        (id.to_owned(), line)
    }

    /// The tree in one line: `a(b c) d`.
    fn shown(nodes: &[MapNode]) -> String {
        let show = |node: &MapNode| match node.children.as_slice() {
            [] => node.link.name.clone(),
            children => format!("{}({})", node.link.name, shown(children)),
        };
        nodes.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_column_stands_below_the_nearest_open_one_in_the_order_of_places() {
        let columns = [
            column("www.a", 2),
            column("www.a.closed.x", 1),
            column("www.a.y", 1),
            column("www.b", 1),
            column("www.c.z", 2),
        ];
        assert_eq!(shown(&below("www", &by_parent(&columns))), "www.b www.a(www.a.closed.x www.a.y) www.c.z");
    }

    /// In steps that grow with the cube of the columns it does not come to its end.
    #[test]
    fn a_site_of_ten_thousand_columns_has_a_map() {
        let columns: Vec<_> = (0..10_000).map(|at| column(&format!("www.a{at}"), 1)).collect();
        assert_eq!(below("www", &by_parent(&columns)).len(), columns.len());
    }
}
