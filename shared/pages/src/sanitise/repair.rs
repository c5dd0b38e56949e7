//! What an element must not be when it is closed: a link without a name, an empty heading, a list or table with holes.
//!
//! Nothing a reader could read is lost here; what a machine cannot mend without guessing is reported and mended as well as it can be.

use super::{
    grid,
    report::{Finding, Report},
    tree::{Element, Node, has_picture, tells},
    vocabulary::{is_heading, is_section},
};

/// An inline element as it may stand: a link that tells nothing leaves what is in it, an empty one leaves nothing.
pub(super) fn line_closed(element: Element) -> Vec<Node> {
    let stands = if element.name == "a" { tells(&element.children) } else { !element.children.is_empty() };
    if stands { vec![Node::Element(element)] } else { element.children }
}

/// A block as it may stand, or what is left of it.
pub(super) fn block_closed(element: Element, report: &mut Report) -> Vec<Node> {
    match element.name {
        "h2" | "h3" | "h4" if !tells(&element.children) => {
            if has_picture(&element.children) {
                report.find(Finding::HeadingEmpty);
            } else {
                report.remove(element.name, None);
            }
            element.children
        }
        "ul" | "ol" => holding(element, |part| part == "li"),
        "tr" => holding(element, |part| matches!(part, "td" | "th")),
        "thead" | "tbody" | "tfoot" => holding(element, |part| part == "tr"),
        "dl" => terms(element),
        "figure" => figure(element),
        "table" => table(element),
        _ => vec![Node::Element(element)],
    }
}

/// Nothing, where a frame holds no part.
fn holding(frame: Element, part: impl Fn(&str) -> bool) -> Vec<Node> {
    if frame.elements().any(|element| part(element.name)) { vec![Node::Element(frame)] } else { Vec::new() }
}

/// Headings that do not skip a level: `previous` is the level before, the page's title at first.
pub(super) fn headings(element: &mut Element, previous: &mut u8) {
    for part in element.elements_mut() {
        if is_heading(part.name) {
            let wanted = match part.name {
                "h2" => 2,
                "h3" => 3,
                _ => 4,
            };
            *previous = wanted.min(previous.saturating_add(1));
            part.name = match *previous {
                2 => "h2",
                3 => "h3",
                _ => "h4",
            };
        }
        headings(part, previous);
    }
}

/// Definitions behind their terms. Those without a term are items of a list; a term without a definition gets an empty one.
fn terms(mut list: Element) -> Vec<Node> {
    let is = |node: &Node, name: &str| node.element().is_some_and(|element| element.name == name);
    let first = list.children.iter().position(|node| is(node, "dt")).unwrap_or(list.children.len());
    let rest = list.children.split_off(first);
    let mut nodes = Vec::new();
    if list.elements().next().is_some() {
        for item in list.elements_mut() {
            item.name = "li";
        }
        nodes.push(Node::Element(Element::new("ul", Vec::new(), list.children)));
    }
    if !rest.is_empty() {
        let mut list = Element::new("dl", Vec::new(), rest);
        if list.elements().last().is_some_and(|last| last.name == "dt") {
            list.push(Node::Element(Element::new("dd", Vec::new(), Vec::new())));
        }
        nodes.push(Node::Element(list));
    }
    nodes
}

/// A figure with its caption first or last, if it holds anything.
fn figure(mut figure: Element) -> Vec<Node> {
    if !tells(&figure.children) && !has_picture(&figure.children) {
        return figure.children;
    }
    let parts: Vec<usize> =
        figure.children.iter().enumerate().filter(|(_, node)| !node.is_space()).map(|(place, _)| place).collect();
    let caption = figure.children.iter().position(|node| node.element().is_some_and(|e| e.name == "figcaption"));
    if let Some(place) = caption.filter(|place| parts.first() != Some(place) && parts.last() != Some(place)) {
        let after = figure.children.split_off(place);
        for node in after {
            match node {
                Node::Element(element) if element.name == "figcaption" => {
                    for node in paragraph(element.children) {
                        figure.push(node);
                    }
                }
                node => figure.push(node),
            }
        }
    }
    vec![Node::Element(figure)]
}

/// A table with its head first, its foot last and no hole; without rows, only its caption is left.
fn table(mut table: Element) -> Vec<Node> {
    let sections = table.elements().filter(|part| is_section(part.name)).count();
    if sections == 0 {
        let caption = table.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element.children),
            Node::Text(_) => None,
        });
        return caption.map(paragraph).unwrap_or_default();
    }
    for (place, section) in table.elements_mut().filter(|part| is_section(part.name)).enumerate() {
        let misplaced = (section.name == "thead" && place > 0) || (section.name == "tfoot" && place + 1 < sections);
        if misplaced {
            section.name = "tbody";
        }
    }
    grid::fit(&mut table);
    vec![Node::Element(table)]
}

/// A paragraph of what stands within a line; blocks stay as they are.
fn paragraph(children: Vec<Node>) -> Vec<Node> {
    if tells(&children) && children.iter().all(Node::is_inline) {
        vec![Node::Element(Element::new("p", Vec::new(), children))]
    } else {
        children
    }
}
