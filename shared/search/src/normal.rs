//! Text as it is compared.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Text as it is compared: NFKC, lower case, white space and control characters one space, what cannot be seen left out. Each character knows
/// where it came from.
///
/// The one place where text is normalised: of documents, of queries, of what is marked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Normal {
    chars: Vec<char>,
    /// Bytes of the original that each character came from.
    origins: Vec<(usize, usize)>,
}

impl Normal {
    pub(crate) fn of(text: &str) -> Self {
        let mut normal = Self::default();
        let mut rest = text.char_indices().filter(|(_, shown)| !is_invisible(*shown)).peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            // What composes is normalised together, so that it is one character however it was typed.
            let mut cluster = String::from(first);
            while let Some((at, mark)) = rest.next_if(|(_, next)| is_mark(*next)) {
                cluster.push(mark);
                end = at + mark.len_utf8();
            }
            if cluster.len() == 1 {
                normal.push(first.to_ascii_lowercase(), (start, end));
            } else {
                cluster.nfkc().flat_map(char::to_lowercase).for_each(|shown| normal.push(shown, (start, end)));
            }
        }
        normal
    }

    fn push(&mut self, shown: char, origin: (usize, usize)) {
        let shown = if shown.is_whitespace() || shown.is_control() { ' ' } else { shown };
        let doubled = shown == ' ' && self.chars.last().is_none_or(|last| *last == ' ');
        if !doubled {
            self.chars.push(shown);
            self.origins.push(origin);
        }
    }

    /// The same without the spaces between single digits; none where there are no such spaces.
    ///
    /// Whoever types a space between each character writes `2 0 2 4`.
    pub(crate) fn closed_up(&self) -> Option<Self> {
        let kept = |at: &usize| !self.parts_single_digits(*at);
        let pairs = self.chars.iter().zip(&self.origins).enumerate().filter(|(at, _)| kept(at));
        let (chars, origins): (Vec<char>, Vec<(usize, usize)>) =
            pairs.map(|(_, (shown, origin))| (*shown, *origin)).unzip();
        (chars.len() < self.chars.len()).then_some(Self { chars, origins })
    }

    fn parts_single_digits(&self, at: usize) -> bool {
        let behind = at.checked_sub(1).is_some_and(|before| self.is_single_digit(before));
        self.chars.get(at) == Some(&' ') && behind && self.is_single_digit(at + 1)
    }

    /// Whether a digit stands there that has no digit as its neighbour.
    fn is_single_digit(&self, at: usize) -> bool {
        let is_digit = |at: usize| self.chars.get(at).is_some_and(char::is_ascii_digit);
        is_digit(at) && !at.checked_sub(1).is_some_and(is_digit) && !is_digit(at + 1)
    }

    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The bytes of the original that the characters from `start` to before `end` came from.
    pub(crate) fn origin(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, last) = (self.origins.get(start)?, self.origins.get(end.checked_sub(1)?)?);
        Some((first.0, last.1))
    }
}

/// A text as it is compared, without spaces around it: whoever types it in another dress looks for the same.
#[must_use]
pub fn normalised(text: &str) -> String {
    Normal::of(text).text().trim().to_owned()
}

/// What stands on the character before it, the half-width voicing marks of kana included.
fn is_mark(shown: char) -> bool {
    is_combining_mark(shown) || matches!(shown, '\u{FF9E}' | '\u{FF9F}')
}

/// What belongs to a word: letters and digits.
pub(crate) fn is_written(shown: char) -> bool {
    shown.is_alphanumeric()
}

/// Han: written without spaces, so that words must be guessed.
pub(crate) fn is_han(shown: char) -> bool {
    matches!(u32::from(shown),
        0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// Joiners, marks of direction, soft hyphens, variation selectors: nobody types them and nobody sees them.
fn is_invisible(shown: char) -> bool {
    matches!(u32::from(shown),
        0xAD | 0x34F | 0x61C | 0x180B..=0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dress_does_not_matter() {
        for (typed, normal) in [
            ("ＡＢＣ１２３", "abc123"),
            ("  公积金\t\n 提取 ", "公积金 提取 "),
            ("公\u{200B}积\u{FEFF}金", "公积金"),
            ("Ｅ\u{301}", "é"),
            ("é", "é"),
            ("①㎡ﬁ", "1m2fi"),
            ("a\u{0}b\u{1b}c", "a b c"),
            ("ÀÉ", "àé"),
        ] {
            assert_eq!(Normal::of(typed).text(), normal, "{typed}");
        }
    }

    #[test]
    fn single_digits_with_a_space_between_each_are_closed_up() {
        for (typed, closed) in [
            ("2 0 2 4", Some("2024")),
            ("锡 政 办 发 〔 ２ ０　２\t４ 〕 1 5 号", Some("锡 政 办 发 〔 2024 〕 15 号")),
            ("第1 5号 2024", Some("第15号 2024")),
            ("2024 1 5", Some("2024 15")),
            ("0 5 1 0 - 1 2 3 4", Some("0510 - 1234")),
            ("2024 15", None),
            ("12 3", None),
            ("1, 2", None),
            ("a b", None),
            ("公积金 1", None),
            ("", None),
        ] {
            assert_eq!(Normal::of(typed).closed_up().map(|closed| closed.text()).as_deref(), closed, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_character_came_from_somewhere(text in "\\PC{0,40}|[\\s\\S]{0,40}") {
            let normal = Normal::of(&text);
            prop_assert_eq!(normal.chars.len(), normal.origins.len());
            let mut before = 0;
            for &(start, end) in &normal.origins {
                prop_assert!(start >= before && end > start && text.get(start..end).is_some());
                before = start;
            }
        }

        #[test]
        fn normal_text_stays_as_it_is(text in "\\PC{0,40}") {
            let once = Normal::of(&text).text();
            prop_assert_eq!(Normal::of(&once).text(), once);
        }
    }
}
