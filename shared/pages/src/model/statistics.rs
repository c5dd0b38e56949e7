//! What the public is told of how cases are handled (办理统计).

use domain::{
    case::Channel,
    statistics::{MinimumSample, Summary},
};

use super::Link;

/// The newest month with statistics, and all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsPage {
    /// The newest month; none before the first case came in.
    pub latest: Option<StatisticsMonthPage>,
    /// Month pages, newest first.
    pub months: Vec<Link>,
}

/// Statistics of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsMonthPage {
    /// `2026-11`
    pub month: String,
    /// `2026年11月`
    pub title: String,
    /// Where its page stands, root-relative.
    pub url: String,
    /// Where the same stands as a table (CSV), root-relative.
    pub table: String,
    /// By kind of case, in the order of telling; may be empty.
    pub kinds: Vec<KindStatistics>,
    /// Fewest cases of which more than their number is told.
    pub minimum: MinimumSample,
    /// The version of the calendar by which working days are counted; 0 before one was adopted.
    pub calendar: u32,
    /// Years among those counted whose holidays are not announced, ascending.
    pub provisional: Vec<i16>,
    /// The page of the newest month.
    pub newest: Link,
}

/// Statistics of one kind of case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindStatistics {
    /// Its category, for programs: `correction`.
    pub category: String,
    /// Its name: `网民找错`.
    pub name: String,
    /// What all of them say.
    pub summary: Summary,
    /// What those of each department say, in order of code.
    pub departments: Vec<DepartmentStatistics>,
    /// What those say that came each way, in the order of telling.
    pub channels: Vec<ChannelStatistics>,
}

/// Statistics of the cases of a kind that came one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelStatistics {
    /// The way.
    pub channel: Channel,
    /// What they say.
    pub summary: Summary,
}

/// Statistics of one department's cases of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentStatistics {
    /// Its code.
    pub code: String,
    /// Its name and page.
    pub department: Link,
    /// What they say.
    pub summary: Summary,
}
