//! Tags in whatever order into a tree in which everything stands where it may.
//!
//! INVARIANT: the open elements are blocks and frames, then inline elements; an inline element holds text, marks and inline elements only. So no parser has
//! formatting to reconstruct, and what is written is read as the same tree.

mod attributes;
mod blocks;
mod stack;

use html5ever::tokenizer::Tag;

use super::{
    danger,
    formatting::{Active, Formatting},
    repair,
    report::{Finding, Report, cut},
    tree::{Element, Node, is_space},
    vocabulary::{Kind, Word, is_heading, kind_of, known},
};
use crate::characters::clean;
use attributes::given;

/// Where an end tag or a part of a table stops looking for what it belongs to.
const CELLS: &[&str] = &["td", "th", "caption"];

type Attributes = Vec<(&'static str, String)>;

/// A tree under construction.
#[derive(Debug)]
pub(super) struct Builder {
    /// Open elements, the root first.
    open: Vec<Element>,
    /// Ids of the open inline elements.
    inline: Vec<u32>,
    formatting: Formatting,
    /// A block that is not kept has begun or ended: the next text is a paragraph of its own.
    gap: bool,
    /// Elements made so far.
    pub(super) made: usize,
    pub(super) report: Report,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            open: vec![Element::default()],
            inline: Vec::new(),
            formatting: Formatting::default(),
            gap: false,
            made: 0,
            report: Report::default(),
        }
    }

    pub(super) fn start(&mut self, tag: &Tag) {
        if let Some(what) = danger::of_tag(tag) {
            self.report.find(Finding::Unsafe { what });
        }
        let Some(word) = known(&tag.name) else {
            self.report.remove(&tag.name, None);
            self.break_at(&tag.name);
            return;
        };
        match word.kind {
            Kind::Inline if word.name == "a" => self.link(word, tag),
            Kind::Inline => {
                let attributes = self.attributes(word, tag);
                self.formatting.begin(word, attributes, self.blocks());
            }
            Kind::Mark if word.name == "img" => self.picture(word, tag),
            Kind::Mark => {
                // Between the parts of a list or table there is no line to break.
                if kind_of(self.block()) != Kind::Frame {
                    self.mark(Element::new(word.name, Vec::new(), Vec::new()));
                }
            }
            Kind::Flow | Kind::Paragraph | Kind::Frame | Kind::Rule => self.begin_block(word, tag),
        }
    }

    pub(super) fn end(&mut self, tag: &Tag) {
        if let Some(what) = danger::of_tag(tag) {
            self.report.find(Finding::Unsafe { what });
        }
        let Some(word) = known(&tag.name) else {
            self.break_at(&tag.name);
            return;
        };
        match word.kind {
            Kind::Inline => {
                if let Some(id) = self.formatting.ended_by(word.name) {
                    self.turn_off(id);
                }
            }
            Kind::Mark if word.name == "br" => self.start(tag),
            Kind::Mark | Kind::Rule => {}
            Kind::Paragraph => {
                let block = self.block();
                if block == word.name || (is_heading(block) && is_heading(word.name)) {
                    self.close_block();
                }
            }
            Kind::Flow | Kind::Frame => {
                let bounds: &[&str] = match word.name {
                    "table" => &[],
                    "tr" | "td" | "th" | "caption" | "thead" | "tbody" | "tfoot" => &["table"],
                    "li" => &["ul", "ol", "td", "th", "caption"],
                    "dt" | "dd" => &["dl", "td", "th", "caption"],
                    _ => CELLS,
                };
                match self.nearest(&[word.name], bounds) {
                    Some(place) => {
                        self.close_down_to(place);
                        self.close_block();
                    }
                    None => self.break_paragraph(),
                }
            }
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let text = clean(text);
        if !is_space(&text) {
            self.line();
        }
        // A parser swallows one line feed at the start of a preformatted block, and would swallow another at each reading.
        let first = self.open.last().is_some_and(|element| element.name == "pre" && element.children.is_empty());
        let text = if first { text.trim_start_matches('\n').to_owned() } else { text };
        self.append(Node::Text(text));
    }

    /// Closes everything; gives the root.
    pub(super) fn finish(mut self) -> (Element, Report) {
        self.close_down_to(0);
        let left = self.formatting.leave(0);
        self.forget(left);
        let mut root = self.open.pop().unwrap_or_default();
        repair::headings(&mut root, &mut 1);
        (root, self.report)
    }

    // Lines

    /// Makes the innermost element one that text may stand in, with the formatting that is on.
    fn line(&mut self) {
        while kind_of(self.block()) == Kind::Frame {
            self.leave_frame();
        }
        if std::mem::take(&mut self.gap) && self.needs_paragraph() {
            self.open_block("p", Vec::new());
        }
        let missing = self.formatting.missing(self.inline.len());
        for entry in missing {
            self.made += 1;
            self.inline.push(entry.id);
            self.open.push(Element::new(entry.word.name, entry.attributes.clone(), Vec::new()));
        }
    }

    /// Whether text after a gap would run into what stands before it, or stands where paragraphs are the rule.
    fn needs_paragraph(&self) -> bool {
        let Some(block) = self.open.last() else { return false };
        let first_may_be_bare = matches!(block.name, "li" | "td" | "th" | "dd" | "dt" | "figcaption" | "caption");
        kind_of(block.name) == Kind::Flow && !(first_may_be_bare && block.children.iter().all(Node::is_space))
    }

    fn mark(&mut self, element: Element) {
        self.line();
        self.made += 1;
        self.append(Node::Element(element));
    }

    fn link(&mut self, word: &'static Word, tag: &Tag) {
        let attributes = self.attributes(word, tag);
        // Links do not nest: the second ends the first.
        if let Some(id) = self.formatting.on("a") {
            self.turn_off(id);
        }
        if attributes.iter().any(|(name, _)| *name == "href") {
            self.formatting.begin(word, attributes, self.blocks());
            return;
        }
        match given(tag, "href") {
            Some(address) => self.report.find(Finding::LinkAddress { address: cut(&address) }),
            None => self.report.remove("a", None),
        }
    }

    /// A picture from elsewhere, which no page may load, leaves its description.
    fn picture(&mut self, word: &'static Word, tag: &Tag) {
        let attributes = self.attributes(word, tag);
        let (address, description) = (given(tag, "src").unwrap_or_default(), given(tag, "alt"));
        if !attributes.iter().any(|(name, _)| *name == "src") {
            self.report.find(Finding::ImageForeign { address: cut(&address) });
            self.text(&description.unwrap_or_default());
            return;
        }
        if description.is_none() {
            self.report.find(Finding::ImageWithoutAlternative { address: cut(&address) });
        }
        self.mark(Element::new(word.name, attributes, Vec::new()));
    }

    /// Turns one inline element off, wherever it stands open.
    fn turn_off(&mut self, id: u32) {
        if let Some(place) = self.inline.iter().position(|open| *open == id) {
            while self.inline.len() > place {
                self.close();
            }
        }
        let ended = self.formatting.remove(id);
        self.forget(ended);
    }

    fn forget(&mut self, ended: impl IntoIterator<Item = Active>) {
        for entry in ended {
            if entry.word.name == "a" && !entry.told {
                let address = entry.attributes.iter().find(|(name, _)| *name == "href").map(|(_, url)| cut(url));
                self.report.find(Finding::LinkWithoutName { address: address.unwrap_or_default() });
            }
        }
    }
}
