//! What stands within a line, as markup.

use super::super::{
    blocks::begins_block,
    inline,
    tree::{Element, Node, text_of},
};

/// Lines of markup; nothing where something in them is no part of a line.
pub(super) fn lines(nodes: &[Node]) -> Option<String> {
    let mut line = Line { out: String::new(), in_brackets: has_link(nodes) };
    line.nodes(nodes)?;
    Some(whole(&line.out))
}

/// Lines, none of which is empty or begins another block: a break that no line ends with stands as its tag.
fn whole(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut breaks = 0;
    for line in text.split('\n') {
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        lines.push(format!("{}{}", "<br>".repeat(breaks), guarded(line)));
        breaks = 0;
    }
    if let Some(last) = lines.last_mut() {
        last.push_str(&"<br>".repeat(breaks));
    }
    lines.join("\n")
}

/// Whether brackets of the text could be taken for those of a link.
fn has_link(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) => false,
        Node::Element(element) => matches!(element.name.as_str(), "a" | "img") || has_link(&element.children),
    })
}

struct Line {
    out: String,
    in_brackets: bool,
}

impl Line {
    fn nodes(&mut self, nodes: &[Node]) -> Option<()> {
        nodes.iter().try_for_each(|node| match node {
            Node::Text(text) => self.text(text),
            Node::Element(element) => self.element(element),
        })
    }

    fn element(&mut self, element: &Element) -> Option<()> {
        match element.name.as_str() {
            "br" => self.out.push('\n'),
            "strong" => self.marked("**", element)?,
            "em" => self.marked("*", element)?,
            "a" => self.link(element)?,
            "img" => self.picture(element)?,
            _ => self.tagged(element)?,
        }
        Some(())
    }

    /// An element as its tags, what is in it as markup.
    fn tagged(&mut self, element: &Element) -> Option<()> {
        self.out.push_str(&format!("<{}{}>", element.name, element.attributes));
        self.nodes(&element.children)?;
        self.out.push_str(&format!("</{}>", element.name));
        Some(())
    }

    /// Stars where they can be told from those beside them; else tags.
    fn marked(&mut self, stars: &str, element: &Element) -> Option<()> {
        let before = self.out.len();
        let beside = self.out.ends_with('*');
        self.out.push_str(stars);
        let inner = self.out.len();
        self.nodes(&element.children)?;
        let said = self.out.get(inner..)?;
        let blank = |c: char| c.is_whitespace() || c == '*';
        let plain =
            !beside && !said.is_empty() && !said.starts_with(blank) && !said.ends_with(blank) && !said.contains('\n');
        if plain {
            self.out.push_str(stars);
            return Some(());
        }
        self.out.truncate(before);
        self.tagged(element)
    }

    fn link(&mut self, element: &Element) -> Option<()> {
        let address = element.attribute("href")?;
        // The sanitiser gives every link that leaves the site the same `rel` again.
        let (true, Some(address)) = (is_plain(element, &["href", "rel"]), addressed(&address)) else {
            return self.tagged(element);
        };
        self.out.push('[');
        self.nodes(&element.children)?;
        self.out.push_str(&format!("]({address})"));
        Some(())
    }

    fn picture(&mut self, element: &Element) -> Option<()> {
        let (address, description) = (element.attribute("src")?, element.attribute("alt").unwrap_or_default());
        match addressed(&address).filter(|_| is_plain(element, &["src", "alt"])) {
            Some(address) => {
                self.out.push_str("![");
                for character in description.chars() {
                    if matches!(character, '[' | ']' | '\\') {
                        self.out.push('\\');
                    }
                    self.out.push(character);
                }
                self.out.push_str(&format!("]({address})"));
            }
            None => self.out.push_str(&format!("<img{}>", element.attributes)),
        }
        Some(())
    }

    /// Text, with a backslash before whatever would mean something.
    fn text(&mut self, html: &str) -> Option<()> {
        let text = text_of(html)?;
        for (at, character) in text.char_indices() {
            let rest = text.get(at..)?;
            let means = match character {
                '*' => true,
                '\\' => rest.chars().nth(1).is_none_or(|next| next.is_ascii_punctuation()),
                '[' | ']' => self.in_brackets || rest.starts_with("]("),
                '!' => rest.len() == 1 || rest.starts_with("!["),
                '<' => rest.chars().nth(1).is_some_and(|next| next.is_ascii_alphabetic() || next == '/'),
                '&' => inline::reference(rest).is_some(),
                _ => false,
            };
            if means {
                self.out.push('\\');
            }
            match character {
                '\u{a0}' => self.out.push_str("&nbsp;"),
                other => self.out.push(other),
            }
        }
        Some(())
    }
}

/// Whether it has no attribute but these.
fn is_plain(element: &Element, known: &[&str]) -> bool {
    let names = element.attributes.split('"').step_by(2).filter_map(|part| part.trim().strip_suffix('='));
    names.into_iter().all(|name| known.contains(&name))
}

/// An address as it may stand in parentheses.
fn addressed(address: &str) -> Option<String> {
    let odd = |c: char| c == '(' || c == ')' || c.is_whitespace();
    if address.is_empty() || address.contains(['<', '>', '\n']) {
        None
    } else if address.contains(odd) {
        Some(format!("<{address}>"))
    } else {
        Some(address.to_owned())
    }
}

/// A line that begins nothing else than a paragraph.
fn guarded(line: &str) -> String {
    if !begins_block(line, 0) {
        return line.to_owned();
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = line.split_at(digits);
    format!("{number}\\{behind}")
}
