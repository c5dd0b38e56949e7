//! Addresses of pages of the city's sites.

use crate::place::Place;

/// A path on this site, or an address on any site of the city.
pub(super) fn is_ours(text: &str, place: &Place) -> bool {
    if text.chars().any(|character| character.is_whitespace() || "\"<>`\\".contains(character)) {
        return false;
    }
    if text.starts_with('/') {
        return !text.starts_with("//");
    }
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let domain = place.domain.to_ascii_lowercase();
    host == domain || host.strip_suffix(&domain).is_some_and(|label| label.ends_with('.') && !label.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_city_are_ours() {
        let place = Place { site: "www".to_owned(), domain: "cheng.example".to_owned(), scheme: "https".to_owned() };
        for ours in [
            "/",
            "/zwgk/tzgg/2026/11/a.html?x=1",
            "https://www.cheng.example/zwgk/",
            "http://jyj.Cheng.example",
            "www.cheng.example/a",
            "cheng.example",
        ] {
            assert!(is_ours(ours, &place), "{ours}");
        }
        for other in [
            "",
            "//evil.example/",
            "https://evil.example/",
            "https://evilcheng.example/",
            "https://a@b.cheng.example/",
            "javascript:alert(1)",
            "https://cheng.example.evil.example/",
            "网址",
            "https://www.cheng.example/\u{3000}x",
        ] {
            assert!(!is_ours(other, &place), "{other}");
        }
    }
}
