//! What every route has at hand.

use std::{ops::Deref, sync::Arc};

use access::{Gate, KeyError, PolicyError, Verifier};
use command::ledger_of;
use domain::{ActorId, id::Malformed, index_number::IndexScheme, site::RectificationLimits};
use gateway::{City, Clients, Config, ConfigError, Rectification, Secret};
use ledger::{Clock, Ledger};
use terms::TermList;
use thiserror::Error;
use tokio::sync::Semaphore;
use views::{PageObjects, Views};

use crate::{findings::Cache, quarantine::Quarantine};

/// What every route has at hand; cheap to clone.
#[derive(Debug, Clone)]
pub struct PublishState(Arc<Parts>);

/// The parts, as [`PublishState`] shows them.
#[derive(Debug)]
pub struct Parts {
    pub(crate) ledger: Ledger,
    pub(crate) views: Views,
    /// What readers get: asked where a text links to it, never written.
    pub(crate) pages: PageObjects,
    /// Where large files wait to be looked at.
    pub(crate) quarantine: Quarantine,
    /// What is searched for, where the deployment gave it a table.
    pub(crate) terms: Option<TermList>,
    pub(crate) examiner: Cache,
    /// Room for files that are being looked at: each may take hundreds of megabytes.
    pub(crate) decoding: Semaphore,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) verifier: Verifier,
    pub(crate) gate: Gate,
    pub(crate) city: City,
    pub(crate) index_scheme: IndexScheme,
    pub(crate) rectification: RectificationLimits,
    /// Who may make himself the city's first administrator.
    pub(crate) administrator: Option<ActorId>,
    pub(crate) origin_secret: Option<Secret>,
}

/// Files that are looked at at once.
const DECODED: usize = 2;

/// Why the function cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys that tokens are checked with.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The policies.
    #[error(transparent)]
    Policies(#[from] PolicyError),
    /// `TAIHU_INDEX_SCHEME` names no scheme.
    #[error("there is no index number scheme `{name}`")]
    IndexScheme {
        /// The name.
        name: String,
    },
    /// `TAIHU_ADMINISTRATOR` is no subject.
    #[error("`TAIHU_ADMINISTRATOR` must be a subject: {0}")]
    Administrator(Malformed),
}

impl PublishState {
    /// Builds everything from the deployment's configuration.
    ///
    /// # Errors
    /// The configuration has no token checks, bad keys, an unknown index number scheme or an administrator who is none.
    pub fn new(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let tokens = config.tokens()?;
        Ok(Self(Arc::new(Parts {
            ledger: ledger_of(config, clients, Arc::clone(&clock)),
            views: Views::new(clients.dynamodb.clone(), &config.tables.views),
            pages: PageObjects::new(clients.s3.clone(), &config.buckets.pages),
            quarantine: Quarantine::new(clients.s3.clone(), &config.buckets.quarantine),
            terms: config.tables.terms.as_ref().map(|table| TermList::new(clients.dynamodb.clone(), table)),
            examiner: Cache::default(),
            decoding: Semaphore::new(DECODED),
            clock,
            verifier: Verifier::new(&tokens.issuer, &tokens.audience, &tokens.jwks)?,
            gate: Gate::new()?,
            city: config.city.clone(),
            index_scheme: scheme(config.index_scheme.as_deref())?,
            rectification: limits(config.rectification),
            administrator: config
                .administrator
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(StartError::Administrator)?,
            origin_secret: config.origin_secret.clone(),
        })))
    }
}

fn scheme(name: Option<&str>) -> Result<IndexScheme, StartError> {
    match name {
        None => Ok(IndexScheme::default()),
        Some(name) => {
            serde_json::from_value(name.into()).map_err(|_| StartError::IndexScheme { name: name.to_owned() })
        }
    }
}

fn limits(own: Rectification) -> RectificationLimits {
    let national = RectificationLimits::default();
    RectificationLimits {
        days: own.days.unwrap_or(national.days),
        times_a_year: own.times_a_year.unwrap_or(national.times_a_year),
    }
}

impl Deref for PublishState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
