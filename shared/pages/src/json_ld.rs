//! Linked data (schema.org) for machines that read the city's pages.

use serde_json::{Value, json};

use crate::RenderError;
use crate::address::absolute;
use crate::model::{Frame, Link};

/// Writes a graph so that it may stand in a `script` element of type `application/ld+json`.
///
/// `<`, `>`, `&` and the line separators of JavaScript become escapes of JSON, so no text can close the element or open a comment.
pub(crate) fn script(graph: Vec<Value>) -> Result<minijinja::Value, RenderError> {
    let graph: Vec<Value> = graph.into_iter().filter(|node| !node.is_null()).collect();
    let json = serde_json::to_string(&json!({ "@context": "https://schema.org", "@graph": graph }))?;
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(character))),
            other if crate::characters::is_forbidden(other) => {}
            other => safe.push(other),
        }
    }
    Ok(minijinja::Value::from_safe_string(safe))
}

/// The sponsor of the site.
pub(crate) fn organization(frame: &Frame) -> Value {
    let telephone = crate::contact::telephone(&frame.contact);
    let mut node = json!({
        "@type": "GovernmentOrganization",
        "@id": format!("{}/#organization", frame.scheme_host),
        "name": frame.sponsor,
        "url": format!("{}/", frame.scheme_host),
    });
    if let (Some(number), Some(fields)) = (telephone, node.as_object_mut()) {
        fields.insert("telephone".to_owned(), Value::from(number));
    }
    node
}

/// The way from the home page to this page; null on the home page.
pub(crate) fn breadcrumb(frame: &Frame, here: &str) -> Value {
    if frame.breadcrumb.is_empty() {
        return Value::Null;
    }
    let this = Link { name: here.to_owned(), url: frame.path.clone() };
    let items: Vec<Value> = frame
        .breadcrumb
        .iter()
        .chain(std::iter::once(&this))
        .enumerate()
        .map(|(index, link)| {
            json!({
                "@type": "ListItem",
                "position": index + 1,
                "name": link.name,
                "item": absolute(&frame.scheme_host, &link.url),
            })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_the_script_element() {
        let hostile = "</script><script>alert(1)</script><!--\u{2028}\0&";
        let written = script(vec![json!({ "name": hostile })]).unwrap().to_string();
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\0']), "{written}");
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read["@graph"][0]["name"], hostile);
    }
}
