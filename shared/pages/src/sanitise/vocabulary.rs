//! The elements an editor may use: what each is to its neighbours, and which attributes it may carry.

use Kind::{Flow, Frame, Inline, Mark, Paragraph, Rule};

/// What an element is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds blocks and text.
    Flow,
    /// A block that holds text and inline elements only.
    Paragraph,
    /// Holds children of its own kind only, and never text.
    Frame,
    /// Stands within a line.
    Inline,
    /// Stands within a line and has no content.
    Mark,
    /// A block without content.
    Rule,
}

/// One element an editor may use.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Attributes in the order in which they are written.
    pub(super) attributes: &'static [&'static str],
}

const fn word(name: &'static str, kind: Kind, attributes: &'static [&'static str]) -> Word {
    Word { name, kind, attributes }
}

/// All of them.
pub(super) const WORDS: &[Word] = &[
    word("a", Inline, &["href", "rel"]),
    word("b", Inline, &[]),
    word("blockquote", Flow, &[]),
    word("br", Mark, &[]),
    word("caption", Flow, &[]),
    word("code", Inline, &[]),
    word("dd", Flow, &[]),
    word("dl", Frame, &[]),
    word("dt", Flow, &[]),
    word("em", Inline, &[]),
    word("figcaption", Flow, &[]),
    word("figure", Flow, &[]),
    word("h2", Paragraph, &[]),
    word("h3", Paragraph, &[]),
    word("h4", Paragraph, &[]),
    word("hr", Rule, &[]),
    word("i", Inline, &[]),
    word("img", Mark, &["src", "alt", "width", "height"]),
    word("li", Flow, &[]),
    word("ol", Frame, &["start"]),
    word("p", Paragraph, &[]),
    word("pre", Paragraph, &[]),
    word("s", Inline, &[]),
    word("strong", Inline, &[]),
    word("sub", Inline, &[]),
    word("sup", Inline, &[]),
    word("table", Frame, &[]),
    word("tbody", Frame, &[]),
    word("td", Flow, &["colspan", "rowspan"]),
    word("tfoot", Frame, &[]),
    word("th", Flow, &["colspan", "rowspan", "scope"]),
    word("thead", Frame, &[]),
    word("tr", Frame, &[]),
    word("u", Inline, &[]),
    word("ul", Frame, &[]),
];

/// Elements that are dropped with their text kept, but between which a reader sees a break.
const BREAKS: &[&str] = &[
    "address", "article", "aside", "center", "details", "dialog", "dir", "div", "fieldset", "footer", "form", "h1",
    "h5", "h6", "header", "hgroup", "legend", "main", "menu", "nav", "optgroup", "option", "search", "section",
    "summary",
];

/// The element of this name, if an editor may use it.
pub(super) fn known(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

/// What an open element is; the root, which has no name, holds blocks and text.
pub(super) fn kind_of(name: &str) -> Kind {
    known(name).map_or(Flow, |word| word.kind)
}

/// Whether a reader sees a break where the unknown element `name` begins and ends.
pub(super) fn breaks(name: &str) -> bool {
    BREAKS.contains(&name)
}

/// Whether the element is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4")
}

/// Whether the element is a part of a table that holds rows.
pub(super) fn is_section(name: &str) -> bool {
    matches!(name, "thead" | "tbody" | "tfoot")
}

/// What must stand in a frame before text can.
pub(super) fn child_of(frame: &str) -> &'static str {
    match frame {
        "ul" | "ol" => "li",
        "dl" => "dd",
        "table" => "tbody",
        "tr" => "td",
        _ => "tr",
    }
}
