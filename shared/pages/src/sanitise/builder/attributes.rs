//! Attributes, on their way from a stranger's tag into ours.

use html5ever::{Attribute, tokenizer::Tag};

use super::{
    super::{address, vocabulary::Word},
    Attributes, Builder,
};
use crate::characters::clean;

impl Builder {
    /// The attributes that are known and well formed, in the order in which they are written; the others are reported.
    pub(super) fn attributes(&mut self, word: &Word, tag: &Tag) -> Attributes {
        let mut kept: Attributes = Vec::new();
        for name in word.attributes.iter().copied() {
            let value = match (word.name, name) {
                ("a", "href") => given(tag, "href").and_then(|url| address::mended(&url)),
                ("a", _) => {
                    let href = kept.iter().find(|(name, _)| *name == "href");
                    href.filter(|(_, url)| address::leaves_the_site(url)).map(|_| "noopener".to_owned())
                }
                (_, "src") => {
                    let url = given(tag, "src").and_then(|url| address::mended(&url));
                    url.filter(|url| !address::leaves_the_site(url))
                }
                (_, "alt") => Some(given(tag, "alt").unwrap_or_default()),
                (_, "scope") => given(tag, "scope")
                    .filter(|scope| matches!(scope.as_str(), "col" | "row" | "colgroup" | "rowgroup")),
                _ => given(tag, name).filter(|number| is_number(number)),
            };
            kept.extend(value.map(|value| (name, value)));
        }
        for Attribute { name, value } in &tag.attrs {
            let told = match &*name.local {
                // Told otherwise, as a finding.
                "href" if word.name == "a" => true,
                "src" if word.name == "img" => true,
                local => kept.iter().any(|(name, kept)| *name == local && *kept == clean(value)),
            };
            if !told {
                self.report.remove(word.name, Some(&name.local));
            }
        }
        kept
    }
}

/// An attribute as it was given, without forbidden characters.
pub(super) fn given(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| clean(&attribute.value))
}

/// Up to four digits, not zero: spans, sizes and list starts.
fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
