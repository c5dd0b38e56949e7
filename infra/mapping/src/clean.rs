//! Editors' markup reduced to what a reader needs: paragraphs, headings, lists, tables.
//!
//! What carries looks only (`span`, `font`, `style`, `o:p`) goes and its text stays; indents by spaces and empty paragraphs go; a table of one cell was a frame and
//! goes as well. The result is still sanitised as every body is.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node, Selector, node::Element};

/// What is not text at all.
const SKIPPED: &[&str] = &[
    "script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "svg", "math", "img",
    "video", "audio", "form", "input", "select", "textarea", "button", "link", "meta",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What was found on the way that a reader should know the reason of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notes(pub(crate) BTreeSet<&'static str>);

/// Pictures that were left out: they lie on another site, and no page loads them.
pub(crate) const PICTURES: &str = "pictures left out";
/// Characters of a private font that were replaced by 〓.
pub(crate) const PRIVATE: &str = "private characters shown as 〓";

/// Markup reduced to what a reader needs, without elements that `without` selects.
pub(crate) fn clean(html: &str, without: Option<&Selector>, notes: &mut Notes) -> String {
    let parsed = Html::parse_fragment(html);
    let least = headings(&parsed).min().unwrap_or(2);
    let mut writer = Writer { without, least, notes, out: String::new(), line: Line::default() };
    writer.children(&parsed.root_element());
    writer.flush();
    writer.out
}

/// The text of an element in one line.
pub(crate) fn plain(element: &ElementRef<'_>) -> String {
    let mut line = String::new();
    for text in element.text() {
        for c in text.chars().filter(|c| !domain::text::is_forbidden(*c) || c.is_whitespace()) {
            let blank = c.is_whitespace() && c != '\u{3000}';
            match (blank, line.ends_with(' ') || line.is_empty()) {
                (true, true) => {}
                (true, false) => line.push(' '),
                (false, _) => line.push(c),
            }
        }
    }
    line.trim().to_owned()
}

fn headings(parsed: &Html) -> impl Iterator<Item = u8> + '_ {
    parsed.tree.values().filter_map(|node| node.as_element().and_then(level))
}

fn level(element: &Element) -> Option<u8> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// One line of text that is being put together, with the marks that are open in it.
#[derive(Debug, Default)]
struct Line {
    html: String,
    marks: Vec<&'static str>,
    /// Whether there is something to read in it.
    filled: bool,
}

/// Writes what is kept of a tree.
struct Writer<'a> {
    without: Option<&'a Selector>,
    /// Level of the highest heading of the text: it becomes `h2`.
    least: u8,
    notes: &'a mut Notes,
    out: String,
    line: Line,
}

impl Writer<'_> {
    fn children(&mut self, element: &ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(&element);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &ElementRef<'_>) {
        let name = element.value().name();
        if self.without.is_some_and(|selector| selector.matches(element)) {
            return;
        }
        if SKIPPED.contains(&name) {
            if name == "img" {
                self.notes.0.insert(PICTURES);
            }
            return;
        }
        match name {
            "br" => self.line.push_break(),
            "b" | "strong" => self.marked("strong", element),
            "i" | "em" => self.marked("em", element),
            "sub" => self.marked("sub", element),
            "sup" => self.marked("sup", element),
            "a" => self.link(element),
            "ul" => self.frame("ul", element),
            "ol" => self.frame("ol", element),
            "li" => self.frame("li", element),
            "blockquote" => self.frame("blockquote", element),
            "table" if is_frame(element) => self.block(element),
            "table" => self.table(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            _ if BLOCKS.contains(&name) => self.block(element),
            _ => self.children(element),
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if ('\u{E000}'..='\u{F8FF}').contains(&c) {
                self.notes.0.insert(PRIVATE);
                self.line.push('〓');
            } else if c.is_whitespace() || !domain::text::is_forbidden(c) {
                self.line.push(c);
            }
        }
    }

    fn marked(&mut self, mark: &'static str, element: &ElementRef<'_>) {
        self.line.open(mark);
        self.children(element);
        self.line.close();
    }

    /// Links to the web stay; what leads into the old system's own pages or scripts is text.
    fn link(&mut self, element: &ElementRef<'_>) {
        let href = element.attr("href").map(str::trim).unwrap_or_default();
        let web = ["http://", "https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
        let words = plain(element);
        if !web || words.is_empty() || href.chars().any(|c| c.is_whitespace() || domain::text::is_forbidden(c)) {
            return self.children(element);
        }
        self.line.link(href, &words);
    }

    fn block(&mut self, element: &ElementRef<'_>) {
        self.flush();
        self.children(element);
        self.flush();
    }

    fn frame(&mut self, name: &str, element: &ElementRef<'_>) {
        self.flush();
        self.out.push_str(&format!("<{name}>"));
        self.children(element);
        self.flush();
        self.out.push_str(&format!("</{name}>"));
    }

    fn heading(&mut self, element: &ElementRef<'_>) {
        self.flush();
        let words = plain(element);
        if words.is_empty() {
            return;
        }
        let level = level(element.value()).unwrap_or(2).saturating_sub(self.least).saturating_add(2).min(4);
        let mut line = Line::default();
        words.chars().for_each(|c| line.push(c));
        self.out.push_str(&format!("<h{level}>{}</h{level}>", line.taken()));
    }

    fn table(&mut self, element: &ElementRef<'_>) {
        self.flush();
        self.out.push_str("<table>");
        self.rows(element);
        self.out.push_str("</table>");
    }

    fn rows(&mut self, element: &ElementRef<'_>) {
        for child in element.children().filter_map(ElementRef::wrap) {
            match child.value().name() {
                "thead" | "tbody" | "tfoot" => self.rows(&child),
                "tr" => {
                    self.out.push_str("<tr>");
                    child.children().filter_map(ElementRef::wrap).for_each(|cell| self.cell(&cell));
                    self.out.push_str("</tr>");
                }
                _ => {}
            }
        }
    }

    fn cell(&mut self, cell: &ElementRef<'_>) {
        let name = if cell.value().name() == "th" { "th" } else { "td" };
        let span = |attribute: &str| {
            let count: u32 = cell.attr(attribute)?.trim().parse().ok()?;
            (2..=100).contains(&count).then(|| format!(" {attribute}=\"{count}\""))
        };
        let spans: String = ["colspan", "rowspan"].into_iter().filter_map(span).collect();
        self.out.push_str(&format!("<{name}{spans}>"));
        let before = self.out.len();
        self.children(cell);
        self.flush();
        // One paragraph needs no frame in a cell.
        let inner = self.out.split_off(before);
        let single =
            inner.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|i| !i.contains("<p>"));
        self.out.push_str(single.unwrap_or(&inner));
        self.out.push_str(&format!("</{name}>"));
    }

    fn flush(&mut self) {
        let marks = self.line.marks.clone();
        let filled = self.line.filled;
        let html = std::mem::take(&mut self.line).taken();
        if filled {
            self.out.push_str(&format!("<p>{html}</p>"));
        }
        marks.into_iter().for_each(|mark| self.line.open(mark));
    }
}

impl Line {
    /// Adds a character: white space is one blank, none where a line begins.
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            let blank = if c == '\u{3000}' { c } else { ' ' };
            if self.filled && !(blank == ' ' && self.html.ends_with([' ', '>'])) {
                self.html.push(blank);
            }
            return;
        }
        self.filled = true;
        match c {
            '<' => self.html.push_str("&lt;"),
            '>' => self.html.push_str("&gt;"),
            '&' => self.html.push_str("&amp;"),
            _ => self.html.push(c),
        }
    }

    fn push_break(&mut self) {
        if self.filled {
            self.html.push_str("<br>");
        }
    }

    fn open(&mut self, mark: &'static str) {
        self.marks.push(mark);
        self.html.push_str(&format!("<{mark}>"));
    }

    fn close(&mut self) {
        if let Some(mark) = self.marks.pop() {
            let opening = format!("<{mark}>");
            match self.html.strip_suffix(opening.as_str()) {
                Some(rest) => self.html = rest.to_owned(),
                None => self.html.push_str(&format!("</{mark}>")),
            }
        }
    }

    fn link(&mut self, href: &str, words: &str) {
        let href = href.replace('&', "&amp;").replace('"', "&quot;");
        self.html.push_str(&format!("<a href=\"{href}\">"));
        words.chars().for_each(|c| self.push(c));
        self.html.push_str("</a>");
    }

    /// The line with every mark closed, without blanks and breaks at its end.
    fn taken(mut self) -> String {
        while !self.marks.is_empty() {
            self.close();
        }
        let mut html = self.html.as_str();
        loop {
            let shorter = html.trim_end();
            let shorter = shorter.strip_suffix("<br>").unwrap_or(shorter);
            if shorter.len() == html.len() {
                return html.to_owned();
            }
            html = shorter;
        }
    }
}

/// Whether a table is a frame around text: it has one cell.
fn is_frame(table: &ElementRef<'_>) -> bool {
    let cells = table.descendants().filter_map(ElementRef::wrap);
    cells.filter(|cell| matches!(cell.value().name(), "td" | "th")).take(2).count() < 2
}

#[cfg(test)]
mod tests;
