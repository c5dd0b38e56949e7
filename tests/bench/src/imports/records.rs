//! The records, as far as their pages are held to them.

use std::{fs, io, path::Path};

use anyhow::{Context, Result};
use domain::{DocumentId, SystemCode};
use serde_json::Value;

/// A collection of records, and how it is brought in.
#[derive(Debug)]
pub(super) struct Collection {
    /// Name of its file, without the ending.
    pub(super) name: &'static str,
    /// Its mapping, from the project's root.
    pub(super) mapping: &'static str,
    /// Its name in ids, as the mapping has it.
    system: &'static str,
    /// What names a row for good, told here a second time.
    key: fn(&Value) -> Option<&str>,
}

/// What is brought in, in this order.
pub(super) const COLLECTIONS: [Collection; 2] = [
    Collection {
        name: "regulations",
        mapping: "tests/real/regulations.toml",
        system: "regulations",
        key: |row| row.get("path")?.as_str(),
    },
    Collection {
        name: "state_council",
        mapping: "tests/real/state_council.toml",
        system: "gov-cn",
        key: |row| row.get("url")?.as_str()?.rsplit_once("content_")?.1.strip_suffix(".htm"),
    },
];

/// What a record says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Name of its collection.
    pub(super) collection: &'static str,
    /// The document it becomes.
    pub(super) document: DocumentId,
    pub(super) title: String,
    pub(super) index_number: Option<String>,
    pub(super) document_number: Option<String>,
}

/// Every record; none if there is no such folder.
///
/// # Errors
/// A file is missing, or a row cannot be read.
pub(super) fn read(folder: &Path) -> Result<Option<Vec<Record>>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut records = Vec::new();
    for collection in &COLLECTIONS {
        let file = super::file(folder, collection.name);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
        for (index, line) in text.lines().enumerate() {
            let record = one(collection, line).with_context(|| format!("line {} of {}", index + 1, collection.name))?;
            records.push(record);
        }
    }
    Ok(Some(records))
}

fn one(collection: &Collection, line: &str) -> Result<Record> {
    let row: Value = serde_json::from_str(line).map_err(io::Error::from)?;
    let system: SystemCode = collection.system.parse()?;
    let key = (collection.key)(&row).context("a key")?;
    let text = |name| row.get(name).and_then(Value::as_str).map(|text| text.trim().to_owned());
    Ok(Record {
        collection: collection.name,
        document: DocumentId::migrated(&system, key),
        title: text("title").context("a title")?,
        index_number: text("index_number"),
        document_number: text("document_number"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_by_its_path_or_by_the_number_in_its_address() {
        let [regulations, state_council] = &COLLECTIONS;
        let row = r#"{"path":"a/b.md","title":" 某条例 "}"#;
        let record = one(regulations, row).unwrap();
        assert_eq!((record.title.as_str(), &record.index_number, &record.document_number), ("某条例", &None, &None));
        assert_eq!(record.document, DocumentId::migrated(&"regulations".parse().unwrap(), "a/b.md"));
        let row = r#"{"url":"http://a/2019-01/30/content_12.htm","title":"某通知","index_number":"1/2019-00001","document_number":"某发〔2019〕1号"}"#;
        let record = one(state_council, row).unwrap();
        assert_eq!(record.document, DocumentId::migrated(&"gov-cn".parse().unwrap(), "12"));
        assert_eq!(record.document_number.as_deref(), Some("某发〔2019〕1号"));
        assert!(one(state_council, r#"{"url":"http://a/12.htm","title":"某通知"}"#).is_err());
    }
}
