//! The kinds of pages: what composes each. They stand in rows, so their names are a storage format.

use serde::{Deserialize, Serialize};

/// What composes a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Site home.
    Home,
    /// Site map.
    Map,
    /// The page behind every unknown path.
    NotFound,
    /// robots.txt.
    Robots,
    /// Sitemap index.
    SitemapIndex,
    /// Sitemap of a month.
    Sitemap,
    /// Department page.
    Department,
    /// Column head.
    Column,
    /// Atom feed of a column.
    Feed,
    /// Archive page of a column.
    Archive,
    /// Document, or what is left of one.
    Document,
    /// The public versions of a document that was corrected, or what is left of them.
    History,
    /// A file that readers are given, or were.
    File,
    /// The newest public answers to error reports.
    Answers,
    /// Atom feed of these.
    AnswersFeed,
    /// Public answers to error reports of a month.
    AnswersMonth,
    /// Statistics of cases: the newest month, and the list of months.
    Statistics,
    /// Statistics of cases of a month.
    StatisticsMonth,
    /// The same as a table (CSV).
    StatisticsTable,
    /// The ways into the catalogue of government information.
    Catalogue,
    /// A list of the catalogue: what is newest in it, and its parts.
    CatalogueList,
    /// A part of such a list: a month, ten days, a day.
    CataloguePart,
    /// Which department discloses what of what the regulation asks for.
    Coverage,
    /// What one department does.
    CoverageOfDepartment,
    /// The first of these as a table (CSV).
    CoverageTable,
    /// The guide to disclosure.
    Guide,
    /// The years that have annual reports on disclosure.
    Reports,
    /// An annual report: of the city, or of a department.
    Report,
    /// Its numbers as a table (CSV).
    ReportTable,
    /// The stylesheet that tells whether a site is grey.
    Style,
}

impl Kind {
    /// The kind in a page key.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Map => "map",
            Self::NotFound => "not-found",
            Self::Robots => "robots",
            Self::SitemapIndex => "sitemap-index",
            Self::Sitemap => "sitemap",
            Self::Department => "department",
            Self::Column => "column",
            Self::Feed => "feed",
            Self::Archive => "archive",
            Self::Document => "document",
            Self::History => "history",
            Self::File => "file",
            Self::Answers => "answers",
            Self::AnswersFeed => "answers-feed",
            Self::AnswersMonth => "answers-month",
            Self::Statistics => "statistics",
            Self::StatisticsMonth => "statistics-month",
            Self::StatisticsTable => "statistics-table",
            Self::Catalogue => "catalogue",
            Self::CatalogueList => "catalogue-list",
            Self::CataloguePart => "catalogue-part",
            Self::Coverage => "coverage",
            Self::CoverageOfDepartment => "coverage-of-department",
            Self::CoverageTable => "coverage-table",
            Self::Guide => "guide",
            Self::Reports => "reports",
            Self::Report => "report",
            Self::ReportTable => "report-table",
            Self::Style => "style",
        }
    }

    /// The kind of a page key.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        [
            Self::Home,
            Self::Map,
            Self::NotFound,
            Self::Robots,
            Self::SitemapIndex,
            Self::Sitemap,
            Self::Department,
            Self::Column,
            Self::Feed,
            Self::Archive,
            Self::Document,
            Self::History,
            Self::File,
            Self::Answers,
            Self::AnswersFeed,
            Self::AnswersMonth,
            Self::Statistics,
            Self::StatisticsMonth,
            Self::StatisticsTable,
            Self::Catalogue,
            Self::CatalogueList,
            Self::CataloguePart,
            Self::Coverage,
            Self::CoverageOfDepartment,
            Self::CoverageTable,
            Self::Guide,
            Self::Reports,
            Self::Report,
            Self::ReportTable,
            Self::Style,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}
