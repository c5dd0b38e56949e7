//! Our own index: built from records as the indexer does, without a ledger; asked by a process that does nothing else.

use std::{
    fs,
    io::{BufRead, Write as _},
    path::Path,
    sync::Arc,
    time::Instant,
};

use anyhow::{Context, Result};
use search::{Cache, Change, Manifest, Reader, Shelf, Writer};
use serde_json::{Value, json};

use super::{questions::Question, shelf::FolderShelf, texts::Texts};

/// Records of one build: what a few rounds of the indexer bring in.
const BATCH: u32 = 25_000;
/// The file in the folder that tells what the index is made of.
const MANIFEST: &str = "manifest.json";

/// Builds the index of `records` records in `folder`, unless it lies there.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn build(texts: &Texts, records: u32, folder: &Path) -> Result<()> {
    if folder.join(MANIFEST).is_file() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let objects = Arc::new(FolderShelf::new(folder));
    let (shelf, cache): (Arc<dyn Shelf>, _) = (objects.clone(), Arc::<Cache>::default());
    let mut manifest = Manifest::empty("1");
    for start in (0..records).step_by(BATCH as usize) {
        let numbers = start..records.min(start + BATCH);
        let changes: Vec<Change> = numbers.map(|number| Change::from(texts.record(number))).collect();
        let bench = folder.join("building");
        fs::create_dir_all(&bench)?;
        let attempt = format!("b{start}");
        let writer = Writer { manifest: &manifest, shelf: &shelf, cache: &cache, attempt: &attempt, folder: &bench };
        let built = writer.build(changes)?.built.context("nothing was built")?;
        for (key, file) in &built.objects {
            objects.put(key, file)?;
        }
        for key in &built.unreferenced {
            objects.remove(key)?;
        }
        fs::remove_dir_all(&bench)?;
        manifest = built.manifest;
        eprintln!("facets: {} of {records} records indexed", manifest.documents);
    }
    fs::write(folder.join(MANIFEST), serde_json::to_vec(&manifest)?)?;
    Ok(())
}

/// What the index weighs: its bytes, those of its columns with their dictionaries, and its segments.
///
/// # Errors
/// The index cannot be read.
pub(super) fn weight(folder: &Path) -> Result<(u64, u64, usize)> {
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?;
    let sum = |part: &str, wanted: &dyn Fn(&str) -> bool| -> (u64, usize) {
        let all = manifest.get(part).and_then(Value::as_object).into_iter().flatten();
        let wanted: Vec<u64> =
            all.filter(|(name, _)| wanted(name)).filter_map(|(_, file)| file.get("length")?.as_u64()).collect();
        (wanted.iter().sum(), wanted.len())
    };
    let (columns, segments) = sum("files", &|name| name.ends_with(".fast"));
    Ok((sum("objects", &|_| true).0, columns, segments))
}

/// Answers what stands on standard input until it ends, a line for each: this process does nothing else.
///
/// # Errors
/// The index cannot be read.
pub(super) fn answers(folder: &Path) -> Result<()> {
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?;
    let open = || -> Result<(Arc<Cache>, Reader)> {
        let (shelf, cache): (Arc<dyn Shelf>, _) = (Arc::new(FolderShelf::new(folder)), Arc::<Cache>::default());
        let reader = Reader::open(&manifest, &shelf, &cache)?;
        Ok((cache, reader))
    };
    let mut opened = None;
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let query = Question::read(&line).context("a question")?.query();
        let is_cold = line.get("cold").and_then(Value::as_bool).unwrap_or_default();
        if is_cold {
            opened = None;
        }
        let started = Instant::now();
        let (cache, reader) = match &opened {
            Some(opened) => opened,
            None => opened.insert(open()?),
        };
        let answer = reader.answer(&query)?;
        let seconds = started.elapsed().as_secs_f64();
        let told = json!({ "seconds": seconds, "total": answer.total, "hits": answer.hits.len(), "requests": cache.requests(), "bytes": cache.bytes() });
        writeln!(std::io::stdout(), "{told}")?;
    }
    Ok(())
}
