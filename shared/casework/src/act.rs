//! A handler's command on a case.

use access::{Action, Resource};
use command::{Accepted, Function, Order, may, proceed};
use domain::{
    Context, Fact, StreamId,
    calendar::CalendarHistory,
    case::{CaseFile, CaseRefusal, Kind, Occurrence, settle},
    deadline::Moment,
    staff::Staff,
};
use ledger::LoadError;
use serde_json::Value;
use vault::{CaseKey, VaultError};

use crate::casework::Casework;

/// Every version of the calendar there is, read consistently.
///
/// # Errors
/// It cannot be read.
pub async fn calendars<S: Function>(state: &S) -> Result<CalendarHistory, LoadError> {
    let (calendars, _, _) = state.ledger().read::<CalendarHistory>(&StreamId::calendar()).await?;
    Ok(calendars)
}

/// A case as it stands at `context`, and what brought it there since its last commit.
pub fn settled_case<'a, K: Kind>(
    case: &CaseFile<K>,
    calendars: &'a CalendarHistory,
    context: &Context,
) -> domain::deadline::Settled<'a, CaseFile<K>> {
    // Nothing that settles a case keeps the number of its commit: which one this will be makes no difference.
    let fact = Fact { commit: 0, at: context.now, actor: context.actor.clone() };
    settle(case, calendars, &fact)
}

/// Settles a case, asks whether its sender may do `action` to it, decides and appends.
///
/// Who may is asked of the department that answers for the case when it is decided: after a hand-over that is the new one.
///
/// # Errors
/// Refused by policies, rules or the ledger; or the calendar cannot be read.
pub async fn act<S, K>(
    state: &S,
    order: &Order,
    action: Action,
    mut decide: impl FnMut(&CaseFile<K>, Moment<'_>) -> Result<Vec<Occurrence<K>>, S::Refusal> + Send,
) -> Result<Accepted<Occurrence<K>>, S::Refusal>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal> + From<LoadError>,
{
    let calendars = calendars(state).await?;
    let staff = order.envelope.staff();
    let permit = |case: &CaseFile<K>| permitted(state, staff, action, case);
    proceed(state, order, permit, |case, context| {
        let settled = settled_case(case, &calendars, context);
        let decided = decide(&settled.case, settled.now)?;
        Ok(settled.then(decided))
    })
    .await
}

/// Lets pass who may do `action` to a case: the department that answers for it and the site it came from are where his role has to count.
pub(crate) fn permitted<S, K>(state: &S, staff: &Staff, action: Action, case: &CaseFile<K>) -> Result<(), S::Refusal>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal>,
{
    match (&case.department, &case.opened) {
        (Some(department), Some(opened)) => {
            may(state, staff, action, &Resource::on(department, opened.opening.site.clone()))
        }
        _ => Err(CaseRefusal::NotOpened.into()),
    }
}

/// Whether somebody may do `action` to a case: for what is shown beside what he asked for.
pub fn allows<S: Casework, K: Kind>(state: &S, staff: &Staff, action: Action, case: &CaseFile<K>) -> bool {
    let (Some(department), Some(opened)) = (&case.department, &case.opened) else { return false };
    state.gate().allowed(staff, action, &Resource::on(department, opened.opening.site.clone())).is_allowed()
}

/// What tells a resend from a reused key where the body is personal: keyed by the case's key, so that nobody tries bodies on it.
///
/// Of an erased case the fingerprint that stands is taken: nothing else is left to compare with, and a resend is recognised before anything refuses it.
///
/// # Errors
/// The case has no key, or store or root failed.
pub async fn personal_fingerprint<S: Casework>(
    state: &S,
    order: &Order,
    body: &Value,
) -> Result<(Option<CaseKey>, String), VaultError> {
    let told = command::fingerprint(body);
    match state.vault().case_key(&order.stream, None).await {
        Ok(key) => {
            let fingerprint = key.fingerprint(told.as_bytes());
            Ok((Some(key), fingerprint))
        }
        Err(VaultError::Erased { .. }) => {
            let commits = state.ledger().load(&order.stream).await.map_err(|error| VaultError::from(unread(&error)))?;
            let own = commits.into_iter().find(|commit| commit.id == order.id);
            Ok((None, own.and_then(|commit| commit.fingerprint).unwrap_or(told)))
        }
        Err(error) => Err(error),
    }
}

fn unread(error: &LoadError) -> ledger::StoreError {
    ledger::StoreError::Unavailable { reason: error.to_string() }
}
