//! Lines to blocks.

use super::inline;

/// Quotations and lists deeper than this are text.
const DEPTH: usize = 12;

/// Blocks that stand as HTML, from the line that begins with their tag.
pub(super) const BLOCKS: &[&str] = &[
    "table",
    "ul",
    "ol",
    "dl",
    "pre",
    "figure",
    "blockquote",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "div",
    "section",
    "article",
    "center",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "li",
    "dt",
    "dd",
    "figcaption",
];

/// Writes lines as blocks.
pub(super) fn html(lines: &[&str], out: &mut String) {
    let bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
    Blocks { patience: bytes.saturating_mul(4) }.write(lines, 0, out);
}

struct Blocks {
    /// Bytes that may still be looked through for end tags that are not there.
    patience: usize,
}

impl Blocks {
    fn write(&mut self, lines: &[&str], depth: usize, out: &mut String) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let rest = lines.get(at..).unwrap_or_default();
            at += if is_blank(line) {
                1
            } else if let Some(length) = self.html_block(rest) {
                write_html(rest.get(..length).unwrap_or_default(), out);
                length
            } else if let Some((level, text)) = heading(line) {
                out.push_str(&format!("<h{level}>"));
                inline::html(text, out);
                out.push_str(&format!("</h{level}>"));
                1
            } else if is_rule(line) {
                out.push_str("<hr>");
                1
            } else if depth < DEPTH && quoted(line).is_some() {
                self.quotation(rest, depth, out)
            } else if let Some(marker) = Marker::of(line).filter(|_| depth < DEPTH) {
                self.list(rest, &marker, depth, out)
            } else {
                paragraph(rest, depth, out)
            };
        }
    }

    /// How many lines a block of HTML takes: to the one in which its tag is closed, or to the next empty line.
    fn html_block(&mut self, rest: &[&str]) -> Option<usize> {
        let name = block_tag(rest.first()?)?.to_ascii_lowercase();
        if name == "hr" {
            return Some(1);
        }
        let (opening, closing) = (format!("<{name}"), format!("</{name}"));
        let (mut open, mut looked_at) = (0_usize, 0_usize);
        for (place, line) in rest.iter().enumerate() {
            looked_at += line.len() + 1;
            if looked_at > self.patience {
                break;
            }
            let line = line.to_ascii_lowercase();
            open = (open + count(&line, &opening)).saturating_sub(count(&line, &closing));
            if open == 0 {
                return Some(place + 1);
            }
        }
        self.patience = self.patience.saturating_sub(looked_at);
        rest.iter().position(|line| is_blank(line)).or(Some(rest.len()))
    }

    fn quotation(&mut self, rest: &[&str], depth: usize, out: &mut String) -> usize {
        let lines: Vec<&str> = rest.iter().map_while(|line| quoted(line)).collect();
        out.push_str("<blockquote>");
        self.write(&lines, depth + 1, out);
        out.push_str("</blockquote>");
        lines.len()
    }

    fn list(&mut self, rest: &[&str], first: &Marker, depth: usize, out: &mut String) -> usize {
        let Items { items, is_loose, length } = Items::of(rest, first, depth);
        let (name, start) = match first.number {
            None => ("ul", String::new()),
            Some(1) => ("ol", String::new()),
            Some(number) => ("ol", format!(" start=\"{number}\"")),
        };
        out.push_str(&format!("<{name}{start}>"));
        for item in &items {
            out.push_str("<li>");
            if is_loose {
                self.write(item, depth + 1, out)
            } else {
                self.tight(item, depth + 1, out)
            }
            out.push_str("</li>");
        }
        out.push_str(&format!("</{name}>"));
        length
    }

    /// An item whose text is no paragraph of its own.
    fn tight(&mut self, item: &[&str], depth: usize, out: &mut String) {
        if item.first().is_none_or(|line| begins_block(line, depth)) {
            return self.write(item, depth, out);
        }
        let more = item.iter().skip(1).position(|line| begins_block(line, depth)).map(|place| place + 1);
        let (text, blocks) = item.split_at(more.unwrap_or(item.len()));
        inline::html(&joined(text), out);
        self.write(blocks, depth, out);
    }
}

/// Lines of HTML; between the tags of two blocks no space is kept that nobody sees.
fn write_html(lines: &[&str], out: &mut String) {
    let [first, rest @ ..] = lines else { return };
    out.push_str(first);
    for line in rest {
        let tag = line.trim_start_matches(' ');
        let is_block = block_tag(&tag.replacen("</", "<", 1)).is_some();
        if is_block && out.ends_with('>') {
            out.push_str(tag);
        } else {
            out.push('\n');
            out.push_str(line);
        }
    }
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte == b' ')
}

/// Whether a line begins another block than a paragraph, or ends one.
pub(super) fn begins_block(line: &str, depth: usize) -> bool {
    is_blank(line)
        || heading(line).is_some()
        || is_rule(line)
        || block_tag(line).is_some()
        || (depth < DEPTH && (quoted(line).is_some() || Marker::of(line).is_some()))
}

/// Lines up to the next block.
fn paragraph(rest: &[&str], depth: usize, out: &mut String) -> usize {
    let more = rest.iter().skip(1).position(|line| begins_block(line, depth)).map(|place| place + 1);
    let length = more.unwrap_or(rest.len());
    out.push_str("<p>");
    inline::html(&joined(rest.get(..length).unwrap_or_default()), out);
    out.push_str("</p>");
    length
}

/// Lines without blanks around them.
fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim_matches(' ')).collect::<Vec<_>>().join("\n")
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let text = line.get(marks..)?.strip_prefix(' ')?.trim_matches(' ');
    ((1..=6).contains(&marks) && !text.is_empty()).then_some((marks.clamp(2, 4), text))
}

fn is_rule(line: &str) -> bool {
    let line = line.trim_matches(' ');
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// What is quoted in a line.
fn quoted(line: &str) -> Option<&str> {
    let text = line.strip_prefix('>')?;
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// The name of the block tag that a line begins with.
fn block_tag(line: &str) -> Option<&str> {
    let name = line.strip_prefix('<')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = name.get(..end)?;
    BLOCKS.iter().any(|known| name.eq_ignore_ascii_case(known)).then_some(name)
}

/// How often a tag stands in a line; `<tr` is none in `<track>`.
fn count(line: &str, tag: &str) -> usize {
    let ends = |at: usize| line.as_bytes().get(at + tag.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    line.match_indices(tag).filter(|(at, _)| ends(*at)).count()
}

/// How an item begins.
struct Marker {
    /// Its number, if it has one.
    number: Option<u32>,
    /// Bytes up to its text.
    width: usize,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = match digits {
            0 => (None, line.strip_prefix(['-', '*', '+'])?),
            1..=5 => (Some(line.get(..digits)?.parse().ok()?), line.get(digits..)?.strip_prefix(['.', ')'])?),
            _ => return None,
        };
        let text = behind.strip_prefix(' ')?;
        (!is_blank(text)).then_some(Self { number, width: line.len() - text.len() })
    }

    fn continues(&self, line: &str) -> Option<Self> {
        Self::of(line).filter(|marker| marker.number.is_some() == self.number.is_some())
    }
}

/// The items of a list, each as its lines.
struct Items<'a> {
    items: Vec<Vec<&'a str>>,
    /// Whether an empty line stands between items or within one: their texts are then paragraphs.
    is_loose: bool,
    /// Lines that the list takes.
    length: usize,
}

impl<'a> Items<'a> {
    fn of(rest: &[&'a str], first: &Marker, depth: usize) -> Self {
        let (mut items, mut at, mut is_loose) = (Vec::new(), 0, false);
        while let Some((line, marker)) = rest.get(at).and_then(|line| Some((*line, first.continues(line)?))) {
            let mut item = vec![line.get(marker.width..).unwrap_or_default()];
            at += 1;
            let mut blanks = 0;
            while let Some(line) = rest.get(at + blanks) {
                if is_blank(line) {
                    blanks += 1;
                } else if let Some(inner) = indented(line, marker.width) {
                    is_loose |= blanks > 0;
                    item.extend(std::iter::repeat_n("", blanks));
                    item.push(inner);
                    at += blanks + 1;
                    blanks = 0;
                } else if blanks == 0 && !begins_block(line, depth) {
                    item.push(line);
                    at += 1;
                } else {
                    break;
                }
            }
            items.push(item);
            if blanks > 0 && rest.get(at + blanks).is_some_and(|line| first.continues(line).is_some()) {
                is_loose = true;
                at += blanks;
            }
        }
        Self { items, is_loose, length: at.max(1) }
    }
}

/// What stands behind the indentation of an item's text.
fn indented(line: &str, width: usize) -> Option<&str> {
    let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
    if spaces >= width {
        line.get(width..)
    } else if spaces >= 2 {
        line.get(spaces..)
    } else {
        None
    }
}
