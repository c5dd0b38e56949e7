//! Where an answer goes once the form is sent.

use std::str::FromStr;

use serde::Deserialize;
use thiserror::Error;

/// Where an answer goes once the form is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Destination {
    /// A class that may stand in events and views: choices only.
    Plain,
    /// Text that may hold personal data: encrypted under the case's key.
    Sealed,
    /// Who somebody is: a row of the vault.
    Identity(IdentityPart),
}

/// A part of who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentityPart {
    /// Name of a person.
    Name,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Number of a document, or an organisation's code.
    IdNumber,
    /// Postal address.
    Address,
    /// Name of an organisation.
    Organisation,
}

/// A destination that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no destination: expected plain, sealed or identity.<name|phone|email|id-number|address|organisation>"
)]
pub struct UnknownDestination(pub String);

impl FromStr for Destination {
    type Err = UnknownDestination;

    fn from_str(text: &str) -> Result<Self, UnknownDestination> {
        Ok(match text {
            "plain" => Self::Plain,
            "sealed" => Self::Sealed,
            "identity.name" => Self::Identity(IdentityPart::Name),
            "identity.phone" => Self::Identity(IdentityPart::Phone),
            "identity.email" => Self::Identity(IdentityPart::Email),
            "identity.id-number" => Self::Identity(IdentityPart::IdNumber),
            "identity.address" => Self::Identity(IdentityPart::Address),
            "identity.organisation" => Self::Identity(IdentityPart::Organisation),
            unknown => return Err(UnknownDestination(unknown.to_owned())),
        })
    }
}

impl TryFrom<String> for Destination {
    type Error = UnknownDestination;

    fn try_from(text: String) -> Result<Self, UnknownDestination> {
        text.parse()
    }
}
