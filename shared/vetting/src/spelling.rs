//! Texts and words in one spelling: half width, lower case, no space within Chinese.

/// How `c` is spelled for comparing; none for what is left out there.
///
/// `before` is the last character that was kept.
fn spelled(c: char, before: Option<char>) -> Option<char> {
    let c = half_width(c);
    if is_ignorable(c) {
        return None;
    }
    if c.is_whitespace() {
        // 法 轮 hides a word from a machine and from no reader; between Latin letters a space parts words.
        return before.filter(char::is_ascii_graphic).map(|_| ' ');
    }
    Some(c.to_ascii_lowercase())
}

/// Whether `c` shows nothing of its own: soft hyphens, keycaps, variation selectors.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Full-width forms (U+FF01–FF5E) as ASCII.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        other => other,
    }
}

/// The text in that spelling.
pub(crate) fn spell(text: &str) -> String {
    let mut spelling = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        if let Some(c) = spelled(c, before) {
            spelling.push(c);
            before = Some(c);
        }
    }
    spelling
}

/// Finds where a spelling's bytes come from: places that are asked for in their order are walked to once.
pub(crate) struct Origins<'a> {
    text: std::str::CharIndices<'a>,
    whole: &'a str,
    /// Bytes of the spelling that were walked past.
    spelled: usize,
    before: Option<char>,
}

impl<'a> Origins<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text: text.char_indices(), whole: text, spelled: 0, before: None }
    }

    /// The bytes of the text that the bytes `start..end` of its spelling come from; no start lies before an earlier end.
    pub(crate) fn of_span(&mut self, start: usize, end: usize) -> (usize, usize) {
        let mut begun = None;
        for (place, c) in self.text.by_ref() {
            let Some(kept) = spelled(c, self.before) else { continue };
            if self.spelled >= start && begun.is_none() {
                begun = Some(place);
            }
            self.spelled += kept.len_utf8();
            self.before = Some(kept);
            if self.spelled >= end {
                return (begun.unwrap_or(place), place + c.len_utf8());
            }
        }
        (begun.unwrap_or(self.whole.len()), self.whole.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_all_widths_and_spaces() {
        assert_eq!(spell("ＡＢＣ　登 陆"), "abc 登陆");
        assert_eq!(spell("登 \u{A0}陆"), "登陆");
        assert_eq!(spell("Log in"), "log in");
        assert_eq!(spell("台\u{FE0F}湾"), "台湾");
    }

    #[test]
    fn a_place_in_the_spelling_is_found_in_the_text() {
        let text = "请 登 陆ＡＢ";
        let spelling = spell(text);
        let start = spelling.find("登陆").unwrap();
        let mut origins = Origins::of(text);
        let (from, to) = origins.of_span(start, start + "登陆".len());
        assert_eq!(text.get(from..to), Some("登 陆"));
        let start = spelling.find("ab").unwrap();
        let (from, to) = origins.of_span(start, spelling.len());
        assert_eq!(text.get(from..to), Some("ＡＢ"));
    }
}
