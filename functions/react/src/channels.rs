//! Who carries messages: one trait, and what a deployment has of it.

mod console;
mod folder;
mod ses;
mod sns;

use std::sync::Arc;

use async_trait::async_trait;
use gateway::{Clients, Notices, Texts};
use outbox::{Medium, Message};
use vault::Secret;

pub use console::Console;
pub use folder::Folder;
pub use ses::Ses;
pub use sns::Sns;

pub use crate::wording::Wording;

/// A message with its words and its addresses, for the moment in which it is carried.
pub struct Letter<'a> {
    /// The message.
    pub message: &'a Message,
    /// By what it travels.
    pub medium: Medium,
    /// Where to; more than one mailbox for a group.
    pub to: Vec<Secret<String>>,
    /// What it says.
    pub wording: Wording,
}

/// It was not taken. A code, no word of where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncarried {
    /// It never will be.
    Refused(String),
    /// It may be later.
    Failed(String),
}

/// Carries what travels by one medium.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Hands it over; taken is sent.
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried>;
}

/// The carriers of a deployment, at most one for each medium; cheap to clone.
#[derive(Clone, Default)]
pub struct Carriers {
    /// Of e-mail.
    pub email: Option<Arc<dyn Carrier>>,
    /// Of text messages.
    pub text: Option<Arc<dyn Carrier>>,
}

impl Carriers {
    fn of(&self, medium: Medium) -> Option<&Arc<dyn Carrier>> {
        match medium {
            Medium::Email => self.email.as_ref(),
            Medium::Text => self.text.as_ref(),
        }
    }

    /// Whether anything travels by `medium` here.
    #[must_use]
    pub fn carries(&self, medium: Medium) -> bool {
        self.of(medium).is_some()
    }

    pub(crate) async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        match self.of(letter.medium) {
            Some(carrier) => carrier.carry(letter).await,
            None => Err(Uncarried::Failed("no-carrier".to_owned())),
        }
    }
}

/// Two carriers, one after the other: what the first did not take the second never sees.
struct Both(Arc<dyn Carrier>, Arc<dyn Carrier>);

#[async_trait]
impl Carrier for Both {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        self.0.carry(letter).await?;
        self.1.carry(letter).await
    }
}

/// What a deployment has: a folder and the log on one machine; else SES and SNS, as far as they are set up.
#[must_use]
pub fn of(notices: &Notices, clients: &Clients) -> Carriers {
    if let Some(folder) = &notices.folder {
        let both: Arc<dyn Carrier> = Arc::new(Both(Arc::new(Folder::new(folder)), Arc::new(Console)));
        return Carriers { email: Some(Arc::clone(&both)), text: Some(both) };
    }
    let email = notices.mail_from.as_ref().map(|from| Arc::new(Ses::new(&clients.shared, from)) as Arc<dyn Carrier>);
    let text = match notices.texts {
        Texts::On => Some(Arc::new(Sns::new(&clients.shared)) as Arc<dyn Carrier>),
        Texts::Off => None,
    };
    Carriers { email, text }
}
