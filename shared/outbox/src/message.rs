//! A message: what somebody is to be told, because of which event, and by which way.

use std::{fmt, str::FromStr};

use domain::{
    DepartmentCode, MessageId, StaffId, StreamId,
    case::{Addressee, Notice},
};
use jiff::Timestamp;

/// Who is told. Ids only: where he is reached is found out when the message is sent, and written down nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// Who sent the case.
    Citizen,
    /// A person who answers for it.
    Handler(StaffId),
    /// Whoever supervises the cases of a department when the message is sent.
    Supervisors(DepartmentCode),
    /// Whoever works on its cases then.
    Department(DepartmentCode),
}

impl Recipient {
    /// What he is to the case.
    #[must_use]
    pub fn addressee(&self) -> Addressee {
        match self {
            Self::Citizen => Addressee::Citizen,
            Self::Handler(_) => Addressee::Handler,
            Self::Supervisors(_) => Addressee::Supervisors,
            Self::Department(_) => Addressee::Department,
        }
    }
}

impl fmt::Display for Recipient {
    /// `citizen`, `handler:<staff id>`, `supervisors:<code>`, `department:<code>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Citizen => f.write_str("citizen"),
            Self::Handler(staff) => write!(f, "handler:{staff}"),
            Self::Supervisors(code) => write!(f, "supervisors:{code}"),
            Self::Department(code) => write!(f, "department:{code}"),
        }
    }
}

/// A text names nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no recipient")]
pub struct NoRecipient(pub String);

impl FromStr for Recipient {
    type Err = NoRecipient;

    fn from_str(text: &str) -> Result<Self, NoRecipient> {
        let nobody = || NoRecipient(text.to_owned());
        if text == "citizen" {
            return Ok(Self::Citizen);
        }
        let (kind, id) = text.split_once(':').ok_or_else(nobody)?;
        match kind {
            "handler" => id.parse().map(Self::Handler).map_err(|_| nobody()),
            "supervisors" => id.parse().map(Self::Supervisors).map_err(|_| nobody()),
            "department" => id.parse().map(Self::Department).map_err(|_| nobody()),
            _ => Err(nobody()),
        }
    }
}

/// By what a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// 电子邮件.
    Email,
    /// 短信.
    Text,
}

impl Medium {
    /// As rows spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Text => "text",
        }
    }

    /// The medium that is spelt so, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Email, Self::Text].into_iter().find(|medium| medium.as_str() == name)
    }
}

/// The way to somebody: which media may carry a message, the dearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// By e-mail, and by text message where there is no address or it is refused: citizens.
    EmailElseText,
    /// By e-mail: staff.
    Email,
}

impl Channel {
    /// The media, in the order in which they are asked for.
    #[must_use]
    pub fn media(self) -> &'static [Medium] {
        match self {
            Self::EmailElseText => &[Medium::Email, Medium::Text],
            Self::Email => &[Medium::Email],
        }
    }

    /// As ids and rows spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmailElseText => "email-else-text",
            Self::Email => "email",
        }
    }

    /// The channel that is spelt so, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::EmailElseText, Self::Email].into_iter().find(|channel| channel.as_str() == name)
    }
}

/// A message that a rule asks for. Nothing in it tells who a citizen is or what he wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Derives from everything below but the last two: the same event asks for the same message, whoever looks at it and how often.
    pub id: MessageId,
    /// The case.
    pub stream: StreamId,
    /// Number of the commit that carries the event.
    pub number: u64,
    /// Place of the event there, from 0.
    pub index: u32,
    /// Which rule: what is told.
    pub notice: Notice,
    /// Whom.
    pub recipient: Recipient,
    /// By which way.
    pub channel: Channel,
    /// The department that answered for the case then: whose affair a dead message is.
    pub department: DepartmentCode,
    /// When the event became a fact.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_and_ways_are_read_back_as_they_are_written() {
        let staff: StaffId = "b2l5s7k3qj4yx6tmr2v7hcnz5e".parse().unwrap();
        let code: DepartmentCode = "jyj".parse().unwrap();
        for recipient in [
            Recipient::Citizen,
            Recipient::Handler(staff),
            Recipient::Supervisors(code.clone()),
            Recipient::Department(code),
        ] {
            assert_eq!(recipient.to_string().parse::<Recipient>().unwrap(), recipient);
        }
        for nobody in ["", "citizen:x", "handler:", "supervisors:A", "mayor:jyj"] {
            assert!(nobody.parse::<Recipient>().is_err(), "{nobody}");
        }
        for channel in [Channel::Email, Channel::EmailElseText] {
            assert_eq!(Channel::named(channel.as_str()), Some(channel));
            assert!(channel.media().iter().all(|medium| Medium::named(medium.as_str()) == Some(*medium)));
        }
    }
}
