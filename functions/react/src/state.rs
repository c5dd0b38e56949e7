//! What the function has at hand.

use std::{ops::Deref, sync::Arc};

use access::{Gate, KeyError, PolicyError, Verifier};
use command::{Function, ledger_of};
use domain::{Guard, StreamId};
use gateway::{City, Clients, Config, ConfigError, Problem, ProblemKind, RootKey, Secret};
use ledger::{Clock, Ledger};
use outbox::{Outbox, Reactor};
use thiserror::Error;
use utoipa::ToSchema;
use vault::{Root, RootError, Vault, VaultConfig};
use views::Views;

use crate::{addresses::Addresses, problems::MESSAGE_NOT_FOUND, refusal::Refusal};

/// What the function has at hand; cheap to clone.
#[derive(Clone)]
pub struct ReactState(Arc<Parts>);

/// The parts, as [`ReactState`] shows them.
pub struct Parts {
    pub(crate) reactor: Reactor,
    pub(crate) addresses: Addresses,
    pub(crate) city: City,
    clock: Arc<dyn Clock>,
    verifier: Verifier,
    gate: Gate,
    origin_secret: Option<Secret>,
}

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
}

impl ReactState {
    /// Builds everything from the deployment's configuration; nothing is sent before it is needed.
    ///
    /// # Errors
    /// The configuration lacks something, or holds bad keys.
    pub fn new(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let (tokens, personal) = (config.tokens()?, config.personal()?);
        let ledger = ledger_of(config, clients, Arc::clone(&clock));
        let root = match &personal.root {
            RootKey::Kms(key) => Root::kms(&clients.shared, key.clone()),
            RootKey::File(file) => Root::file(file)?,
        };
        let tables = VaultConfig { keys_table: personal.keys_table.clone(), vault_table: personal.vault_table.clone() };
        let outbox = Outbox::new(clients.dynamodb.clone(), config.outbox()?);
        Ok(Self(Arc::new(Parts {
            reactor: Reactor::new(ledger.clone(), outbox),
            addresses: Addresses {
                views: Views::new(clients.dynamodb.clone(), &config.tables.views),
                vault: Vault::new(ledger.clone(), clients.dynamodb.clone(), tables, root),
                ledger,
                staff_domain: config.notices.staff_domain.clone(),
            },
            city: config.city.clone(),
            verifier: Verifier::new(&tokens.issuer, &tokens.audience, &tokens.jwks)?,
            gate: Gate::new()?,
            origin_secret: config.origin_secret.clone(),
            clock,
        })))
    }

    /// The table of messages.
    pub(crate) fn outbox(&self) -> &Outbox {
        self.reactor.outbox()
    }
}

impl Deref for ReactState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What a receipt tells: no command of this function is a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, ToSchema)]
pub struct Told {}

impl Function for ReactState {
    type Refusal = Refusal;
    type Told = Told;

    fn ledger(&self) -> &Ledger {
        self.reactor.ledger()
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
        format!("/api/react/{}s/{}", stream.category(), stream.key())
    }

    fn stands_by_itself(&self, _: &StreamId) -> bool {
        false
    }

    fn not_found(&self, _: &str) -> &'static ProblemKind {
        &MESSAGE_NOT_FOUND
    }

    fn claim_taken(&self, _: &Guard, _: &StreamId) -> Problem {
        Problem::plain(&MESSAGE_NOT_FOUND)
    }
}
