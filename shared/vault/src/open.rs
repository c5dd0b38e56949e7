//! Opening what was sealed: recorded first, then read.

use std::{collections::BTreeMap, time::Instant};

use domain::{
    ActorId, CommitId, DepartmentCode, FieldName, IdentityId, Sealed, StreamId,
    reading::{Readings, record},
    text::Line,
};
use jiff::civil::Date;
use ledger::{Command, store_error};

use crate::{
    case_key::CaseKey,
    error::VaultError,
    identity::Identity,
    keys::way,
    rows,
    secret::Secret,
    store::{Vault, binary_in, text},
};

/// Under which name an identity is recorded.
const IDENTITY: &str = "identity";

/// Who reads, by whose key, and why.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The case.
    pub case: StreamId,
    /// Who.
    pub actor: ActorId,
    /// The department in whose name; none where somebody reads for himself, by whichever key there is.
    pub by: Option<DepartmentCode>,
    /// Why.
    pub why: Line<200>,
    /// The day whose first reading of the same is recorded and no further one; none where every one is.
    pub once_on: Option<Date>,
}

impl Opening {
    /// Somebody who reads what is not his own: every time is recorded.
    #[must_use]
    pub fn staff(case: &StreamId, actor: ActorId, by: Option<DepartmentCode>, why: Line<200>) -> Self {
        Self { case: case.clone(), actor, by, why, once_on: None }
    }

    /// The citizen who holds the query code of his case: recorded once a day, however often he looks. Nobody fills the record by looking.
    #[must_use]
    pub fn citizen(case: &StreamId, why: Line<200>, today: Date) -> Self {
        Self { actor: ActorId::citizen(case), case: case.clone(), by: None, why, once_on: Some(today) }
    }
}

/// Something to open.
#[derive(Debug, Clone, Copy)]
pub enum Closed<'a> {
    /// A text of an event.
    Text(&'a FieldName, &'a Sealed),
    /// A file of the bucket.
    File(&'a FieldName, &'a [u8]),
    /// An identity of the vault; it is fetched.
    Identity(&'a IdentityId),
}

/// What was opened.
#[derive(Default)]
pub struct Opened {
    texts: BTreeMap<FieldName, Secret<String>>,
    files: BTreeMap<FieldName, Secret<Vec<u8>>>,
    identity: Option<Secret<Identity>>,
}

impl Opened {
    /// The text of that name.
    #[must_use]
    pub fn text(&self, field: &FieldName) -> Option<&str> {
        self.texts.get(field).map(|text| text.expose().as_str())
    }

    /// The file of that name.
    #[must_use]
    pub fn file(&self, field: &FieldName) -> Option<&[u8]> {
        self.files.get(field).map(|file| file.expose().as_slice())
    }

    /// Who brought the case.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref().map(Secret::expose)
    }
}

impl Vault {
    /// Records who reads what of a case and why, and then opens it; one record per opening, however often one person opens the same, but for a citizen's own.
    ///
    /// Whether he may is decided before, by policies; here only that he can: by the key of a department that holds the case.
    ///
    /// # Errors
    /// Erased, missing, not held: told before anything is recorded. [`VaultError::NotRecorded`]: nothing was opened. Something does not open, or is not
    /// there: nothing of the rest is given either.
    pub async fn open(&self, opening: &Opening, closed: &[Closed<'_>]) -> Result<Opened, VaultError> {
        let case = &opening.case;
        let wraps = self.wraps(case).await?;
        let (department, wrap) = way(case, &wraps, opening.by.as_ref())?;
        // INVARIANT: the record stands before anything is opened.
        self.record(opening, department, closed).await?;
        let key = CaseKey::new(case.clone(), &self.data_key(case, department, wrap).await?);
        let mut opened = Opened::default();
        for closed in closed {
            match closed {
                Closed::Text(field, sealed) => {
                    let text = key.open_text(field, sealed).map_err(|_| unopened(case, field.as_str()))?;
                    opened.texts.insert((*field).clone(), text);
                }
                Closed::File(field, sealed) => {
                    let file = key.open_file(field, sealed).map_err(|_| unopened(case, field.as_str()))?;
                    opened.files.insert((*field).clone(), file);
                }
                Closed::Identity(id) => opened.identity = Some(self.identity(&key, id).await?),
            }
        }
        Ok(opened)
    }

    async fn record(
        &self,
        opening: &Opening,
        department: &DepartmentCode,
        closed: &[Closed<'_>],
    ) -> Result<(), VaultError> {
        let mut fields = Vec::new();
        for closed in closed {
            match closed {
                Closed::Text(field, _) | Closed::File(field, _) => fields.push((*field).clone()),
                Closed::Identity(_) => fields.extend(IDENTITY.parse()),
            }
        }
        let stream = StreamId::reading(&opening.case);
        let key = match opening.once_on {
            Some(day) => format!("{day}/{}", fields.iter().map(FieldName::as_str).collect::<Vec<_>>().join("/")),
            // Never sent twice by its sender: whoever opens again reads again.
            None => data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>()),
        };
        let command = Command {
            id: CommitId::derive(&opening.actor, "read", stream.as_str(), 0, &key),
            stream,
            actor: opening.actor.clone(),
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        let recorded = self
            .ledger()
            .execute::<Readings, _>(&command, |state, context| {
                record(state, &fields, department, &opening.why, context)
            })
            .await;
        recorded.map(drop).map_err(|error| VaultError::NotRecorded(Box::new(error)))
    }

    async fn identity(&self, key: &CaseKey, id: &IdentityId) -> Result<Secret<Identity>, VaultError> {
        let case = key.case();
        let get = self.dynamo().get_item().table_name(&self.config().vault_table);
        let get = get.key("pk", text(case.as_str())).key("sk", text(rows::identity(id)));
        let got = get.consistent_read(true).send().await.map_err(|error| store_error(&error))?;
        let Some(item) = got.item else {
            return match self.wraps(case).await {
                // Erased while this was under way.
                Err(erased) => Err(erased),
                Ok(_) => Err(VaultError::damaged(IDENTITY, case.as_str(), "it is missing and was not erased")),
            };
        };
        let sealed = binary_in(&item, "sealed").ok_or_else(|| unopened(case, IDENTITY))?;
        key.open_identity(id, sealed).map_err(|_| unopened(case, IDENTITY))
    }
}

fn unopened(case: &StreamId, what: &str) -> VaultError {
    VaultError::damaged(what, case.as_str(), "it does not open with the key of the case")
}
