//! The Lambda event of a DynamoDB stream, and the answer Lambda wants.

use std::collections::BTreeSet;

use aws_lambda_events::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use domain::StreamId;
use serde::Deserialize;

/// Keys of a ledger item.
#[derive(Deserialize)]
struct Keys {
    pk: StreamId,
}

/// What a batch of records says: which streams moved, and by which record each is named.
#[derive(Debug, Default)]
pub struct Doorbells {
    rung: Vec<(StreamId, String)>,
}

impl Doorbells {
    /// Reads a batch of stream records.
    ///
    /// Only insertions ring. A record that changes or removes a ledger item breaks an invariant and raises an alarm; one whose key is no stream
    /// cannot come from this ledger and is told in the log. Neither is retried: the record would be the same again.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        let mut doorbells = Self::default();
        for record in &event.records {
            let sequence = record.change.sequence_number.clone().unwrap_or_default();
            match stream_of(record) {
                Some(stream) if record.event_name == "INSERT" => doorbells.rung.push((stream, sequence)),
                Some(stream) => {
                    let change = record.event_name.as_str();
                    tracing::error!(
                        stream = stream.as_str(),
                        change,
                        alarm = "ledger-changed",
                        "a ledger item was changed or removed"
                    );
                }
                None => tracing::error!(
                    sequence,
                    alarm = "foreign-record",
                    "a record of the ledger's stream names no stream"
                ),
            }
        }
        doorbells
    }

    /// The streams that moved, each once.
    #[must_use]
    pub fn streams(&self) -> BTreeSet<StreamId> {
        self.rung.iter().map(|(stream, _)| stream.clone()).collect()
    }

    /// The answer that makes Lambda send the records of `failed` streams again.
    #[must_use]
    pub fn answer(&self, failed: &BTreeSet<StreamId>) -> DynamoDbEventResponse {
        let mut answer = DynamoDbEventResponse::default();
        for (_, sequence) in self.rung.iter().filter(|(stream, _)| failed.contains(stream)) {
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = Some(sequence.clone());
            answer.batch_item_failures.push(failure);
        }
        answer
    }
}

fn stream_of(record: &EventRecord) -> Option<StreamId> {
    serde_dynamo::from_item::<_, Keys>(record.change.keys.clone()).ok().map(|keys| keys.pk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(records: &[(&str, &str, &str)]) -> Event {
        let records: Vec<_> = records
            .iter()
            .map(|(name, pk, sequence)| {
                serde_json::json!({
                    "eventID": "1", "eventName": name, "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "local",
                    "eventSourceARN": "arn:aws:dynamodb:local:000000000000:table/ledger/stream/1",
                    "dynamodb": {
                        "Keys": {"pk": {"S": pk}, "sk": {"N": "3"}}, "SequenceNumber": sequence, "SizeBytes": 12,
                        "StreamViewType": "KEYS_ONLY", "ApproximateCreationDateTime": 1_700_000_000
                    }
                })
            })
            .collect();
        serde_json::from_value(serde_json::json!({ "Records": records })).unwrap()
    }

    #[test]
    fn names_each_stream_once_and_answers_with_every_record_of_a_failed_one() {
        let doorbells = Doorbells::of(&event(&[
            ("INSERT", "site:www", "1"),
            ("INSERT", "column:www.tzgg", "2"),
            ("INSERT", "site:www", "3"),
        ]));
        assert_eq!(doorbells.streams().len(), 2);
        let answer = doorbells.answer(&BTreeSet::from(["site:www".parse().unwrap()]));
        let named: Vec<_> = answer.batch_item_failures.iter().filter_map(|f| f.item_identifier.clone()).collect();
        assert_eq!(named, ["1", "3"]);
    }

    #[test]
    fn changes_removals_and_foreign_keys_ring_nothing() {
        let doorbells = Doorbells::of(&event(&[
            ("MODIFY", "site:www", "1"),
            ("REMOVE", "site:www", "2"),
            ("INSERT", "no stream", "3"),
        ]));
        assert!(doorbells.streams().is_empty());
    }
}
