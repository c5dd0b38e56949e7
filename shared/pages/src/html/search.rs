//! The page of the search.

mod hit;

use serde::Serialize;

use self::hit::HitView;
use super::page;
use crate::head::Head;
use crate::model::{
    Chip, Choice, DayQuestion, ErrorNote, Facet, FacetOption, Frame, Hidden, Link, Outcome, Reading, Results,
    SearchPage, Wanted,
};
use crate::{RenderError, Rendered};

/// Name of the page.
const NAME: &str = "搜索";
/// How many values of a facet are seen at once.
const SHOWN: usize = 8;
/// What is said above hits that have some of the words only.
const RELAXED: &str = "没有同时包含全部词语的内容，以下是包含部分词语的结果。";
/// How much of the text stands in the title of the page.
const IN_TITLE: usize = 40;

#[derive(Serialize)]
struct Search<'a> {
    name: &'static str,
    text: &'a str,
    action: &'a str,
    kept: &'a [Hidden],
    chips: &'a [Chip],
    without_chips: Option<&'a str>,
    all_sites: Option<&'a str>,
    this_site: Option<&'a str>,
    day: DayView<'a>,
    errors: &'a [ErrorNote],
    text_error: Option<&'a str>,
    is_unavailable: bool,
    results: Option<ResultsView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    title: &'static str,
    typed: &'a str,
    /// Type of the field: one for dates would drop what is none.
    kind: &'static str,
    kept: &'a [Hidden],
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct ResultsView<'a> {
    /// How many there are and which of them stand here.
    count: String,
    /// That hits have some of the words only.
    relaxed: Option<&'static str>,
    /// How else the text was read.
    notes: Vec<String>,
    did_you_mean: &'a [Link],
    orders: &'a [Choice],
    facets: Vec<FacetView<'a>>,
    /// Number of the first hit.
    first: u64,
    hits: Vec<HitView<'a>>,
    nothing: bool,
    next: Option<&'a str>,
    first_page: Option<&'a str>,
    catalogue: Option<&'a Link>,
}

#[derive(Serialize)]
struct FacetView<'a> {
    title: &'static str,
    shown: Vec<&'a FacetOption>,
    folded: Vec<&'a FacetOption>,
}

/// Renders the page of the search: `noindex`, with no address but the one that was asked.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn search(frame: &Frame, model: &SearchPage) -> Result<Rendered, RenderError> {
    let errors = match &model.outcome {
        Outcome::Refused(errors) => errors.as_slice(),
        Outcome::Found(_) | Outcome::Unavailable => &[],
    };
    let results = match &model.outcome {
        Outcome::Found(results) => Some(ResultsView::of(results, model.day.day)),
        Outcome::Refused(_) | Outcome::Unavailable => None,
    };
    let view = Search {
        name: NAME,
        text: &model.text,
        action: &model.action,
        kept: &model.kept,
        chips: &model.chips,
        without_chips: model.without_chips.as_deref(),
        all_sites: model.all_sites.as_deref(),
        this_site: model.this_site.as_deref(),
        day: DayView::of(&model.day, errors),
        errors,
        text_error: error_of(SearchPage::TEXT, errors),
        is_unavailable: model.outcome == Outcome::Unavailable,
        results,
    };
    let head = Head::new(frame, &title(model)).with("robots", "noindex");
    page("search.html", frame, NAME, head, Vec::new(), view)
}

/// Title of the page: what was asked, or that it cannot be answered.
fn title(model: &SearchPage) -> String {
    match &model.outcome {
        Outcome::Refused(_) => format!("错误：{NAME}"),
        Outcome::Unavailable => "搜索暂时不能使用".to_owned(),
        Outcome::Found(_) if model.text.trim().is_empty() => NAME.to_owned(),
        Outcome::Found(_) => format!("{} - {NAME}", model.text.chars().take(IN_TITLE).collect::<String>()),
    }
}

fn error_of<'a>(field: &str, errors: &'a [ErrorNote]) -> Option<&'a str> {
    errors.iter().find(|error| error.field.as_deref() == Some(field)).map(|error| error.text.as_str())
}

impl<'a> DayView<'a> {
    fn of(day: &'a DayQuestion, errors: &'a [ErrorNote]) -> Self {
        let is_date = day.typed.is_empty() || day.day.is_some();
        Self {
            title: DayQuestion::TITLE,
            typed: &day.typed,
            kind: if is_date { "date" } else { "text" },
            kept: &day.kept,
            error: error_of(SearchPage::DAY, errors),
        }
    }
}

impl<'a> ResultsView<'a> {
    fn of(results: &'a Results, day: Option<jiff::civil::Date>) -> Self {
        Self {
            count: count(results),
            relaxed: (results.reading.wanted == Wanted::SomeWords).then_some(RELAXED),
            notes: notes(&results.reading),
            did_you_mean: &results.did_you_mean,
            orders: if results.total > 0 { &results.orders } else { &[] },
            facets: results.facets.iter().filter(|facet| !facet.options.is_empty()).map(FacetView::from).collect(),
            first: results.first.unwrap_or(1),
            hits: results.hits.iter().map(|hit| HitView::of(hit, day)).collect(),
            nothing: results.total == 0,
            next: results.next.as_deref(),
            first_page: results.first_page.as_deref(),
            catalogue: results.catalogue.as_ref(),
        }
    }
}

/// How many there are, and which of them stand here.
fn count(results: &Results) -> String {
    let here = u64::try_from(results.hits.len()).unwrap_or(u64::MAX);
    match (results.total, here, results.first) {
        (0, ..) => "没有找到相关内容".to_owned(),
        (total, 0, _) => format!("共找到 {total} 条，后面没有了"),
        (total, _, None) => format!("共找到 {total} 条"),
        (total, here, Some(_)) if total == here => format!("共找到 {total} 条"),
        (total, 1, Some(first)) => format!("共找到 {total} 条，本页第 {first} 条"),
        (total, _, Some(first)) => {
            format!("共找到 {total} 条，本页第 {first} 至 {} 条", first.saturating_add(here).saturating_sub(1))
        }
    }
}

/// How the text was read, where that is not what anybody expects.
fn notes(reading: &Reading) -> Vec<String> {
    let wanted = match reading.wanted {
        Wanted::Number => Some("按发文字号和索引号查找，完全相符的排在最前。".to_owned()),
        Wanted::AllWords | Wanted::SomeWords | Wanted::Everything => None,
    };
    let synonyms = (!reading.synonyms.is_empty()).then(|| format!("也查找了同义词：{}。", reading.synonyms.join("、")));
    wanted.into_iter().chain(synonyms).collect()
}

impl<'a> From<&'a Facet> for FacetView<'a> {
    /// The first values and all chosen ones; what is chosen must be seen.
    fn from(facet: &'a Facet) -> Self {
        let is_chosen = |option: &FacetOption| option.chosen || option.narrower.iter().any(|below| below.chosen);
        let (shown, folded): (Vec<_>, Vec<_>) =
            facet.options.iter().enumerate().partition(|(place, option)| *place < SHOWN || is_chosen(option));
        let without_place = |options: Vec<(usize, &'a FacetOption)>| options.into_iter().map(|(_, option)| option);
        Self {
            title: facet.kind.title(),
            shown: without_place(shown).collect(),
            folded: without_place(folded).collect(),
        }
    }
}
