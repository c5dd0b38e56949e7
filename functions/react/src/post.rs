//! One attempt at a message: facts, address, words, and who carries them.

use async_trait::async_trait;
use domain::StaffId;
use futures::{StreamExt, stream};
use gateway::City;
use ledger::{Ledger, LoadError};
use outbox::{Delivery, Medium, Message, Post};
use vault::{Secret, VaultError};

use crate::{
    addresses::{AddressError, Addresses, Mailbox, Ways},
    channels::{Carriers, Letter, Uncarried, Wording},
    facts::{self, FactsError},
    state::ReactState,
    wording,
};

/// Letters of one message under way at once.
const CONCURRENT: usize = 8;

/// Delivers messages by the deployment's carriers.
pub(crate) struct Posting {
    ledger: Ledger,
    city: City,
    addresses: Addresses,
    carriers: Carriers,
}

impl Posting {
    pub(crate) fn new(state: &ReactState, carriers: Carriers) -> Self {
        Self {
            ledger: state.reactor.ledger().clone(),
            city: state.city.clone(),
            addresses: state.addresses.clone(),
            carriers,
        }
    }

    async fn attempt(&self, message: &Message, round: u32) -> Result<Delivery, &'static str> {
        let facts = facts::of(&self.ledger, &self.city, message).await.map_err(|error| told(message, &error))?;
        if !facts.holds {
            return Ok(Delivery::Overtaken);
        }
        let media = message.channel.media().iter().copied().filter(|medium| self.carriers.carries(*medium));
        let media: Vec<Medium> = media.collect();
        let ways = self.addresses.of(message, &facts, &media).await.map_err(|error| told(message, &error))?;
        let wording = wording::of(message.notice, &message.recipient, &facts);
        let sending = (message, round);
        Ok(match ways {
            Ways::Person(ways) => self.to_person(sending, ways, &wording).await,
            Ways::Staff(mailboxes) => self.to_staff(sending, mailboxes, &wording).await,
        })
    }

    /// By the first way that is not refused.
    async fn to_person(
        &self,
        (message, round): (&Message, u32),
        ways: Vec<(Medium, Secret<String>)>,
        wording: &Wording,
    ) -> Delivery {
        let mut delivery = Delivery::NoAddress;
        for (medium, to) in ways {
            delivery = match self.carriers.carry(&Letter { message, round, medium, to, wording }).await {
                Ok(()) => return Delivery::Sent(medium),
                Err(Uncarried::Failed(code)) => return Delivery::Failed(code),
                Err(Uncarried::Refused(code)) => Delivery::Refused(code),
            };
        }
        delivery
    }

    /// A letter to each: a mailbox that is none keeps the others from nothing.
    async fn to_staff(
        &self,
        (message, round): (&Message, u32),
        mailboxes: Vec<Mailbox>,
        wording: &Wording,
    ) -> Delivery {
        let letters = stream::iter(mailboxes).map(|Mailbox { staff, at: to }| async move {
            let letter = Letter { message, round, medium: Medium::Email, to, wording };
            let carried = self.carriers.carry(&letter).await;
            (staff, carried)
        });
        let carried: Vec<(StaffId, Result<(), Uncarried>)> = letters.buffer_unordered(CONCURRENT).collect().await;
        let delivery = together(carried.iter().map(|(_, carried)| carried));
        if let Delivery::Sent(_) = delivery {
            // The message is sent and nobody tries again: who did not get it is told of here.
            for (staff, carried) in &carried {
                if let Err(Uncarried::Refused(code) | Uncarried::Failed(code)) = carried {
                    let (message, staff) = (message.id.as_str(), staff.as_str());
                    tracing::error!(
                        alarm = "mailbox",
                        message,
                        staff,
                        code,
                        "one of several mailboxes was not reached"
                    );
                }
            }
        }
        delivery
    }
}

/// What became of a message that went to several mailboxes: sent, if it came to anybody; else to be tried again, if that may help.
fn together<'a>(carried: impl Iterator<Item = &'a Result<(), Uncarried>>) -> Delivery {
    let mut delivery = Delivery::NoAddress;
    for carried in carried {
        delivery = match (carried, delivery) {
            (Ok(()), _) => return Delivery::Sent(Medium::Email),
            (Err(_), failed @ Delivery::Failed(_)) => failed,
            (Err(Uncarried::Failed(code)), _) => Delivery::Failed(code.clone()),
            (Err(Uncarried::Refused(code)), _) => Delivery::Refused(code.clone()),
        };
    }
    delivery
}

#[async_trait]
impl Post for Posting {
    async fn deliver(&self, message: &Message, round: u32) -> Delivery {
        self.attempt(message, round).await.unwrap_or_else(|code| Delivery::Failed(code.to_owned()))
    }
}

/// A failure that has a code for the row and a line for the log; in neither stands an address.
trait Coded: std::fmt::Display {
    fn code(&self) -> &'static str;
}

fn told(message: &Message, error: &impl Coded) -> &'static str {
    let code = error.code();
    tracing::warn!(message = message.id.as_str(), stream = message.stream.as_str(), code, %error, "an attempt failed");
    code
}

impl Coded for FactsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Load(error) => load(error),
            Self::Name(_) => "mistake",
            Self::NoCase => "no-case",
            Self::NoEvent => "no-event",
        }
    }
}

impl Coded for AddressError {
    fn code(&self) -> &'static str {
        match self {
            Self::Load(error) => load(error),
            Self::Views(_) | Self::NoViews => "views",
            Self::Vault(VaultError::KeyMissing { .. }) => "vault-key-missing",
            Self::Vault(VaultError::NotRecorded(_)) => "vault-not-recorded",
            Self::Vault(_) => "vault",
            Self::NoMailbox => "no-mailbox",
            Self::Name => "mistake",
        }
    }
}

fn load(error: &LoadError) -> &'static str {
    match error {
        LoadError::Store(_) => "ledger",
        LoadError::Damaged { .. } => "ledger-damaged",
        LoadError::Decode(_) => "event-unreadable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_to_several_is_sent_if_it_came_to_anybody_and_else_tried_again_if_that_may_help() {
        let refused = || Err(Uncarried::Refused("MessageRejected".to_owned()));
        let failed = || Err(Uncarried::Failed("Throttling".to_owned()));
        let of = |carried: &[Result<(), Uncarried>]| together(carried.iter());
        assert_eq!(of(&[refused(), Ok(()), failed()]), Delivery::Sent(Medium::Email));
        assert_eq!(of(&[refused(), failed(), refused()]), Delivery::Failed("Throttling".to_owned()));
        assert_eq!(of(&[refused(), refused()]), Delivery::Refused("MessageRejected".to_owned()));
    }
}
