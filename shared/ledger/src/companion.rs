//! Items of other tables that stand from the instant of a commit, or not at all.

use std::{collections::HashMap, fmt};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::store::Item;

/// Where an item stands: its table and key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The table.
    pub table: String,
    /// Its partition key `pk`.
    pub pk: String,
    /// Its sort key `sk`, in tables that have one.
    pub sk: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.table, self.pk)?;
        self.sk.as_ref().map_or(Ok(()), |sk| write!(f, "/{sk}"))
    }
}

/// An item that is put in the transaction of a commit, where nothing stands.
///
/// No rebuild makes it again: it is what must *not* follow from events, the keys of a case and what they close. Its Debug shows where it goes, not what it holds.
#[derive(Clone, PartialEq)]
pub struct Companion {
    place: Place,
    item: Item,
}

impl Companion {
    /// The item with these attributes; the keys are those of `place`.
    #[must_use]
    pub fn new(place: Place, attributes: HashMap<String, AttributeValue>) -> Self {
        let mut item = attributes;
        item.insert("pk".to_owned(), AttributeValue::S(place.pk.clone()));
        if let Some(sk) = &place.sk {
            item.insert("sk".to_owned(), AttributeValue::S(sk.clone()));
        }
        Self { place, item }
    }

    /// Where it goes.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn table(&self) -> &str {
        &self.place.table
    }

    pub(crate) fn item(&self) -> &Item {
        &self.item
    }
}

impl Eq for Companion {}

impl fmt::Debug for Companion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Companion").field(&self.place.to_string()).finish()
    }
}
