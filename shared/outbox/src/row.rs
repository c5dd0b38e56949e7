//! A message's row: how it stands, and every way in which that may change. Pure.

use domain::ActorId;
use jiff::{SignedDuration, Timestamp};

use crate::message::{Medium, Message};

/// How long a claim keeps others away and how long a failed one waits: one per attempt, so their number is that of the attempts.
///
/// The first is longer than any function runs, so that two senders meet at one message only where one of them died.
pub(crate) const PAUSES: &[SignedDuration] = &[
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(3),
    SignedDuration::from_hours(8),
    SignedDuration::from_hours(12),
];

/// How a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// 待发送: it is to be sent, or sent again, at this instant.
    Waiting {
        /// When.
        due: Timestamp,
    },
    /// It could not be delivered, and the case does not tell so yet.
    GivenUp {
        /// Since when.
        at: Timestamp,
    },
    /// 未送达: it could not be delivered, and its case tells so. A dead letter.
    Dead {
        /// Since when.
        at: Timestamp,
    },
    /// 已发送: the proof of it.
    Sent {
        /// When.
        at: Timestamp,
        /// By what.
        by: Medium,
    },
    /// 无联系方式: a citizen did not tell where he is reached, or it is erased; or nothing that could reach him is set up.
    NoAddress {
        /// Since when.
        at: Timestamp,
    },
    /// 已过时: what it was to tell is not so any more.
    Overtaken {
        /// Since when.
        at: Timestamp,
    },
}

impl Standing {
    /// As rows spell it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::GivenUp { .. } => "given-up",
            Self::Dead { .. } => "dead",
            Self::Sent { .. } => "sent",
            Self::NoAddress { .. } => "no-address",
            Self::Overtaken { .. } => "overtaken",
        }
    }

    /// The instant that goes with it.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Waiting { due: at }
            | Self::GivenUp { at }
            | Self::Dead { at }
            | Self::Sent { at, .. }
            | Self::NoAddress { at }
            | Self::Overtaken { at } => *at,
        }
    }
}

/// What became of one attempt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// It was taken by who carries it.
    Sent(Medium),
    /// There is no way to him.
    NoAddress,
    /// What it was to tell is not so any more: nothing went out.
    Overtaken,
    /// It will never be taken: a code, no word of what was sent or where.
    Refused(String),
    /// It may be taken later: a code.
    Failed(String),
}

/// That somebody had a dead message sent again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Raised {
    /// Who.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// What his request is known by, so that its resend gets the same answer.
    pub request: String,
}

/// A row of the outbox. Standing, attempts and round together are its version: every change changes one of them, or only the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The message.
    pub message: Message,
    /// How it stands.
    pub standing: Standing,
    /// Attempts of this round that began.
    pub attempts: u32,
    /// How often it was raised from the dead.
    pub round: u32,
    /// Code of the last failure.
    pub reason: Option<String>,
    /// Who raised it last.
    pub raised: Option<Raised>,
}

impl Row {
    /// A message that nobody tried to send, due as soon as it is written.
    #[must_use]
    pub fn new(message: Message, now: Timestamp) -> Self {
        Self { message, standing: Standing::Waiting { due: now }, attempts: 0, round: 0, reason: None, raised: None }
    }

    /// The row once its next attempt is somebody's own; none where it is not due. After the last attempt it is given up.
    pub(crate) fn claimed(&self, now: Timestamp, pauses: &[SignedDuration]) -> Option<Self> {
        let Standing::Waiting { due } = self.standing else { return None };
        if due > now {
            return None;
        }
        let place = usize::try_from(self.attempts).unwrap_or(usize::MAX);
        Some(match pauses.get(place) {
            Some(pause) => {
                let due = now.saturating_add(*pause).unwrap_or(Timestamp::MAX);
                Self { standing: Standing::Waiting { due }, attempts: self.attempts + 1, ..self.clone() }
            }
            // Whoever made the last attempt died before he could say what came of it.
            None => Self { standing: Standing::GivenUp { at: now }, ..self.clone() },
        })
    }

    /// The row once it is known what came of an attempt; none where it stands for something else by now.
    ///
    /// `own` tells whether it is still as its claimant left it: only he may say that it failed, for another attempt may be under way.
    pub(crate) fn ended(
        &self,
        delivery: &Delivery,
        own: bool,
        now: Timestamp,
        pauses: &[SignedDuration],
    ) -> Option<Self> {
        let Standing::Waiting { .. } = self.standing else { return None };
        let over = usize::try_from(self.attempts).unwrap_or(usize::MAX) >= pauses.len();
        let given_up = Standing::GivenUp { at: now };
        let (standing, reason) = match delivery {
            Delivery::Sent(by) => (Standing::Sent { at: now, by: *by }, None),
            Delivery::NoAddress if own => (Standing::NoAddress { at: now }, None),
            Delivery::Overtaken if own => (Standing::Overtaken { at: now }, None),
            Delivery::Refused(code) if own => (given_up, Some(code.clone())),
            Delivery::Failed(code) if own && over => (given_up, Some(code.clone())),
            Delivery::Failed(code) if own => (self.standing, Some(code.clone())),
            Delivery::NoAddress | Delivery::Overtaken | Delivery::Refused(_) | Delivery::Failed(_) => return None,
        };
        Some(Self { standing, reason, ..self.clone() })
    }

    /// Whether a letter of `round` may have been taken that nobody marked as sent yet.
    pub(crate) fn is_under_way(&self, round: u32) -> bool {
        self.round == round && self.attempts > 0 && matches!(self.standing, Standing::Waiting { .. })
    }

    /// The row once it is known that e-mail which was taken in `round` came back; none where it was not sent so, that is known, or it was raised since.
    pub(crate) fn returned(&self, round: u32, code: &str, now: Timestamp) -> Option<Self> {
        let Standing::Sent { by: Medium::Email, .. } = self.standing else { return None };
        if self.round != round {
            return None;
        }
        Some(Self { standing: Standing::GivenUp { at: now }, reason: Some(code.to_owned()), ..self.clone() })
    }

    /// The row once its case tells that it could not be delivered.
    pub(crate) fn buried(&self, now: Timestamp) -> Option<Self> {
        let Standing::GivenUp { .. } = self.standing else { return None };
        Some(Self { standing: Standing::Dead { at: now }, ..self.clone() })
    }

    /// The row once it is to be sent again; none where it is not dead.
    pub(crate) fn raised(&self, raised: Raised) -> Option<Self> {
        let Standing::Dead { .. } = self.standing else { return None };
        let standing = Standing::Waiting { due: raised.at };
        Some(Self { standing, attempts: 0, round: self.round + 1, raised: Some(raised), ..self.clone() })
    }
}
