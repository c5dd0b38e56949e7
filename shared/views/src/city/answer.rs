//! The rows of a public answer to an error report (纠错反馈).
//!
//! Only what was written for everybody: what the reader himself wrote is sealed, and no row holds a word of it. An answer has no page of its own; it stands
//! on the page of the month in which it was given, under its number (docs/adr/028).

use domain::{
    StreamId,
    case::{CaseFile, Opened},
    correction::{Correction, Finding, ReportedPage},
    shanghai,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CityPlan, case, kind::Kind, rows::PageRow, slice};
use crate::{fold::RowSet, row::RowKey};

/// Where the newest answers of a site stand.
pub const ANSWERS_PATH: &str = "/zhaocuo/";

/// Their Atom feed.
pub const ANSWERS_FEED_PATH: &str = "/zhaocuo/feed.xml";

/// Where the answers of a month stand, given as `2026-11`.
#[must_use]
pub fn answers_month_path(month: &str) -> String {
    format!("{ANSWERS_PATH}{month}.html")
}

/// A public answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// Number of the report.
    pub number: String,
    /// What was found.
    pub finding: Finding,
    /// What it was about, in words for everybody.
    pub subject: String,
    /// The answer, in words for everybody.
    pub answer: String,
    /// The page that was reported, if it is one of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<ReportedPage>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// When it was answered.
    pub answered_at: Timestamp,
}

/// Rows of an error report: those of any case, and its answer while the public is shown one.
///
/// Another answer after a withdrawn one is a row of its own, at its own instant; the month that showed the first keeps its page.
pub(super) fn rows(plan: &CityPlan, stream: &StreamId, state: &CaseFile<Correction>) -> RowSet {
    let mut rows = case::rows(plan, stream, state);
    if let (Some(Opened { at, opening }), Some(answer)) = (&state.opened, &state.own.answer) {
        let page = state.own.page.clone();
        // Whose page it is answers for it; a report of no page of ours stays where it was sent from.
        let site = page.as_ref().map_or(&opening.site, |page| &page.site).as_str();
        let month = shanghai::month(answer.at);
        let key = format!("{month}/{}/{}", shanghai::sortable(answer.at), stream.key());
        let row = AnswerRow {
            number: opening.number.to_string(),
            finding: answer.finding,
            subject: answer.subject.to_string(),
            answer: answer.text.as_str().to_owned(),
            page: page.clone(),
            reported_at: *at,
            answered_at: answer.at,
        };
        rows.own(RowKey::new(slice::answers(site), key), &row);
        let path = answers_month_path(&month);
        rows.constant(RowKey::new(slice::answered(site), month.as_str()), &month);
        rows.constant(RowKey::new(slice::pages(site), path), &PageRow::of(Kind::AnswersMonth, month));
    }
    rows
}
