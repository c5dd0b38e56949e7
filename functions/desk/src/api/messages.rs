//! Messages about cases: ids only.

use serde::{Deserialize, Serialize};

/// A part of the messages.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Messages {
    pub(crate) messages: Vec<Message>,
    #[serde(default)]
    pub(crate) next: Option<String>,
}

/// A message.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) stream: String,
    pub(crate) title: String,
    pub(crate) recipient: String,
    pub(crate) at: String,
    pub(crate) since: String,
    pub(crate) round: u32,
    #[serde(default)]
    pub(crate) reason: Option<String>,
}
