//! What every page has at hand.

use std::{fmt, sync::Arc};

use axum::Router;
use gateway::{City, Secret};
use ledger::Clock;

use crate::{randomness::Randomness, seal::Seal, sign_in::SignIn};

/// Everything the desk is given; cheap to clone.
#[derive(Clone)]
pub struct DeskState {
    pub(crate) api: Router,
    pub(crate) letter: Router,
    pub(crate) disclosure: Router,
    pub(crate) messages: Router,
    pub(crate) sign_in: Arc<dyn SignIn>,
    pub(crate) seal: Seal,
    pub(crate) city: City,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) origin_secret: Option<Secret>,
}

/// What a [`DeskState`] is made of.
pub struct Parts {
    /// The router of the publish API, with its paths below `/api/publish/`; called in process.
    pub api: Router,
    /// The router of the letter API, with its paths below `/api/letter/`; called in process.
    pub letter: Router,
    /// The router of the disclosure API, with its paths below `/api/disclosure/`; called in process.
    pub disclosure: Router,
    /// The router of the messages API, with its paths below `/api/react/`; called in process.
    pub messages: Router,
    /// Where staff sign in.
    pub sign_in: Arc<dyn SignIn>,
    /// What cookies and forms are sealed with; another one ends every session.
    pub secret: Secret,
    /// Public addresses: whether cookies are for https only, and which origin forms come from.
    pub city: City,
    /// The clock that sessions end by.
    pub clock: Arc<dyn Clock>,
    /// Where keys, states and verifiers come from.
    pub randomness: Arc<dyn Randomness>,
    /// What the CDN shows; without one, every caller is taken for it.
    pub origin_secret: Option<Secret>,
}

impl DeskState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { api, letter, disclosure, messages, sign_in, secret, city, clock, randomness, origin_secret } =
            parts;
        let seal = Seal::new(secret);
        Self { api, letter, disclosure, messages, sign_in, seal, city, clock, randomness, origin_secret }
    }
}

impl fmt::Debug for DeskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeskState").field("city", &self.city).finish_non_exhaustive()
    }
}
