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

/// What a reader sees of sanitised HTML: its lines, one below the other.
#[must_use]
pub fn plain_text(html: &str) -> String {
    lines(html, Addresses::Untold).join("\n")
}

/// Whether lines tell where links lead and pictures lie, which no reader sees and every editor answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addresses {
    Told,
    Untold,
}

/// The lines that a reader sees: paragraphs, headings, items, rows of tables with their cells apart; pictures by their descriptions.
pub(crate) fn lines(html: &str, addresses: Addresses) -> Vec<String> {
    let told = |tag: &str, name: &str| attribute(tag, name).filter(|_| addresses == Addresses::Told).map(str::to_owned);
    let mut lines = Vec::new();
    let mut line = String::new();
    // Links do not nest.
    let mut link = None;
    for (number, piece) in html.split('<').enumerate() {
        let (tag, after) = if number == 0 { ("", piece) } else { piece.split_once('>').unwrap_or(("", "")) };
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if BLOCKS.contains(&name) {
            end(&mut lines, &mut line);
        } else if matches!(tag, "/td" | "/th") {
            line.push_str(" ｜ ");
        } else if tag == "/a" {
            line.push_str(&link.take().map_or_else(String::new, |address| format!("［链接：{address}］")));
        } else if name == "a" {
            link = told(tag, "href");
        } else if name == "img" {
            let described = attribute(tag, "alt").filter(|text| !text.is_empty()).map(str::to_owned);
            let parts: Vec<String> = described.into_iter().chain(told(tag, "src")).collect();
            let colon = if parts.is_empty() { "" } else { "：" };
            line.push_str(&format!("［图片{colon}{}］", parts.join("，")));
        }
        line.push_str(after);
    }
    end(&mut lines, &mut line);
    lines
}

/// What the attribute `name` of `tag` says, as the serialiser wrote it.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, behind) = after.split_once('"')?;
        if before.rsplit(' ').next() == Some(name) {
            return Some(value);
        }
        rest = behind;
    }
    None
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
            lines(&html, Addresses::Untold),
            ["一、总则 & 范围", "第一条 为了", "供水", "甲", "乙", "时间 ｜ 九时", "［图片：阀门<图>］", "a < b"]
        );
        assert_eq!(lines("", Addresses::Untold), Vec::<String>::new());
    }

    #[test]
    fn lines_for_editors_tell_where_links_lead_and_pictures_lie() {
        let html = crate::sanitise(
            "<p>见<a href=\"/zwgk/?a=1&amp;b=2\">公告</a>，<a href=\"#f\">附件</a>。</p><p><img src=\"/a.png\" alt=\"src=&quot;图\"></p>\
             <p><img src=\"/b.png\" alt=\"\"></p>",
        );
        let told =
            ["见公告［链接：/zwgk/?a=1&b=2］，附件［链接：#f］。", "［图片：src=\"图，/a.png］", "［图片：/b.png］"];
        assert_eq!(lines(&html, Addresses::Told), told);
        assert_eq!(lines(&html, Addresses::Untold), ["见公告，附件。", "［图片：src=\"图］", "［图片］"]);
    }
}
