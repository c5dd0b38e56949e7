//! How the text of a document is found and brought into form.

use pulldown_cmark::{Options, Parser, html::push_html};
use regex::Regex;
use scraper::Selector;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::{
    clean::{Notes, clean},
    map::pattern,
    value::Value,
};

/// How the text of a document is found and brought into form.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Told")]
pub struct BodyRule {
    value: Value,
    form: Form,
    without: Option<Selector>,
    headings: Option<Regex>,
}

/// What the text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    Html,
    Markdown,
    /// A line is a paragraph.
    Text,
}

/// As the file spells it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    value: Value,
    form: Form,
    /// Selects what is left out.
    without: Option<String>,
    /// Paragraphs that read so are headings.
    headings: Option<String>,
}

impl TryFrom<Told> for BodyRule {
    type Error = String;

    fn try_from(told: Told) -> Result<Self, String> {
        let without = told
            .without
            .as_deref()
            .map(|text| Selector::parse(text).map_err(|error| format!("`{text}` is no selector: {error}")));
        Ok(Self {
            value: told.value,
            form: told.form,
            without: without.transpose()?,
            headings: told.headings.as_deref().map(pattern).transpose()?,
        })
    }
}

impl BodyRule {
    /// The text as HTML, clean and sanitised; none where the row has no text.
    pub(crate) fn read(&self, row: &Json, notes: &mut Notes) -> Option<String> {
        let written = match self.form {
            Form::Html => self.value.html(row)?,
            Form::Markdown => marked_up(&self.value.one(row)?),
            Form::Text => self.value.one(row)?.lines().map(|line| format!("<p>{}</p>", escaped(line))).collect(),
        };
        let clean = clean(&written, self.without.as_ref(), notes);
        let clean = match &self.headings {
            None => clean,
            Some(pattern) => headed(&clean, pattern),
        };
        Some(pages::sanitise(&clean)).filter(|html| !html.is_empty())
    }
}

fn marked_up(markdown: &str) -> String {
    let mut html = String::with_capacity(markdown.len() * 5 / 4);
    push_html(&mut html, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Makes paragraphs that read like headings headings.
///
/// INVARIANT: the input is what [`clean`] writes: a paragraph is `<p>…</p>` and `<` in text is escaped.
fn headed(html: &str, pattern: &Regex) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("<p>") {
        out.push_str(before);
        let (inner, after) = from.split_once("</p>").unwrap_or((from, ""));
        let words = words(inner);
        let within_table = out.rfind("<table>") > out.rfind("</table>");
        if !within_table && pattern.is_match(&words) {
            out.push_str(&format!("<h2>{}</h2>", escaped(&words)));
        } else {
            out.push_str(&format!("<p>{inner}</p>"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Text of clean markup.
fn words(html: &str) -> String {
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        text.push_str(if number == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(rule: &str, row: &Json) -> Option<String> {
        toml::from_str::<BodyRule>(rule).unwrap().read(row, &mut Notes::default())
    }

    #[test]
    fn given_markdown_then_headings_paragraphs_lists_and_tables() {
        let text = "### 第一章　总则\n\n第一条 为了供水，制定本办法。\n\n1. 甲；\n2. 乙。\n\n| 项 | 值 |\n|---|---|\n| 水 | 5 |\n";
        let html = read("value = { field = 'b' }\nform = 'markdown'", &json!({ "b": text })).unwrap();
        assert!(html.starts_with("<h2>第一章　总则</h2><p>第一条 为了供水，制定本办法。</p><ol>"), "{html}");
        assert!(html.contains("<td>水</td>") && html.contains("甲；"), "{html}");
    }

    #[test]
    fn given_html_and_a_selector_then_the_inside_of_that_element() {
        let row =
            json!({ "page": "<div id=nav>导航</div><table><tr><td id=main><p>正文</p></td><td>栏</td></tr></table>" });
        let rule = "value = { field = 'page', select = '#main' }\nform = 'html'";
        assert_eq!(read(rule, &row).as_deref(), Some("<p>正文</p>"));
        assert_eq!(read("value = { field = 'page', select = '#none' }\nform = 'html'", &row), None);
    }

    #[test]
    fn given_a_pattern_then_paragraphs_that_read_so_are_headings() {
        let row = json!({ "b": "<p><span><b>一、总体要求</b></span></p><p>（一）甲 &lt; 乙。</p><table><tr><td>一、表</td><td>x</td></tr></table>" });
        let rule = "value = { field = 'b' }\nform = 'html'\nheadings = '^[一二三]、[^。]{1,30}$'";
        let html = read(rule, &row).unwrap();
        assert!(html.starts_with("<h2>一、总体要求</h2><p>（一）甲 &lt; 乙。</p><table>"), "{html}");
        assert!(html.contains("<td>一、表</td>"), "{html}");
    }

    #[test]
    fn given_text_then_a_line_is_a_paragraph_and_nothing_is_nothing() {
        let rule = "value = { field = 'b' }\nform = 'text'";
        assert_eq!(read(rule, &json!({ "b": "甲 <b>\n\n乙" })).as_deref(), Some("<p>甲 &lt;b&gt;</p><p>乙</p>"));
        assert_eq!(read(rule, &json!({ "b": " " })), None);
    }
}
