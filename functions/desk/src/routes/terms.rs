//! `GET /api/desk/search-terms`: what readers search for often, and what often finds nothing, month by month.

use axum::extract::RawQuery;
use domain::shanghai;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::{
    api::{
        part,
        terms::{SearchTerm, SearchTerms},
    },
    fields::Fields,
    stop::Answer,
    visit::Visit,
};

const PATH: &str = "/api/desk/search-terms";
/// Months that are offered: what is counted is forgotten some four hundred days later (docs/adr/042).
const MONTHS: i32 = 14;

#[derive(Debug, Serialize)]
struct Page {
    /// The month that is shown, in words.
    month: String,
    months: Vec<Month>,
    /// How often a text is searched for before it stands here.
    from: u64,
    popular: Vec<SearchTerm>,
    without_results: Vec<SearchTerm>,
}

/// A month that can be looked at.
#[derive(Debug, Serialize)]
struct Month {
    name: String,
    address: String,
    is_here: bool,
}

pub(crate) async fn read(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let path = match asked.filled("month") {
        Some(month) => format!("/search-terms?month={}", part(month)),
        None => "/search-terms".to_owned(),
    };
    let read: SearchTerms = visit.api.read(&path).await.map_err(|refusal| visit.refused(&refusal))?;
    let page = Page {
        month: named(&read.month),
        months: months(visit.state.clock.now(), &read.month),
        from: read.from,
        popular: read.popular,
        without_results: read.without_results,
    };
    Ok(visit.page("terms.html", "检索词", &page))
}

/// This month and those before it, the newest first.
fn months(now: Timestamp, shown: &str) -> Vec<Month> {
    let this = shanghai::local(now).date().first_of_month();
    let before = (0..MONTHS).filter_map(|back| this.checked_sub(back.months()).ok());
    let codes = before.map(|first| format!("{:04}-{:02}", first.year(), first.month()));
    codes
        .map(|code| Month { name: named(&code), address: format!("{PATH}?month={code}"), is_here: code == shown })
        .collect()
}

/// `2026 年 12 月` of `2026-12`; what is no month stays as it is.
fn named(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{year} 年 {} 月", month.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_month_and_thirteen_before_it_are_offered() {
        // 1 January in the city.
        let months = months("2026-12-31T16:00:00Z".parse().unwrap(), "2026-12");
        let names: Vec<&str> = months.iter().map(|month| month.name.as_str()).collect();
        assert_eq!(
            (names.len(), names[0], names[1], names[13]),
            (14, "2027 年 1 月", "2026 年 12 月", "2025 年 12 月")
        );
        assert_eq!(months[1].address, "/api/desk/search-terms?month=2026-12");
        assert_eq!(months.iter().map(|month| month.is_here).collect::<Vec<_>>()[..3], [false, true, false]);
    }

    #[test]
    fn what_is_no_month_is_told_as_it_is() {
        assert_eq!((named("2026-10"), named("<b>")), ("2026 年 10 月".to_owned(), "<b>".to_owned()));
    }
}
