//! The open elements.

use super::{
    super::{
        repair,
        tree::{Element, Node, tells},
    },
    Attributes, Builder,
};

impl Builder {
    /// The innermost element that is no inline one; the root has no name.
    pub(super) fn block(&self) -> &'static str {
        self.open.get(self.blocks().saturating_sub(1)).map_or("", |element| element.name)
    }

    /// How many blocks and frames are open, the root included.
    pub(super) fn blocks(&self) -> usize {
        self.open.len().saturating_sub(self.inline.len())
    }

    /// The place of the innermost open element with one of these names, unless one of `bounds` is nearer.
    pub(super) fn nearest(&self, names: &[&str], bounds: &[&str]) -> Option<usize> {
        let place = self.open.iter().rposition(|open| names.contains(&open.name) || bounds.contains(&open.name))?;
        self.open.get(place).filter(|open| names.contains(&open.name)).map(|_| place)
    }

    pub(super) fn open_block(&mut self, name: &'static str, attributes: Attributes) {
        self.close_inline();
        self.gap = false;
        self.made += 1;
        self.open.push(Element::new(name, attributes, Vec::new()));
    }

    pub(super) fn append(&mut self, node: Node) {
        if let Some(innermost) = self.open.last_mut() {
            innermost.push(node);
        }
    }

    /// Closes all that is open in the element at `place`.
    pub(super) fn close_down_to(&mut self, place: usize) {
        self.close_inline();
        while self.open.len() > place.saturating_add(1) {
            self.close();
        }
    }

    pub(super) fn close_block(&mut self) {
        self.close_inline();
        self.close();
    }

    pub(super) fn close_inline(&mut self) {
        while !self.inline.is_empty() {
            self.close();
        }
    }

    /// Closes the innermost element, puts it right and hands it to the one around it; the root stays open.
    pub(super) fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some(element) = self.open.pop() else { return };
        let nodes = match self.inline.pop() {
            Some(id) => {
                if tells(&element.children) {
                    self.formatting.tells(id);
                }
                repair::line_closed(element)
            }
            None => {
                let left = self.formatting.leave(self.open.len());
                self.forget(left);
                repair::block_closed(element, &mut self.report)
            }
        };
        for node in nodes {
            self.append(node);
        }
    }
}
