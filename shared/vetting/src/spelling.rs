//! Texts and words in one spelling: half width, lower case, no space within Chinese.

/// How `c` is spelled for comparing; none for what is left out there.
///
/// `before` is the last character that was kept.
fn spelled(c: char, before: Option<char>) -> Option<char> {
    let c = half_width(c);
    if c.is_whitespace() {
        // 法 轮 hides a word from a machine and from no reader; between Latin letters a space parts words.
        return before.filter(char::is_ascii_graphic).map(|_| ' ');
    }
    Some(c.to_ascii_lowercase())
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

/// Where in `text` the bytes `start..end` of its spelling come from.
pub(crate) fn origin(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut length, mut before, mut begun) = (0, None, None);
    for (place, c) in text.char_indices() {
        let Some(kept) = spelled(c, before) else { continue };
        if length >= start && begun.is_none() {
            begun = Some(place);
        }
        length += kept.len_utf8();
        before = Some(kept);
        if length >= end {
            return (begun.unwrap_or(place), place + c.len_utf8());
        }
    }
    (begun.unwrap_or(text.len()), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_all_widths_and_spaces() {
        assert_eq!(spell("ＡＢＣ　登 陆"), "abc 登陆");
        assert_eq!(spell("登 \u{A0}陆"), "登陆");
        assert_eq!(spell("Log in"), "log in");
    }

    #[test]
    fn a_place_in_the_spelling_is_found_in_the_text() {
        let text = "请 登 陆ＡＢ";
        let spelling = spell(text);
        let start = spelling.find("登陆").unwrap();
        let (from, to) = origin(text, start, start + "登陆".len());
        assert_eq!(text.get(from..to), Some("登 陆"));
        let start = spelling.find("ab").unwrap();
        let (from, to) = origin(text, start, spelling.len());
        assert_eq!(text.get(from..to), Some("ＡＢ"));
    }
}
