//! Where a form was opened, and what addresses mean there.

/// Where a form was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Label of the site.
    pub site: String,
    /// The city's domain: `localhost:8080`.
    pub domain: String,
    /// `http` or `https`.
    pub scheme: String,
}

/// A page of one of the city's sites, as somebody names it; whether there is one is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAddress {
    /// What stands before the city's domain, in small letters: the label of a site, if it is one; none where nothing does.
    pub site: Option<String>,
    /// The path, without what follows `?` or `#`.
    pub path: String,
}

impl Place {
    /// The public address of `path` on this site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}.{}{path}", self.scheme, self.site, self.domain)
    }

    /// The page that `text` names: a path on this site, or an address on any site of the city with or without its scheme. None for anything else.
    #[must_use]
    pub fn page(&self, text: &str) -> Option<PageAddress> {
        let text = text.trim();
        if text.chars().any(|character| character.is_whitespace() || "\"<>`\\".contains(character)) {
            return None;
        }
        if text.starts_with('/') {
            return (!text.starts_with("//"))
                .then(|| PageAddress { site: Some(self.site.clone()), path: path_of(text) });
        }
        let lower = text.to_ascii_lowercase();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme)).unwrap_or_default();
        let rest = text.get(scheme.len()..)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end)?;
        let (host, domain) = (host.to_ascii_lowercase(), self.domain.to_ascii_lowercase());
        let before = host.strip_suffix(&domain)?;
        let site = match before.strip_suffix('.') {
            None if before.is_empty() => None,
            Some(label) if !label.is_empty() && !label.contains('@') => Some(label.to_owned()),
            _ => return None,
        };
        Some(PageAddress { site, path: path_of(path) })
    }
}

/// The path at the beginning of `text`.
fn path_of(text: &str) -> String {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() { "/".to_owned() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_names_a_page_of_the_city_or_none() {
        let place = Place { site: "www".to_owned(), domain: "cheng.example".to_owned(), scheme: "https".to_owned() };
        for (text, site, path) in [
            ("/", Some("www"), "/"),
            ("/zwgk/tzgg/2026/11/a.html?x=1", Some("www"), "/zwgk/tzgg/2026/11/a.html"),
            ("https://jyj.cheng.example/zwgk/#b", Some("jyj"), "/zwgk/"),
            (" http://jyj.Cheng.example ", Some("jyj"), "/"),
            ("HTTPS://WWW.cheng.example/Zwgk/", Some("www"), "/Zwgk/"),
            ("www.cheng.example/a", Some("www"), "/a"),
            ("cheng.example", None, "/"),
            ("https://a.b.cheng.example/x", Some("a.b"), "/x"),
        ] {
            let page = PageAddress { site: site.map(str::to_owned), path: path.to_owned() };
            assert_eq!(place.page(text), Some(page), "{text}");
        }
        for other in [
            "",
            "//evil.example/",
            "https://evil.example/",
            "https://evilcheng.example/",
            "https://a@b.cheng.example/",
            "https://.cheng.example/",
            "javascript:alert(1)",
            "https://cheng.example.evil.example/",
            "网址",
            "https://www.cheng.example/\u{3000}x",
        ] {
            assert_eq!(place.page(other), None, "{other}");
        }
    }
}
