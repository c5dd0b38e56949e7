//! Other applications of the same person, as the rules have to know them.

use domain::{
    StreamId,
    request::{Kin, Request},
};

use crate::{DisclosureState, refusal::Refusal};

/// Every other application of whoever sent `case`, read consistently.
///
/// # Errors
/// They cannot be read.
pub(crate) async fn kin(state: &DisclosureState, case: &StreamId) -> Result<Vec<Kin>, Refusal> {
    let others = casework::kin::<_, Request, Refusal>(state, case).await?;
    Ok(others.iter().filter_map(Kin::of).collect())
}
