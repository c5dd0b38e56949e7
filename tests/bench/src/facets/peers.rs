//! The same records for all others, cut into the same tokens: a file of lines that each of them reads.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
    process::Command,
};

use anyhow::Result;
use search::{Entry, indexed_pairs, indexed_words};

use super::{side::Asked, texts::Texts};
use crate::process::run;

const TANTIVY: &str = include_str!("../../peers/facets.py");

/// The facets that every side counts.
pub(super) const FACETS: [&str; 5] = ["site", "department", "genre", "year", "validity"];

/// A line of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    pub(super) title: &'a str,
    pub(super) text: &'a str,
    pub(super) title_pairs: &'a str,
    pub(super) text_pairs: &'a str,
    /// In the order of [`FACETS`]; empty where there is none.
    pub(super) facets: [&'a str; 5],
}

impl<'a> Row<'a> {
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [_, title, text, _, _, title_pairs, text_pairs, facets @ ..] = parts.as_slice() else { return None };
        Some(Self { title, text, title_pairs, text_pairs, facets: facets.try_into().ok()? })
    }
}

/// A record as a line.
fn line(entry: &Entry) -> String {
    let text = format!("{} {}", entry.summary, entry.body).replace(['\n', '\t'], " ");
    let title = entry.title.replace(['\n', '\t'], " ");
    let words = |text: &str| indexed_words(text).join(" ");
    let pairs = |text: &str| indexed_pairs(text).join(" ");
    let year = entry.day.map(|day| format!("{:04}", day.year())).unwrap_or_default();
    [
        &entry.id,
        &title,
        &text,
        &words(&title),
        &words(&text),
        &pairs(&title),
        &pairs(&text),
        &entry.site,
        &entry.department,
        entry.genre.as_ref().unwrap_or(&String::new()),
        &year,
        &entry.force.validity.name().to_owned(),
    ]
    .map(String::as_str)
    .join("\t")
}

/// Writes the records, unless they are there.
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(texts: &Texts, records: u32, file: &Path) -> Result<()> {
    if file.is_file() {
        return Ok(());
    }
    let writing = file.with_extension("writing");
    let mut lines = BufWriter::new(File::create(&writing)?);
    for number in 0..records {
        writeln!(lines, "{}", line(&texts.record(number)))?;
    }
    lines.flush()?;
    fs::rename(writing, file)?;
    Ok(())
}

/// Has tantivy build its index, unless it is there.
///
/// # Errors
/// It fails.
pub(super) fn build_tantivy(python: &Path, records: &Path, folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        let building = folder.with_extension("building");
        run(Command::new(python).args(["-c", TANTIVY, "build"]).args([&building, records]))?;
        fs::rename(building, folder)?;
    }
    Ok(())
}

/// tantivy, waiting for questions.
///
/// # Errors
/// Python cannot be started.
pub(super) fn tantivy(python: &Path, folder: &Path) -> Result<Asked> {
    Asked::start(Command::new(python).args(["-c", TANTIVY, "answer"]).arg(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let texts = Texts::learn(Path::new("no such folder")).unwrap();
        let record = texts.record(3);
        let line = line(&record);
        let row = Row::of(&line).unwrap();
        assert_eq!((row.title, row.facets[0]), (record.title.as_str(), record.site.as_str()));
        assert!(row.text_pairs.split(' ').count() > 150);
    }
}
