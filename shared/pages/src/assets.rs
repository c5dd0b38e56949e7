//! Static files under names that carry their hash: bytes at such an address never change.

use std::borrow::Cow;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// How long anybody may keep a static file: another content has another name.
pub const ASSET_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// A static file, served under `/_assets/` on every site, cacheable for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// File name with the first 16 hex digits of its SHA-256: `site.0123456789abcdef.css`.
    pub name: String,
    /// Media type.
    pub content_type: &'static str,
    /// Bytes of the file.
    pub bytes: Cow<'static, [u8]>,
}

impl Asset {
    /// Names a file after its bytes.
    fn new(stem: &str, extension: &str, content_type: &'static str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
        let hash = hash.get(..16).unwrap_or_default();
        Self { name: format!("{stem}.{hash}.{extension}"), content_type, bytes }
    }

    /// Root-relative address.
    fn url(&self) -> String {
        format!("/_assets/{}", self.name)
    }
}

/// Address of the one stylesheet, below any site.
#[must_use]
pub fn stylesheet() -> &'static str {
    &BUNDLE.1.style
}

/// Addresses of the files that pages name.
pub(crate) struct AssetUrls {
    pub(crate) style: String,
    pub(crate) mark: String,
    pub(crate) proof: String,
}

static BUNDLE: LazyLock<(Vec<Asset>, AssetUrls)> = LazyLock::new(|| {
    let svg = |stem, source: &'static str| Asset::new(stem, "svg", "image/svg+xml", source.as_bytes());
    let mark = svg("mark", include_str!("../static/mark.svg"));
    let shore = svg("shore", include_str!("../static/shore.svg"));
    // The stylesheet names the picture by its address, so the picture's hash is part of the stylesheet's.
    let style = squeezed(include_str!("../static/site.css")).replace("shore.svg", &shore.url());
    let style = Asset::new("site", "css", "text/css; charset=utf-8", style.into_bytes());
    let script = include_str!("../static/proof.js");
    let proof = Asset::new("proof", "js", "text/javascript; charset=utf-8", script.as_bytes());
    let urls = AssetUrls { style: style.url(), mark: mark.url(), proof: proof.url() };
    (vec![style, mark, shore, proof], urls)
});

/// The stylesheet without what only people need to read it: comments, indentation, spaces beside signs.
///
/// It is ours, with a rule to a line: no comment within one, no quoted text with these signs, no sums (`calc`), and a space before a colon means something.
fn squeezed(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("/*"));
    let lines = lines.map(|line| {
        let line = line.replace(" { ", "{").replace(" {", "{").replace("; }", "}").replace(" }", "}");
        let line = line.replace("; ", ";").replace(": ", ":").replace(", ", ",");
        line.replace(" > ", ">").replace(" + ", "+").replace(" ~ ", "~")
    });
    lines.collect()
}

/// All static files; the same in every process of one build.
#[must_use]
pub fn assets() -> &'static [Asset] {
    &BUNDLE.0
}

/// Addresses of the files that pages name.
pub(crate) fn urls() -> &'static AssetUrls {
    &BUNDLE.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_is_under_20_kilobytes_and_names_only_our_own_files() {
        let style = assets().iter().find(|asset| asset.name.ends_with(".css")).unwrap();
        assert!(style.bytes.len() < 20_000, "{} bytes", style.bytes.len());
        let text = std::str::from_utf8(&style.bytes).unwrap();
        assert!(!text.contains("@import") && !text.contains("//") && !text.contains("data:"));
        for (at, _) in text.match_indices("url(") {
            let url = text.get(at + 4..).unwrap().split(')').next().unwrap();
            assert!(assets().iter().any(|asset| asset.url() == url), "{url}");
        }
    }

    #[test]
    fn the_stylesheet_loses_nothing_but_spaces_and_comments() {
        let source = include_str!("../static/site.css");
        let written: String = source.lines().filter(|line| !line.trim().starts_with("/*")).collect();
        assert!(!written.contains("/*") && !written.contains("*/"), "a comment within a rule");
        assert!(!written.contains("calc("), "a plus without spaces is no sum");
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(";}", "}");
        assert_eq!(bare(&squeezed(source)), bare(&written));
        for quoted in source.split('"').skip(1).step_by(2) {
            assert!(squeezed(source).contains(&format!("\"{quoted}\"")), "{quoted}");
        }
        assert_eq!(
            squeezed(".a :focus { color: red; margin: 0 1px; }\n  .b, .c { x: y; }"),
            ".a :focus{color:red;margin:0 1px}.b,.c{x:y}"
        );
    }

    #[test]
    fn names_carry_the_hash_of_the_bytes() {
        for asset in assets() {
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&asset.bytes));
            assert!(asset.name.contains(&hash[..16]), "{}", asset.name);
        }
    }
}
