//! What a citizen does to his own case, once he has shown its code.

use std::convert::Infallible;

use command::{Envelope, Order, Setback, begin, problems::KEY_REUSED, settled};
use domain::{
    Context, Sealed, StreamId,
    case::{CaseFile, CaseRefusal, Enclosed, Kind, Occurrence},
    deadline::Moment,
};
use frontdoor::{Deed, Personal, ReceptionProblem, SentFile};
use ledger::{LoadError, StoreError};
use serde_json::{Map, Value, json};
use vault::{CaseKey, VaultError};

use crate::{
    act::{calendars, personal_fingerprint, settled_case},
    casework::Casework,
    enclose::enclosed,
    files::sent_name,
    front::{problem, refused},
    problems::alarm,
    sealing::sealed,
};

/// Said where the case does not allow it any more.
const NOT_NOW: &str = "这一件的状态已经变化，现在不能这样办理，什么都没有提交。请查看办理进度。";

/// What he wrote and sent, for a decision.
pub struct Deciding<'d> {
    key: Option<&'d CaseKey>,
    text: Option<&'d Personal>,
    files: Vec<Enclosed>,
}

impl Deciding<'_> {
    /// His text under the case's key and this name.
    ///
    /// # Errors
    /// The case is erased, or the text too long.
    pub fn sealed<R: From<CaseRefusal> + From<VaultError>>(&self, name: &str) -> Result<Sealed, R> {
        let Some(key) = self.key else { return Err(CaseRefusal::Erased.into()) };
        sealed(key, name, self.text.map(Personal::expose).unwrap_or_default())
    }

    /// The files that he sent: their bodies stand.
    #[must_use]
    pub fn files(&self) -> Vec<Enclosed> {
        self.files.clone()
    }
}

/// Carries out a deed on its case, once for all its resends: under the key of its form, in the name of the citizen, on the case as the calendar settles it.
///
/// Whether he knows its code is asked before. `action` is part of the commit's identity, so never renamed.
///
/// # Errors
/// Nothing changed: the case does not allow it, the same form carried another text before, or it cannot be done now.
pub async fn carry_out_for_citizen<S, K>(
    state: &S,
    case: &StreamId,
    action: &'static str,
    deed: &Deed,
    mut decide: impl FnMut(&CaseFile<K>, &Deciding<'_>, Moment<'_>) -> Result<Vec<Occurrence<K>>, S::Refusal> + Send,
) -> Result<(), ReceptionProblem>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
{
    let body = body(deed);
    let order = || Envelope::of_citizen(case, deed.key.clone()).item(action, case.clone(), &body);
    let first = order();
    let (key, fingerprint) = personal_fingerprint(state, &first, &body).await.map_err(|error| unavailable(&error))?;
    let mut deciding = Deciding { key: key.as_ref(), text: deed.text.as_ref(), files: Vec::new() };
    if let Some(key) = key.as_ref().filter(|_| !deed.files.is_empty()) {
        let allowed = |case: &CaseFile<K>, now: Moment<'_>| decide(case, &deciding, now).is_ok();
        if is_wanted::<S, K>(state, &first, allowed).await? {
            deciding.files = laid_away(state, key, deed).await?;
        }
    }
    // What follows has its time from here on, however long files took.
    let order = Order { fingerprint, ..order() };
    let attempt = async {
        let calendars = calendars(state).await?;
        begin(state, &order, |standing: &CaseFile<K>, context| {
            let settled = settled_case(standing, &calendars, context);
            let decided = decide(&settled.case, &deciding, settled.now)?;
            // INVARIANT: nothing is done without the files that were sent: what was refused a moment ago may be taken now.
            if deciding.files.len() < deed.files.len() {
                return Err(S::Refusal::from(moved_on()));
            }
            Ok(settled.then(decided))
        })
        .await
    };
    match settled(state, &order, attempt).await {
        Ok(_) => Ok(()),
        Err(refusal) => Err(told(&refusal.into())),
    }
}

/// All that he sent and that means something: what tells it from something else under the same key.
fn body(deed: &Deed) -> Value {
    let mut told = Map::from_iter([("text".to_owned(), json!(deed.text.as_ref().map(Personal::expose)))]);
    if !deed.chosen.is_empty() {
        told.insert("chosen".to_owned(), json!(deed.chosen));
    }
    if !deed.files.is_empty() {
        let files = deed.files.iter().map(|SentFile { file, .. }| json!([file.place, file.name.expose()]));
        told.insert("files".to_owned(), files.collect());
    }
    Value::Object(told)
}

/// Whether files of his are to be laid away: the case `allows` what he does as it stands now. Not where it stands done: what is sent again is recognised though quarantine may be empty by then.
///
/// INVARIANT: asked before a file is moved. Whoever sends what is refused stores nothing, however often he does.
async fn is_wanted<S: Casework, K: Kind>(
    state: &S,
    order: &Order,
    allows: impl FnOnce(&CaseFile<K>, Moment<'_>) -> bool + Send,
) -> Result<bool, ReceptionProblem> {
    let (standing, _, commits) =
        state.ledger().read::<CaseFile<K>>(&order.stream).await.map_err(|error| unread(&error))?;
    if commits.iter().any(|commit| commit.id == order.id) {
        return Ok(false);
    }
    let calendars = calendars(state).await.map_err(|error| unread(&error))?;
    let clock = state.clock().now();
    let now = commits.last().map_or(clock, |last| clock.max(last.at));
    let context = Context { actor: order.envelope.sender.actor.clone(), now };
    let settled = settled_case(&standing, &calendars, &context);
    Ok(allows(&settled.case, settled.now))
}

/// Lays his files among the bodies before the commit that names them.
async fn laid_away<S: Casework>(state: &S, key: &CaseKey, deed: &Deed) -> Result<Vec<Enclosed>, ReceptionProblem> {
    let name = |number: usize| sent_name(deed.act, number);
    enclosed::<S, Infallible>(state, key, &deed.files, name).await.map_err(problem)
}

/// The case refused before his files were laid away, and does not now: sent again it is taken with them.
fn moved_on() -> LoadError {
    StoreError::Unavailable { reason: "the case changed while an act on it was carried out".to_owned() }.into()
}

fn unread(error: &LoadError) -> ReceptionProblem {
    tracing::warn!(%error, "a case cannot be read");
    ReceptionProblem::Unavailable
}

fn told(setback: &Setback) -> ReceptionProblem {
    match setback.problem().code() {
        _ if setback.passes() => ReceptionProblem::Unavailable,
        code if code == KEY_REUSED.code => ReceptionProblem::OtherText,
        code => refused(code, NOT_NOW),
    }
}

fn unavailable(error: &VaultError) -> ReceptionProblem {
    alarm(error);
    tracing::warn!(%error, "the key of a case cannot be had");
    ReceptionProblem::Unavailable
}

#[cfg(test)]
mod tests {
    use std::{
        fmt,
        sync::{Arc, Mutex},
    };

    use tracing::{
        Event, Metadata, Subscriber,
        field::{Field, Visit},
        span::{Attributes, Id, Record},
        subscriber::with_default,
    };

    use super::*;

    /// Keeps the alarms of what is logged.
    #[derive(Clone, Default)]
    struct Alarms(Arc<Mutex<Vec<String>>>);

    impl Visit for Alarms {
        fn record_str(&mut self, field: &Field, value: &str) {
            if field.name() == "alarm" {
                self.0.lock().unwrap().push(value.to_owned());
            }
        }

        fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
    }

    impl Subscriber for Alarms {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            event.record(&mut self.clone());
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    fn alarms(error: &VaultError) -> Vec<String> {
        let alarms = Alarms::default();
        with_default(alarms.clone(), || assert!(matches!(unavailable(error), ReceptionProblem::Unavailable)));
        alarms.0.lock().unwrap().clone()
    }

    #[test]
    fn a_lost_key_is_an_alarm_when_a_citizen_acts_too_and_what_passes_by_itself_is_none() {
        assert_eq!(alarms(&VaultError::KeyMissing { name: "correction:x".to_owned() }), ["vault"]);
        assert_eq!(alarms(&VaultError::Store(ledger::StoreError::Throttled)), [""; 0]);
    }
}
