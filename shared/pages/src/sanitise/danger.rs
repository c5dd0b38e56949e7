//! Markup that could run, load or imitate something: an editor is told of it, never silently rid of it.

use html5ever::tokenizer::{Tag, TagKind};

use super::report::told;

/// Elements that run, load, imitate or hide: none of them belongs into a document, and nothing can be kept of it.
const ELEMENTS: &[&str] = &[
    "applet",
    "audio",
    "base",
    "bgsound",
    "button",
    "datalist",
    "embed",
    "fencedframe",
    "form",
    "frame",
    "frameset",
    "iframe",
    "ilayer",
    "input",
    "isindex",
    "keygen",
    "layer",
    "link",
    "listing",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "output",
    "param",
    "plaintext",
    "portal",
    "script",
    "select",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "xml",
    "xmp",
];

/// Attributes whose value is an address, of any element there ever was.
const ADDRESSES: &[&str] = &[
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "code",
    "codebase",
    "data",
    "dynsrc",
    "formaction",
    "from",
    "href",
    "icon",
    "longdesc",
    "lowsrc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "to",
    "usemap",
    "values",
];

/// Of these, lists of addresses.
const LISTS: &[&str] = &["archive", "ping", "srcset", "values"];

/// Schemes that run what follows them.
const RUNNING: &[&str] =
    &["blob", "data", "filesystem", "jar", "javascript", "livescript", "mocha", "vbscript", "view-source"];

/// What styles ran scripts with, in browsers that did.
const STYLES: &[&str] = &["expression(", "javascript:", "vbscript:", "behavior:url", "-moz-binding"];

/// What is dangerous about a tag, as an editor would look for it: `<script>`, `<img onerror>`.
pub(super) fn of_tag(tag: &Tag) -> Option<String> {
    let name = &*tag.name;
    // A name that is put together of a dangerous one is a trap for whoever cuts the inner one out.
    if ELEMENTS.contains(&name) || name.contains("script") {
        return Some(format!("<{}{}>", if tag.kind == TagKind::EndTag { "/" } else { "" }, told(name)));
    }
    let dangerous = tag.attrs.iter().find(|attribute| is_dangerous(name, &attribute.name.local, &attribute.value))?;
    Some(format!("<{} {}>", told(name), told(&dangerous.name.local)))
}

/// What is dangerous about a comment: some programs read what browsers skip.
pub(super) fn of_comment(text: &str) -> Option<String> {
    let text = text.trim_start().to_ascii_lowercase();
    ["[if", "[cdata[", "?"].iter().any(|opening| text.starts_with(opening)).then(|| {
        let opening: String = text.chars().take(12).filter(|c| !c.is_control()).collect();
        format!("<!--{opening}…-->")
    })
}

fn is_dangerous(element: &str, attribute: &str, value: &str) -> bool {
    let local = attribute.rsplit(':').next().unwrap_or(attribute);
    if (attribute.len() > 2 && attribute.starts_with("on")) || local == "srcdoc" {
        return true;
    }
    if attribute == "style" {
        let plain = undisguised(value);
        return STYLES.iter().any(|trick| plain.contains(trick));
    }
    let plain = undisguised(value);
    // A picture that is written into the text runs nothing; it is refused as one that lies elsewhere.
    if !ADDRESSES.contains(&local) || (element == "img" && attribute == "src" && plain.starts_with("data:image/")) {
        return false;
    }
    let runs = |address: &str| {
        let mut schemes = RUNNING.iter();
        schemes.any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(':')))
    };
    if LISTS.contains(&local) { plain.split([',', ';']).any(runs) } else { runs(&plain) }
}

/// Lower case, without white space, control characters, invisible characters, backslashes and comments.
fn undisguised(value: &str) -> String {
    let lower: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\\' && !domain::text::is_forbidden(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let mut plain = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}
