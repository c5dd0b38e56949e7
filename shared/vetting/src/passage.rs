//! A body as its readers meet it: passages one after another, links and pictures with the passage they stand in.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

/// Elements that begin and end a passage.
const BLOCKS: &[&str] = &[
    "blockquote",
    "caption",
    "dd",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// A paragraph, a heading, an item, a cell: text that a reader sees together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Its place, from 1; a passage with nothing to read is not counted.
    pub(crate) number: usize,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether all of it is bold.
    pub(crate) bold: bool,
    /// Its text, markup within the line left out.
    pub(crate) text: String,
}

/// What a passage is to the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// An item, a cell, a caption, text beside paragraphs.
    #[default]
    Other,
}

/// A link of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The passage it stands in.
    pub passage: usize,
    /// Where it leads.
    pub address: String,
    /// Its text; of a picture its alternative text.
    pub text: String,
}

/// A picture of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The passage it stands in, or the one it comes before.
    pub(crate) passage: usize,
    /// Where it lies.
    pub(crate) address: String,
    /// Its alternative text; empty if it is decoration.
    pub(crate) alternative: String,
}

/// A body, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What there is to read.
    pub(crate) passages: Vec<Passage>,
    /// Links in their order.
    pub(crate) links: Vec<Linked>,
    /// Pictures in their order.
    pub(crate) pictures: Vec<Picture>,
}

/// Reads sanitised HTML.
#[must_use]
pub(crate) fn read(html: &str) -> Reading {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    // The answer asks a browser to run a script or change the encoding; neither concerns a text that is only read.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.end();
    reader.reading
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    text: String,
    kind: Kind,
    /// Elements of bold text that are open, and how much of the passage stood outside of them.
    bold: usize,
    plain: usize,
    /// The link that is open, and where in the passage its text begins.
    link: Option<(String, usize)>,
}

struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reader.read(&text),
            Token::TagToken(tag) => reader.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader {
    fn read(&mut self, text: &str) {
        if self.bold == 0 {
            self.plain += text.trim().len();
        }
        self.text.push_str(text);
    }

    fn tag(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if BLOCKS.contains(&name) {
            self.end();
            self.kind = match (tag.kind, name) {
                (TagKind::StartTag, "h2" | "h3" | "h4") => Kind::Heading,
                (TagKind::StartTag, "p") => Kind::Paragraph,
                _ => Kind::Other,
            };
            return;
        }
        match (tag.kind, name) {
            (TagKind::StartTag, "b" | "strong") => self.bold += 1,
            (TagKind::EndTag, "b" | "strong") => self.bold = self.bold.saturating_sub(1),
            (TagKind::StartTag, "br") => self.text.push('\n'),
            (TagKind::StartTag, "a") => {
                self.close_link();
                self.link = attribute(tag, "href").map(|address| (address, self.text.len()));
            }
            (TagKind::EndTag, "a") => self.close_link(),
            (TagKind::StartTag, "img") => {
                let alternative = attribute(tag, "alt").unwrap_or_default();
                let passage = self.reading.passages.len() + 1;
                // A link of a picture alone is named by it.
                if self.link.as_ref().is_some_and(|(_, begun)| self.text.len() == *begun) {
                    self.text.push_str(&alternative);
                }
                let address = attribute(tag, "src").unwrap_or_default();
                self.reading.pictures.push(Picture { passage, address, alternative });
            }
            _ => {}
        }
    }

    fn close_link(&mut self) {
        let Some((address, begun)) = self.link.take() else { return };
        let text = self.text.get(begun..).unwrap_or_default().trim().to_owned();
        self.reading.links.push(Linked { passage: self.reading.passages.len() + 1, address, text });
    }

    fn end(&mut self) {
        self.close_link();
        let (kind, bold) = (std::mem::take(&mut self.kind), std::mem::take(&mut self.plain) == 0);
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        self.reading.passages.push(Passage { number: self.reading.passages.len() + 1, kind, bold, text });
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_what_a_reader_sees_together() {
        let reading = read(
            "<h2>一、<b>范围</b></h2><p>电话 138<b>0013</b>8000 &amp; 其他</p><p> </p><ul><li>甲</li><li>乙</li></ul>\
             <table><tbody><tr><th scope=\"row\">时间</th><td>九时<br>十时</td></tr></tbody></table>",
        );
        let texts: Vec<(usize, Kind, &str)> =
            reading.passages.iter().map(|passage| (passage.number, passage.kind, passage.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                (1, Kind::Heading, "一、范围"),
                (2, Kind::Paragraph, "电话 13800138000 & 其他"),
                (3, Kind::Other, "甲"),
                (4, Kind::Other, "乙"),
                (5, Kind::Other, "时间"),
                (6, Kind::Other, "九时\n十时"),
            ]
        );
    }

    #[test]
    fn a_passage_is_bold_if_all_of_it_is() {
        let bold: Vec<bool> = read("<p><b>一</b> <strong>二</strong></p><p><b>一</b>二</p><p>三</p>")
            .passages
            .iter()
            .map(|passage| passage.bold)
            .collect();
        assert_eq!(bold, [true, false, false]);
    }

    #[test]
    fn links_and_pictures_know_their_passage() {
        let reading = read(
            "<p>一</p><p>见<a href=\"/a.html\">甲</a>和<a href=\"/b.html\"><img src=\"/b.png\" alt=\"乙图\"></a></p><img src=\"/c.png\" alt=\"\">",
        );
        let links: Vec<(usize, &str, &str)> =
            reading.links.iter().map(|link| (link.passage, link.address.as_str(), link.text.as_str())).collect();
        assert_eq!(links, [(2, "/a.html", "甲"), (2, "/b.html", "乙图")]);
        let pictures: Vec<(usize, &str, &str)> = reading
            .pictures
            .iter()
            .map(|picture| (picture.passage, picture.address.as_str(), picture.alternative.as_str()))
            .collect();
        assert_eq!(pictures, [(2, "/b.png", "乙图"), (3, "/c.png", "")]);
    }
}
