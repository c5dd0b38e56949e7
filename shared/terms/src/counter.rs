//! Counts what is searched for.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    config::{Builder, retry::RetryConfig},
    error::SdkError,
    types::{AttributeValue, ReturnValue},
};
use data_encoding::BASE32_NOPAD;
use domain::shanghai;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use crate::{OFTEN, TermsError, may_be_shown, shown};

/// How long a search is remembered by the count of its month.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found.
    Found,
    /// Nothing was.
    Nothing,
}

/// Counts what is searched for; cheap to clone.
#[derive(Clone)]
pub struct TermCounter {
    client: Client,
    table: String,
    secret: Vec<u8>,
}

impl TermCounter {
    /// Counts in `table`, under hashes that nobody without `secret` can tell a text from.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>, secret: impl Into<Vec<u8>>) -> Self {
        Self { client, table: table.into(), secret: secret.into() }
    }

    /// Counts a search for a normalised text at `now`.
    ///
    /// # Errors
    /// The table cannot be written.
    pub async fn count(&self, text: &str, outcome: Outcome, now: Timestamp) -> Result<(), TermsError> {
        let (month, ends) = (shanghai::month(now), now.saturating_add(KEPT).unwrap_or(Timestamp::MAX).as_second());
        let hash = self.hash(&month, text);
        let counted = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(format!("counted#{month}#{hash}")))
            .key("sk", AttributeValue::S("-".to_owned()))
            .update_expression("ADD #asked :one, #without :empty SET #ends = :ends")
            .expression_attribute_names("#asked", "asked")
            .expression_attribute_names("#without", "without")
            .expression_attribute_names("#ends", "ends")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":empty", number(i64::from(outcome == Outcome::Nothing)))
            .expression_attribute_values(":ends", number(ends))
            .return_values(ReturnValue::UpdatedNew)
            // A count whose answer was lost is not made again: it may stand.
            .customize()
            .config_override(Builder::new().retry_config(RetryConfig::disabled()))
            .send()
            .await
            .map_err(TermsError::of)?;
        let counted = counted.attributes.unwrap_or_default();
        let (asked, without) = (read(&counted, "asked"), read(&counted, "without"));
        if asked >= OFTEN && may_be_shown(text) {
            self.show(
                &month,
                &hash,
                text,
                [asked, without].map(|count| i64::try_from(count).unwrap_or(i64::MAX)),
                ends,
            )
            .await?;
        }
        Ok(())
    }

    /// Writes a text beside its number, if nobody wrote a higher one meanwhile.
    async fn show(
        &self,
        month: &str,
        hash: &str,
        text: &str,
        [asked, without]: [i64; 2],
        ends: i64,
    ) -> Result<(), TermsError> {
        let written = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(shown(month)))
            .key("sk", AttributeValue::S(hash.to_owned()))
            .update_expression("SET #text = :text, #asked = :asked, #without = :without, #ends = :ends")
            .condition_expression("attribute_not_exists(pk) OR #asked < :asked")
            .expression_attribute_names("#text", "text")
            .expression_attribute_names("#asked", "asked")
            .expression_attribute_names("#without", "without")
            .expression_attribute_names("#ends", "ends")
            .expression_attribute_values(":text", AttributeValue::S(text.to_owned()))
            .expression_attribute_values(":asked", number(asked))
            .expression_attribute_values(":without", number(without))
            .expression_attribute_values(":ends", number(ends))
            .send()
            .await;
        match written {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(failed)) if failed.err().is_conditional_check_failed_exception() => Ok(()),
            Err(error) => Err(TermsError::of(error)),
        }
    }

    /// 128 bits of a keyed hash, another one each month.
    fn hash(&self, month: &str, text: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return String::new() };
        mac.update(format!("searched for in {month}\n").as_bytes());
        mac.update(text.as_bytes());
        let tag = mac.finalize().into_bytes();
        BASE32_NOPAD.encode(tag.get(..16).unwrap_or_default()).to_ascii_lowercase()
    }
}

impl std::fmt::Debug for TermCounter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TermCounter").field("table", &self.table).finish_non_exhaustive()
    }
}

fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A number of an item; zero where it has none.
pub(crate) fn read(item: &HashMap<String, AttributeValue>, name: &str) -> u64 {
    item.get(name).and_then(|value| value.as_n().ok()?.parse().ok()).unwrap_or_default()
}
