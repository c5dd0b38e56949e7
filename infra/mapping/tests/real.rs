//! Public collections that lie beside the repository, where somebody put them there: their records are in it neither whole nor in part.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{fs, path::PathBuf};

use mapping::{Mapping, Record, Row, link, read};
use serde_json::Value;

/// A collection's rows and what they become.
struct Collection {
    mapping: Mapping,
    rows: Vec<Value>,
    read: Vec<Row>,
}

/// The collection, or none where it is not there.
fn collection(name: &str, mapping: &str) -> Option<Collection> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.to_owned();
    let Ok(text) = fs::read_to_string(root.join(format!("shared/data/{name}.jsonl"))) else {
        println!("{name} is not there");
        return None;
    };
    let mapping = Mapping::read(mapping).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let read = text.lines().enumerate().map(|(index, line)| read(&mapping, index + 1, line)).collect();
    Some(Collection { mapping, rows, read })
}

#[test]
fn every_regulation_is_read_and_versions_of_a_title_are_linked() {
    let mapping = include_str!("../../../tests/real/regulations.toml");
    let Some(Collection { mapping, rows, read }) = collection("regulations", mapping) else { return };
    let records: Vec<Record> = read.into_iter().map(Result::unwrap).collect();
    for (row, record) in rows.iter().zip(&records) {
        assert_eq!(record.body["origin"]["key"], row["path"]);
        if let Some(day) = row["version_date"].as_str() {
            assert_eq!(record.day.as_deref(), Some(day));
        }
        assert!(record.body.get("index_number").is_none() && record.body["content"].get("document_number").is_none());
    }
    let titles: std::collections::BTreeSet<&str> = rows.iter().map(|row| row["title"].as_str().unwrap()).collect();
    let further = rows.len() - titles.len();
    let (groups, unlinked) = link(&mapping, records);
    let links = groups.iter().flatten().filter(|record| record.body.get("amends").is_some()).count();
    assert_eq!((links, unlinked.len()), (further, 0));
}

#[test]
fn every_state_council_document_keeps_its_numbers_and_has_its_dates() {
    let mapping = include_str!("../../../tests/real/state_council.toml");
    let Some(Collection { rows, read, .. }) = collection("state_council", mapping) else { return };
    for (row, record) in rows.iter().zip(read) {
        let body = record.unwrap().body;
        assert_eq!(body["index_number"], row["index_number"]);
        assert_eq!(body["content"]["document_number"], row["document_number"]);
        assert_eq!(body["origin"]["issuer"], row["issuer"]);
        assert_eq!(body["origin"]["date"]["kind"], "published");
        for field in [&body["origin"]["date"]["day"], &body["content"]["written_on"], &body["origin"]["subject"]] {
            assert!(field.as_str().is_some_and(|text| !text.is_empty()), "{}", row["url"]);
        }
    }
}
