//! Versions of one text, each linked to the one it amends.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::{
    document::Record,
    map::{Mapping, Undated},
};

/// A version whose place in its chain nobody knows; it is brought in without a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlinked {
    /// Its line in the collection.
    pub line: usize,
    /// What names it.
    pub key: String,
    /// Why: a sentence.
    pub reason: &'static str,
}

/// Links versions, and puts the records into groups: what a group amends is in the groups before it.
///
/// Versions are those rows of one file whose `chain.by` says the same; they are ordered by the day they go by.
#[must_use]
pub fn link(mapping: &Mapping, records: Vec<Record>) -> (Vec<Vec<Record>>, Vec<Unlinked>) {
    let Some(chain) = &mapping.chain else { return (vec![records], Vec::new()) };
    let mut texts: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let mut groups: Vec<Vec<Record>> = vec![Vec::new()];
    for record in records {
        match record.text.clone() {
            Some(text) => texts.entry(text).or_default().push(record),
            None => into_group(&mut groups, 0, record),
        }
    }
    let mut unlinked = Vec::new();
    for versions in texts.into_values() {
        let (ordered, apart) = ordered(versions, chain.undated);
        for (record, reason) in apart {
            unlinked.push(Unlinked { line: record.line, key: record.key.clone(), reason });
            into_group(&mut groups, 0, record);
        }
        let mut earlier: Option<String> = None;
        for (depth, mut record) in ordered.into_iter().enumerate() {
            if let (Some(earlier), Some(body)) = (&earlier, record.body.as_object_mut()) {
                body.insert("amends".to_owned(), Json::from(earlier.as_str()));
            }
            earlier = Some(record.key.clone());
            into_group(&mut groups, depth, record);
        }
    }
    for group in &mut groups {
        group.sort_by_key(|record| record.line);
    }
    (groups, unlinked)
}

fn into_group(groups: &mut Vec<Vec<Record>>, depth: usize, record: Record) {
    if groups.len() <= depth {
        groups.resize_with(depth + 1, Vec::new);
    }
    if let Some(group) = groups.get_mut(depth) {
        group.push(record);
    }
}

type Apart = Vec<(Record, &'static str)>;

/// Versions in their order, and those that have no place in it.
fn ordered(versions: Vec<Record>, undated: Undated) -> (Vec<Record>, Apart) {
    if versions.len() < 2 {
        return (versions, Vec::new());
    }
    let (without, mut dated): (Vec<Record>, Vec<Record>) =
        versions.into_iter().partition(|record| record.day.is_none());
    dated.sort_by(|a, b| a.day.cmp(&b.day));
    let same_day = dated.windows(2).any(|pair| matches!(pair, [a, b] if a.day == b.day));
    if same_day {
        let apart = |record| (record, "another version goes by the same day");
        return (Vec::new(), dated.into_iter().chain(without).map(apart).collect());
    }
    match (undated, without.len()) {
        (_, 0) => (dated, Vec::new()),
        (Undated::First, 1) => (without.into_iter().chain(dated).collect(), Vec::new()),
        (Undated::First, _) => (dated, apart(without, "more than one version has no day")),
        (Undated::Apart, _) => (dated, apart(without, "it has no day")),
    }
}

fn apart(records: Vec<Record>, reason: &'static str) -> Apart {
    records.into_iter().map(|record| (record, reason)).collect()
}
