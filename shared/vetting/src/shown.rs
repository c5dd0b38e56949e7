//! Texts as they may be shown to editors and told in events: personal numbers masked, in one line, never long.

use domain::vetting::Spot;

use crate::personal::{Personal, masked, numbers};

/// Characters that an excerpt shows on either side.
const AROUND: usize = 12;

/// Most characters of a text that is told whole.
const LONGEST: usize = 60;

/// Characters of a text: the first, and the one behind the last, from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    first: usize,
    behind: usize,
}

impl From<Span> for Spot {
    fn from(Span { first, behind }: Span) -> Self {
        Self::Characters { from: first + 1, to: behind }
    }
}

/// A text whose personal numbers are masked, character for character.
#[derive(Debug, Clone)]
pub(crate) struct Shown(Vec<char>);

impl Shown {
    pub(crate) fn of(text: &str) -> Self {
        Self::without(text, &numbers(text))
    }

    /// `text` without `personal`, its own numbers in their order.
    pub(crate) fn without(text: &str, personal: &[Personal]) -> Self {
        let mut shown = String::with_capacity(text.len());
        let mut from = 0;
        for number in personal {
            shown.push_str(text.get(from..number.start).unwrap_or_default());
            shown.push_str(&masked(text.get(number.start..number.end).unwrap_or_default()));
            from = number.end;
        }
        shown.push_str(text.get(from..).unwrap_or_default());
        Self(shown.chars().collect())
    }

    /// All of it, as far as it is not long.
    pub(crate) fn line(&self) -> String {
        self.cut(0, self.0.len())
    }

    /// What stands there.
    pub(crate) fn part(&self, Span { first, behind }: Span) -> String {
        one_line(self.0.get(first..behind.min(first.saturating_add(LONGEST))).unwrap_or_default())
    }

    /// What stands there, with a little around it.
    pub(crate) fn excerpt(&self, Span { first, behind }: Span) -> String {
        let behind = behind.min(first.saturating_add(LONGEST));
        self.cut(first.saturating_sub(AROUND), behind.saturating_add(AROUND))
    }

    fn cut(&self, from: usize, to: usize) -> String {
        let to = to.min(self.0.len()).min(from.saturating_add(LONGEST + 2 * AROUND));
        let dots = |more: bool| if more { "…" } else { "" };
        let inner = one_line(self.0.get(from..to).unwrap_or_default());
        format!("{}{inner}{}", dots(from > 0), dots(to < self.0.len()))
    }
}

/// Without line ends and white space in a row.
fn one_line(characters: &[char]) -> String {
    let text: String = characters.iter().map(|c| if c.is_control() { ' ' } else { *c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts characters where bytes are known: places that are asked for in their order are counted once.
pub(crate) struct Ruler<'a> {
    text: &'a str,
    bytes: usize,
    characters: usize,
}

impl<'a> Ruler<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, bytes: 0, characters: 0 }
    }

    pub(crate) fn span(&mut self, start: usize, end: usize) -> Span {
        Span { first: self.at(start), behind: self.at(end) }
    }

    fn at(&mut self, bytes: usize) -> usize {
        if bytes < self.bytes {
            (self.bytes, self.characters) = (0, 0);
        }
        self.characters += self.text.get(self.bytes..bytes).map_or(0, |between| between.chars().count());
        self.bytes = bytes;
        self.characters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_masked_and_one_line() {
        let shown = Shown::of("联系人\n张三 13800138000，\u{85}谢谢");
        assert_eq!(shown.line(), "联系人 张三 138******00， 谢谢");
        let text = format!("{}布\n署{}", "甲".repeat(100), "乙".repeat(100));
        let span = Ruler::of(&text).span(300, 307);
        let shown = Shown::of(&text);
        assert_eq!(shown.part(span), "布 署");
        assert_eq!(shown.excerpt(span), format!("…{}布 署{}…", "甲".repeat(12), "乙".repeat(12)));
        assert!(shown.line().chars().count() < 100);
    }
}
