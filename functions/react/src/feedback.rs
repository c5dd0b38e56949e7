//! What Amazon SES tells of mail that it took: that it came back (bounce), or that its reader complained.
//!
//! SES publishes events of its configuration set, with the tags of a message, to SNS; a queue hands them on as they are. An event names addresses and quotes
//! servers: nothing of it is kept or logged but which message it was and a code of our own words.

use std::collections::BTreeMap;

use domain::MessageId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::channels::{MESSAGE_TAG, ROUND_TAG};

/// What Lambda hands over of a queue.
#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "messageId", default)]
    id: String,
    body: String,
}

/// An event of SES, as far as it is read.
#[derive(Deserialize)]
struct Told {
    /// Of feedback that is not published by a configuration set `notificationType`; that has no tags.
    #[serde(rename = "eventType", alias = "notificationType")]
    kind: String,
    mail: Mail,
    #[serde(default)]
    bounce: Option<Bounce>,
    #[serde(default)]
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
struct Mail {
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Bounce {
    #[serde(rename = "bounceType")]
    kind: String,
    #[serde(rename = "bounceSubType", default)]
    subtype: String,
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(rename = "complaintFeedbackType", default)]
    kind: Option<String>,
}

/// A message that SES took and that did not come to whom it was for, or that he does not want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Returned {
    /// Id of the record that tells so, as the queue has it.
    pub(crate) record: String,
    /// Which.
    pub(crate) message: MessageId,
    /// Which sending of it.
    pub(crate) round: u32,
    /// Why: a code.
    pub(crate) code: String,
}

/// Records of a batch that the queue is to bring again, as Lambda asks for them; the others are done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Again {
    #[serde(rename = "batchItemFailures")]
    records: Vec<Failure>,
}

#[derive(Debug, Serialize)]
struct Failure {
    #[serde(rename = "itemIdentifier")]
    record: String,
}

impl Again {
    pub(crate) fn add(&mut self, record: String) {
        self.records.push(Failure { record });
    }

    pub(crate) fn count(&self) -> usize {
        self.records.len()
    }
}

/// What a batch of the queue tells. What cannot be read is told to whoever is on call, and keeps nobody waiting: SES would say it no other way.
///
/// # Errors
/// It is no batch of a queue.
pub(crate) fn returned(event: Value) -> Result<Vec<Returned>, serde_json::Error> {
    let Batch { records } = serde_json::from_value(event)?;
    Ok(records.into_iter().filter_map(of).collect())
}

fn of(Record { id: record, body }: Record) -> Option<Returned> {
    // INVARIANT: no word of the error is logged: it may quote an address.
    let Ok(told) = serde_json::from_str::<Told>(&body) else {
        tracing::error!(alarm = "mail-feedback", "an event of returned mail cannot be read");
        return None;
    };
    let code = code(&told)?;
    let tag = |name: &str| told.mail.tags.get(name).and_then(|tags| tags.first());
    let message = tag(MESSAGE_TAG).and_then(|tag| tag.parse().ok());
    // Letters of code that did not tell it are of the first sending, or of one that nobody can name: that is heard of by nobody.
    let round: Option<u32> = tag(ROUND_TAG).map_or(Some(0), |tag| tag.parse().ok());
    if message.is_none() || round.is_none() {
        tracing::error!(alarm = "mail-feedback", code, "returned mail names no message of ours");
    }
    Some(Returned { record, message: message?, round: round?, code })
}

/// Why it did not come; none where it did.
fn code(told: &Told) -> Option<String> {
    match told.kind.as_str() {
        "Bounce" => told.bounce.as_ref().and_then(bounced),
        "Complaint" => {
            let kind = told.complaint.as_ref().and_then(|complaint| complaint.kind.as_deref());
            // He took it out of what he had taken for unwanted.
            (kind != Some("not-spam")).then(|| "complaint".to_owned())
        }
        _ => None,
    }
}

/// Whoever is away answers automatically, and SES tells of that as a general transient bounce: the mail is there.
fn bounced(bounce: &Bounce) -> Option<String> {
    match (bounce.kind.as_str(), bounce.subtype.as_str()) {
        ("Transient", "General" | "") => None,
        ("Permanent", "Suppressed" | "OnAccountSuppressionList") => Some("bounce-suppressed".to_owned()),
        ("Transient", "MailboxFull") => Some("bounce-mailbox-full".to_owned()),
        ("Transient", _) => Some("bounce-transient".to_owned()),
        ("Permanent", _) => Some("bounce-permanent".to_owned()),
        _ => Some("bounce".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "b2l5s7k3qj4yx6tmr2v7hcnz5e";

    fn told(event: &Value) -> Vec<Returned> {
        returned(json!({ "Records": [{ "eventSource": "aws:sqs", "body": event.to_string() }] })).unwrap()
    }

    fn bounce(kind: &str, subtype: &str) -> Value {
        json!({
            "eventType": "Bounce",
            "bounce": {
                "feedbackId": "0100", "bounceType": kind, "bounceSubType": subtype, "timestamp": "2026-11-30T01:00:00.000Z",
                "bouncedRecipients": [{ "emailAddress": "wang@example.cn", "action": "failed", "status": "5.1.1",
                    "diagnosticCode": "smtp; 550 5.1.1 <wang@example.cn>... User" }],
            },
            "mail": {
                "timestamp": "2026-11-30T01:00:00.000Z", "source": "no-reply@chenghu.example", "messageId": "0100",
                "destination": ["wang@example.cn"], "tags": { "ses:operation": ["SendEmail"], "message": [ID] },
            },
        })
    }

    /// Given a letter of a later sending, or of code that did not tell which, then it is of that one, or of the first.
    #[test]
    fn mail_that_came_back_is_of_one_sending() {
        for (tag, round) in [(None, Some(0)), (Some("0"), Some(0)), (Some("3"), Some(3)), (Some("x"), None)] {
            let mut event = bounce("Permanent", "General");
            if let Some(tag) = tag {
                event["mail"]["tags"]["round"] = json!([tag]);
            }
            assert_eq!(told(&event).pop().map(|returned| returned.round), round, "{tag:?}");
        }
    }

    fn code_of(event: &Value) -> Option<String> {
        told(event).pop().map(|returned| {
            assert_eq!(returned.message.as_str(), ID);
            returned.code
        })
    }

    #[test]
    fn mail_that_came_back_is_named_by_its_tag_and_told_by_a_code_of_ours() {
        for (kind, subtype, code) in [
            ("Permanent", "General", Some("bounce-permanent")),
            ("Permanent", "OnAccountSuppressionList", Some("bounce-suppressed")),
            ("Transient", "MailboxFull", Some("bounce-mailbox-full")),
            ("Transient", "ContentRejected", Some("bounce-transient")),
            ("Undetermined", "Undetermined", Some("bounce")),
            // Somebody is on holiday.
            ("Transient", "General", None),
        ] {
            assert_eq!(code_of(&bounce(kind, subtype)).as_deref(), code, "{kind} {subtype}");
        }
    }

    #[test]
    fn who_complains_does_not_want_it_and_who_takes_that_back_does() {
        let complaint = |kind: &str| {
            json!({ "eventType": "Complaint", "mail": { "tags": { "message": [ID] } },
                "complaint": { "complaintFeedbackType": kind, "complainedRecipients": [{ "emailAddress": "wang@example.cn" }] } })
        };
        assert_eq!(code_of(&complaint("abuse")).as_deref(), Some("complaint"));
        assert_eq!(code_of(&complaint("not-spam")), None);
        let delivered = json!({ "eventType": "Delivery", "mail": { "tags": { "message": [ID] } } });
        assert_eq!(code_of(&delivered), None);
    }

    #[test]
    fn what_names_no_message_or_cannot_be_read_keeps_the_others_from_nothing() {
        let mut untagged = bounce("Permanent", "General");
        untagged["mail"]["tags"] = json!({});
        let bodies = [
            json!("no event").to_string(),
            "{".to_owned(),
            untagged.to_string(),
            bounce("Permanent", "General").to_string(),
        ];
        let records: Vec<Value> = bodies.iter().map(|body| json!({ "body": body })).collect();
        assert_eq!(returned(json!({ "Records": records })).unwrap().len(), 1);
        assert!(returned(json!({ "Records": [{}] })).is_err());
    }
}
