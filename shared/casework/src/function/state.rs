//! What every route of such a function has at hand.

use std::{ops::Deref, sync::Arc};

use access::{Gate, KeyError, PolicyError, Verifier};
use command::{Function, Tells, ledger_of};
use domain::{
    Guard, StreamId,
    case::{CaseEvent, Kind, NATIONAL_RATING, Occurrence, RatingTerm},
};
use frames::Addresses;
use frontdoor::{Attempts, FrameSource, Frontdoor, Key, Keys, Parts as Front, Rates, SiteFrames, WeakKey};
use gateway::{City, Clients, Config, ConfigError, Problem, ProblemKind, RootKey, Secret, SystemRandomness};
use ledger::{Clock, Ledger};
use serde::Serialize;
use thiserror::Error;
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use vault::{Root, RootError, ServerKey, Vault, VaultConfig, VaultError};
use views::Views;

use super::Capability;
use crate::{
    casework::Casework,
    problems::{CASE_ALREADY_OPENED, CASE_NOT_FOUND},
    quarantine::FormFiles,
};

/// What every route has at hand; cheap to clone.
pub struct CaseState<C: Capability>(Arc<Parts<C>>);

/// The parts, as [`CaseState`] shows them.
pub struct Parts<C: Capability> {
    /// How long things may take.
    pub limits: C::Limits,
    /// Public addresses.
    pub city: City,
    ledger: Ledger,
    views: Views,
    vault: Vault,
    quarantine: FormFiles,
    clock: Arc<dyn Clock>,
    verifier: Verifier,
    gate: Gate,
    origin_secret: Option<Secret>,
    frames: Arc<dyn FrameSource>,
    attempts: Counting,
    looking: Semaphore,
    rating: RatingTerm,
}

/// How tries are counted.
struct Counting {
    client: aws_sdk_dynamodb::Client,
    /// Only where citizens write: a function that wakes cases counts nothing.
    table: Option<String>,
    rates: Rates,
}

/// Files of staff that are looked at at a time.
const LOOKED_AT: usize = 2;

/// Keys of before whose tokens still count.
const FORMER: u32 = 3;

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
    /// What wraps the departments' keys.
    #[error(transparent)]
    Root(#[from] RootError),
    /// The server's own keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A key is too short.
    #[error("a key of the server is too short")]
    Weak(#[from] WeakKey),
    /// The limits are no limits: a mistake of this code.
    #[error("the limits cannot be read: {0}")]
    Limits(#[from] serde_json::Error),
}

impl<C: Capability> CaseState<C> {
    /// Builds everything from the deployment's configuration; nothing is sent before it is needed.
    ///
    /// # Errors
    /// The configuration lacks something, or holds bad keys.
    pub fn new(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let tokens = config.tokens()?;
        let ledger = ledger_of(config, clients, Arc::clone(&clock));
        let views = Views::new(clients.dynamodb.clone(), &config.tables.views);
        let frames = SiteFrames::new(
            views.clone(),
            Addresses {
                scheme: config.city.scheme.as_str().to_owned(),
                domain: config.city.domain.clone(),
                portal: config.city.portal.clone(),
            },
            config.generation,
        );
        Ok(Self(Arc::new(Parts {
            vault: vault_of(config, clients, &ledger)?,
            ledger,
            views,
            quarantine: FormFiles::new(clients.s3.clone(), &config.buckets.quarantine),
            verifier: Verifier::new(&tokens.issuer, &tokens.audience, &tokens.jwks)?,
            gate: Gate::new()?,
            city: config.city.clone(),
            limits: serde_json::from_str(C::LIMITS)?,
            origin_secret: config.origin_secret.clone(),
            frames: Arc::new(frames),
            attempts: Counting {
                client: clients.dynamodb.clone(),
                table: config.attempts().ok().map(str::to_owned),
                rates: Rates::of(config.form_limits),
            },
            clock,
            looking: Semaphore::new(LOOKED_AT),
            rating: serde_json::from_str(NATIONAL_RATING)?,
        })))
    }

    /// The front door, with the server's keys of today.
    ///
    /// # Errors
    /// The keys cannot be had.
    pub(super) async fn front(&self) -> Result<Frontdoor, StartError> {
        let ring = self.vault.server_keys(ServerKey::FormToken).await?;
        let missing = || VaultError::KeyMissing { name: "server#form-token".to_owned() };
        let (number, newest) = ring.current().ok_or_else(missing)?;
        let key = |number: u32, key: &vault::Key| Key::new(format!("form-{number}"), key.expose().to_vec());
        let former = (number.saturating_sub(FORMER)..number).filter_map(|number| Some((number, ring.key(number)?)));
        let former = former.map(|(number, known)| key(number, known)).collect::<Result<Vec<_>, _>>()?;
        // A key of its own, which signs nothing.
        let address_key = Key::new("addresses", newest.mark("addresses of visitors", &[]).to_vec())?;
        let Counting { client, table, rates } = &self.attempts;
        let table = table.as_deref().ok_or(ConfigError::Missing { variable: "TAIHU_ATTEMPTS_TABLE" })?;
        Ok(Frontdoor::new(Front {
            reception: C::reception(self.clone()),
            frames: Arc::clone(&self.frames),
            quarantine: Arc::new(self.quarantine.clone()),
            limiter: Arc::new(Attempts::new(client.clone(), table, address_key.clone(), *rates)),
            keys: Keys::new(key(number, newest)?, former),
            address_key,
            city: self.city.clone(),
            clock: Arc::clone(&self.clock),
            randomness: Arc::new(SystemRandomness),
            origin_secret: self.origin_secret.clone(),
        }))
    }
}

/// The vault of the deployment, on the root that it names.
fn vault_of(config: &Config, clients: &Clients, ledger: &Ledger) -> Result<Vault, StartError> {
    let personal = config.personal()?;
    let root = match &personal.root {
        RootKey::Kms(key) => Root::kms(&clients.shared, key.clone()),
        RootKey::File(file) => Root::file(file)?,
    };
    let tables = VaultConfig { keys_table: personal.keys_table.clone(), vault_table: personal.vault_table.clone() };
    Ok(Vault::new(ledger.clone(), clients.dynamodb.clone(), tables, root))
}

impl<C: Capability> Clone for CaseState<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Capability> Deref for CaseState<C> {
    type Target = Parts<C>;

    fn deref(&self) -> &Parts<C> {
        &self.0
    }
}

/// What a receipt tells beside the commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
    /// What the file is asked for by that was put into the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "file-k5qw2m7xa3dlt")]
    pub file: Option<String>,
}

impl<K: Kind> Tells<Told> for Occurrence<K> {
    fn tell(&self, told: &mut Told) {
        if let Self::Common(CaseEvent::FileAdded(added)) = self {
            told.file = Some(added.file.to_string());
        }
    }
}

impl<C: Capability> Function for CaseState<C> {
    type Refusal = C::Refusal;
    type Told = Told;

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    fn gate(&self) -> &Gate {
        &self.gate
    }

    fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn origin_secret(&self) -> Option<&Secret> {
        self.origin_secret.as_ref()
    }

    fn address_of(&self, stream: &StreamId) -> String {
        format!("/api/{}/{}s/{}", C::NAME, stream.category(), stream.key())
    }

    fn stands_by_itself(&self, _: &StreamId) -> bool {
        false
    }

    fn not_found(&self, _: &str) -> &'static ProblemKind {
        &CASE_NOT_FOUND
    }

    fn claim_taken(&self, _: &Guard, _: &StreamId) -> Problem {
        Problem::plain(&CASE_ALREADY_OPENED)
    }
}

impl<C: Capability> Casework for CaseState<C> {
    fn vault(&self) -> &Vault {
        &self.vault
    }

    fn views(&self) -> &Views {
        &self.views
    }

    fn quarantine(&self) -> &FormFiles {
        &self.quarantine
    }

    fn looking(&self) -> &Semaphore {
        &self.looking
    }

    fn rating(&self) -> &RatingTerm {
        &self.rating
    }

    fn city(&self) -> &City {
        &self.city
    }
}
