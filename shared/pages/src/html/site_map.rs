//! The site map.

use serde::Serialize;

use super::page;
use crate::address::absolute;
use crate::head::Head;
use crate::model::{Frame, Link, MapNode, SiteMapPage};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct View<'a> {
    tree: Vec<Node<'a>>,
    disclosure: &'a [Link],
    interaction: &'a [Link],
    departments: &'a [Link],
}

/// A column as a page shows it.
#[derive(Serialize)]
pub(crate) struct Node<'a> {
    pub(crate) link: &'a Link,
    pub(crate) children: Vec<Node<'a>>,
}

/// Renders the site map.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn site_map(frame: &Frame, model: &SiteMapPage) -> Result<Rendered, RenderError> {
    let head = Head::new(frame, "站点地图")
        .with("Description", &format!("{}网站的全部栏目", frame.name))
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame);
    let view = View {
        tree: nodes(&model.tree),
        disclosure: &model.disclosure,
        interaction: &model.interaction,
        departments: &model.departments,
    };
    page("site_map.html", frame, "站点地图", head, Vec::new(), view)
}

/// The tree as it is shown; what lies deeper than [`MapNode::MAX_DEPTH`] stands on that level, nothing is lost.
pub(crate) fn nodes(tree: &[MapNode]) -> Vec<Node<'_>> {
    nodes_at(tree, 1)
}

fn nodes_at(tree: &[MapNode], depth: usize) -> Vec<Node<'_>> {
    if depth < MapNode::MAX_DEPTH {
        return tree
            .iter()
            .map(|node| Node { link: &node.link, children: nodes_at(&node.children, depth + 1) })
            .collect();
    }
    let mut flat = Vec::new();
    let mut waiting: Vec<&MapNode> = tree.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        flat.push(Node { link: &node.link, children: Vec::new() });
        waiting.extend(node.children.iter().rev());
    }
    flat
}
