//! What work on cases asks of the function that it runs in.

use command::Function;
use domain::case::RatingTerm;
use gateway::City;
use tokio::sync::Semaphore;
use vault::Vault;
use views::Views;

use crate::quarantine::FormFiles;

/// A function that takes commands on cases.
pub trait Casework: Function {
    /// Where what is personal is kept.
    fn vault(&self) -> &Vault;
    /// What was projected: queues, and what is due.
    fn views(&self) -> &Views;
    /// Where files wait that were added to forms.
    fn quarantine(&self) -> &FormFiles;
    /// How many files are looked at at a time: one may be large once it is unpacked.
    fn looking(&self) -> &Semaphore;
    /// How long replies may be rated.
    fn rating(&self) -> &RatingTerm;
    /// Public addresses.
    fn city(&self) -> &City;
}
