//! What others wrote, fit to stand in a sentence.

/// Longest text shown of a name or a cell, in characters.
const LONGEST: usize = 80;

/// A text of somebody's, shortened; what would not be seen, or would turn the line around, is replaced.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() || turns(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character turns the direction of the text after it: it makes a name look like another.
pub(crate) fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
