//! The desk's one stylesheet, under a name that carries its hash; and the public pages' own, for previews.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The stylesheet.
pub(crate) const STYLE: &str = include_str!("../static/desk.css");

static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let hash = HEXLOWER.encode(&Sha256::digest(STYLE.as_bytes()));
    format!("{BELOW}style.{}.css", hash.get(..16).unwrap_or_default())
});

/// Where static files stand: the desk has a host of its own, on which no site's are.
pub(crate) const BELOW: &str = "/api/desk/";

/// Address of the stylesheet of public pages.
pub(crate) fn of_pages() -> String {
    asset("site.")
}

/// Address of the mark that public pages have.
pub(crate) fn mark() -> String {
    asset("mark.")
}

fn asset(stem: &str) -> String {
    let asset = pages::assets().iter().find(|asset| asset.name.starts_with(stem));
    format!("{BELOW}{}", asset.map(|asset| asset.name.as_str()).unwrap_or_default())
}

/// Address of the desk's stylesheet.
#[must_use]
pub fn address() -> &'static str {
    &ADDRESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_is_under_12_kilobytes_and_asks_for_nothing_else() {
        assert!(STYLE.len() < 12_000, "{} bytes", STYLE.len());
        for outward in ["@import", "url(", "//"] {
            assert!(!STYLE.contains(outward), "{outward}");
        }
        assert!(address().starts_with("/api/desk/style.") && address().ends_with(".css"));
    }
}
