//! Addresses a page may link to.

use crate::error::UnsafeUrl;

/// Accepts an address that a page may link to, unchanged.
///
/// Root-relative paths, fragments, and absolute `http`, `https`, `mailto` and `tel` addresses; no control character, space, double quote
/// or angle bracket; no `//host`, which would leave the site unseen. A single quote is a character of addresses; templates escape it.
/// Whatever `domain::document::WebAddress` admits is accepted.
///
/// # Errors
/// [`UnsafeUrl`] for everything else.
pub(crate) fn checked(url: &str) -> Result<&str, UnsafeUrl> {
    let known_form = url.starts_with("http://")
        || url.starts_with("https://")
        || url.starts_with("mailto:")
        || url.starts_with("tel:")
        || url.starts_with('#')
        || (url.starts_with('/') && !url.starts_with("//"));
    let clean = !url
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || "\"<>`\\".contains(c) || crate::characters::is_forbidden(c));
    if known_form && clean { Ok(url) } else { Err(UnsafeUrl { url: url.to_owned() }) }
}

/// The absolute form of an address on a site.
pub(crate) fn absolute(scheme_host: &str, url: &str) -> String {
    if url.starts_with('/') { format!("{scheme_host}{url}") } else { url.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_forms_that_pages_use() {
        for url in [
            "/",
            "/zwgk/tzgg/",
            "#content",
            "https://a.example/b?c=1&d=2",
            "tel:051088001234",
            "mailto:a@b.example",
            "/中文/",
            "https://a.example/it's",
            "https://a.example/!#$%&'()*+,-./:;=?@[]_~",
        ] {
            assert_eq!(checked(url), Ok(url));
        }
    }

    #[test]
    fn refuses_scripts_data_and_disguises() {
        for url in [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " /",
            "//evil.example/",
            "/\\evil.example",
            "java\tscript:x",
            "data:text/html,x",
            "",
            "x.html",
            "/\"onclick=",
            "/\u{202e}",
        ] {
            assert_eq!(checked(url), Err(UnsafeUrl { url: url.to_owned() }));
        }
    }
}
