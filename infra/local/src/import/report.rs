//! What an import tells when it is done.

use std::path::PathBuf;

use mapping::{Reject, Unlinked};
use serde_json::{Value, json};

use super::file::told;

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Rows of the file.
    pub rows: usize,
    /// Documents that came in, or would.
    pub imported: usize,
    /// Documents that had come in before.
    pub unchanged: usize,
    /// Rows that did not come in.
    pub rejects: Vec<Reject>,
    /// Where they are told of.
    pub rejects_file: PathBuf,
    /// Versions that stand in no chain.
    pub unlinked: Vec<Unlinked>,
    /// Links between versions.
    pub links: usize,
    /// What was left out of texts, by line.
    pub notes: Vec<(usize, &'static str)>,
    /// Departments, sites and columns that were created.
    pub created: Vec<String>,
    /// From the first request to the last page, in seconds.
    pub seconds: f64,
    /// Documents that came in a second, their pages included.
    pub per_second: f64,
    /// Whether it only told what it would do.
    pub dry_run: bool,
}

impl Report {
    /// For machines.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "rows": self.rows,
            "imported": self.imported,
            "unchanged": self.unchanged,
            "links": self.links,
            "rejects": self.rejects.iter().map(told).collect::<Vec<_>>(),
            "unlinked": self.unlinked.iter()
                .map(|u| json!({ "line": u.line, "key": u.key, "reason": u.reason })).collect::<Vec<_>>(),
            "notes": self.notes.iter().map(|(line, note)| json!({ "line": line, "note": note })).collect::<Vec<_>>(),
            "created": self.created,
            "seconds": tenths(self.seconds),
            "documents_per_second": tenths(self.per_second),
            "dry_run": self.dry_run,
        })
    }

    /// For people, a sentence a line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let (rows, rejected) = (self.rows, self.rejects.len());
        let mut lines = vec![if self.dry_run {
            format!("{rows} rows: {} can be sent, {rejected} rejected; nothing was written", self.imported)
        } else {
            format!(
                "{rows} rows: {} imported, {} unchanged, {rejected} rejected; {:.1} s with their pages, {:.0} documents/s",
                self.imported, self.unchanged, self.seconds, self.per_second
            )
        }];
        if self.links > 0 {
            lines.push(format!("{} versions amend an earlier one", self.links));
        }
        if !self.created.is_empty() {
            lines.push(format!("created: {}", self.created.join(", ")));
        }
        lines.extend(self.notes.iter().map(|(line, note)| format!("line {line}: {note}")));
        lines.extend(self.unlinked.iter().map(|u| format!("line {}: in no chain of versions: {}", u.line, u.reason)));
        lines.extend(self.rejects.iter().map(|reject| format!("line {}: rejected: {}", reject.line, reject.reason)));
        if rejected > 0 && !self.dry_run {
            lines.push(format!("rejected rows are told of in {}", self.rejects_file.display()));
        }
        lines
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
