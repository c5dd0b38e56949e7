//! What an index is made of.

mod digests;

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use digests::{CHUNK, Digester, Digests};

use crate::schema::{Fields, SCHEMA};

/// What an index is made of: the one small object that is swapped; everything it names never changes.
///
/// Stored as JSON; its shape changes only with `schema`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The number of fields and analysis, [`SCHEMA`].
    pub schema: u32,
    /// The generation that is built and lives as a whole.
    pub generation: String,
    /// Grows with every swap.
    pub counter: u64,
    /// Documents that can be found.
    pub documents: u64,
    /// tantivy's own account of the segments; none of an index that never had a document.
    pub(crate) meta: Option<Value>,
    /// By key.
    pub(crate) objects: BTreeMap<String, Object>,
    /// By the name tantivy gives them.
    pub(crate) files: BTreeMap<String, File>,
}

/// An object on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Object {
    /// Bytes.
    pub(crate) length: u64,
    /// Of its chunks, so that each can be checked when it is fetched.
    pub(crate) digests: Digests,
}

/// Where a file of tantivy's lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) key: String,
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

impl Manifest {
    /// An index without documents.
    #[must_use]
    pub fn empty(generation: impl Into<String>) -> Self {
        Self {
            schema: SCHEMA,
            generation: generation.into(),
            counter: 0,
            documents: 0,
            meta: None,
            objects: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// The keys of all objects it needs.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.objects.keys().map(String::as_str)
    }

    /// Bytes of all objects it needs.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.objects.values().map(|object| object.length).sum()
    }

    /// The file from which tantivy opens the index.
    pub(crate) fn meta_file(&self) -> serde_json::Result<Vec<u8>> {
        match &self.meta {
            Some(meta) => serde_json::to_vec(meta),
            None => serde_json::to_vec(&tantivy::IndexMeta::with_schema(Fields::get().schema.clone())),
        }
    }
}

impl File {
    pub(crate) fn range(&self) -> Range<u64> {
        self.offset..self.offset.saturating_add(self.length)
    }
}
