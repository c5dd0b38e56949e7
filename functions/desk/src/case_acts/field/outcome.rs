//! The kinds of replies to applications, as a form says them: a choice, and one line for what that choice says beside.

use serde_json::{Value, json};

/// Under which names the API knows that line.
pub(super) const PARTS: &[&str] = &["withheld", "ground", "found_at", "body", "of", "law"];

/// Whether a kind says something beside; who else is to be asked may be unknown.
pub(super) fn needs_grounds(kind: &str) -> bool {
    matches!(kind, "provided-partly" | "not-disclosable" | "already-public" | "repeat" | "special-law")
}

/// The kind and the line as the API takes them.
pub(super) fn of(kind: &str, grounds: &str) -> Value {
    let grounds = grounds.split_whitespace().collect::<Vec<_>>().join(" ");
    match kind {
        "provided" => json!({"kind": kind, "extent": {"kind": "whole"}}),
        "provided-partly" => json!({"kind": "provided", "extent": {"kind": "partial", "withheld": grounds}}),
        "not-disclosable" => json!({"kind": kind, "ground": grounds}),
        "already-public" => json!({"kind": kind, "found_at": grounds}),
        "not-ours" if !grounds.is_empty() => json!({"kind": kind, "body": grounds}),
        "repeat" => json!({"kind": kind, "of": grounds}),
        "special-law" => json!({"kind": kind, "law": grounds}),
        _ => json!({"kind": kind}),
    }
}
