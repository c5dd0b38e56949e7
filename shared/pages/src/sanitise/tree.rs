//! A body as a tree of known elements.

use super::vocabulary::{Kind, kind_of};

/// An element, or text between elements.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// An element and all in it; the root has no name.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) children: Vec<Node>,
    /// Whether nobody wrote it: it stands around parts that need it, and ends with them.
    pub(super) implied: bool,
}

impl Element {
    pub(super) fn new(name: &'static str, attributes: Vec<(&'static str, String)>, children: Vec<Node>) -> Self {
        Self { name, attributes, children, implied: false }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Appends a child; text grows together.
    pub(super) fn push(&mut self, node: Node) {
        match (self.children.last_mut(), node) {
            (Some(Node::Text(standing)), Node::Text(more)) => standing.push_str(&more),
            (_, Node::Text(text)) if text.is_empty() => {}
            (_, node) => self.children.push(node),
        }
    }

    /// Children that are elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(Node::element)
    }

    /// Children that are elements.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Writes the children as HTML that every parser reads as this very tree.
    pub(super) fn write_children(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => escape(text, out),
                Node::Element(element) => element.write(out),
            }
        }
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        out.push('>');
        if matches!(kind_of(self.name), Kind::Mark | Kind::Rule) {
            return;
        }
        self.write_children(out);
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

impl Node {
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    /// Whether this is white space between elements.
    pub(super) fn is_space(&self) -> bool {
        matches!(self, Self::Text(text) if is_space(text))
    }

    /// Whether this stands within a line.
    pub(super) fn is_inline(&self) -> bool {
        self.element().is_none_or(|element| matches!(kind_of(element.name), Kind::Inline | Kind::Mark))
    }
}

/// Whether a reader is shown or told anything: text, or the description of a picture.
pub(super) fn tells(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => {
            element.attribute("alt").is_some_and(|alt| !alt.trim().is_empty()) || tells(&element.children)
        }
    })
}

/// Whether there is a picture somewhere.
pub(super) fn has_picture(nodes: &[Node]) -> bool {
    nodes.iter().filter_map(Node::element).any(|element| element.name == "img" || has_picture(&element.children))
}

/// What HTML calls white space.
pub(super) fn is_space(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
