//! What DynamoDB Streams would make of a write: the event a stream mapping gives its function.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cloud::dynamo::Doorbell;

/// One record of the stream: a doorbell with its place in the order of arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The doorbell.
    pub doorbell: Doorbell,
    /// Place in the stream, from 1; grows with every record.
    pub sequence: u64,
    /// When it rang.
    pub at: Timestamp,
}

impl Record {
    /// The record's number as the stream writes it: digits that sort as they count.
    #[must_use]
    pub fn sequence_number(&self) -> String {
        format!("{:021}", self.sequence)
    }

    /// The record as Lambda gets it.
    ///
    /// The stream carries keys only, as in `infra/template.yaml`: the projector reads the ledger itself and trusts no doorbell's content.
    #[must_use]
    pub fn event_record(&self) -> Value {
        let keys = &self.doorbell.keys;
        json!({
            "eventID": format!("{:032x}", self.sequence),
            "eventName": self.doorbell.event_name.as_str(),
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": crate::cloud::credentials::REGION,
            "dynamodb": {
                "ApproximateCreationDateTime": self.at.as_second(),
                "Keys": keys,
                "SequenceNumber": self.sequence_number(),
                "SizeBytes": keys.to_string().len(),
                "StreamViewType": "KEYS_ONLY",
            },
            "eventSourceARN": format!(
                "arn:aws:dynamodb:{}:000000000000:table/{}/stream/2026-01-01T00:00:00.000",
                crate::cloud::credentials::REGION,
                self.doorbell.table
            ),
        })
    }
}

/// The whole event for a batch.
#[must_use]
pub fn event(records: &[Record]) -> Value {
    json!({ "Records": records.iter().map(Record::event_record).collect::<Vec<_>>() })
}

/// The index from which a batch must be sent again, read from the function's answer.
///
/// As Lambda does it with partial batch responses: everything from the lowest number named on; nothing named, nothing again; a number
/// that is not of the batch, or an answer of another shape, means the whole batch.
#[must_use]
pub fn retry_from(records: &[Record], answer: &Value) -> Option<usize> {
    let failures = match answer.get("batchItemFailures") {
        // Lambda takes an empty, null or missing list for full success.
        None | Some(Value::Null) if answer.is_null() || answer.is_object() => return None,
        Some(Value::Array(failures)) => failures,
        _ => return Some(0),
    };
    let place = |failure: &Value| {
        let named = failure.get("itemIdentifier").and_then(Value::as_str);
        named.and_then(|named| records.iter().position(|record| record.sequence_number() == named)).unwrap_or(0)
    };
    failures.iter().map(place).min()
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::dynamodb::Event;

    use super::*;
    use crate::cloud::dynamo::EventName;

    fn record(sequence: u64) -> Record {
        Record {
            doorbell: Doorbell {
                table: "ledger".to_owned(),
                keys: json!({"pk": {"S": "document:a"}, "sk": {"N": sequence.to_string()}}),
                new_image: None,
                event_name: EventName::Insert,
            },
            sequence,
            at: "2026-11-23T01:02:03Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_event_is_the_one_a_stream_mapping_sends() {
        let event = event(&[record(1)]);
        insta::with_settings!({ sort_maps => true }, { insta::assert_json_snapshot!(event) });
        let read: Event = serde_json::from_value(event).unwrap();
        assert_eq!(read.records[0].event_name, "INSERT");
        assert_eq!(read.records[0].change.sequence_number.as_deref(), Some("000000000000000000001"));
    }

    #[test]
    fn a_batch_is_sent_again_from_the_lowest_failed_record() {
        let batch = [record(1), record(2), record(3)];
        let failed = |numbers: &[&str]| {
            let failures: Vec<Value> = numbers.iter().map(|number| json!({"itemIdentifier": number})).collect();
            retry_from(&batch, &json!({ "batchItemFailures": failures }))
        };
        assert_eq!(failed(&[]), None);
        assert_eq!(failed(&["000000000000000000003", "000000000000000000002"]), Some(1));
        assert_eq!(failed(&["unknown"]), Some(0));
        assert_eq!(retry_from(&batch, &Value::Null), None);
        assert_eq!(retry_from(&batch, &json!({})), None);
        assert_eq!(retry_from(&batch, &json!({"batchItemFailures": "x"})), Some(0));
        assert_eq!(retry_from(&batch, &json!("odd")), Some(0));
    }
}
