//! Reading connections, and the reads of one object.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    StoreError,
    object::{Headers, Object, ObjectMeta},
    schema,
};

/// Idle connections kept open; more are opened under load and closed after it.
const KEPT: usize = 8;

/// A pool of read-only connections; readers never wait for the writer.
pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(file: PathBuf) -> Self {
        Self { file, idle: Mutex::default() }
    }

    pub(super) fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_reader(&self.file)?,
        };
        let outcome = read(&connection);
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(connection);
        }
        outcome
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn object(&self, bucket: &str, key: &str) -> Result<Option<Object>, StoreError> {
        const QUERY: &str = "SELECT o.etag, o.size, o.modified, o.headers, b.bytes
            FROM buckets AS k
            JOIN objects AS o ON o.bucket = k.id AND o.key = ?2
            JOIN bodies AS b ON b.id = o.body
            WHERE k.name = ?1";
        self.with(|connection| {
            let found = connection
                .prepare_cached(QUERY)?
                .query_row(params![bucket, key.as_bytes()], |row| {
                    Ok((meta(row)?, Bytes::from(row.get::<_, Vec<u8>>(4)?)))
                })
                .optional()?;
            match found {
                Some((meta, bytes)) => Ok(Some(Object { meta, bytes })),
                None => bucket_id(connection, bucket).map(|_| None),
            }
        })
    }

    pub(super) fn meta(&self, bucket: &str, key: &str) -> Result<Option<ObjectMeta>, StoreError> {
        const QUERY: &str = "SELECT o.etag, o.size, o.modified, o.headers
            FROM buckets AS k
            JOIN objects AS o ON o.bucket = k.id AND o.key = ?2
            WHERE k.name = ?1";
        self.with(|connection| {
            let found =
                connection.prepare_cached(QUERY)?.query_row(params![bucket, key.as_bytes()], meta).optional()?;
            match found {
                Some(meta) => Ok(Some(meta)),
                None => bucket_id(connection, bucket).map(|_| None),
            }
        })
    }

    pub(super) fn buckets(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT name, created FROM buckets ORDER BY name")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The bucket's row id, or that there is no such bucket.
pub(super) fn bucket_id(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    connection
        .prepare_cached("SELECT id FROM buckets WHERE name = ?1")?
        .query_row(params![name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuchBucket(name.to_owned()))
}

fn meta(row: &Row<'_>) -> rusqlite::Result<ObjectMeta> {
    let headers: String = row.get(3)?;
    let headers: Headers = serde_json::from_str(&headers)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(ObjectMeta {
        etag: row.get(0)?,
        size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default(),
        modified: row.get(2)?,
        headers,
    })
}
