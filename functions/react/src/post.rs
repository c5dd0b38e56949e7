//! One attempt at a message: facts, address, words, and who carries them.

use async_trait::async_trait;
use gateway::City;
use ledger::{Ledger, LoadError};
use outbox::{Delivery, Medium, Message, Post};
use vault::VaultError;

use crate::{
    addresses::{AddressError, Addresses},
    channels::{Carriers, Letter, Uncarried},
    facts::{self, FactsError},
    state::ReactState,
    wording,
};

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

    async fn attempt(&self, message: &Message) -> Result<Delivery, &'static str> {
        let facts = facts::of(&self.ledger, &self.city, message).await.map_err(|error| told(message, &error))?;
        let media = message.channel.media().iter().copied().filter(|medium| self.carriers.carries(*medium));
        let media: Vec<Medium> = media.collect();
        let reached = self.addresses.of(message, &facts, &media).await.map_err(|error| told(message, &error))?;
        let Some(reached) = reached else { return Ok(Delivery::NoAddress) };
        let medium = reached.medium;
        let wording = wording::of(message.notice, &message.recipient, &facts);
        let letter = Letter { message, medium, to: reached.at, wording };
        Ok(match self.carriers.carry(&letter).await {
            Ok(()) => Delivery::Sent(medium),
            Err(Uncarried::Refused(code)) => Delivery::Refused(code),
            Err(Uncarried::Failed(code)) => Delivery::Failed(code),
        })
    }
}

#[async_trait]
impl Post for Posting {
    async fn deliver(&self, message: &Message) -> Delivery {
        self.attempt(message).await.unwrap_or_else(|code| Delivery::Failed(code.to_owned()))
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
            Self::NoCase => "no-case",
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
