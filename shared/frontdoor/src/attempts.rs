//! How often something may be tried: token buckets in DynamoDB, exact whoever else tries at the same instant.
//!
//! A bucket is one instant, `full`: when it will be full again (the generic cell rate algorithm). A try moves it on by what one token takes to come back, if it
//! stays near enough. At most two conditional updates decide every try: one for a bucket that is full already, one for another. What the first finds is true when it
//! finds it, and the second checks again, so there is nothing to retry.

use std::{collections::HashMap, time::Duration};

use aws_sdk_dynamodb::{
    Client,
    error::{DisplayErrorContext, SdkError},
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure},
};
use jiff::Timestamp;
use thiserror::Error;

use crate::{
    keys::Key,
    visitor::{Visitor, hashed},
};

mod rate;

pub use rate::{Rate, Rates};

/// What is tried, and by which bucket it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Try<'a> {
    /// A query code for the case of this number, from anywhere.
    Number(&'a str),
    /// A query code for any number, from one address.
    Code(&'a Visitor),
    /// A form sent from one address, with a proof of work.
    Submission(&'a Visitor),
    /// A form sent from one address, without.
    PlainSubmission(&'a Visitor),
    /// A file added to a form from one address, or an act that brings files.
    Upload(&'a Visitor),
}

/// Whether something may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may; it has been counted.
    Granted,
    /// It may again after this; nothing was counted.
    Wait(Duration),
}

/// The tries could not be counted: nothing is granted.
#[derive(Debug, Clone, Error)]
#[error("tries cannot be counted now: {0}")]
pub struct Uncounted(String);

impl Uncounted {
    /// For whoever counts elsewhere; `reason` is logged.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

/// The table `attempts`: `pk` S, `full` N milliseconds, `ends` N seconds (TTL).
#[derive(Debug, Clone)]
pub struct Attempts {
    client: Client,
    table: String,
    key: Key,
    rates: Rates,
}

impl Attempts {
    /// Buckets in `table`; numbers are named by hashes under `key`.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>, key: Key, rates: Rates) -> Self {
        Self { client, table: table.into(), key, rates }
    }

    /// The rates it counts by.
    #[must_use]
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Takes a token, if there is one at `now`.
    ///
    /// # Errors
    /// The store failed.
    pub async fn take(&self, attempt: &Try<'_>, now: Timestamp) -> Result<Verdict, Uncounted> {
        let (pk, rate) = self.bucket(attempt);
        let (now, token, most) = (now.as_millisecond(), rate.token(), now.as_millisecond() + rate.ahead());
        let wait = |full: i64| Verdict::Wait(Duration::from_millis(u64::try_from(full - most).unwrap_or(1).max(1)));
        // Full: the first token is taken now.
        let expression = "SET #full = :value, #ends = :ends";
        let condition = "attribute_not_exists(pk) OR #full <= :limit";
        let Some(full) = self.update(&pk, expression, condition, (now + token, now, now + token)).await? else {
            return Ok(Verdict::Granted);
        };
        // Empty: whoever guesses on costs one request.
        if full > most {
            return Ok(wait(full));
        }
        // Neither: it may be as far ahead as all tokens but one take to come back.
        let expression = "SET #full = #full + :value, #ends = :ends";
        let stood = self.update(&pk, expression, "#full <= :limit", (token, most, most + token)).await?;
        Ok(stood.map_or(Verdict::Granted, wait))
    }

    /// Gives a token back: what was tried was right.
    ///
    /// # Errors
    /// The store failed.
    pub async fn give_back(&self, attempt: &Try<'_>, now: Timestamp) -> Result<(), Uncounted> {
        let (pk, rate) = self.bucket(attempt);
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(pk))
            .update_expression("SET #full = #full - :token")
            .condition_expression("#full > :now")
            .expression_attribute_names("#full", "full")
            .expression_attribute_values(":token", number(rate.token()))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .send()
            .await;
        match update {
            Ok(_) => Ok(()),
            // It is full already.
            Err(SdkError::ServiceError(failed)) if failed.err().is_conditional_check_failed_exception() => Ok(()),
            Err(error) => Err(Uncounted(DisplayErrorContext(error).to_string())),
        }
    }

    /// One conditional update with its `value`, the `limit` of its condition, and when the item may be forgotten; gives where the bucket stands, if the condition
    /// did not hold.
    async fn update(
        &self,
        pk: &str,
        expression: &str,
        condition: &str,
        (value, limit, ends): (i64, i64, i64),
    ) -> Result<Option<i64>, Uncounted> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", AttributeValue::S(pk.to_owned()))
            .update_expression(expression)
            .condition_expression(condition)
            .expression_attribute_names("#full", "full")
            .expression_attribute_names("#ends", "ends")
            .expression_attribute_values(":value", number(value))
            .expression_attribute_values(":limit", number(limit))
            // What DynamoDB forgets a while later was full by then: forgetting it changes nothing.
            .expression_attribute_values(":ends", number(ends / 1_000 + 1))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match update {
            Ok(_) => Ok(None),
            Err(SdkError::ServiceError(failed)) => match failed.err() {
                aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(held) => {
                    Ok(Some(stands(held.item()).unwrap_or(limit)))
                }
                error => Err(Uncounted(DisplayErrorContext(error).to_string())),
            },
            Err(error) => Err(Uncounted(DisplayErrorContext(error).to_string())),
        }
    }

    /// Name and rate of the bucket that counts a try.
    fn bucket(&self, attempt: &Try<'_>) -> (String, Rate) {
        match attempt {
            // Anything may be typed where a number belongs: it is not kept as it is.
            Try::Number(number) => {
                let name = hashed(&self.key.derived("number of a case"), number);
                (format!("number|{name}"), self.rates.number)
            }
            Try::Code(visitor) => (format!("code|{}", visitor.as_str()), self.rates.code),
            Try::Submission(visitor) => (format!("form|{}", visitor.as_str()), self.rates.submission),
            Try::PlainSubmission(visitor) => (format!("plain|{}", visitor.as_str()), self.rates.plain_submission),
            Try::Upload(visitor) => (format!("file|{}", visitor.as_str()), self.rates.upload),
        }
    }
}

fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn stands(item: Option<&HashMap<String, AttributeValue>>) -> Option<i64> {
    item?.get("full")?.as_n().ok()?.parse().ok()
}
