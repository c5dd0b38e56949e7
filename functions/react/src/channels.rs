//! Who carries messages: one trait, and what a deployment has of it.

mod console;
mod folder;
#[cfg(test)]
mod sample;
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

/// A message with its words and one address, for the moment in which it is carried.
pub struct Letter<'a> {
    /// The message.
    pub message: &'a Message,
    /// Which sending of it this is: how often it was raised from the dead.
    pub round: u32,
    /// By what it travels.
    pub medium: Medium,
    /// Where to.
    pub to: Secret<String>,
    /// What it says.
    pub wording: &'a Wording,
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

/// Name of the tag by which SES tells which message a letter was: its id.
pub(crate) const MESSAGE_TAG: &str = "message";
/// Name of the tag by which it tells which sending of it that was.
pub(crate) const ROUND_TAG: &str = "round";

/// What a deployment has: a folder and the log on one machine; else SES and SNS, as far as they are set up.
#[must_use]
pub fn of(notices: &Notices, clients: &Clients) -> Carriers {
    if let Some(folder) = &notices.folder {
        let both: Arc<dyn Carrier> = Arc::new(Both(Arc::new(Folder::new(folder)), Arc::new(Console)));
        return Carriers { email: Some(Arc::clone(&both)), text: Some(both) };
    }
    // One attempt is one letter: neither service could tell a second one from the first, and the outbox tries again by itself.
    let once = clients.once();
    let email = notices
        .mail_from
        .as_ref()
        .map(|from| Arc::new(Ses::new(&once, from, notices.mail_events.as_deref())) as Arc<dyn Carrier>);
    let text = match notices.texts {
        Texts::On => Some(Arc::new(Sns::new(&once)) as Arc<dyn Carrier>),
        Texts::Off => None,
    };
    Carriers { email, text }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use gateway::{Endpoints, Keys, Patience};

    use super::{
        sample::{message, wording},
        *,
    };

    /// A service that fails at whatever it is asked, and counts how often.
    fn failing() -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let read = stream.read(&mut [0; 65_536]).unwrap();
                counted.fetch_add(usize::from(read > 0), Ordering::SeqCst);
                let answer = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                stream.write_all(answer).unwrap();
            }
        });
        (format!("http://{address}"), asked)
    }

    #[tokio::test]
    async fn one_attempt_asks_who_carries_it_once_however_it_fails() {
        let key = |text: &str| text.to_owned();
        let keys = Keys { region: key("cn-north-1"), access_key: key("a"), secret_key: gateway::Secret::new("s") };
        let clients = Clients::with(&Endpoints::default(), Some(&keys), Patience::Request).await;
        let message = message();
        for medium in [Medium::Email, Medium::Text] {
            let (url, asked) = failing();
            let config = clients.once().to_builder().endpoint_url(url).build();
            let carrier: Arc<dyn Carrier> = match medium {
                Medium::Email => Arc::new(Ses::new(&config, "office@example.cn", None)),
                Medium::Text => Arc::new(Sns::new(&config)),
            };
            let to = Secret::new("+8613800138000".to_owned());
            let letter = Letter { message: &message, round: 0, medium, to, wording: &wording() };
            assert!(matches!(carrier.carry(&letter).await, Err(Uncarried::Failed(_))), "{medium:?}");
            assert_eq!(asked.load(Ordering::SeqCst), 1, "{medium:?}");
        }
    }
}
