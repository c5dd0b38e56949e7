//! Editors' HTML made harmless and well formed: on the way in by the publish function, and again at every render (DESIGN.md rule 8).
//!
//! The text is read tag by tag into a tree in which everything stands where it may ([`builder`]), put right where a page would fail its checks ([`repair`]), and
//! written so that every parser reads the same tree. Then a well-kept library holds it against the allow-list once more.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

mod address;
mod builder;
mod danger;
mod formatting;
mod grid;
mod reading;
mod repair;
mod report;
mod tree;
mod vocabulary;

pub use report::Finding;

use vocabulary::WORDS;

/// Schemes a link may use; relative addresses pass.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Most elements of a body on its way in; a law with its tables has some thousands.
pub const ELEMENT_LIMIT: usize = 50_000;

/// Passes after which text that still changes is reduced to plain text.
const PASSES: usize = 6;

static ALLOW_LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes = WORDS.iter().map(|word| (word.name, word.attributes.iter().copied().collect()));
    builder
        .tags(WORDS.iter().map(|word| word.name).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes.collect::<HashMap<_, _>>())
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// An editor's HTML as it will be stored, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// What [`sanitise`] makes of it; empty if there were too many elements.
    pub html: String,
    /// What a person has to mend, in the order of the text, at most twenty.
    pub findings: Vec<Finding>,
    /// Names of markup that was left out with its text kept: `span`, `p[style]`, at most twenty.
    pub removed: Vec<String>,
}

/// Reads HTML on its way in: what is to be stored, what a person has to mend, what was left out.
#[must_use]
pub fn inspect(html: &str) -> Inspection {
    let reading = reading::read(html, ELEMENT_LIMIT);
    Inspection {
        html: settled(checked(&reading.html), html),
        findings: reading.report.findings,
        removed: reading.report.removed,
    }
}

/// Reduces HTML to the elements and attributes an editor may use, each where it may stand.
///
/// Kept: paragraphs, headings h2 to h4 without a skipped level, lists, tables, figures, quotations, code and plain emphasis; links with relative, `http`, `https`,
/// `mailto` or `tel` addresses; pictures of the site itself. Everything else is dropped with its text kept where it has any, and so are
/// forbidden characters. Links that leave the site get `rel="noopener"`, links that tell a reader nothing are unwrapped, pictures without a
/// description get an empty one.
///
/// Total: any text gives an answer of a size linear in its own. Idempotent: `sanitise(sanitise(x)) == sanitise(x)`.
#[must_use]
pub fn sanitise(html: &str) -> String {
    let first = pass(html);
    // What was sanitised before, and that is every stored body, is known by one pass that changes nothing.
    if first == html { first } else { settled(first, html) }
}

/// Passes until nothing changes any more.
fn settled(first: String, html: &str) -> String {
    let mut current = first;
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

/// One round: read into a tree, and the tree checked against the allow-list.
fn pass(html: &str) -> String {
    checked(&reading::read(html, usize::MAX).html)
}

fn checked(html: &str) -> String {
    ALLOW_LIST.clean(html).to_string()
}

#[cfg(test)]
mod tests;
