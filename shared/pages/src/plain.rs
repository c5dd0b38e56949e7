//! Sanitised HTML as plain text.
//!
//! INVARIANT: the input comes from [`crate::sanitise`], whose serialiser escapes `<` in text and in attributes, so every `<` begins a tag.

/// Elements whose end ends a line.
const BLOCKS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "tr",
    "blockquote",
    "figcaption",
    "caption",
    "pre",
    "dt",
    "dd",
    "br",
    "hr",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "div",
    "section",
];

/// Text without tags.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        text.push_str(if number == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    unescaped(text.trim()).trim().to_owned()
}

/// The lines that a reader sees: paragraphs, headings, items, rows of tables with their cells apart; pictures by their descriptions.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for (number, piece) in html.split('<').enumerate() {
        let (tag, after) = if number == 0 { ("", piece) } else { piece.split_once('>').unwrap_or(("", "")) };
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if BLOCKS.contains(&name) {
            end(&mut lines, &mut line);
        } else if matches!(tag, "/td" | "/th") {
            line.push_str(" ｜ ");
        } else if name == "img" {
            let description = tag.split_once("alt=\"").and_then(|(_, rest)| rest.split_once('"'));
            let description = description.map(|(description, _)| description).filter(|text| !text.is_empty());
            line.push_str(&description.map_or_else(|| "［图片］".to_owned(), |text| format!("［图片：{text}］")));
        }
        line.push_str(after);
    }
    end(&mut lines, &mut line);
    lines
}

fn end(lines: &mut Vec<String>, line: &mut String) {
    let text = unescaped(&std::mem::take(line));
    let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches(" ｜").trim();
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
}

/// The serialiser knows only these entities.
fn unescaped(text: &str) -> String {
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_a_reader_sees() {
        let html = crate::sanitise(
            "<h2>一、<b>总则</b> &amp; 范围</h2><p>第一条\n 为了<br>供水</p><ul><li>甲</li><li>乙</li></ul>\
             <table><tbody><tr><th scope=\"row\">时间</th><td>九时</td></tr></tbody></table>\
             <p><img src=\"/a.png\" alt=\"阀门&lt;图&gt;\"></p><p>a &lt; b</p>",
        );
        assert_eq!(
            lines(&html),
            ["一、总则 & 范围", "第一条 为了", "供水", "甲", "乙", "时间 ｜ 九时", "［图片：阀门<图>］", "a < b"]
        );
        assert_eq!(lines(""), Vec::<String>::new());
    }
}
