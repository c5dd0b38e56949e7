//! SQLite: FTS5 over the same pairs, facets by `GROUP BY`.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, params, params_from_iter};

use super::{
    peers::{FACETS, Row},
    questions::Question,
    side::{Answering, Told},
};

/// A file, open for reading.
pub(super) struct Sqlite {
    file: PathBuf,
    connection: Connection,
}

/// Fills `file` with the records, unless it is there.
///
/// # Errors
/// SQLite fails.
pub(super) fn build(records: &Path, file: &Path) -> Result<()> {
    if file.is_file() {
        return Ok(());
    }
    let building = file.with_extension("building");
    let mut connection = Connection::open(&building)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.execute_batch(
        "CREATE TABLE records (id INTEGER PRIMARY KEY, title TEXT, text TEXT, site TEXT, department TEXT, genre TEXT, year TEXT, validity TEXT);
         CREATE VIRTUAL TABLE pairs USING fts5(title, text, content='');
         INSERT INTO pairs(pairs, rank) VALUES ('hashsize', 200000000);",
    )?;
    let filling = connection.transaction()?;
    for (number, line) in (1_i64..).zip(BufReader::new(File::open(records)?).lines()) {
        let line = line?;
        let row = Row::of(&line).context("a record")?;
        let [site, department, genre, year, validity] = row.facets;
        let genre = Some(genre).filter(|genre| !genre.is_empty());
        let mut insert = filling.prepare_cached("INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        insert.execute(params![number, row.title, row.text, site, department, genre, year, validity])?;
        let mut insert = filling.prepare_cached("INSERT INTO pairs(rowid, title, text) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![number, row.title_pairs, row.text_pairs])?;
    }
    filling.commit()?;
    connection.execute_batch("CREATE INDEX by_site ON records (site, year); ANALYZE;")?;
    drop(connection);
    fs::rename(building, file)?;
    Ok(())
}

impl Sqlite {
    pub(super) fn open(file: &Path) -> Result<Self> {
        Ok(Self { file: file.to_owned(), connection: open(file)? })
    }
}

fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 8_i64 << 30)?;
    Ok(connection)
}

fn answered(connection: &Connection, question: &Question) -> Result<u64> {
    let phrase = format!("\"{}\"", question.pairs().join(" "));
    let filter = if question.filter.is_some() { " AND records.site = ?2 AND records.year = ?3" } else { "" };
    let (site, year) = question.filter.clone().unzip();
    let given: Vec<String> = [Some(phrase), site, year].into_iter().flatten().collect();
    let hits = format!("FROM pairs JOIN records ON records.id = pairs.rowid WHERE pairs MATCH ?1{filter}");
    let mut best = connection.prepare_cached(&format!(
        "SELECT records.id, records.title, bm25(pairs, 6.0, 1.0) AS fits {hits} ORDER BY fits LIMIT 20"
    ))?;
    let mut rows = best.query(params_from_iter(&given))?;
    while let Some(row) = rows.next()? {
        std::hint::black_box(row.get::<_, String>(1)?);
    }
    // The hits are found once more, and once only for all facets.
    let each = FACETS.map(|facet| format!("SELECT '{facet}', {facet}, count(*) FROM hits GROUP BY {facet}"));
    let mut facets = connection.prepare_cached(&format!(
        "WITH hits AS MATERIALIZED (SELECT site, department, genre, year, validity {hits}) {}",
        each.join(" UNION ALL ")
    ))?;
    let mut rows = facets.query(params_from_iter(&given))?;
    let mut total = 0;
    while let Some(row) = rows.next()? {
        // Each hit has one site.
        if row.get_ref(0)?.as_str()? == "site" {
            total += row.get::<_, u64>(2)?;
        }
    }
    Ok(total)
}

impl Answering for Sqlite {
    fn warm(&mut self, question: &Question) -> Result<Told> {
        let started = Instant::now();
        let total = answered(&self.connection, question)?;
        Ok(Told { time: started.elapsed(), total, ..Told::default() })
    }

    fn cold(&mut self, question: &Question) -> Result<Told> {
        let started = Instant::now();
        let total = answered(&open(&self.file)?, question)?;
        Ok(Told { time: started.elapsed(), total, ..Told::default() })
    }
}
