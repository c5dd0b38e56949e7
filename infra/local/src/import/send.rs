//! Records on their way: several at a time, group after group.

use std::time::{Duration, Instant};

use futures::{StreamExt, stream};
use jiff::Timestamp;
use mapping::{Record, Reject};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::serve::api::{Answer, Api, Receipt, Request};

/// Tries of one record before the import stops.
const TRIES: u32 = 6;

/// How far the sending is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sending {
    /// Records sent, whatever became of them.
    pub done: usize,
    /// Records in all.
    pub of: usize,
    /// How many a second so far.
    pub per_second: f64,
}

/// What became of the records.
#[derive(Debug, Default)]
pub struct Sent {
    /// Addresses of the commits of this run.
    pub commits: Vec<String>,
    /// How many had come in before.
    pub unchanged: usize,
    /// What the API refused.
    pub rejects: Vec<Reject>,
}

/// How records are sent.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// Who sends them.
    pub subject: &'a str,
    /// How many are under way at a time.
    pub jobs: usize,
    /// When this run began, by the clock that dates commits: what was committed before came in before.
    pub began: Timestamp,
}

/// Sends every group after the one before it.
///
/// # Errors
/// The API cannot be reached, is out of order, or does not know the sender: nothing that another record could change.
pub async fn send(
    api: &Api<'_>,
    groups: Vec<Vec<Record>>,
    manner: Manner<'_>,
    on_step: impl Fn(Sending),
) -> Result<Sent, String> {
    let of = groups.iter().map(Vec::len).sum();
    let started = Instant::now();
    let mut sent = Sent::default();
    let mut done = 0;
    for group in groups {
        let under_way = stream::iter(group.into_iter().map(|record| one(api, manner.subject, record)));
        let mut under_way = under_way.buffer_unordered(manner.jobs);
        while let Some(ended) = under_way.next().await {
            match ended? {
                Ended::In(receipt) if receipt.at >= manner.began => sent.commits.push(receipt.commit),
                Ended::In(_) | Ended::Unchanged => sent.unchanged += 1,
                Ended::Refused(reject) => sent.rejects.push(reject),
            }
            done += 1;
            on_step(Sending { done, of, per_second: rate(done, started.elapsed()) });
        }
    }
    Ok(sent)
}

/// How many a second, `done` in `took`.
#[must_use]
pub fn rate(done: usize, took: Duration) -> f64 {
    let seconds = took.as_secs_f64();
    // Counts of records are far below what a float holds exactly.
    if seconds > 0.0 { u32::try_from(done).map_or(0.0, f64::from) / seconds } else { 0.0 }
}

/// What became of one record.
enum Ended {
    In(Receipt),
    Unchanged,
    Refused(Reject),
}

async fn one(api: &Api<'_>, subject: &str, record: Record) -> Result<Ended, String> {
    let key = key(&record.body);
    let request = Request {
        method: "POST",
        path: "/api/publish/migrations".to_owned(),
        subject: subject.to_owned(),
        body: record.body,
        expected: None,
    };
    let mut tries = 1;
    loop {
        let ended = match api.ask(&key, &request).await {
            Ok(answer) if answer.is_success() => {
                return serde_json::from_value(answer.body).map(Ended::In).map_err(|error| error.to_string());
            }
            Ok(answer) if answer.code() == "unchanged" => return Ok(Ended::Unchanged),
            Ok(answer) => match weight(&answer) {
                Weight::Record => {
                    let reason = reason(&answer);
                    return Ok(Ended::Refused(Reject { line: record.line, key: Some(record.key), reason }));
                }
                Weight::Sender => Err(told(record.line, &reason(&answer))),
                Weight::Moment if tries < TRIES => Ok(()),
                Weight::Moment => Err(told(record.line, &reason(&answer))),
            },
            Err(said) if tries < TRIES => {
                tracing::debug!(said, tries, "the import tries again");
                Ok(())
            }
            Err(said) => Err(told(record.line, &said)),
        };
        ended?;
        tokio::time::sleep(Duration::from_millis(100 << tries)).await;
        tries += 1;
    }
}

/// Whom a refusal is about.
enum Weight {
    /// This record; others may go in.
    Record,
    /// The sender; no record of his will go in.
    Sender,
    /// The moment: the same request may be taken a little later.
    Moment,
}

fn weight(answer: &Answer) -> Weight {
    match (answer.status, answer.code()) {
        (401 | 403, _) => Weight::Sender,
        (409, "conflict" | "earlier-try-open") | (429 | 500.., _) => Weight::Moment,
        // No problem of the API's: something before it answered.
        (_, "") => Weight::Sender,
        _ => Weight::Record,
    }
}

fn told(line: usize, said: &str) -> String {
    format!("stopped at line {line}: {said}; what was taken is in, and the same import goes on where it stopped")
}

/// The key under which a record is sent: of its own words, so that a second run sends the same.
fn key(body: &Value) -> String {
    let digest = Sha256::digest(body.to_string().as_bytes());
    let hex: String = digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("import-{hex}")
}

/// A problem as a sentence, its fields after it.
fn reason(answer: &Answer) -> String {
    let text = |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let detail = text(&answer.body, "detail_en");
    let errors = answer.body.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let fields: Vec<String> =
        errors.iter().map(|error| format!("{}: {}", text(error, "pointer"), text(error, "detail_en"))).collect();
    let code = if answer.code().is_empty() { answer.status.to_string() } else { answer.code().to_owned() };
    if fields.is_empty() { format!("{code}: {detail}") } else { format!("{code}: {}", fields.join(" ")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(status: u16, body: Value) -> Answer {
        Answer { status, body, date: None }
    }

    #[test]
    fn a_key_follows_from_the_record_alone() {
        let body = json!({ "a": 1 });
        assert_eq!(key(&body), key(&body.clone()));
        assert_ne!(key(&body), key(&json!({ "a": 2 })));
        assert!(key(&body).len() <= 120);
    }

    #[test]
    fn a_refusal_is_told_with_its_fields() {
        let body = json!({ "code": "invalid-field", "detail_en": "x", "errors": [
            { "pointer": "/content/title", "detail_en": "the text is too long." } ] });
        assert_eq!(reason(&answer(422, body)), "invalid-field: /content/title: the text is too long.");
        let plain = json!({ "code": "migrated-otherwise", "detail_en": "A record comes in once." });
        assert_eq!(reason(&answer(409, plain)), "migrated-otherwise: A record comes in once.");
    }

    #[test]
    fn a_refusal_of_the_sender_ends_the_import_and_one_of_the_record_does_not() {
        let of = |status, code: &str| weight(&answer(status, json!({ "code": code })));
        assert!(matches!(of(403, "forbidden"), Weight::Sender));
        assert!(matches!(of(404, ""), Weight::Sender));
        assert!(matches!(of(409, "migrated-otherwise"), Weight::Record));
        assert!(matches!(of(409, "conflict"), Weight::Moment));
        assert!(matches!(of(503, "unavailable"), Weight::Moment));
    }

    #[test]
    fn a_rate_is_of_what_was_done_in_the_time() {
        assert!((rate(100, Duration::from_secs(2)) - 50.0).abs() < f64::EPSILON);
        assert!(rate(100, Duration::ZERO).abs() < f64::EPSILON);
    }
}
