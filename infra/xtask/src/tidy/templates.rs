//! Templates hold no style, no script and no handler: the content security policy would drop them.

use crate::{finding::Finding, tree::Tree};

const RULE: &str = "templates";

/// The one script element that is data and not code.
const DATA: &str = r#"<script type="application/ld+json""#;

/// The one that is code: a file of ours, after the page, which works without it.
const FILE: &str = r#"<script src="{{ page.script|address }}" defer></script>"#;

/// Every inline style, script or handler in a template.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Finding> {
    let templates = tree.texts().filter(|(path, _)| path.contains("/templates/"));
    templates
        .flat_map(|(path, text)| {
            text.lines().enumerate().flat_map(move |(index, line)| {
                broken(line).into_iter().map(move |sentence| Finding::failure(RULE, path, index + 1, sentence))
            })
        })
        .collect()
}

fn broken(line: &str) -> Vec<&'static str> {
    let line = line.to_ascii_lowercase();
    let mut sentences = Vec::new();
    if line.contains("<style") || attributes(&line).any(|name| name == "style") {
        sentences.push("no inline style: the stylesheet says how things look");
    }
    if line.replace(DATA, "").replace(FILE, "").contains("<script") {
        sentences.push("no inline script: a page works without one");
    }
    if attributes(&line).any(|name| name.len() > 2 && name.starts_with("on")) {
        sentences.push("no event handler: a page works without script");
    }
    if line.contains("javascript:") {
        sentences.push("no `javascript:` address");
    }
    sentences
}

/// Names that stand before an equals sign.
fn attributes(line: &str) -> impl Iterator<Item = &str> {
    line.split('=').filter_map(|before| {
        let name = before.rsplit(|c: char| c.is_whitespace() || "\"'<>{}(".contains(c)).next()?;
        (!name.is_empty() && before.len() > name.len()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        check(&Tree::from([("shared/pages/templates/page.html", line)])).len()
    }

    #[test]
    fn refuses_style_script_and_handlers_however_written() {
        for line in [
            "<p style=\"color:red\">",
            "<STYLE>p{}</STYLE>",
            "<script>x()</script>",
            "<script src=\"/x.js\"></script>",
            "<a href=\"#\" onclick=\"x()\">",
            "<a href=\"javascript:x()\">",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
    }

    #[test]
    fn lets_data_blocks_and_words_pass() {
        for line in [
            "<script type=\"application/ld+json\">{{ data }}</script>",
            "<script src=\"{{ page.script|address }}\" defer></script>",
            "<p class=\"style\">",
            "{% set only = 1 %}",
            "<td data-on=\"x\">",
        ] {
            assert_eq!(found(line), 0, "{line}");
        }
    }
}
