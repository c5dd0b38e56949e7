//! What the regulation has every authority disclose (政府信息公开条例 art. 20): fifteen categories, and what a department has to show for each.
//!
//! Which column discloses what is data of the column; what its documents are of follows. One category is told by the department's own profile. What does not
//! concern a department it declares, with a reason: such a category is never counted as covered (RULES.md A3 art. 20).

mod category;
mod institution;
mod standing;
#[cfg(test)]
mod tests;

pub use category::Category;
pub use institution::{Institution, Part};
pub use standing::{Evidence, Standing, Tally};
