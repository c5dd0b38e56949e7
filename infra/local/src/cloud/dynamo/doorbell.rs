//! What is told after a write: that it happened, and to which item.

use std::{collections::BTreeSet, fmt, sync::Arc};

use dynoxide::Item;
use serde_json::Value;

/// One item of a watched table was written and is on disk.
///
/// Like a DynamoDB stream record, a write that left the item as it was rings
/// nothing. Unlike one, doorbells of different requests come in no fixed order.
#[derive(Debug, Clone, PartialEq)]
pub struct Doorbell {
    /// Name of the table.
    pub table: String,
    /// Key attributes in DynamoDB JSON: `{"pk":{"S":"…"},"sk":{"N":"1"}}`.
    pub keys: Value,
    /// The whole item in DynamoDB JSON; `None` after an update or a removal.
    pub new_image: Option<Value>,
    /// What happened to the item.
    pub event_name: EventName,
}

/// What a write did to an item, in the words of DynamoDB Streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventName {
    /// The item is new.
    Insert,
    /// The item existed and changed.
    Modify,
    /// The item is gone.
    Remove,
}

impl EventName {
    /// The stream record's word: `INSERT`, `MODIFY` or `REMOVE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Modify => "MODIFY",
            Self::Remove => "REMOVE",
        }
    }
}

/// The hook: called after the commit, before the reply; it must not block.
pub type OnWrite = Arc<dyn Fn(Doorbell) + Send + Sync>;

/// Which tables ring, and what they ring.
#[derive(Clone, Default)]
pub struct Doorbells {
    tables: BTreeSet<String>,
    on_write: Option<OnWrite>,
}

impl Doorbells {
    /// No table rings.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Writes to any of `tables` call `on_write`.
    pub fn on<T: Into<String>>(tables: impl IntoIterator<Item = T>, on_write: OnWrite) -> Self {
        Self { tables: tables.into_iter().map(Into::into).collect(), on_write: Some(on_write) }
    }

    pub(super) fn watches(&self, table: &str) -> bool {
        self.on_write.is_some() && self.tables.contains(table)
    }

    pub(super) fn ring(&self, doorbell: Doorbell) {
        if let Some(on_write) = &self.on_write {
            on_write(doorbell);
        }
    }
}

impl fmt::Debug for Doorbells {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Doorbells").field("tables", &self.tables).finish_non_exhaustive()
    }
}

/// A write on its way: what is known of the item before and after.
pub(super) struct Written {
    pub(super) table: String,
    pub(super) key: Item,
    pub(super) after: After,
}

/// What a write leaves behind.
pub(super) enum After {
    /// A whole item.
    Item(Item),
    /// An item this front has not seen.
    Updated,
    /// Nothing.
    Gone,
}

impl Written {
    /// The doorbell of this write, or `None` when nothing changed.
    pub(super) fn doorbell(self, before: Option<&Item>) -> Option<Doorbell> {
        let existed = match before {
            Some(_) => EventName::Modify,
            None => EventName::Insert,
        };
        let (event_name, new_image) = match self.after {
            After::Item(item) if before == Some(&item) => return None,
            After::Item(item) => (existed, Some(json(&item))),
            After::Updated => (existed, None),
            After::Gone if before.is_none() => return None,
            After::Gone => (EventName::Remove, None),
        };
        Some(Doorbell { keys: json(&self.key), table: self.table, new_image, event_name })
    }
}

fn json(item: &Item) -> Value {
    item.iter()
        .map(|(name, value)| {
            // Serialising an attribute fails for no value dynoxide can hold.
            (name.clone(), serde_json::to_value(value).unwrap_or(Value::Null))
        })
        .collect()
}
