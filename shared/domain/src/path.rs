//! Where a page stands on its site.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    id::{ColumnId, DocumentId, Malformed, is_segment},
    shanghai,
};

/// Root-relative path of a document's page: `/zwgk/tzgg/2026/11/23/water.html`.
///
/// Carries column and date and stays for good (发展指引, RULES.md A1 G14).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PagePath(String);

/// Last part of a document's path without `.html`: 1–40 of `a-z 0-9 -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Root-relative path of any page of a site, at most 200 characters: `/`, `/zwgk/tzgg/`, `/zwgk/tzgg/2026/11/23/water.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SitePath(String);

impl SitePath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SitePath {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for SitePath {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        if is_site_path(&text) {
            Ok(Self(text))
        } else {
            let (expected, zh) =
                ("the path of a page: segments of a-z, 0-9, -, _ and .", "页面路径（各段为小写字母、数字、“-”“_”“.”）");
            Err(Malformed::new(&text, expected, zh))
        }
    }
}

impl From<SitePath> for String {
    fn from(path: SitePath) -> Self {
        path.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// No segment is empty but the last, and none climbs or hides.
fn is_site_path(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.');
    let starts = |part: &str| part.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let Some(inner) = text.strip_prefix('/').filter(|_| text.len() <= 200) else { return false };
    inner.is_empty()
        || inner.strip_suffix('/').unwrap_or(inner).split('/').all(|part| starts(part) && part.bytes().all(plain))
}

impl PagePath {
    /// The path of a document in `column`, first public at `public_at`.
    #[must_use]
    pub fn of_document(column: &ColumnId, public_at: Timestamp, slug: &Slug) -> Self {
        let day = shanghai::day(public_at).replace('-', "/");
        Self(format!("{}{day}/{}.html", column.path(), slug.0))
    }

    /// The path of a document in `column` that goes by `day`; zeros stand for a day that nobody knows.
    #[must_use]
    pub fn of_day(column: &ColumnId, day: Option<Date>, slug: &Slug) -> Self {
        let day = day.map_or_else(
            || "0000/00/00".to_owned(),
            |day| format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day()),
        );
        Self(format!("{}{day}/{}.html", column.path(), slug.0))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same date under another column, with the same slug or another.
    #[must_use]
    pub fn under(&self, column: &ColumnId, slug: Option<&Slug>) -> Self {
        let parts: Vec<&str> = self.0.rsplitn(5, '/').collect();
        let mut tail: Vec<&str> = parts.into_iter().take(4).collect();
        let name = slug.map(|slug| format!("{slug}.html"));
        if let (Some(name), Some(last)) = (&name, tail.first_mut()) {
            *last = name;
        }
        tail.reverse();
        Self(format!("{}{}", column.path(), tail.join("/")))
    }
}

impl Slug {
    /// The slug of a document that was given none: the first ten characters of its id.
    #[must_use]
    pub fn of_document(id: &DocumentId) -> Self {
        // Letters and digits only: always a segment.
        Self(id.as_str().chars().take(10).collect())
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        if is_segment(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Malformed::new(text, "a slug: 1-40 of a-z, 0-9 and -", "网址名（1–40 位，小写字母、数字和“-”）"))
        }
    }
}

impl FromStr for PagePath {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let refusal = || {
            Malformed::new(
                text,
                "a page path: segments of a-z, 0-9 and -, ending in .html",
                "页面路径（各段为小写字母、数字和“-”，以“.html”结尾）",
            )
        };
        let inner = text.strip_prefix('/').and_then(|t| t.strip_suffix(".html")).ok_or_else(refusal)?;
        let fits = inner.len() <= 400 && inner.split('/').all(is_segment);
        if fits { Ok(Self(text.to_owned())) } else { Err(refusal()) }
    }
}

impl TryFrom<String> for PagePath {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl TryFrom<String> for Slug {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<PagePath> for String {
    fn from(path: PagePath) -> Self {
        path.0
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_column_and_local_date_and_survives_a_move() {
        let tzgg: ColumnId = "www.zwgk.tzgg".parse().unwrap();
        let news: ColumnId = "www.xw".parse().unwrap();
        let path = PagePath::of_document(&tzgg, "2026-11-22T17:00:00Z".parse().unwrap(), &"water".parse().unwrap());
        assert_eq!(path.as_str(), "/zwgk/tzgg/2026/11/23/water.html");
        assert_eq!(path.under(&news, None).as_str(), "/xw/2026/11/23/water.html");
        assert_eq!(path.under(&news, Some(&"flood".parse().unwrap())).as_str(), "/xw/2026/11/23/flood.html");
        assert_eq!(path.as_str().parse::<PagePath>().unwrap(), path);
    }

    #[test]
    fn a_migrated_document_stands_under_its_original_day_or_under_zeros() {
        let column: ColumnId = "www.zwgk.zcwj".parse().unwrap();
        let slug: Slug = "content-7".parse().unwrap();
        let known = PagePath::of_day(&column, "2019-01-30".parse().ok(), &slug);
        let unknown = PagePath::of_day(&column, None, &slug);
        assert_eq!(known.as_str(), "/zwgk/zcwj/2019/01/30/content-7.html");
        assert_eq!(unknown.as_str(), "/zwgk/zcwj/0000/00/00/content-7.html");
        assert_eq!(unknown.as_str().parse::<PagePath>().unwrap(), unknown);
    }

    #[test]
    fn refuses_paths_that_climb_or_hide() {
        for hostile in ["/../a.html", "/a/./b.html", "/a//b.html", "a.html", "/a", "/A.html", "/a%2e.html", "/.html"] {
            assert!(hostile.parse::<PagePath>().is_err(), "{hostile}");
        }
    }

    #[test]
    fn every_page_of_a_site_has_a_path_and_nothing_else_has() {
        for path in
            ["/", "/zwgk/", "/bm/jyj/", "/zwgk/tzgg/2026/11/23/water.html", "/feed.xml", "/zwgk/2026-11_1-10.html"]
        {
            assert_eq!(path.parse::<SitePath>().unwrap().as_str(), path);
        }
        let long = format!("/{}", "a".repeat(200));
        for hostile in [
            "",
            "zwgk/",
            "//evil.example/",
            "/a//b",
            "/../a",
            "/a/./b",
            "/a b",
            "/A",
            "/a?b",
            "/a#b",
            "/%2e",
            "/甲",
            &long,
        ] {
            assert!(hostile.parse::<SitePath>().is_err(), "{hostile}");
        }
    }
}
