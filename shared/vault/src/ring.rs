//! Keys with a name, by number: a department's, the server's. The highest number seals, every number opens.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::DepartmentCode;
use ledger::store_error;

use crate::{
    error::VaultError,
    key::Key,
    root::Wrapped,
    store::{Item, Vault, binary, binary_in, is_refused, map_in, number, number_in, text, text_in},
};

/// What the server itself needs keys for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerKey {
    /// Marks by which the cases of a person are found; never rotated, since what is stored could not be marked anew.
    People,
    /// Query codes of cases; a case's event names the number its code was made with.
    QueryCode,
    /// Tokens of forms.
    FormToken,
}

impl ServerKey {
    fn name(self) -> &'static str {
        match self {
            Self::People => "server#people",
            Self::QueryCode => "server#query-code",
            Self::FormToken => "server#form-token",
        }
    }
}

/// Keys of one name, unwrapped.
#[derive(Clone)]
pub struct Ring {
    current: u32,
    keys: BTreeMap<u32, Key>,
}

impl Ring {
    /// The number and the key that seal today.
    #[must_use]
    pub fn current(&self) -> Option<(u32, &Key)> {
        self.keys.get(&self.current).map(|key| (self.current, key))
    }

    /// The key of that number.
    #[must_use]
    pub fn key(&self, number: u32) -> Option<&Key> {
        self.keys.get(&number)
    }
}

impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ring({:?}, current {})", self.keys.keys().collect::<Vec<_>>(), self.current)
    }
}

/// What was unwrapped in this process: the root is asked once per name.
#[derive(Debug, Default)]
pub(crate) struct Rings(RwLock<HashMap<String, Arc<Ring>>>);

impl Rings {
    fn get(&self, name: &str) -> Option<Arc<Ring>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    fn keep(&self, name: &str, ring: Ring) -> Arc<Ring> {
        let ring = Arc::new(ring);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), Arc::clone(&ring));
        ring
    }
}

pub(crate) fn department_name(department: &DepartmentCode) -> String {
    format!("department#{department}")
}

impl Vault {
    /// The server's keys of one kind; made at their first use.
    ///
    /// # Errors
    /// Store or root failed, or what is stored is damaged.
    pub async fn server_keys(&self, kind: ServerKey) -> Result<Arc<Ring>, VaultError> {
        self.ring_or_new(kind.name()).await
    }

    /// Gives the server's keys of one kind a new one, which counts from now on; gives its number.
    ///
    /// Processes that run learn of it when they meet its number.
    ///
    /// # Errors
    /// [`ServerKey::People`] is not rotated; store or root failed; somebody else has rotated in the same instant.
    pub async fn rotate_server_key(&self, kind: ServerKey) -> Result<u32, VaultError> {
        match kind {
            ServerKey::People => {
                Err(VaultError::damaged("rotation", kind.name(), "what it marked could not be found any more"))
            }
            ServerKey::QueryCode | ServerKey::FormToken => self.rotate(kind.name()).await,
        }
    }

    /// Gives a department a new key for cases from now on; gives its number. Older cases stay openable, and are wrapped anew by [`Vault::rewrap`].
    ///
    /// # Errors
    /// Store or root failed, or somebody else has rotated in the same instant.
    pub async fn rotate_department_key(&self, department: &DepartmentCode) -> Result<u32, VaultError> {
        self.rotate(&department_name(department)).await
    }

    /// The keys of this name, with one made where there are none.
    pub(crate) async fn ring_or_new(&self, name: &str) -> Result<Arc<Ring>, VaultError> {
        if let Some(ring) = self.rings().get(name) {
            return Ok(ring);
        }
        if let Some(ring) = self.stored_ring(name).await? {
            return Ok(ring);
        }
        let wrapped = self.root().wrap(name, &Key::random()).await?;
        let item = Item::from([
            ("pk".to_owned(), text(name)),
            ("current".to_owned(), number(1)),
            ("keys".to_owned(), AttributeValue::M(HashMap::from([("1".to_owned(), stored(&wrapped))]))),
        ]);
        let put = self.dynamo().put_item().table_name(&self.config().keys_table).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => {}
            // Somebody was faster: his is the key.
            Err(error) if is_refused(&error) => {}
            Err(error) => return Err(store_error(&error).into()),
        }
        // INVARIANT: only what was read back seals anything; a put whose reply was lost may have been somebody else's loss.
        self.stored_ring(name).await?.ok_or_else(|| VaultError::KeyMissing { name: name.to_owned() })
    }

    /// The keys of this name, with that of `number` among them.
    pub(crate) async fn ring_with(&self, name: &str, number: u32) -> Result<Arc<Ring>, VaultError> {
        let missing = || VaultError::KeyMissing { name: format!("{name}#{number}") };
        match self.rings().get(name) {
            Some(ring) if ring.key(number).is_some() => Ok(ring),
            // Made since this process read them last, or never read here.
            _ => self.stored_ring(name).await?.filter(|ring| ring.key(number).is_some()).ok_or_else(missing),
        }
    }

    async fn stored_ring(&self, name: &str) -> Result<Option<Arc<Ring>>, VaultError> {
        let Some(item) = self.keys_item(name).await? else { return Ok(None) };
        let damaged = |reason: &str| VaultError::damaged("keys", name, reason);
        let current = number_in(&item, "current").ok_or_else(|| damaged("it does not say which is current"))?;
        let mut keys = BTreeMap::new();
        for (number, value) in map_in(&item, "keys").ok_or_else(|| damaged("it has no keys"))? {
            let number: u32 = number.parse().map_err(|_| damaged("a key has no number"))?;
            let wrapped = value.as_m().ok().and_then(read).ok_or_else(|| damaged("a key does not have its shape"))?;
            keys.insert(number, self.root().unwrap(name, &wrapped).await?);
        }
        if !keys.contains_key(&current) {
            return Err(damaged("the current key is not among them"));
        }
        Ok(Some(self.rings().keep(name, Ring { current, keys })))
    }

    async fn rotate(&self, name: &str) -> Result<u32, VaultError> {
        self.ring_or_new(name).await?;
        // What stands now, not what this process knew.
        let ring = self.stored_ring(name).await?.ok_or_else(|| VaultError::KeyMissing { name: name.to_owned() })?;
        let next = ring.current + 1;
        let wrapped = self.root().wrap(name, &Key::random()).await?;
        let update = self.dynamo().update_item().table_name(&self.config().keys_table).key("pk", text(name));
        update
            .update_expression("SET #keys.#next = :key, #current = :next")
            .condition_expression("#current = :current AND attribute_not_exists(#keys.#next)")
            .expression_attribute_names("#keys", "keys")
            .expression_attribute_names("#current", "current")
            .expression_attribute_names("#next", next.to_string())
            .expression_attribute_values(":key", stored(&wrapped))
            .expression_attribute_values(":next", number(next))
            .expression_attribute_values(":current", number(ring.current))
            .send()
            .await
            .map_err(|error| store_error(&error))?;
        self.stored_ring(name).await?;
        Ok(next)
    }

    /// One item of the table of keys; consistent.
    pub(crate) async fn keys_item(&self, pk: &str) -> Result<Option<Item>, VaultError> {
        let get = self.dynamo().get_item().table_name(&self.config().keys_table).key("pk", text(pk));
        let got = get.consistent_read(true).send().await.map_err(|error| store_error(&error))?;
        Ok(got.item)
    }
}

fn stored(wrapped: &Wrapped) -> AttributeValue {
    AttributeValue::M(HashMap::from([
        ("by".to_owned(), text(&wrapped.by)),
        ("wrapped".to_owned(), binary(&wrapped.bytes)),
    ]))
}

fn read(item: &Item) -> Option<Wrapped> {
    Some(Wrapped { by: text_in(item, "by")?.to_owned(), bytes: binary_in(item, "wrapped")?.to_vec() })
}
