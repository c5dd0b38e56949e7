//! A handler's command whose body is personal: it is known by a fingerprint under the case's key, and stored nowhere without it.

use access::Action;
use command::{Accepted, Order};
use domain::{
    FieldName, Sealed,
    case::{CaseFile, CaseRefusal, Kind, Occurrence},
    deadline::Moment,
};
use ledger::LoadError;
use serde_json::Value;
use vault::{CaseKey, VaultError};

use crate::{
    act::{act, personal_fingerprint},
    casework::Casework,
};

/// Such a command, and what seals its text.
pub struct Sealing {
    /// The command; its fingerprint is keyed.
    pub order: Order,
    /// None of an erased case.
    key: Option<CaseKey>,
}

impl Sealing {
    /// Takes `order`, whose `body` is personal.
    ///
    /// # Errors
    /// There is no such case, or the vault did not do its part.
    pub async fn of<S: Casework>(state: &S, mut order: Order, body: &Value) -> Result<Self, S::Refusal>
    where
        S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
    {
        match personal_fingerprint(state, &order, body).await {
            Ok((key, fingerprint)) => {
                order.fingerprint = fingerprint;
                Ok(Self { order, key })
            }
            // Who asks for a case that is none is told so; of one that there is the key is lost.
            Err(VaultError::KeyMissing { .. }) if state.ledger().load(&order.stream).await?.is_empty() => {
                Err(CaseRefusal::NotOpened.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A file under its name, as it lies among the bodies.
    ///
    /// # Errors
    /// The case is erased.
    pub(crate) fn seal_file<R: From<CaseRefusal> + From<VaultError>>(
        &self,
        file: &FieldName,
        bytes: &[u8],
    ) -> Result<Vec<u8>, R> {
        let Some(key) = &self.key else { return Err(CaseRefusal::Erased.into()) };
        Ok(key.seal_file(file, bytes).map_err(VaultError::from)?)
    }

    /// As [`act`], with `text` sealed under the name that `name` gives it in the case as it stands.
    ///
    /// # Errors
    /// As of [`act`]; or the case is erased.
    pub async fn act<S, K>(
        &self,
        state: &S,
        action: Action,
        text: &str,
        name: impl Fn(&CaseFile<K>) -> String + Send + Sync,
        mut decide: impl FnMut(&CaseFile<K>, Sealed, Moment<'_>) -> Result<Vec<Occurrence<K>>, S::Refusal> + Send,
    ) -> Result<Accepted<Occurrence<K>>, S::Refusal>
    where
        S: Casework,
        K: Kind,
        S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
    {
        let Some(key) = &self.key else { return Err(CaseRefusal::Erased.into()) };
        act::<S, K>(state, &self.order, action, |case, now| {
            let sealed = sealed::<S::Refusal>(key, &name(case), text)?;
            decide(case, sealed, now)
        })
        .await
    }
}

/// A text of a case under its name.
pub(crate) fn sealed<R>(key: &CaseKey, name: &str, text: &str) -> Result<Sealed, R>
where
    R: From<CaseRefusal> + From<VaultError>,
{
    // INVARIANT: the names are words of this crate.
    let name: FieldName = name.parse().map_err(|_| CaseRefusal::NotOpened)?;
    Ok(key.seal(&name, text).map_err(VaultError::from)?)
}
