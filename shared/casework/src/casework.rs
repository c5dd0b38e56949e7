//! What work on cases asks of the function that it runs in.

use command::Function;
use gateway::City;
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
    /// Public addresses.
    fn city(&self) -> &City;
}
