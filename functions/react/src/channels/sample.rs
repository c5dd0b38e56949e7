//! A message, for tests of who carries it.

use domain::{MessageId, case::Notice};
use outbox::{Channel, Message, Recipient};

use super::Wording;

pub(super) fn message() -> Message {
    let stream = "correction:b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap();
    Message {
        id: MessageId::derive(&stream, 1, 0, "received", "citizen", "email-else-text"),
        stream,
        number: 1,
        index: 0,
        notice: Notice::Received,
        recipient: Recipient::Citizen,
        channel: Channel::EmailElseText,
        department: "jyj".parse().unwrap(),
        at: "2026-11-30T01:00:00Z".parse().unwrap(),
    }
}

pub(super) fn wording() -> Wording {
    let said = |text: &str| text.to_owned();
    Wording { subject: said("已收到您的来件"), letter: said("您好：\n"), line: said("已收到。") }
}
