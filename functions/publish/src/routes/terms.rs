//! `GET /search-terms`: what is searched for often, and what often finds nothing.

use std::time::Duration;

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{
    Caller, listed, may,
    openapi::PartProblems,
    problems::{UNAVAILABLE, malformed},
};
use domain::{shanghai, staff::Scope};
use gateway::{Problem, QueryParams};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use terms::Term;
use utoipa::{IntoParams, ToSchema};

use crate::{refusal::Refusal, state::PublishState};

/// Texts of a list.
const MOST: usize = 100;
const SOON: Duration = Duration::from_secs(1);

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// A month of the city's calendar; this one if absent.
    #[serde(default)]
    #[param(example = "2026-12", pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: Option<String>,
}

/// What was searched for in a month. Counts are lower bounds: the CDN answers who asks the same within seconds, and a count that failed is not made up for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchTerms {
    /// Which month.
    #[schema(example = "2026-12")]
    month: String,
    /// How often a text is searched for before it stands here: of less nothing but a number under a hash is kept.
    #[schema(example = 5)]
    from: u64,
    /// The hundred most frequent texts.
    popular: Vec<SearchTerm>,
    /// The hundred that most often found nothing.
    without_results: Vec<SearchTerm>,
}

/// A text, and how often it was searched for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchTerm {
    /// The text, as it is compared.
    #[schema(example = "公积金提取")]
    text: String,
    /// How often.
    asked: u64,
    /// How often of these nothing was found.
    without_results: u64,
}

/// What was searched for at least five times in a month, and how often of these nothing was found (staff).
///
/// Nothing tells who searched, or when within the month; texts that may be somebody's are never kept (docs/adr/042).
#[utoipa::path(get, operation_id = "read_search_terms", path = "/search-terms", tag = "service", params(Asked),
    responses((status = 200, description = "The texts, the most frequent first.", body = SearchTerms), PartProblems))]
pub(crate) async fn read(
    State(state): State<PublishState>,
    caller: Caller,
    QueryParams(asked): QueryParams<Asked>,
) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadTerms, &Resource::all_of(&Scope::CITY))?;
    let month = asked.month.unwrap_or_else(|| shanghai::month(state.clock.now()));
    if format!("{month}-01").parse::<Date>().is_err() || month.len() != 7 {
        return Err(malformed("month 应为年月，例如 2026-12。", "month reads 2026-12.").into());
    }
    let terms = match &state.terms {
        Some(terms) => terms.of_month(&month).await.map_err(|error| {
            tracing::warn!(trouble = "terms-unavailable", %error);
            Problem::plain(&UNAVAILABLE).with_retry_after(SOON)
        })?,
        // Nothing is counted in this deployment.
        None => Vec::new(),
    };
    Ok(listed(SearchTerms::of(month, terms)))
}

impl SearchTerms {
    fn of(month: String, terms: Vec<Term>) -> Self {
        let mut lost: Vec<&Term> = terms.iter().filter(|term| term.without > 0).collect();
        lost.sort_by_key(|term| std::cmp::Reverse(term.without));
        let shown =
            |term: &Term| SearchTerm { text: term.text.clone(), asked: term.asked, without_results: term.without };
        Self {
            month,
            from: terms::OFTEN,
            without_results: lost.into_iter().take(MOST).map(shown).collect(),
            popular: terms.iter().take(MOST).map(shown).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_nothing_is_told_by_how_often_it_does() {
        let term = |text: &str, asked, without| Term { text: text.to_owned(), asked, without };
        let terms = SearchTerms::of("2026-12".to_owned(), vec![term("甲", 9, 1), term("乙", 8, 0), term("丙", 5, 5)]);
        let texts = |terms: &[SearchTerm]| terms.iter().map(|term| term.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&terms.popular), ["甲", "乙", "丙"]);
        assert_eq!(texts(&terms.without_results), ["丙", "甲"]);
    }
}
