//! What the road of a command asks of the function that it runs in.

use std::sync::Arc;

use access::{Gate, Verifier};
use axum::response::IntoResponse;
use domain::{Guard, StreamId};
use gateway::{Clients, Config, Problem, ProblemKind, Secret};
use ledger::{Clock, Ledger, LedgerConfig};
use serde::Serialize;

use crate::setback::Setback;

/// A function that takes commands: what it has at hand, and what it says of its own things.
pub trait Function: Clone + Send + Sync + 'static {
    /// Why it answers with a problem: a type of its own, made of whatever may refuse there ([`refusals!`](crate::refusals)).
    type Refusal: From<Setback> + Into<Setback> + IntoResponse + Send;
    /// What its events tell the sender of a command, beside the commit itself ([`Tells`](crate::Tells)).
    type Told: Default + Serialize;

    /// Where its facts are.
    fn ledger(&self) -> &Ledger;
    /// Who checks tokens.
    fn verifier(&self) -> &Verifier;
    /// Who asks the policies.
    fn gate(&self) -> &Gate;
    /// What time it is.
    fn clock(&self) -> &dyn Clock;
    /// What the CDN shows, so that nobody else comes in.
    fn origin_secret(&self) -> Option<&Secret>;

    /// Where its API shows what `stream` tells of.
    fn address_of(&self, stream: &StreamId) -> String;
    /// Whether `stream` tells of something that was there before anybody changed it, at version 0.
    fn stands_by_itself(&self, stream: &StreamId) -> bool;
    /// Which problem says that nothing of this category has the name.
    fn not_found(&self, category: &str) -> &'static ProblemKind;
    /// What a command is told that wants a name which another stream holds.
    fn claim_taken(&self, guard: &Guard, holder: &StreamId) -> Problem;
}

/// The ledger of a deployment; nothing is sent before it is needed.
#[must_use]
pub fn ledger_of(config: &Config, clients: &Clients, clock: Arc<dyn Clock>) -> Ledger {
    let names = LedgerConfig {
        ledger_table: config.tables.ledger.clone(),
        guards_table: config.tables.guards.clone(),
        bodies_bucket: config.buckets.bodies.clone(),
    };
    Ledger::new(clients.dynamodb.clone(), clients.s3.clone(), names, clock)
}
