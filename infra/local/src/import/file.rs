//! The file of records, and the file of rejects.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use mapping::{Mapping, Record, Reject, Unlinked, link, read};
use serde_json::{Value, json};

/// What a file of records holds.
#[derive(Debug, Default)]
pub struct Records {
    /// Lines with something on them.
    pub rows: usize,
    /// What can be sent, group after group: what a group amends is in the groups before it.
    pub groups: Vec<Vec<Record>>,
    /// What cannot be read.
    pub rejects: Vec<Reject>,
    /// Versions that stand in no chain.
    pub unlinked: Vec<Unlinked>,
}

/// Reads every row of `text`.
#[must_use]
pub fn records(mapping: &Mapping, text: &str) -> Records {
    let mut records = Vec::new();
    let mut rejects = Vec::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = 0;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        rows += 1;
        match read(mapping, index + 1, line) {
            Err(reject) => rejects.push(reject),
            Ok(record) => match lines.get(&record.key) {
                Some(first) => {
                    let reason = format!("line {first} has the same key");
                    rejects.push(Reject { line: record.line, key: Some(record.key), reason });
                }
                None => {
                    lines.insert(record.key.clone(), record.line);
                    records.push(record);
                }
            },
        }
    }
    let (groups, unlinked) = link(mapping, records);
    Records { rows, groups, rejects, unlinked }
}

/// Where rejects go if nothing else is said: in the current folder, after the file's name.
#[must_use]
pub fn rejects_beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    PathBuf::from(format!("{stem}.rejects.jsonl"))
}

/// A reject as a machine reads it.
#[must_use]
pub fn told(reject: &Reject) -> Value {
    json!({ "line": reject.line, "key": reject.key, "reason": reject.reason })
}

/// Writes the rejects of this run; the file of an earlier one goes where there are none now.
///
/// # Errors
/// The file cannot be written.
pub fn write_rejects(path: &Path, rejects: &[Reject]) -> io::Result<()> {
    if rejects.is_empty() {
        return match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    let lines: String = rejects.iter().map(|reject| format!("{}\n", told(reject))).collect();
    fs::write(path, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPPING: &str = "[source]\nsystem = 'old'\nname = '旧门户'\nkey = { field = 'id' }\n\
        [target]\nsite = 'www'\ncolumn = 'www.tzgg'\ndepartment = 'zfb'\n\
        [document]\ntitle = { field = 'title' }\nbody = { value = { field = 'text' }, form = 'text' }\n";

    #[test]
    fn good_rows_go_on_and_bad_ones_are_told_with_line_and_reason() {
        let mapping = Mapping::read(MAPPING).unwrap();
        let text = "{\"id\":1,\"title\":\"甲\",\"text\":\"文\"}\n\nnothing\n{\"id\":1,\"title\":\"乙\",\"text\":\"文\"}\n{\"id\":2,\"text\":\"文\"}\n";
        let read = records(&mapping, text);
        assert_eq!((read.rows, read.groups.iter().map(Vec::len).sum::<usize>()), (4, 1));
        let told: Vec<(usize, &str)> = read.rejects.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(told.len(), 3);
        assert!(told[0].0 == 3 && told[0].1.contains("not JSON"), "{told:?}");
        assert_eq!(told[1], (4, "line 1 has the same key"));
        assert_eq!(told[2], (5, "it has no title"));
    }

    #[test]
    fn rejects_are_written_and_the_file_goes_where_there_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.rejects.jsonl");
        let reject = Reject { line: 3, key: None, reason: "it has no key".to_owned() };
        write_rejects(&file, &[reject]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "{\"line\":3,\"key\":null,\"reason\":\"it has no key\"}\n");
        write_rejects(&file, &[]).unwrap();
        assert!(!file.exists());
        write_rejects(&file, &[]).unwrap();
        assert_eq!(rejects_beside(Path::new("/data/regulations.jsonl")), PathBuf::from("regulations.rejects.jsonl"));
    }
}
