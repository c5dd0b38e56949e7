//! A sanitised body as a tree of its very bytes.
//!
//! What the sanitiser writes is regular: every tag closed, every value quoted, four references. Whatever is not so is no body, and is not read.

/// Elements deeper than this are left to their HTML.
const DEPTH: usize = 40;

const VOID: &[&str] = &["br", "hr", "img"];

/// Elements that stand within a line.
pub(super) const INLINE: &[&str] = &["a", "b", "br", "code", "em", "i", "img", "s", "strong", "sub", "sup", "u"];

/// A text, as it stands in HTML, or an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// An element and all in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    /// Attributes, as they stand in HTML, each with a space before it.
    pub(super) attributes: String,
    pub(super) children: Vec<Node>,
}

/// What stands on the top level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree(pub(super) Vec<Node>);

impl Tree {
    /// Reads a sanitised body.
    pub(super) fn read(html: &str) -> Option<Self> {
        let mut open: Vec<Element> = Vec::new();
        let mut top: Vec<Node> = Vec::new();
        let mut rest = html;
        while !rest.is_empty() {
            let siblings = open.last_mut().map_or(&mut top, |element| &mut element.children);
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                siblings.push(Node::Text(text.to_owned()));
                rest = after;
                continue;
            };
            if let Some(name) = tag.strip_prefix('/') {
                let (name, after) = name.split_once('>')?;
                let element = open.pop().filter(|element| element.name == name)?;
                open.last_mut().map_or(&mut top, |element| &mut element.children).push(Node::Element(element));
                rest = after;
                continue;
            }
            let (tag, after) = tag.split_at(end_of_tag(tag)?);
            let end = tag.find(' ').unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(end);
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
                return None;
            }
            let element = Element { name: name.to_owned(), attributes: attributes.to_owned(), children: Vec::new() };
            if VOID.contains(&name) {
                siblings.push(Node::Element(element));
            } else {
                open.push(element);
            }
            if open.len() > DEPTH {
                return None;
            }
            rest = after.strip_prefix('>')?;
        }
        open.is_empty().then_some(Self(top))
    }

    /// The same to readers: without white space that none sees.
    pub(super) fn normal(mut self) -> Self {
        normal(&mut self.0, Space::Block);
        self
    }

    /// As HTML again.
    pub(super) fn html(&self) -> String {
        let mut out = String::new();
        for node in &self.0 {
            node.write(&mut out);
        }
        out
    }
}

/// Where the tag that `rest` begins with ends: values may hold `>`.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quoted = false;
    rest.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

impl Node {
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Element(element) => element.write(out),
        }
    }

    pub(super) fn is_inline(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Element(element) => INLINE.contains(&element.name.as_str()),
        }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Element(element) if element.name == name)
    }
}

impl Element {
    pub(super) fn write(&self, out: &mut String) {
        self.write_start(out);
        if VOID.contains(&self.name.as_str()) {
            return;
        }
        for child in &self.children {
            child.write(out);
        }
        self.write_end(out);
    }

    pub(super) fn write_start(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        out.push_str(&self.attributes);
        out.push('>');
    }

    pub(super) fn write_end(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }

    /// The value of an attribute, as text; nothing where it has a reference that the sanitiser does not write.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.split_once(&format!(" {name}=\""))?;
        text_of(value.split('"').next()?)
    }
}

/// HTML text as plain text; nothing where it has another reference than the sanitiser writes.
pub(super) fn text_of(html: &str) -> Option<String> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        let (plain, reference) = rest.split_at(at);
        text.push_str(plain);
        let (name, after) = reference.split_once(';')?;
        text.push(match name {
            "&amp" => '&',
            "&lt" => '<',
            "&gt" => '>',
            "&quot" => '"',
            "&nbsp" => '\u{a0}',
            _ => return None,
        });
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// How white space counts among children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// Not at all between blocks, and at the ends of lines.
    Block,
    /// As one space.
    Line,
    /// As it stands.
    Pre,
}

fn normal(nodes: &mut Vec<Node>, space: Space) {
    if space == Space::Pre {
        return;
    }
    for node in nodes.iter_mut() {
        match node {
            Node::Text(text) => *text = collapsed(text),
            Node::Element(element) => {
                let within = match element.name.as_str() {
                    "pre" => Space::Pre,
                    name if INLINE.contains(&name) => Space::Line,
                    _ => Space::Block,
                };
                normal(&mut element.children, within);
            }
        }
    }
    if space == Space::Block {
        let ends: Vec<bool> = nodes.iter().map(|node| !node.is_inline() || node.is("br")).collect();
        let count = nodes.len();
        for (place, node) in nodes.iter_mut().enumerate() {
            let Node::Text(text) = node else { continue };
            let begins = place == 0 || ends.get(place - 1).copied().unwrap_or(true);
            let stops = place + 1 == count || ends.get(place + 1).copied().unwrap_or(true);
            let trimmed = if begins { text.trim_start_matches(' ') } else { text.as_str() };
            let trimmed = if stops { trimmed.trim_end_matches(' ') } else { trimmed };
            *text = trimmed.to_owned();
        }
        nodes.retain(|node| !(matches!(node, Node::Text(text) if text.is_empty())));
    }
}

/// Runs of white space as one space.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_space = false;
    for character in text.chars() {
        if character.is_ascii_whitespace() {
            if !after_space {
                out.push(' ');
            }
            after_space = true;
        } else {
            out.push(character);
            after_space = false;
        }
    }
    out
}
