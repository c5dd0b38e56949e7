//! Inline elements that are on: a line shows them, a block interrupts them.
//!
//! A browser carries `<b>` into every paragraph that follows, which makes a megabyte of elements out of a few unclosed tags. Here an inline element ends with
//! the block it began in; one that began around blocks is carried into each of them, but not more than [`CARRIED`] times in a body.

use super::vocabulary::Word;

/// Most times that inline elements are opened again behind the beginning of a block.
const CARRIED: usize = 1_000;

/// One inline element that is on.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) id: u32,
    pub(super) word: &'static Word,
    pub(super) attributes: Vec<(&'static str, String)>,
    /// Blocks that were open when it began.
    depth: usize,
    /// Start tags of the same name within it, which change nothing.
    within: u32,
    /// Whether it stood in the text already.
    shown: bool,
    /// Whether it had something to tell, for a link.
    pub(super) told: bool,
}

/// All that are on, outermost first.
#[derive(Debug, Default)]
pub(super) struct Formatting {
    active: Vec<Active>,
    ids: u32,
    carried: usize,
}

impl Formatting {
    /// Turns one on at `depth` blocks; nothing changes if it is on as often as it can be.
    pub(super) fn begin(&mut self, word: &'static Word, attributes: Vec<(&'static str, String)>, depth: usize) {
        // Powers of powers are written so; bold is not bolder twice.
        let most = if matches!(word.name, "sub" | "sup") { 3 } else { 1 };
        if self.active.iter().filter(|entry| entry.word.name == word.name).count() >= most {
            if let Some(entry) = self.innermost(word.name) {
                entry.within = entry.within.saturating_add(1);
            }
            return;
        }
        self.ids = self.ids.wrapping_add(1);
        let id = self.ids;
        self.active.push(Active { id, word, attributes, depth, within: 0, shown: false, told: false });
    }

    /// What an end tag turns off, if it does.
    pub(super) fn ended_by(&mut self, name: &str) -> Option<u32> {
        let entry = self.innermost(name)?;
        if entry.within > 0 {
            entry.within -= 1;
            return None;
        }
        Some(entry.id)
    }

    /// The innermost of this name that is on.
    pub(super) fn on(&self, name: &str) -> Option<u32> {
        self.active.iter().rev().find(|entry| entry.word.name == name).map(|entry| entry.id)
    }

    /// Turns off one.
    pub(super) fn remove(&mut self, id: u32) -> Option<Active> {
        let place = self.active.iter().position(|entry| entry.id == id)?;
        Some(self.active.remove(place))
    }

    /// Turns off what began in blocks that are closed now that `depth` are open.
    pub(super) fn leave(&mut self, depth: usize) -> Vec<Active> {
        let (stay, left) = std::mem::take(&mut self.active).into_iter().partition(|entry| entry.depth <= depth);
        self.active = stay;
        left
    }

    /// What a line must open behind the first `open`, which it shows already.
    pub(super) fn missing(&mut self, open: usize) -> Vec<&Active> {
        if self.carried >= CARRIED {
            let mut place = 0;
            self.active.retain(|entry| {
                place += 1;
                place <= open || !entry.shown
            });
        }
        let mut missing = Vec::new();
        for entry in self.active.iter_mut().skip(open) {
            self.carried += usize::from(entry.shown);
            entry.shown = true;
            missing.push(&*entry);
        }
        missing
    }

    /// Notes that one has something to tell.
    pub(super) fn tells(&mut self, id: u32) {
        if let Some(entry) = self.active.iter_mut().find(|entry| entry.id == id) {
            entry.told = true;
        }
    }

    fn innermost(&mut self, name: &str) -> Option<&mut Active> {
        self.active.iter_mut().rev().find(|entry| entry.word.name == name)
    }
}
