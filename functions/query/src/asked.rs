//! Parameters become a question, and a question an address again.

use std::collections::BTreeSet;

use form_urlencoded::{Serializer, parse};
use gateway::Problem;
use jiff::civil::Date;
use pages::search::{FacetKind, SearchPage};
use search::{Cursor, Facet, Filters, Order, Query};

use crate::problems::{CURSOR_MALFORMED, QUERY_TOO_LONG, parameter};

/// The parameter that tells how many hits a page has; the page of the sites has always as many.
const LIMIT: &str = "limit";
/// The parameter by which a page tells which hit is its first.
const FROM: &str = "from";
/// Hits of a page where nobody asks for another number.
const HITS: usize = 20;
/// Values that one question may name: as many as a page can show, several times over.
const VALUES: usize = 100;
/// Longest value of a filter, in characters: longer than any term.
const LONGEST_VALUE: usize = 120;

/// What was asked, as it was typed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The text.
    pub(crate) text: String,
    /// Filters.
    pub(crate) filters: BTreeSet<(Facet, String)>,
    /// The day on which documents are to be in force; may be none.
    pub(crate) on: String,
    /// What comes first.
    pub(crate) order: Order,
    after: Option<String>,
    limit: Option<String>,
    /// Which hit the first is, from 1.
    pub(crate) from: Option<u64>,
    unknown: Vec<String>,
}

/// The facets of the pages, in their order.
pub(crate) fn facet(kind: FacetKind) -> Facet {
    match kind {
        FacetKind::Site => Facet::Site,
        FacetKind::Department => Facet::Department,
        FacetKind::Subject => Facet::Subject,
        FacetKind::Genre => Facet::Genre,
        FacetKind::Class => Facet::Class,
        FacetKind::Term => Facet::Term,
        FacetKind::Year => Facet::Year,
        FacetKind::Validity => Facet::Validity,
        FacetKind::Form => Facet::Form,
    }
}

/// A wish that cannot be granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The text is too long.
    Text,
    /// What should be a day is none.
    Day,
    /// The cursor is none of ours.
    Cursor,
    /// Another parameter, and what it should be, in both languages.
    Parameter(String, &'static str, &'static str),
}

impl Wrong {
    /// As programs are told.
    pub(crate) fn problem(&self) -> Problem {
        match self {
            Self::Text => Problem::plain(&QUERY_TOO_LONG),
            Self::Cursor => Problem::plain(&CURSOR_MALFORMED),
            Self::Day => parameter(SearchPage::DAY, "应为日期，例如 2024-05-01", "it is to be a day like 2024-05-01"),
            Self::Parameter(name, expected, expected_en) => parameter(name, expected, expected_en),
        }
    }
}

impl Asked {
    /// Reads what stands behind the question mark.
    pub(crate) fn read(query: &str) -> Self {
        let mut asked = Self {
            text: String::new(),
            filters: BTreeSet::new(),
            on: String::new(),
            order: Order::default(),
            after: None,
            limit: None,
            from: None,
            unknown: Vec::new(),
        };
        for (name, value) in parse(query.as_bytes()) {
            let (name, value) = (name.into_owned(), value.trim().to_owned());
            let kind = FacetKind::ALL.into_iter().find(|kind| kind.parameter() == name);
            match (kind, name.as_str()) {
                (None, SearchPage::TEXT) => asked.text = value,
                // Forms without script send what was left empty.
                _ if value.is_empty() => {}
                (Some(kind), _) => drop(asked.filters.insert((facet(kind), value))),
                (None, "column") => drop(asked.filters.insert((Facet::Column, value))),
                (None, SearchPage::DAY) => asked.on = value,
                (None, SearchPage::ORDER) if value == NEWEST => asked.order = Order::Newest,
                (None, SearchPage::ORDER) if value == RELEVANCE => {}
                (None, SearchPage::AFTER) => asked.after = Some(value),
                (None, LIMIT) => asked.limit = Some(value),
                (None, FROM) => asked.from = value.parse().ok(),
                _ => asked.unknown.push(name),
            }
        }
        asked
    }

    /// The day that was asked for.
    pub(crate) fn day(&self) -> Result<Option<Date>, Wrong> {
        let is_day = self.on.len() == 10;
        match self.on.as_str() {
            "" => Ok(None),
            text if is_day => text.parse().map(Some).map_err(|_| Wrong::Day),
            _ => Err(Wrong::Day),
        }
    }

    /// The question to the index.
    ///
    /// # Errors
    /// The first wish that cannot be granted.
    pub(crate) fn query(&self) -> Result<Query, Wrong> {
        let in_force_on = self.day()?;
        if self.text.chars().count() > Query::LONGEST {
            return Err(Wrong::Text);
        }
        let many = self.filters.len() > VALUES;
        if many || self.filters.iter().any(|(_, value)| value.chars().count() > LONGEST_VALUE) {
            let name = self.filters.first().map_or("", |(facet, _)| facet.name());
            return Err(Wrong::Parameter(name.to_owned(), "取值过多或过长", "too many values, or one too long"));
        }
        let limit = self.limit.as_deref().map_or(Ok(HITS), str::parse);
        let limit = limit.ok().filter(|limit| (1..=Query::LARGEST).contains(limit));
        let limit = limit.ok_or(Wrong::Parameter(
            LIMIT.to_owned(),
            "应为 1 至 100 的整数",
            "it is to be a whole number from 1 to 100",
        ))?;
        let after: Option<Cursor> = self.after.as_deref().map(str::parse).transpose().map_err(|_| Wrong::Cursor)?;
        Ok(Query {
            text: self.text.clone(),
            filters: self.filters.iter().cloned().collect::<Filters>(),
            in_force_on,
            order: self.order,
            after,
            limit,
        })
    }

    /// The same for programs, whose misspelt parameters are not passed over.
    ///
    /// # Errors
    /// The first wish that cannot be granted.
    pub(crate) fn strict(&self) -> Result<Query, Wrong> {
        match self.unknown.first() {
            Some(name) => {
                Err(Wrong::Parameter(name.clone(), "没有这个参数或取值", "there is no such parameter or value"))
            }
            None => self.query(),
        }
    }

    /// Whether it is what somebody typed into the field on top of the site `own`, which asks for that site first, and nothing that he chose afterwards: no filter, no day, no
    /// other order, no later page.
    pub(crate) fn is_typed(&self, own: Option<&str>) -> bool {
        let of_field = |(facet, value): &(Facet, String)| *facet == Facet::Site && Some(value.as_str()) == own;
        self.filters.iter().all(of_field) && self.on.is_empty() && self.order == Order::default() && !self.is_later()
    }

    /// The same question from its first page on.
    pub(crate) fn first_page(&self) -> Self {
        Self { after: None, from: None, unknown: Vec::new(), ..self.clone() }
    }

    /// The same question with another text.
    pub(crate) fn about(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.first_page() }
    }

    /// The same question in another order.
    pub(crate) fn ordered(&self, order: Order) -> Self {
        Self { order, ..self.first_page() }
    }

    /// The same question with a filter, or without it where it is set.
    pub(crate) fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut asked = self.first_page();
        let filter = (facet, value.to_owned());
        if !asked.filters.remove(&filter) {
            asked.filters.insert(filter);
        }
        asked
    }

    /// The same question without the day.
    pub(crate) fn on_any_day(&self) -> Self {
        Self { on: String::new(), ..self.first_page() }
    }

    /// The same question of all sites.
    pub(crate) fn of_all_sites(&self) -> Self {
        let mut asked = self.first_page();
        asked.filters.retain(|(facet, _)| *facet != Facet::Site);
        asked
    }

    /// The same question without filters and day.
    pub(crate) fn without_filters(&self) -> Self {
        Self { filters: BTreeSet::new(), ..self.on_any_day() }
    }

    /// The page behind `cursor`, whose first hit is the `from`-th.
    pub(crate) fn behind(&self, cursor: &Cursor, from: Option<u64>) -> Self {
        Self { after: Some(cursor.to_string()), from, ..self.first_page() }
    }

    /// Whether it is a page after the first.
    pub(crate) fn is_later(&self) -> bool {
        self.after.is_some()
    }

    /// Whether a value of a facet is wanted.
    pub(crate) fn wants(&self, facet: Facet, value: &str) -> bool {
        self.filters.contains(&(facet, value.to_owned()))
    }

    /// All parameters, as they stand in an address.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut told = |name, value: &str| {
            if !value.is_empty() {
                pairs.push((name, value.to_owned()));
            }
        };
        told(SearchPage::TEXT, &self.text);
        for (facet, value) in &self.filters {
            told(facet.name(), value);
        }
        told(SearchPage::DAY, &self.on);
        if self.order == Order::Newest {
            told(SearchPage::ORDER, NEWEST);
        }
        told(LIMIT, self.limit.as_deref().unwrap_or_default());
        told(SearchPage::AFTER, self.after.as_deref().unwrap_or_default());
        told(FROM, &self.from.map(|from| from.to_string()).unwrap_or_default());
        pairs
    }

    /// The address below `path`.
    pub(crate) fn url(&self, path: &str) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return path.to_owned();
        }
        let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("{path}?{query}")
    }
}

/// Values of the order.
const NEWEST: &str = "newest";
const RELEVANCE: &str = "relevance";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_all_that_was_asked_and_reads_as_the_same_again() {
        let typed = "q=%E5%85%AC%E7%A7%AF%E9%87%91+%E6%8F%90%E5%8F%96&site=www&site=jyj&subject=%E7%BB%BC%E5%90%88%E6%94%BF%E5%8A%A1%5C%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80&year=2024&on=2024-05-01&order=newest";
        let asked = Asked::read(typed);
        assert_eq!(asked.text, "公积金 提取");
        assert_eq!(asked.filters.len(), 4);
        assert_eq!(asked.day(), Ok(Some("2024-05-01".parse().unwrap())));
        let url = asked.url("/search");
        assert!(Asked::read(url.strip_prefix("/search?").unwrap()) == asked);
        assert_eq!(
            asked.without_filters().url("/s"),
            "/s?q=%E5%85%AC%E7%A7%AF%E9%87%91+%E6%8F%90%E5%8F%96&order=newest"
        );
        assert_eq!(Asked::read("").url("/search"), "/search");
    }

    #[test]
    fn a_filter_is_set_once_and_taken_away_by_the_same_address() {
        let asked = Asked::read("q=a&site=www&after=xyz&from=21");
        let more = asked.toggled(Facet::Year, "2024");
        assert_eq!(more.url("/s"), "/s?q=a&site=www&year=2024");
        assert_eq!(more.toggled(Facet::Year, "2024").toggled(Facet::Site, "www").url("/s"), "/s?q=a");
        assert_eq!(asked.of_all_sites().url("/s"), "/s?q=a");
    }

    #[test]
    fn what_cannot_be_granted_is_told() {
        let wrong = |query: &str| Asked::read(query).strict().err();
        assert_eq!(wrong(&format!("q={}", "a".repeat(501))), Some(Wrong::Text));
        for day in ["on=2024", "on=2024-13-01", "on=yesterday", "on=2024-05-01T00:00"] {
            assert_eq!(wrong(day), Some(Wrong::Day), "{day}");
        }
        assert_eq!(wrong("after=xyz"), Some(Wrong::Cursor));
        for (query, name) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=x", "limit"),
            ("order=best", "order"),
            ("qq=a", "qq"),
        ] {
            assert!(matches!(wrong(query), Some(Wrong::Parameter(told, ..)) if told == name), "{query}");
        }
        assert_eq!(wrong("q=&on=&site=&order=relevance"), None, "what a form sends empty is absent");
        assert!(Asked::read("utm_source=x&q=a").query().is_ok(), "a page passes over what others append");
    }
}
