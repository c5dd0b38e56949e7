//! What every page of the front door has at hand.

use std::{fmt, sync::Arc};

use data_encoding::BASE32_NOPAD;
use frames::FrameSource;
use gateway::{City, Randomness, Secret};
use jiff::Timestamp;
use ledger::Clock;
use tokio::sync::Semaphore;

use crate::{
    form::Form,
    keys::{Key, Keys},
    limiter::Limiter,
    place::Place,
    quarantine::Quarantine,
    reception::Reception,
    token::Token,
};

/// The front door of one capability; cheap to clone.
#[derive(Clone)]
pub struct Frontdoor(Arc<Inner>);

struct Inner {
    parts: Parts,
    /// Room for files that are being looked at: each may take hundreds of megabytes.
    looking: Semaphore,
}

/// Files that are looked at at once.
const AT_ONCE: usize = 2;

/// What a [`Frontdoor`] is made of.
pub struct Parts {
    /// What becomes of what citizens send.
    pub reception: Arc<dyn Reception>,
    /// What stands around its pages.
    pub frames: Arc<dyn FrameSource>,
    /// Who counts tries.
    pub limiter: Arc<dyn Limiter>,
    /// Where files wait until the form is sent.
    pub quarantine: Arc<dyn Quarantine>,
    /// What form tokens and challenges are signed with.
    pub keys: Keys,
    /// What visitors' addresses are hashed with; no key that signs anything.
    pub address_key: Key,
    /// Public addresses.
    pub city: City,
    /// The clock that tokens end by.
    pub clock: Arc<dyn Clock>,
    /// Where ids and challenges come from.
    pub randomness: Arc<dyn Randomness>,
    /// What the CDN shows; without one, every caller is taken for it.
    pub origin_secret: Option<Secret>,
}

impl Frontdoor {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { parts, looking: Semaphore::new(AT_ONCE) }))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(crate) fn looking(&self) -> &Semaphore {
        &self.0.looking
    }

    pub(crate) fn reception(&self) -> &dyn Reception {
        &*self.0.parts.reception
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.parts.clock.now()
    }

    /// Address of what this capability has under `name`.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("/form/{}/{name}", self.reception().capability())
    }

    pub(crate) fn place(&self, site: &str) -> Place {
        let City { domain, scheme, .. } = &self.0.parts.city;
        Place { site: site.to_owned(), domain: domain.clone(), scheme: scheme.as_str().to_owned() }
    }

    /// A token for a form that is opened now.
    pub(crate) fn token(&self, form: &Form, site: &str) -> Token {
        self.token_for(form.id.clone(), form.version, site)
    }

    /// A token for something else that is sent once: `purpose` has no full stop.
    pub(crate) fn token_for(&self, purpose: String, version: u32, site: &str) -> Token {
        let chance = self.0.parts.randomness.bytes();
        let id = BASE32_NOPAD.encode(chance.get(..16).unwrap_or_default()).to_ascii_lowercase();
        Token { form: purpose, version, site: site.to_owned(), at: self.now(), id }
    }
}

impl fmt::Debug for Frontdoor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frontdoor").field("capability", &self.reception().capability()).finish_non_exhaustive()
    }
}
