//! The JSON beside every HTML page: one rule for its address and its kind.
//!
//! `/x/t.html` has `/x/t.json`, `/x/` has `/x/index.json`. A twin has no row of its own: it exists because its page does, is touched by what touches its
//! page, and is composed of the same rows.

use super::kind::Kind;
use crate::page::PageKey;

/// What the kind of a twin begins with in a page key.
const JSON: &str = "json-";

/// The twin of a page; none where the page is no HTML, or one that is never answered with 200.
#[must_use]
pub fn of(page: &PageKey) -> Option<PageKey> {
    let form = Ending::of(Kind::of(&page.kind)?)?;
    Some(PageKey { path: form.twin(&page.path)?, kind: format!("{JSON}{}", page.kind), ..page.clone() })
}

/// The page whose twin this is; none where it is no twin.
#[must_use]
pub fn page_of(twin: &PageKey) -> Option<PageKey> {
    let kind = twin.kind.strip_prefix(JSON)?;
    let path = Ending::of(Kind::of(kind)?)?.page(&twin.path)?;
    Some(PageKey { path, kind: kind.to_owned(), ..twin.clone() })
}

/// Address of the twin of the document at `url`, root-relative or absolute.
#[must_use]
pub fn of_document(url: &str) -> Option<String> {
    Ending::File.twin(url)
}

/// How the addresses of a kind of page end.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// In `/`.
    Folder,
    /// In `.html`.
    File,
}

impl Ending {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Home
            | Kind::Department
            | Kind::Column
            | Kind::Answers
            | Kind::Statistics
            | Kind::Catalogue
            | Kind::CatalogueList
            | Kind::Coverage
            | Kind::CoverageOfDepartment
            | Kind::Guide
            | Kind::Reports
            | Kind::Report => Some(Self::Folder),
            Kind::Map
            | Kind::Archive
            | Kind::Document
            | Kind::History
            | Kind::AnswersMonth
            | Kind::StatisticsMonth
            | Kind::CataloguePart => Some(Self::File),
            Kind::NotFound
            | Kind::Robots
            | Kind::SitemapIndex
            | Kind::Sitemap
            | Kind::Feed
            | Kind::AnswersFeed
            | Kind::StatisticsTable
            | Kind::CoverageTable
            | Kind::ReportTable
            | Kind::File
            | Kind::Style => None,
        }
    }

    fn twin(self, page: &str) -> Option<String> {
        match self {
            Self::Folder => page.ends_with('/').then(|| format!("{page}{INDEX}")),
            Self::File => page.strip_suffix(".html").map(|stem| format!("{stem}.json")),
        }
    }

    fn page(self, twin: &str) -> Option<String> {
        match self {
            Self::Folder => twin.strip_suffix(INDEX).filter(|folder| folder.ends_with('/')).map(str::to_owned),
            Self::File => twin.strip_suffix(".json").map(|stem| format!("{stem}.html")),
        }
    }
}

/// The last part of a folder's twin.
const INDEX: &str = "index.json";

#[cfg(test)]
mod tests {
    use super::*;

    fn key(path: &str, kind: Kind) -> PageKey {
        PageKey { site: "www".to_owned(), path: path.to_owned(), kind: kind.name().to_owned(), about: "x".to_owned() }
    }

    #[test]
    fn every_page_that_is_html_has_a_twin_that_leads_back_to_it() {
        for (path, kind, wanted) in [
            ("/", Kind::Home, "/index.json"),
            ("/map.html", Kind::Map, "/map.json"),
            ("/bm/jyj/", Kind::Department, "/bm/jyj/index.json"),
            ("/zwgk/tzgg/", Kind::Column, "/zwgk/tzgg/index.json"),
            ("/zwgk/tzgg/2026-11.html", Kind::Archive, "/zwgk/tzgg/2026-11.json"),
            ("/zwgk/tzgg/2026/11/23/water.html", Kind::Document, "/zwgk/tzgg/2026/11/23/water.json"),
            ("/a/2026/11/23/b.history.html", Kind::History, "/a/2026/11/23/b.history.json"),
            ("/zhaocuo/", Kind::Answers, "/zhaocuo/index.json"),
            ("/zhaocuo/2026-11.html", Kind::AnswersMonth, "/zhaocuo/2026-11.json"),
            ("/tongji/", Kind::Statistics, "/tongji/index.json"),
            ("/tongji/2026-11.html", Kind::StatisticsMonth, "/tongji/2026-11.json"),
            ("/gkml/", Kind::Catalogue, "/gkml/index.json"),
            ("/gkml/bm/jyj/", Kind::CatalogueList, "/gkml/bm/jyj/index.json"),
            ("/gkml/zt/02/2026-11-21.html", Kind::CataloguePart, "/gkml/zt/02/2026-11-21.json"),
            ("/gkfg/", Kind::Coverage, "/gkfg/index.json"),
            ("/gkfg/jyj/", Kind::CoverageOfDepartment, "/gkfg/jyj/index.json"),
            ("/gkzn/", Kind::Guide, "/gkzn/index.json"),
            ("/gknb/", Kind::Reports, "/gknb/index.json"),
            ("/gknb/2026/jyj/", Kind::Report, "/gknb/2026/jyj/index.json"),
            // Not the folder's: its kind says so.
            ("/zwgk/tzgg/2026/11/23/index.html", Kind::Document, "/zwgk/tzgg/2026/11/23/index.json"),
        ] {
            let page = key(path, kind);
            let twin = of(&page).unwrap();
            assert_eq!((twin.path.as_str(), twin.about.as_str()), (wanted, "x"));
            assert_eq!(page_of(&twin), Some(page), "{path}");
            assert_eq!(of(&twin), None, "a twin has none");
        }
    }

    #[test]
    fn what_is_no_html_and_what_is_never_there_has_no_twin() {
        for (path, kind) in [
            ("/404.html", Kind::NotFound),
            ("/robots.txt", Kind::Robots),
            ("/sitemap.xml", Kind::SitemapIndex),
            ("/sitemap-2026-11.xml", Kind::Sitemap),
            ("/zwgk/feed.xml", Kind::Feed),
            ("/zhaocuo/feed.xml", Kind::AnswersFeed),
            ("/tongji/2026-11.csv", Kind::StatisticsTable),
            ("/gkfg/gkfg.csv", Kind::CoverageTable),
            ("/gknb/2026/report.csv", Kind::ReportTable),
            ("/a/4/b.html", Kind::File),
        ] {
            assert_eq!(of(&key(path, kind)), None, "{path}");
            assert_eq!(page_of(&key(path, kind)), None, "{path}");
        }
    }
}
