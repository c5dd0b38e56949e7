//! What the public is told of error reports (纠错反馈).

use domain::correction::Finding;
use jiff::Timestamp;

use super::Link;

/// A public answer to an error report.
///
/// It tells nothing of who reported and in which words. The address of the page that was reported is told, not linked: what was wrong may be that it cannot be
/// opened, and a page that goes later would leave a dead link here for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAnswer {
    /// Permanent id, a tag URI (RFC 4151).
    pub id: String,
    /// Where it stands, root-relative: the page of its month, with its number as fragment.
    pub url: String,
    /// Number of the report 受理编号: `ZC-20261127-482137`.
    pub number: String,
    /// What was found.
    pub finding: Finding,
    /// What it was about, plain text.
    pub subject: String,
    /// The answer, plain text; a line is a paragraph.
    pub text: String,
    /// Absolute address of the page that was reported, if it is one of the city's.
    pub page: Option<String>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// When it was answered.
    pub answered_at: Timestamp,
}

/// The newest answers of a site, and its months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswersPage {
    /// Newest answers, newest first; may be empty.
    pub answers: Vec<PublicAnswer>,
    /// Month pages, newest first.
    pub months: Vec<Link>,
    /// Address of the Atom feed.
    pub feed: String,
    /// Where it is told how cases are handled, on the portal.
    pub statistics: Link,
}

/// All answers of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswersMonthPage {
    /// The month, for example `2026年11月`.
    pub title: String,
    /// All answers of the month, newest first; may be empty.
    pub answers: Vec<PublicAnswer>,
    /// The page of the newest answers.
    pub newest: Link,
}
