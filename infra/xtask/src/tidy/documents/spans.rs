//! The parts of a Markdown text that name things: inline code, links, lines of code blocks.

/// Where a name stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Between backticks.
    Code,
    /// The target of a link.
    Link,
    /// A whole line of a fenced or indented block.
    Block,
}

/// One name and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span<'a> {
    pub(super) kind: Kind,
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// Every span of `markdown`, line by line.
pub(super) fn of(markdown: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut fenced = false;
    for (index, line) in markdown.lines().enumerate() {
        let mut push = |kind, text| spans.push(Span { kind, line: index + 1, text });
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            push(Kind::Block, line.trim());
        } else {
            for (position, part) in line.split('`').enumerate() {
                match position % 2 {
                    0 => links(part).for_each(|target| push(Kind::Link, target)),
                    _ => push(Kind::Code, part.trim()),
                }
            }
        }
    }
    spans
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_code_links_and_blocks_apart() {
        let text = "see `a/b` and [c](d.md#e)\n\n    cargo xtask test\n\n```sh\ncargo run\n```\n[`f`](g)";
        let found: Vec<_> = of(text).into_iter().map(|span| (span.kind, span.line, span.text)).collect();
        let expected = [
            (Kind::Code, 1, "a/b"),
            (Kind::Link, 1, "d.md#e"),
            (Kind::Block, 3, "cargo xtask test"),
            (Kind::Block, 6, "cargo run"),
            (Kind::Code, 8, "f"),
            (Kind::Link, 8, "g"),
        ];
        assert_eq!(found, expected);
    }
}
