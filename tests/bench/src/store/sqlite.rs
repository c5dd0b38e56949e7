//! Raw SQLite: one table, one connection behind a lock, every commit pressed onto the disk.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result};
use async_trait::async_trait;
use rusqlite::{Connection, params};

use super::{Answer, Corpus, Store, event_json};

/// A table of commits.
pub(super) struct Sqlite {
    connection: Arc<Mutex<Connection>>,
}

impl Sqlite {
    /// A fresh file in `folder` with the corpus in it.
    pub(super) fn open(folder: &Path, corpus: &Corpus) -> Result<Self> {
        let mut connection = Connection::open(folder.join("raw.sqlite"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "CREATE TABLE commits (stream TEXT, number INTEGER, bytes BLOB, PRIMARY KEY (stream, number)) WITHOUT ROWID",
        )?;
        let filling = connection.transaction()?;
        for (stream, length) in corpus.streams() {
            for number in 1..=u64::from(length) {
                insert(&filling, stream, number)?;
            }
        }
        filling.commit()?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }
}

fn insert(connection: &Connection, stream: u32, number: u64) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO commits VALUES (?1, ?2, ?3)")?;
    insert.execute(params![format!("d{stream}"), i64::try_from(number)?, event_json(number)?.as_bytes()])?;
    Ok(())
}

/// Reads the stream whole and appends at the version seen.
fn append(connection: &Connection, stream: u32) -> Result<()> {
    let mut select =
        connection.prepare_cached("SELECT number, bytes FROM commits WHERE stream = ?1 ORDER BY number")?;
    let mut last = 0_i64;
    let mut read = 0;
    let mut rows = select.query([format!("d{stream}")])?;
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        read += row.get::<_, Vec<u8>>(1)?.len();
    }
    std::hint::black_box(read);
    insert(connection, stream, u64::try_from(last + 1)?)
}

#[async_trait]
impl Store for Sqlite {
    async fn command(&self, _: u32, stream: u32, _: u64) -> Result<Answer> {
        let connection = Arc::clone(&self.connection);
        let appended = tokio::task::spawn_blocking(move || {
            append(&connection.lock().unwrap_or_else(PoisonError::into_inner), stream)
        });
        appended.await.context("SQLite fell over")??;
        Ok(Answer::Accepted)
    }

    async fn commits(&self) -> Result<u64> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let commits: i64 = connection.query_row("SELECT count(*) FROM commits", [], |row| row.get(0))?;
        Ok(u64::try_from(commits)?)
    }
}
