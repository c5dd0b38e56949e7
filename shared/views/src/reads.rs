//! What a page has read so far, and the digest of it.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::row::{Row, RowKey};

/// One thing a page asks of the views.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// One row.
    Row(RowKey),
    /// Every row of a slice whose key begins with `prefix`, ascending.
    Range {
        /// The slice.
        slice: String,
        /// Beginning of the keys; empty for all.
        prefix: String,
    },
    /// From the newest row down to the `live`-th live one, tombstones included, descending.
    Newest {
        /// The slice.
        slice: String,
        /// How many live rows.
        live: usize,
    },
    /// The document body with this hash.
    Body(String),
}

impl Read {
    /// Every row of `slice`.
    #[must_use]
    pub fn all(slice: impl Into<String>) -> Self {
        Self::Range { slice: slice.into(), prefix: String::new() }
    }

    /// The row `key` of `slice`.
    #[must_use]
    pub fn row(slice: impl Into<String>, key: impl Into<String>) -> Self {
        Self::Row(RowKey::new(slice, key))
    }
}

/// A composition cannot go on before this is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Read);

/// Everything one page has read.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reads {
    rows: BTreeMap<Read, Vec<Row>>,
    bodies: BTreeMap<Read, Vec<u8>>,
}

impl Reads {
    /// Takes in the answer to a read of rows.
    pub fn put_rows(&mut self, read: Read, rows: Vec<Row>) {
        self.rows.insert(read, rows);
    }

    /// Takes in a body.
    pub fn put_body(&mut self, read: Read, body: Vec<u8>) {
        self.bodies.insert(read, body);
    }

    /// The rows of `read`, tombstones included.
    ///
    /// # Errors
    /// It has not been read yet.
    pub fn rows(&self, read: Read) -> Result<&[Row], Missing> {
        match self.rows.get(&read) {
            Some(rows) => Ok(rows),
            None => Err(Missing(read)),
        }
    }

    /// The single row of `read`, if there is one.
    ///
    /// # Errors
    /// It has not been read yet.
    pub fn row(&self, read: Read) -> Result<Option<&Row>, Missing> {
        Ok(self.rows(read)?.first())
    }

    /// The body of `hash`.
    ///
    /// # Errors
    /// It has not been read yet.
    pub fn body(&self, hash: &str) -> Result<&[u8], Missing> {
        let read = Read::Body(hash.to_owned());
        match self.bodies.get(&read) {
            Some(body) => Ok(body),
            None => Err(Missing(read)),
        }
    }

    /// SHA-256 over the generation and every row read with its version, tombstones included; 32 hexadecimal digits.
    ///
    /// Bodies need no place in it: a row names them by hash.
    #[must_use]
    pub fn digest(&self, generation: u64) -> String {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(&generation.to_be_bytes());
        for (read, rows) in &self.rows {
            field(format!("{read:?}").as_bytes());
            for row in rows {
                field(row.at.slice.as_bytes());
                field(row.at.key.as_bytes());
                field(&row.version.to_be_bytes());
                field(if row.is_live() { b"live" } else { b"gone" });
            }
        }
        let digest = HEXLOWER.encode(&hasher.finalize());
        digest.get(..32).unwrap_or(&digest).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, version: u64, body: Option<&str>) -> Row {
        Row { at: RowKey::new("s", key), version, body: body.map(str::to_owned) }
    }

    #[test]
    fn the_digest_names_versions_tombstones_and_generation() {
        let digest = |rows: Vec<Row>, generation| {
            let mut reads = Reads::default();
            reads.put_rows(Read::all("s"), rows);
            reads.digest(generation)
        };
        let base = digest(vec![row("a", 1, Some("x"))], 1);
        assert_ne!(base, digest(vec![row("a", 2, Some("x"))], 1));
        assert_ne!(base, digest(vec![row("a", 1, None)], 1));
        assert_ne!(base, digest(vec![row("a", 1, Some("x"))], 2));
        assert_ne!(base, digest(vec![], 1));
        assert_eq!(base, digest(vec![row("a", 1, Some("x"))], 1));
    }
}
