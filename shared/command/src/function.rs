//! What the road of a command asks of the function that it runs in.

use access::{Gate, Verifier};
use axum::response::IntoResponse;
use domain::{Guard, StreamId};
use gateway::{Problem, ProblemKind, Secret};
use ledger::{Clock, Ledger};
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
