//! The JSON beside a site map.

use serde::Serialize;

use super::{Named, page};
use crate::html::Node;
use crate::model::{Frame, SiteMapPage};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Map<'a> {
    columns: Vec<Branch<'a>>,
    disclosure: Vec<Named<'a>>,
    interaction: Vec<Named<'a>>,
    departments: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Branch<'a> {
    #[serde(flatten)]
    column: Named<'a>,
    columns: Vec<Branch<'a>>,
}

/// Writes the JSON beside the site map.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn site_map(frame: &Frame, model: &SiteMapPage) -> Result<Rendered, RenderError> {
    let map = Map {
        columns: branches(frame, crate::html::nodes(&model.tree))?,
        disclosure: Named::all(frame, &model.disclosure)?,
        interaction: Named::all(frame, &model.interaction)?,
        departments: Named::all(frame, &model.departments)?,
    };
    page("map", frame, "站点地图", map)
}

/// As deep as the page shows it.
fn branches<'a>(frame: &Frame, nodes: Vec<Node<'a>>) -> Result<Vec<Branch<'a>>, RenderError> {
    let branch =
        |node: Node<'a>| Ok(Branch { column: Named::of(frame, node.link)?, columns: branches(frame, node.children)? });
    nodes.into_iter().map(branch).collect()
}
