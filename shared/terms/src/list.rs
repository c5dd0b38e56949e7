//! Tells what was searched for often.

use std::collections::HashMap;

use aws_sdk_dynamodb::{Client, types::AttributeValue};

use crate::{TermsError, counter::read, shown};

/// Items that are read for one list: whoever fills a month with more texts, each five times, fills no memory.
const MOST: usize = 20_000;

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
            from = page.last_evaluated_key.filter(|_| terms.len() < MOST);
            if from.is_none() {
                break;
            }
        }
        terms.sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| one.text.cmp(&other.text)));
        Ok(terms)
    }
}

fn term(item: &HashMap<String, AttributeValue>) -> Option<Term> {
    let text = item.get("text")?.as_s().ok()?.clone();
    Some(Term { text, asked: read(item, "asked"), without: read(item, "without") })
}
