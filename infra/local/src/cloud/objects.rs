//! S3 on loopback: the part of S3 the system uses, on SQLite.
//!
//! The protocol (signatures, XML, chunked bodies) is `s3s`; the store is ours,
//! because conditional writes must be real. One thread writes: it takes all
//! waiting writes into one transaction, so that many small puts share one
//! fsync, and acknowledges each only after that commit.
//!
//! [`ObjectStore`] serves readers in this process without HTTP.

mod checks;
mod error;
mod front;
mod listing;
mod object;
mod protocol;
mod reader;
mod reading;
mod schema;
mod writer;

use std::{net::SocketAddr, sync::Arc};

use bytes::Bytes;
use tempfile::TempDir;
use tokio::sync::oneshot;

pub use error::StoreError;
pub use listing::{ListRequest, Listing};
pub use object::{BucketRule, Condition, Headers, Object, ObjectMeta};

use super::{CloudError, Place, Running, faults::Faults, place};
use reader::Readers;
use writer::{Done, Job, Work, Writer};

/// Name of the database file inside a folder.
pub const FILE: &str = "objects.sqlite";

/// Buckets and their objects; clones share one store.
#[derive(Clone)]
pub struct ObjectStore {
    inner: Arc<Inner>,
}

struct Inner {
    // Dropped in this order: readers close, the writer finishes its queue and closes last, for a connection that only reads leaves the log behind; a temporary folder goes.
    readers: Arc<Readers>,
    writer: Writer,
    _temporary: Option<TempDir>,
}

impl ObjectStore {
    /// Opens the store of `place`, creating it when missing.
    ///
    /// In memory, the bytes lie in a temporary folder without fsync.
    ///
    /// # Errors
    /// [`CloudError`] when the file is damaged or the folder cannot be written.
    pub fn open(place: &Place) -> Result<Self, CloudError> {
        let temporary = match place {
            Place::Folder(_) => None,
            Place::Memory => Some(tempfile::tempdir().map_err(|error| CloudError::Setup(error.to_string()))?),
        };
        let (file, sync) = match (place.file(FILE), &temporary) {
            (Some(file), _) => (file, schema::Sync::Full),
            (None, Some(folder)) => (folder.path().join(FILE), schema::Sync::Off),
            (None, None) => return Err(CloudError::Setup("no folder for the objects".to_owned())),
        };
        place::check_file(&file)?;
        let failed = |error: rusqlite::Error| place::from_sqlite(&file, &error);
        let connection = schema::open_writer(&file, sync).map_err(failed)?;
        let writer = Writer::start(connection)
            .map_err(|error| CloudError::Setup(format!("cannot start the writer: {error}")))?;
        Ok(Self { inner: Arc::new(Inner { readers: Arc::new(Readers::new(file)), writer, _temporary: temporary }) })
    }

    /// Creates a bucket or changes the rule of the one there is; true when it is new.
    ///
    /// # Errors
    /// [`StoreError::Database`] when SQLite fails.
    pub async fn set_bucket(&self, name: &str, rule: BucketRule) -> Result<bool, StoreError> {
        let work = Work::SetBucket { name: name.to_owned(), rule };
        Ok(self.write(work).await? == Done::Created)
    }

    /// Stores an object if the condition holds; returns its `ETag` without quotes.
    ///
    /// # Errors
    /// [`StoreError`] for a missing bucket, a condition that fails, or one that the bucket's rule misses.
    pub async fn put(
        &self,
        bucket: &str,
        key: &str,
        bytes: Bytes,
        headers: Headers,
        condition: Condition,
    ) -> Result<String, StoreError> {
        let etag = object::etag(bytes.clone()).await?;
        let work = Work::Put {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            bytes,
            headers: headers.to_json()?,
            etag: etag.clone(),
            condition,
        };
        self.write(work).await?;
        Ok(etag)
    }

    /// Removes an object if the condition holds; true when there was one.
    ///
    /// # Errors
    /// [`StoreError`] for a missing bucket or a condition that fails.
    pub async fn delete(&self, bucket: &str, key: &str, condition: Condition) -> Result<bool, StoreError> {
        let work = Work::Delete { bucket: bucket.to_owned(), key: key.to_owned(), condition };
        Ok(self.write(work).await? == Done::Deleted)
    }

    /// The object with its bytes, or `None`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchBucket`], or [`StoreError::Database`] when SQLite fails.
    pub async fn get(&self, bucket: &str, key: &str) -> Result<Option<Object>, StoreError> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.read(move |readers| readers.object(&bucket, &key)).await
    }

    /// What is known of the object without reading its bytes, or `None`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchBucket`], or [`StoreError::Database`] when SQLite fails.
    pub async fn head(&self, bucket: &str, key: &str) -> Result<Option<ObjectMeta>, StoreError> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.read(move |readers| readers.meta(&bucket, &key)).await
    }

    /// One page of a bucket's keys, ordered by their UTF-8 bytes.
    ///
    /// # Errors
    /// [`StoreError::NoSuchBucket`], or [`StoreError::Database`] when SQLite fails.
    pub async fn list(&self, bucket: &str, request: ListRequest) -> Result<Listing, StoreError> {
        let bucket = bucket.to_owned();
        self.read(move |readers| readers.list(&bucket, &request)).await
    }

    /// Every bucket with its creation time in Unix milliseconds, by name.
    ///
    /// # Errors
    /// [`StoreError::Database`] when SQLite fails.
    pub async fn buckets(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.read(|readers| readers.buckets()).await
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Readers) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let readers = Arc::clone(&self.inner.readers);
        tokio::task::spawn_blocking(move || read(&readers))
            .await
            .map_err(|error| StoreError::Database(error.to_string()))?
    }

    async fn write(&self, work: Work) -> Result<Done, StoreError> {
        let (reply, done) = oneshot::channel();
        self.inner.writer.send(Job { work, reply })?;
        done.await.map_err(|_gone| StoreError::Closed)?
    }
}

/// Serves `store` on `addr` (port 0 takes any free port); stops when dropped.
///
/// Requests must be signed with the keys in [`credentials`](super::credentials).
///
/// # Errors
/// [`CloudError::Listen`] when the address is taken.
pub async fn start(store: ObjectStore, addr: SocketAddr, faults: Faults) -> Result<Running, CloudError> {
    front::start(store, addr, faults).await
}
