//! Characters that must not reach a page, and escaping of those that may.

/// Whether a character is dropped from everything we write: what the domain forbids, but tab and line feed.
///
/// XML 1.0 forbids most of them, HTML calls them parse errors, and with the others a title could disguise what stands behind it.
pub(crate) fn is_forbidden(character: char) -> bool {
    !matches!(character, '\t' | '\n') && domain::text::is_forbidden(character)
}

/// Drops the forbidden characters; a lone or paired carriage return becomes a line feed.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' {
            if characters.peek() != Some(&'\n') {
                cleaned.push('\n');
            }
        } else if !is_forbidden(character) {
            cleaned.push(character);
        }
    }
    cleaned
}

/// Appends `text` to `out`, escaped for HTML text and quoted attributes, without forbidden characters.
pub(crate) fn escape_into(text: &str, out: &mut impl std::fmt::Write) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(needs_care) {
        let (plain, tail) = rest.split_at(at);
        out.write_str(plain)?;
        let mut characters = tail.chars();
        match characters.next() {
            Some('&') => out.write_str("&amp;")?,
            Some('<') => out.write_str("&lt;")?,
            Some('>') => out.write_str("&gt;")?,
            Some('"') => out.write_str("&quot;")?,
            Some('\'') => out.write_str("&#39;")?,
            _ => {}
        }
        rest = characters.as_str();
    }
    out.write_str(rest)
}

fn needs_care(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\'') || is_forbidden(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escape(text: &str) -> String {
        let mut out = String::new();
        escape_into(text, &mut out).unwrap();
        out
    }

    #[test]
    fn escapes_the_five_characters_of_markup_and_nothing_else() {
        assert_eq!(escape("甲<b a=\"1\" c='2'>&amp;/乙"), "甲&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;/乙");
    }

    #[test]
    fn drops_controls_noncharacters_and_direction_overrides() {
        assert_eq!(escape("甲\0\u{1b}\u{85}\u{202e}\u{2066}\u{fdd0}\u{fffe}\u{10ffff}乙\t丙"), "甲乙\t丙");
    }

    #[test]
    fn drops_what_looks_like_nothing() {
        assert_eq!(escape("甲\u{200b}\u{200f}\u{feff}\u{ad}\u{3164}\u{e0041}乙"), "甲乙");
    }

    #[test]
    fn carriage_returns_become_line_feeds() {
        assert_eq!(clean("甲\r\n乙\r丙\0"), "甲\n乙\n丙");
    }
}
