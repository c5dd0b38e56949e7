//! Tells what was searched for often.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::{Client, types::AttributeValue};

use crate::{TermsError, counter::read, shown};

/// Texts that are kept of each order while a month is read: whoever fills it with others, each five times, fills no memory and pushes none off the list.
const MOST: usize = 2_000;

/// A text, and how often it was searched for in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The text, normalised.
    pub text: String,
    /// How often.
    pub asked: u64,
    /// How often of these nothing was found.
    pub without: u64,
}

/// Tells what was searched for often; cheap to clone.
#[derive(Debug, Clone)]
pub struct TermList {
    client: Client,
    table: String,
}

impl TermList {
    /// What is counted in `table`.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// The texts of a month (`2026-12`), the most frequent first; of equal ones in the order of their text.
    ///
    /// # Errors
    /// The table cannot be read.
    pub async fn of_month(&self, month: &str) -> Result<Vec<Term>, TermsError> {
        let mut terms = Vec::new();
        let mut from: Option<HashMap<String, AttributeValue>> = None;
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :month")
                .expression_attribute_values(":month", AttributeValue::S(shown(month)))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(TermsError::of)?;
            terms.extend(page.items.unwrap_or_default().iter().filter_map(term));
            terms = foremost(terms);
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(terms);
            }
        }
    }
}

/// The most frequent, and those that most often found nothing, as many of each as are kept: the most frequent first, of equal ones in the order of their text.
///
/// A text has two numbers where the secret changed in its month: it is one text.
fn foremost(terms: Vec<Term>) -> Vec<Term> {
    let mut by_text: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for Term { text, asked, without } in terms {
        let sum = by_text.entry(text).or_default();
        *sum = (sum.0 + asked, sum.1 + without);
    }
    let mut terms: Vec<Term> =
        by_text.into_iter().map(|(text, (asked, without))| Term { text, asked, without }).collect();
    let mut often: Vec<u64> = terms.iter().map(|term| term.without).collect();
    often.sort_unstable_by(|one, other| other.cmp(one));
    let least = often.get(MOST).copied();
    terms.sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| one.text.cmp(&other.text)));
    let kept = terms.into_iter().enumerate();
    kept.filter(|(place, term)| *place < MOST || least.is_none_or(|least| term.without > least))
        .map(|(_, term)| term)
        .collect()
}

fn term(item: &HashMap<String, AttributeValue>) -> Option<Term> {
    let text = item.get("text")?.as_s().ok()?.clone();
    Some(Term { text, asked: read(item, "asked"), without: read(item, "without") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str, asked: u64, without: u64) -> Term {
        Term { text: text.to_owned(), asked, without }
    }

    #[test]
    fn a_text_that_was_counted_under_two_secrets_is_one() {
        let told = foremost(vec![term("公积金", 5, 1), term("停水", 6, 0), term("公积金", 7, 2)]);
        assert_eq!(told, [term("公积金", 12, 3), term("停水", 6, 0)]);
    }

    #[test]
    fn many_texts_push_neither_a_frequent_one_nor_one_without_results_off_the_list() {
        let filler = (0..MOST as u64 * 2).map(|number| term(&format!("甲{number}"), 5, 1));
        let told = foremost(filler.chain([term("公积金", 9, 0), term("老年食堂", 5, 5)]).collect());
        assert_eq!(told.first(), Some(&term("公积金", 9, 0)));
        assert!(told.contains(&term("老年食堂", 5, 5)) && told.len() <= MOST * 2 + 2, "{}", told.len());
    }
}
