//! The outline of a document: anchors on its headings.

use serde::Serialize;

use crate::plain;

/// A heading of a document body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Heading {
    /// Fragment id, `s1`, `s2`, … in the order of the text.
    pub(crate) id: String,
    /// Plain text of the heading.
    pub(crate) text: String,
}

/// Gives every second-level heading of sanitised HTML an id and lists them.
///
/// INVARIANT: the input comes from [`crate::sanitise`], whose serialiser escapes `<` in text and in attributes and writes an `h2`
/// without attributes; so `<h2>` is always the tag.
pub(crate) fn outline(sanitised: &str) -> (String, Vec<Heading>) {
    let mut html = String::with_capacity(sanitised.len() + 256);
    let mut headings = Vec::new();
    let mut rest = sanitised;
    while let Some((before, from_heading)) = rest.split_once("<h2>") {
        let id = format!("s{}", headings.len() + 1);
        html.push_str(before);
        html.push_str("<h2 id=\"");
        html.push_str(&id);
        html.push_str("\">");
        let inner = from_heading.split_once("</h2>").map_or(from_heading, |(inner, _)| inner);
        headings.push(Heading { id, text: plain::text(inner) });
        rest = from_heading;
    }
    html.push_str(rest);
    headings.retain(|heading| !heading.text.is_empty());
    (html, headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_ids_and_plain_names() {
        let (html, headings) =
            outline(&crate::sanitise("<p>引言</p><h2>一、<b>总则</b> &amp; 范围</h2><p>文</p><h2>二、附则</h2>"));
        assert_eq!(
            html,
            "<p>引言</p><h2 id=\"s1\">一、<b>总则</b> &amp; 范围</h2><p>文</p><h2 id=\"s2\">二、附则</h2>"
        );
        let names: Vec<_> = headings.iter().map(|heading| heading.text.as_str()).collect();
        assert_eq!(names, ["一、总则 & 范围", "二、附则"]);
    }

    #[test]
    fn a_heading_written_in_an_attribute_or_as_text_is_no_heading() {
        let (html, headings) = outline(&crate::sanitise("<img src=\"/a.png\" alt=\"<h2>假</h2>\"><p>&lt;h2&gt;假</p>"));
        assert!(headings.is_empty());
        assert!(!html.contains("id="));
    }
}
