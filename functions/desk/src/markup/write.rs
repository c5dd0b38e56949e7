//! A body as markup, block by block; a block that cannot be said in it stands as its HTML.

mod line;

use super::{
    to_html,
    tree::{Element, Node, Tree},
};

/// Headings before a block, so that none of its own is a skipped level.
const BEFORE: &str = "<h2>-</h2><h3>-</h3>";

/// The whole body; text that stands in no block cannot be said.
pub(super) fn blocks(tree: &Tree) -> String {
    let parts: Vec<String> = tree.0.iter().map(|node| checked(std::slice::from_ref(node))).collect();
    joined(&parts, &tree.0)
}

/// Blocks with an empty line between them; the second of two lists side by side is no part of the first.
fn joined(parts: &[String], nodes: &[Node]) -> String {
    let mut out = String::new();
    let mut before = "";
    for (part, node) in parts.iter().zip(nodes) {
        let name = match node {
            Node::Element(element) if matches!(element.name.as_str(), "ul" | "ol") && !part.starts_with('<') => {
                &element.name
            }
            _ => "",
        };
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        if name.is_empty() || name != before {
            out.push_str(part);
        } else {
            node.write(&mut out);
        }
        before = name;
    }
    out
}

/// A block as markup, if that is read as the very block again; else as HTML.
fn checked(block: &[Node]) -> String {
    let html = Tree(block.to_vec()).html();
    let said = match block {
        [Node::Element(element)] => said(element),
        _ => None,
    };
    said.filter(|markup| {
        let read = pages::sanitise(&format!("{BEFORE}{}", to_html(markup)));
        read.strip_prefix(BEFORE) == Some(html.as_str())
    })
    .unwrap_or(html)
}

/// A table as HTML with a line for each row.
fn table(table: &Element) -> String {
    let mut out = String::new();
    table.write_start(&mut out);
    for section in &table.children {
        out.push('\n');
        match section {
            Node::Element(section) if section.name != "caption" => {
                section.write_start(&mut out);
                for row in &section.children {
                    out.push('\n');
                    row.write(&mut out);
                }
                out.push('\n');
                section.write_end(&mut out);
            }
            node => node.write(&mut out),
        }
    }
    out.push('\n');
    table.write_end(&mut out);
    out
}

/// A block as lines of markup.
fn said(element: &Element) -> Option<String> {
    let children = element.children.as_slice();
    match element.name.as_str() {
        "hr" => Some("---".to_owned()),
        "p" => line::lines(children),
        "h2" | "h3" | "h4" => {
            let text = line::lines(children).filter(|text| !text.contains('\n'))?;
            let marks = element.name.strip_prefix('h')?.parse::<usize>().ok()?;
            Some(format!("{} {text}", "#".repeat(marks)))
        }
        "blockquote" => {
            let inner = inner(children)?;
            Some(
                inner
                    .lines()
                    .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") })
                    .collect::<Vec<_>>()
                    .join("\n"),
            )
        }
        "ul" | "ol" => list(element),
        "table" => Some(table(element)),
        _ => None,
    }
}

/// Blocks within a block.
fn inner(children: &[Node]) -> Option<String> {
    if children.iter().any(Node::is_inline) {
        return None;
    }
    let parts: Vec<String> = children.iter().map(|child| checked(std::slice::from_ref(child))).collect();
    Some(joined(&parts, children))
}

/// A list: of paragraphs with an empty line between its items, of text without.
fn list(list: &Element) -> Option<String> {
    let start = match list.attributes.as_str() {
        "" => 1,
        _ => list.attribute("start")?.parse::<u32>().ok()?,
    };
    let mut items = Vec::new();
    let mut is_loose = false;
    for (place, child) in list.children.iter().enumerate() {
        let Node::Element(item) = child else { return None };
        let number = start.checked_add(u32::try_from(place).ok()?)?;
        let marker = if list.name == "ul" { "- ".to_owned() } else { format!("{number}. ") };
        let text = item.children.iter().take_while(|node| node.is_inline()).count();
        let (text, blocks) = item.children.split_at(text);
        let said = if text.is_empty() {
            is_loose = true;
            inner(blocks)?
        } else {
            let mut said = line::lines(text)?;
            for block in blocks {
                said.push('\n');
                said.push_str(&checked(std::slice::from_ref(block)));
            }
            said
        };
        let indent = " ".repeat(marker.len());
        let mut lines = said.lines();
        let mut whole = format!("{marker}{}", lines.next()?);
        for line in lines {
            whole.push('\n');
            if !line.is_empty() {
                whole.push_str(&indent);
                whole.push_str(line);
            }
        }
        items.push(whole);
    }
    Some(items.join(if is_loose { "\n\n" } else { "\n" }))
}
