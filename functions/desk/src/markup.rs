//! Bodies as editors type them without a script: a light markup, to HTML and back.
//!
//! Paragraphs are separated by an empty line, and a line break within one is a line break. `##` to `####` begin headings, `-` and `1.` items of lists, `>` a
//! quotation, `---` is a rule; `**` makes strong, `*` stressed, `[text](address)` a link, `![description](address)` a picture. A backslash takes a mark its
//! meaning. Whatever else there is stands as HTML: within a line, or as a block that begins with its tag. Unlike in Markdown, emphasis does not ask what stands
//! beside it: Chinese punctuation would forbid it.
//!
//! INVARIANT: `sanitise(to_html(to_markup(html))) == normal(html)` wherever [`to_markup`] gives anything; nothing that a reader sees differs between `html` and `normal(html)`.

mod blocks;
mod inline;
mod tree;
mod write;

use tree::Tree;

/// A sanitised body as markup; nothing where it cannot be said in it.
pub(crate) fn to_markup(html: &str) -> Option<String> {
    let tree = Tree::read(html)?.normal();
    let markup = write::blocks(&tree);
    (pages::sanitise(&to_html(&markup)) == tree.html()).then_some(markup)
}

/// Markup as HTML, not sanitised.
pub(crate) fn to_html(markup: &str) -> String {
    let markup = markup.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(markup.len() + markup.len() / 8);
    blocks::html(&markup.split('\n').collect::<Vec<_>>(), &mut html);
    html
}

/// Whether two bodies, the second sanitised, are the same to readers: only white space between their blocks differs.
pub(crate) fn reads_as(html: &str, standing: &str) -> bool {
    let normal = |html: &str| Tree::read(html).map(|tree| tree.normal().html());
    let clean = pages::sanitise(html);
    clean == standing || normal(&clean).is_some_and(|read| Some(read) == normal(standing))
}

#[cfg(test)]
mod tests;
