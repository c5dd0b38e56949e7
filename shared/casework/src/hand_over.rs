//! Another department answers for a case.
//!
//! 1. The new department's way to the key is added. If the request ends here, or is refused, a way too many stands: it opens nothing, for who may is asked of
//!    the department that answers, and the next hand-over of the case takes it away.
//! 2. `CaseAssigned` is committed: from here on the policies ask for roles in the new department.
//! 3. Every other way is taken away. If that fails, or comes while the next hand-over is between its steps, the ways are not those of the department that
//!    answers: whoever opens the case for it finds that and makes them so ([`hold`]).

use access::Action;
use command::{Accepted, Order};
use domain::{
    DepartmentCode, StreamId,
    case::{self, CaseFile, CaseRefusal, Kind, Occurrence},
    department::Department,
    text::Line,
};
use gateway::Problem;
use ledger::LoadError;
use vault::VaultError;

use crate::{
    act::{act, permitted},
    casework::Casework,
};

/// Gives a case to `department`.
///
/// # Errors
/// There is no such department, or what refuses any act; after a refusal nothing that anybody can see has changed.
pub async fn hand_over<S, K>(
    state: &S,
    order: &Order,
    department: DepartmentCode,
    reason: Line<300>,
) -> Result<Accepted<Occurrence<K>>, S::Refusal>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError> + From<Problem>,
{
    let (known, _, _) = state.ledger().read::<Department>(&department.stream()).await?;
    if known.registered.is_none() {
        let unknown =
            command::problems::unknown(&command::problems::DEPARTMENT_UNKNOWN, "/department", department.as_str());
        return Err(unknown.into());
    }
    // Decided twice: what would be refused adds no way to the key.
    let (standing, _, _) = state.ledger().read::<CaseFile<K>>(&order.stream).await?;
    permitted(state, order.envelope.staff(), Action::HandleCase, &standing)?;
    case::assign(&standing, department.clone(), reason.clone())?;
    state.vault().add_holder(&order.stream, &department).await?;
    let accepted = act::<S, K>(state, order, Action::HandleCase, |case, _| {
        Ok(case::assign(case, department.clone(), reason.clone())?)
    })
    .await?;
    // As it stands now and not as this request left it: a resend may come after the next hand-over.
    let (standing, _, _) = state.ledger().read::<CaseFile<K>>(&order.stream).await?;
    if let Err(error) = hold(state, &order.stream, &standing).await {
        // The former department may not open it any more, key or none.
        tracing::error!(alarm = "hand-over", stream = order.stream.as_str(), %error, "a former way to a case stands");
    }
    Ok(accepted)
}

/// Makes the ways to a case's key those of the department that answers for it.
///
/// # Errors
/// The case is erased, its keys are missing, or store or root failed.
pub(crate) async fn hold<S, K>(state: &S, stream: &StreamId, case: &CaseFile<K>) -> Result<(), VaultError>
where
    S: Casework,
    K: Kind,
{
    let holders = case.department.iter().cloned().collect();
    state.vault().set_holders(stream, &holders, case.assigned_by).await
}
