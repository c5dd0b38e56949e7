//! Pages of keys in the order of their UTF-8 bytes.

use rusqlite::{Connection, params};

use super::{
    StoreError,
    reader::{Readers, bucket_id},
};

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListRequest {
    /// Only keys that begin with this.
    pub prefix: String,
    /// Keys that hold this after the prefix are folded into one common prefix; empty folds nothing.
    pub delimiter: String,
    /// The first key may be this or follow it, in bytes: [`Listing::next`] of the page before.
    pub from: Vec<u8>,
    /// Most entries on a page: keys and common prefixes together.
    pub limit: usize,
}

/// A page of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The keys, in order.
    pub keys: Vec<Listed>,
    /// The common prefixes, in order.
    pub prefixes: Vec<String>,
    /// Where the next page begins, or `None` on the last.
    pub next: Option<Vec<u8>>,
}

/// One key of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The key.
    pub key: String,
    /// `ETag` without quotes.
    pub etag: String,
    /// Length in bytes.
    pub size: i64,
    /// Time of the last write in Unix milliseconds.
    pub modified: i64,
}

impl Readers {
    pub(super) fn list(&self, bucket: &str, request: &ListRequest) -> Result<Listing, StoreError> {
        self.with(|connection| {
            // One transaction: the jumps over common prefixes see one state.
            let transaction = connection.unchecked_transaction()?;
            let bucket = bucket_id(&transaction, bucket)?;
            list(&transaction, bucket, request)
        })
    }
}

fn list(connection: &Connection, bucket: i64, request: &ListRequest) -> Result<Listing, StoreError> {
    let mut page = Listing::default();
    if request.limit == 0 {
        return Ok(page);
    }
    let end = after_prefix(request.prefix.as_bytes());
    let mut from = request.from.clone().max(request.prefix.clone().into_bytes());
    let mut statement = connection.prepare_cached(
        "SELECT key, etag, size, modified FROM objects
         WHERE bucket = ?1 AND key >= ?2 AND (?3 IS NULL OR key < ?3) ORDER BY key",
    )?;
    'jumps: loop {
        let mut rows = statement.query(params![bucket, from, end])?;
        while let Some(row) = rows.next()? {
            let key = text(row.get(0)?)?;
            if page.keys.len() + page.prefixes.len() == request.limit {
                page.next = Some(key.into_bytes());
                return Ok(page);
            }
            let Some(common) = common_prefix(&key, request) else {
                page.keys.push(Listed { etag: row.get(1)?, size: row.get(2)?, modified: row.get(3)?, key });
                continue;
            };
            let behind = after_prefix(common.as_bytes());
            page.prefixes.push(common);
            match behind {
                Some(behind) => from = behind,
                None => return Ok(page),
            }
            continue 'jumps;
        }
        return Ok(page);
    }
}

fn text(key: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(key).map_err(|error| StoreError::Database(error.to_string()))
}

fn common_prefix(key: &str, request: &ListRequest) -> Option<String> {
    if request.delimiter.is_empty() {
        return None;
    }
    let rest = key.strip_prefix(request.prefix.as_str())?;
    let (folded, _) = rest.split_once(request.delimiter.as_str())?;
    Some(format!("{}{folded}{}", request.prefix, request.delimiter))
}

/// The first bytes behind everything that begins with `prefix`; `None` when nothing can follow.
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut bound = prefix.to_vec();
    while let Some(last) = bound.pop() {
        if let Some(next) = last.checked_add(1) {
            bound.push(next);
            return Some(bound);
        }
    }
    None
}
