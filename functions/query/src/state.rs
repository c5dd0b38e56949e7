//! What the function has at hand.

use std::{ops::Deref, sync::Arc, time::Duration};

use frames::{Addresses, SiteFrames};
use gateway::{City, Clients, Config, ConfigError, Secret};
use jiff::Timestamp;
use search::IndexObjects;
use terms::TermCounter;
use views::Views;

use crate::{current::Current, names::Names};

/// How long an answer may take, once there is an index: far longer than any does, far shorter than whoever asks is let wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the function has at hand; cheap to clone.
#[derive(Clone)]
pub struct QueryState(Arc<Parts>);

/// The parts, as [`QueryState`] shows them.
pub struct Parts {
    pub(crate) views: Views,
    pub(crate) current: Current,
    pub(crate) names: Names,
    pub(crate) frames: SiteFrames,
    pub(crate) addresses: Addresses,
    pub(crate) city: City,
    pub(crate) origin_secret: Option<Secret>,
    /// How long an answer may take.
    pub(crate) patience: Duration,
    /// Counts what is searched for, where the deployment gave it a table.
    pub(crate) counter: Option<TermCounter>,
    /// What time it is: for the month alone.
    pub(crate) now: fn() -> Timestamp,
}

impl QueryState {
    /// Builds everything from the deployment's configuration; nothing is sent before it is needed.
    ///
    /// # Errors
    /// The deployment gave it no index.
    pub fn new(config: &Config, clients: &Clients) -> Result<Self, ConfigError> {
        Self::of(config, clients, Settings::default())
    }

    /// The same, with settings of its own.
    ///
    /// # Errors
    /// The deployment gave it no index.
    pub fn of(config: &Config, clients: &Clients, settings: Settings) -> Result<Self, ConfigError> {
        let views = Views::new(clients.dynamodb.clone(), &config.tables.views);
        let addresses = Addresses {
            scheme: config.city.scheme.as_str().to_owned(),
            domain: config.city.domain.clone(),
            portal: config.city.portal.clone(),
        };
        let objects = IndexObjects::new(clients.s3.clone(), config.index()?);
        Ok(Self(Arc::new(Parts {
            current: Current::new(views.clone(), objects),
            names: Names::new(views.clone()),
            frames: SiteFrames::new(views.clone(), addresses.clone(), config.generation),
            addresses,
            city: config.city.clone(),
            origin_secret: config.origin_secret.clone(),
            patience: settings.patience,
            counter: config.tables.terms.as_ref().map(|table| {
                // Where nothing but the CDN reaches the functions there is a secret; else everybody could count what he likes anyhow.
                let secret = config.origin_secret.as_ref().map(Secret::expose).unwrap_or_default();
                TermCounter::new(clients.dynamodb.clone(), table, secret)
            }),
            now: settings.now,
            views,
        })))
    }
}

/// What tests set otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How long an answer may take, once there is an index.
    pub patience: Duration,
    /// What time it is.
    pub now: fn() -> Timestamp,
}

impl Default for Settings {
    fn default() -> Self {
        Self { patience: PATIENCE, now: Timestamp::now }
    }
}

impl Deref for QueryState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
