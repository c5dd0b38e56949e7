//! Marks within a line, to HTML.

/// Emphasis and links deeper than this are text.
const DEPTH: usize = 12;
/// Most bytes between the brackets of a link, or in a tag.
const LABEL: usize = 4_000;
/// Most brackets within those of a link: whatever never closes is found out soon.
const BRACKETS: usize = 8;

/// Tags that stand as HTML within a line; others are text.
const TAGS: &[&str] = &[
    "a", "b", "br", "code", "em", "i", "img", "s", "strong", "sub", "sup", "u", "span", "font", "del", "ins", "small",
    "big", "strike", "mark",
];

/// Writes lines as HTML; a line feed is a line break.
pub(super) fn html(text: &str, out: &mut String) {
    Line { text, closed: [usize::MAX; 2] }.write(0, text.len(), 0, out);
}

struct Line<'a> {
    text: &'a str,
    /// For one and two stars: from where on no closing ones are to be found. Without it, stars that nothing closes would be looked for again and again.
    closed: [usize; 2],
}

impl Line<'_> {
    fn write(&mut self, start: usize, end: usize, depth: usize, out: &mut String) {
        let mut at = start;
        while at < end {
            let Some(rest) = self.text.get(at..end) else { return };
            at += match rest.as_bytes().first() {
                Some(b'\\') => escape(rest, out),
                Some(b'*') => self.stars(at, end, depth, out),
                Some(b'!') if rest.starts_with("![") => self.bracket(at, end, depth, out),
                Some(b'[') => self.bracket(at, end, depth, out),
                Some(b'<') => angle(rest, out),
                Some(b'&') => ampersand(rest, out),
                Some(b'\n') => {
                    out.push_str("<br>");
                    1
                }
                _ => {
                    let plain = rest.find(['\\', '*', '!', '[', '<', '&', '\n', '>', '"']).unwrap_or(rest.len());
                    if plain == 0 { literal(rest, out) } else { copy(rest, plain, out) }
                }
            };
        }
    }

    /// One or two stars that something closes; others are text.
    fn stars(&mut self, at: usize, end: usize, depth: usize, out: &mut String) -> usize {
        let run = self.text.get(at..end).map_or(0, |rest| rest.bytes().take_while(|byte| *byte == b'*').count());
        let (count, name) = if run == 1 { (1, "em") } else { (2, "strong") };
        let inner = at + count;
        let blank =
            self.text.get(inner..end).is_none_or(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '*'));
        if run > 2 || blank || depth >= DEPTH {
            return copy(self.text.get(at..end).unwrap_or_default(), run.max(1), out);
        }
        let Some(close) = self.closing(inner, end, count) else {
            return copy(self.text.get(at..end).unwrap_or_default(), run, out);
        };
        out.push_str(&format!("<{name}>"));
        self.within(inner, close, depth, out);
        out.push_str(&format!("</{name}>"));
        close + count - at
    }

    /// A part of the line, of which something else is known than of the whole.
    fn within(&mut self, start: usize, end: usize, depth: usize, out: &mut String) {
        let known = std::mem::replace(&mut self.closed, [usize::MAX; 2]);
        self.write(start, end, depth + 1, out);
        self.closed = known;
    }

    /// Where so many stars and no more stand behind something that is no space.
    fn closing(&mut self, from: usize, end: usize, count: usize) -> Option<usize> {
        let known = self.closed.get(count - 1).copied().unwrap_or(usize::MAX);
        if from >= known {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < end {
            match bytes.get(at) {
                Some(b'\\') => at += 2,
                Some(b'<') => at += tag(self.text.get(at..end).unwrap_or_default()).unwrap_or(1),
                Some(b'*') => {
                    let run =
                        bytes.get(at..end).map_or(0, |rest| rest.iter().take_while(|byte| **byte == b'*').count());
                    let after_space = bytes.get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_whitespace);
                    if run == count && !after_space {
                        return Some(at);
                    }
                    at += run;
                }
                _ => at += 1,
            }
        }
        if let Some(known) = self.closed.get_mut(count - 1) {
            *known = (*known).min(from);
        }
        None
    }

    /// `[text](address)` or `![description](address)`; other brackets are text.
    fn bracket(&mut self, at: usize, end: usize, depth: usize, out: &mut String) -> usize {
        let rest = self.text.get(at..end).unwrap_or_default();
        let is_picture = rest.starts_with('!');
        let opening = if is_picture { 2 } else { 1 };
        let found = if depth < DEPTH { link(rest.get(opening..).unwrap_or_default()) } else { None };
        let Some(Found { label, address, length }) = found else {
            return copy(rest, opening, out);
        };
        if is_picture {
            out.push_str("<img src=\"");
            attribute(address, out);
            out.push_str("\" alt=\"");
            attribute(&unescaped(label), out);
            out.push_str("\">");
        } else {
            out.push_str("<a href=\"");
            attribute(address, out);
            out.push_str("\">");
            self.within(at + 1, at + 1 + label.len(), depth, out);
            out.push_str("</a>");
        }
        opening + length
    }
}

struct Found<'a> {
    label: &'a str,
    address: &'a str,
    /// From behind the opening bracket to behind the closing parenthesis.
    length: usize,
}

/// What stands behind an opening bracket, if it is a link.
fn link(rest: &str) -> Option<Found<'_>> {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (0, 1_usize);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        at += 1;
        if at > LABEL || depth > BRACKETS {
            return None;
        }
    }
    let (label, behind) = (rest.get(..at)?, rest.get(at + 1..)?.strip_prefix('(')?);
    let (address, length) = match behind.strip_prefix('<') {
        Some(angled) => {
            let end = angled
                .find(['>', '<', '\n'])
                .filter(|end| angled.get(*end..).is_some_and(|rest| rest.starts_with(">)")))?;
            (angled.get(..end)?, end + 3)
        }
        None => {
            let end = behind.find(|c: char| c == ')' || c == '(' || c.is_whitespace())?;
            if !behind.get(end..)?.starts_with(')') {
                return None;
            }
            (behind.get(..end)?, end + 1)
        }
    };
    if address.is_empty() {
        return None;
    }
    Some(Found { label, address, length: at + 2 + length })
}

/// A mark without its meaning.
fn escape(rest: &str, out: &mut String) -> usize {
    match rest.chars().nth(1).filter(char::is_ascii_punctuation) {
        Some(mark) => 1 + literal(rest.get(1..1 + mark.len_utf8()).unwrap_or_default(), out),
        None => copy(rest, 1, out),
    }
}

/// A tag that may stand within a line stays one.
fn angle(rest: &str, out: &mut String) -> usize {
    match tag(rest) {
        Some(length) => copy(rest, length, out),
        None => literal(rest, out),
    }
}

/// How long the tag is that `rest` begins with, if it is one that may stand within a line.
pub(super) fn tag(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = name.get(..end)?;
    if !TAGS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate().take(LABEL) {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 2),
            (b'<', None) => return None,
            _ => {}
        }
    }
    None
}

/// A reference stays one.
fn ampersand(rest: &str, out: &mut String) -> usize {
    match reference(rest) {
        Some(length) => copy(rest, length, out),
        None => literal(rest, out),
    }
}

/// How long the reference is that `rest` begins with.
pub(super) fn reference(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix('&')?;
    let length = name.bytes().take(32).position(|byte| byte == b';')?;
    let inner = name.get(..length)?.strip_prefix('#').unwrap_or(name.get(..length)?);
    (!inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(length + 2)
}

/// A label as plain text: of a description, no mark has a meaning.
fn unescaped(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut characters = label.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.push(characters.next_if(char::is_ascii_punctuation).unwrap_or('\\')),
            '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// The first character as text.
fn literal(rest: &str, out: &mut String) -> usize {
    let Some(character) = rest.chars().next() else { return 1 };
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        other => out.push(other),
    }
    character.len_utf8()
}

fn copy(rest: &str, length: usize, out: &mut String) -> usize {
    out.push_str(rest.get(..length).unwrap_or_default());
    length
}

fn attribute(text: &str, out: &mut String) {
    for (at, _) in text.char_indices() {
        literal(text.get(at..).unwrap_or_default(), out);
    }
}
