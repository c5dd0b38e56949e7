//! Where a block may stand, and what is opened or closed so that it does.

use html5ever::tokenizer::Tag;

use super::{
    super::{
        tree::{Element, Node},
        vocabulary::{self, Kind, Word, child_of, is_heading, is_section, kind_of},
    },
    Builder, CELLS,
};

/// Deepest nesting that is kept; deeper tags are dropped, their text stays.
const DEPTH: usize = 64;

impl Builder {
    pub(super) fn begin_block(&mut self, word: &'static Word, tag: &Tag) {
        let attributes = self.attributes(word, tag);
        let fits = match word.name {
            "li" => {
                let bounds = ["td", "th", "caption", "blockquote", "figure", "figcaption", "dd", "dt"];
                self.in_list(&["ul", "ol"], &bounds)
            }
            "dt" | "dd" => {
                let bounds = ["td", "th", "caption", "blockquote", "figure", "figcaption", "li"];
                self.in_list(&["dl"], &bounds)
            }
            "figcaption" => self.in_figure(),
            "caption" => self.first_in_table(),
            "thead" | "tbody" | "tfoot" => self.in_table(),
            "tr" => self.in_section(),
            "td" | "th" => self.in_row(),
            name => self.make_room(name),
        };
        if word.kind == Kind::Rule {
            self.made += 1;
            self.append(Node::Element(Element::new(word.name, attributes, Vec::new())));
        } else if fits && self.open.len() < DEPTH {
            self.open_block(word.name, attributes);
        } else {
            self.report.remove(word.name, None);
            self.gap = true;
        }
    }

    /// Makes the innermost element one that the block `name` may stand in; no where it may not stand at all.
    pub(super) fn make_room(&mut self, name: &str) -> bool {
        self.close_inline();
        loop {
            let block = self.block();
            match kind_of(block) {
                Kind::Frame => self.leave_frame(),
                Kind::Flow => {
                    if name == "table" && self.nearest(&["caption"], &["table"]).is_some() {
                        // No table may stand in a caption: it begins the first cell.
                        let place = self.nearest(&["table"], &[]).unwrap_or_default();
                        self.close_down_to(place);
                        continue;
                    }
                    let labels = self.open.iter().any(|element| matches!(element.name, "th" | "dt"));
                    return !(labels && is_heading(name));
                }
                Kind::Paragraph | Kind::Inline | Kind::Mark | Kind::Rule => self.close_block(),
            }
        }
    }

    /// Makes the innermost element the list that an item belongs to, or a new one.
    fn in_list(&mut self, lists: &[&'static str], bounds: &[&str]) -> bool {
        match self.nearest(lists, bounds) {
            Some(place) => self.close_down_to(place),
            None => {
                let list = lists.first().copied().unwrap_or("ul");
                self.make_room(list);
                self.open_block(list, Vec::new());
                if let Some(list) = self.open.last_mut() {
                    list.implied = true;
                }
            }
        }
        true
    }

    /// Out of a frame that nobody wrote, else into a part of it: there text and blocks may stand.
    pub(super) fn leave_frame(&mut self) {
        match self.open.last() {
            Some(frame) if frame.implied => self.close_block(),
            Some(frame) => self.open_block(child_of(frame.name), Vec::new()),
            None => {}
        }
    }

    /// What belongs to nothing that is open leaves its text, behind a break.
    fn nowhere(&mut self) -> bool {
        self.make_room("p");
        false
    }

    fn in_figure(&mut self) -> bool {
        let Some(place) = self.nearest(&["figure"], &["td", "th", "caption", "li", "dd", "dt", "blockquote"]) else {
            return self.nowhere();
        };
        self.close_down_to(place);
        let labelled = self.open.last().is_some_and(|figure| figure.elements().any(|part| part.name == "figcaption"));
        !labelled
    }

    fn first_in_table(&mut self) -> bool {
        match self.nearest(&["table"], CELLS) {
            Some(place) if self.open.get(place).is_some_and(|table| table.elements().next().is_none()) => {
                self.close_down_to(place);
                // What was open in the table was its first part: a caption comes too late.
                self.open.last().is_some_and(|table| table.elements().next().is_none())
            }
            _ => self.nowhere(),
        }
    }

    fn in_table(&mut self) -> bool {
        match self.nearest(&["table"], &[]) {
            Some(place) => {
                self.close_down_to(place);
                true
            }
            None => self.nowhere(),
        }
    }

    fn in_section(&mut self) -> bool {
        let Some(place) = self.nearest(&["thead", "tbody", "tfoot", "table"], &[]) else {
            return self.nowhere();
        };
        self.close_down_to(place);
        if !is_section(self.block()) {
            self.open_block("tbody", Vec::new());
        }
        true
    }

    fn in_row(&mut self) -> bool {
        match self.nearest(&["tr"], &["table"]) {
            Some(place) => self.close_down_to(place),
            None if self.in_section() => self.open_block("tr", Vec::new()),
            None => return false,
        }
        true
    }

    /// A break between blocks that are not kept.
    pub(super) fn break_at(&mut self, unknown: &str) {
        if vocabulary::breaks(unknown) {
            self.break_paragraph();
        }
    }

    pub(super) fn break_paragraph(&mut self) {
        self.close_inline();
        if self.block() == "p" {
            self.close_block();
        }
        self.gap = true;
    }
}
