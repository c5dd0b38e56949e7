//! Editors' HTML made harmless: on the way in by the publish function, and again at every render (DESIGN.md rule 8).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

mod tidy;

/// Elements an editor may use.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "col",
    "colgroup",
    "dd",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Attributes an editor may use, by element.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "rel"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
];

/// Schemes a link or picture may use; relative addresses pass.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Passes after which text that still changes is reduced to plain text.
const PASSES: usize = 6;

static ALLOW_LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(
            ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect::<HashMap<_, _>>(),
        )
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// Reduces HTML to the elements and attributes an editor may use.
///
/// Kept: paragraphs, headings h2 to h4, lists, tables, figures, quotations, code and plain emphasis; links and pictures with
/// relative, `http`, `https`, `mailto` or `tel` addresses. Dropped: everything else, with its text kept where it has any, and control
/// characters. Links that leave the site get `rel="noopener"`, pictures without a description get an empty one.
///
/// Total: any text gives an answer in time linear in its length. Idempotent: `sanitise(sanitise(x)) == sanitise(x)`.
#[must_use]
pub fn sanitise(html: &str) -> String {
    let mut current = pass(html);
    for _ in 0..PASSES {
        let next = pass(&current);
        if next == current {
            return current;
        }
        current = next;
    }
    // No markup is known to get here; text alone is stable by construction.
    Builder::empty().clean(&crate::characters::clean(html)).to_string()
}

/// One round: tokens put in order and the tree checked against the allow-list.
fn pass(html: &str) -> String {
    ALLOW_LIST.clean(&tidy::tidy(html)).to_string()
}

#[cfg(test)]
mod tests;
