//! Other applications of the same person, as the rules have to know them.

use domain::{
    StreamId,
    request::{Kin, Request},
};

use crate::{DisclosureState, refusal::Refusal};

/// How many are read at most for what is only shown beside an application: a telephone may be an agency's.
const SHOWN: usize = 200;

/// Every other application of whoever sent `case`, read consistently.
///
/// # Errors
/// They cannot be read.
pub(crate) async fn kin(state: &DisclosureState, case: &StreamId) -> Result<Vec<Kin>, Refusal> {
    let others = casework::of_same_person::<_, Request>(state, case).await?;
    told(state, &others).await
}

/// The same, for what is shown beside an application: none where there are too many, or where one of them cannot be read. That keeps nobody from this one.
pub(crate) async fn beside(state: &DisclosureState, case: &StreamId) -> Option<Vec<Kin>> {
    let others = match casework::of_same_person::<_, Request>(state, case).await {
        Ok(others) if others.len() <= SHOWN => others,
        Ok(_) => return None,
        Err(error) => {
            tracing::warn!(stream = case.as_str(), %error, "applications of the same person cannot be found");
            return None;
        }
    };
    match told(state, &others).await {
        Ok(kin) => Some(kin),
        Err(refusal) => {
            let code = refusal.problem().code();
            tracing::warn!(stream = case.as_str(), code, "an application of the same person cannot be read");
            None
        }
    }
}

async fn told(state: &DisclosureState, others: &[StreamId]) -> Result<Vec<Kin>, Refusal> {
    let cases = casework::committed::<_, Request>(state, others).await?;
    Ok(cases.iter().filter_map(Kin::of).collect())
}
