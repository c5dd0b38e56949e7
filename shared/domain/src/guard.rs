//! Claims on names that only one stream may hold.

use crate::{case::CaseNumber, id::SiteLabel, index_number::IndexNumber, path::PagePath};

/// A claim: unique within its scope, made in the same transaction as the event it follows from.
///
/// Every guard follows from an event, so a rebuild recreates all of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guard {
    /// What kind of name, and where: `path:www`, `index:014006438/2026`.
    pub scope: String,
    /// The name itself: a path, a number as its scheme prints it.
    pub claim: String,
}

impl Guard {
    /// The claim of a public path: it belongs to its stream for good.
    #[must_use]
    pub fn path(site: &SiteLabel, path: &PagePath) -> Self {
        Self { scope: format!("path:{site}"), claim: path.to_string() }
    }

    /// The claim of an index number (索引号): never reused, never released.
    ///
    /// INVARIANT: all claims of a series have one width, so that the greatest by byte order is the last one given.
    #[must_use]
    pub fn index_number(number: &IndexNumber) -> Self {
        Self { scope: Self::index_scope(&number.series), claim: number.printed_serial() }
    }

    /// The scope that holds the index numbers of one series.
    #[must_use]
    pub fn index_scope(series: &str) -> String {
        format!("index:{series}")
    }

    /// The claim of a case's number: by it the case is found.
    #[must_use]
    pub fn case_number(number: &CaseNumber) -> Self {
        Self { scope: format!("case:{}", number.day()), claim: number.to_string() }
    }
}
