//! Least privilege as a diff: `infra/permissions.toml` says what each role may do and which code does it.
//!
//! Compared both ways, twice: with the roles and policies of `infra/template.yaml`, so that no permission comes or goes unseen; and with the
//! calls in the source, so that a permission goes when its last call does and a new call asks for one.

mod calls;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{finding::Finding, tree::Tree};

use template::Holder;

const RULE: &str = "permissions";
const RECORD: &str = "infra/permissions.toml";
const TEMPLATE: &str = "infra/template.yaml";

/// What is recorded of a role or policy.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    /// Managed policies it has.
    #[serde(default)]
    policies: BTreeSet<String>,
    /// `action on resource` and why.
    #[serde(default)]
    may: BTreeMap<String, Because>,
}

/// Why something is allowed.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Because {
    /// Our code calls it: `file word`, a method of an SDK or the name of an operation in the file.
    Calls(Vec<String>),
    /// A service does it for us, or it changes an answer: a sentence.
    Sentence(String),
}

impl Because {
    fn is_empty(&self) -> bool {
        match self {
            Self::Calls(calls) => calls.is_empty(),
            Self::Sentence(sentence) => sentence.trim().is_empty(),
        }
    }
}

type Record = BTreeMap<String, Recorded>;

/// Every permission that is not recorded, every record that holds no more.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Finding> {
    let (Some(record), Some(text)) = (tree.text(RECORD), tree.text(TEMPLATE)) else { return Vec::new() };
    let record: Record = match toml::from_str(record) {
        Ok(record) => record,
        Err(error) => return vec![Finding::failure(RULE, RECORD, 1, error.to_string())],
    };
    let template = match template::read(text) {
        Ok(template) => template,
        Err(sentence) => return vec![Finding::failure(RULE, TEMPLATE, 1, sentence)],
    };
    let mut findings: Vec<Finding> =
        template.shared.iter().map(|sentence| Finding::failure(RULE, TEMPLATE, 1, sentence.as_str())).collect();
    findings.extend(compare(&record, &template.holders, text));
    findings.extend(evidence(&record, tree));
    findings
}

/// The record against the template, both ways.
fn compare(record: &Record, holders: &BTreeMap<String, Holder>, text: &str) -> Vec<Finding> {
    let (nothing, nobody) = (Recorded::default(), Holder::default());
    let names: BTreeSet<&String> = record.keys().chain(holders.keys()).collect();
    let mut findings = Vec::new();
    for name in names {
        let (recorded, holder) = (record.get(name).unwrap_or(&nothing), holders.get(name).unwrap_or(&nobody));
        let known: BTreeSet<&String> = recorded.may.keys().chain(&recorded.policies).collect();
        let granted: BTreeSet<&String> = holder.may.iter().chain(&holder.policies).collect();
        for surplus in granted.difference(&known) {
            let sentence = format!("`{name}` has `{surplus}`, which {RECORD} does not know");
            findings.push(Finding::failure(RULE, TEMPLATE, line_of(text, name), sentence));
        }
        for missing in known.difference(&granted) {
            findings.push(Finding::failure(
                RULE,
                RECORD,
                1,
                format!("`{name}` does not have `{missing}` in {TEMPLATE}"),
            ));
        }
    }
    findings
}

fn line_of(text: &str, resource: &str) -> usize {
    let heading = format!("  {resource}:");
    text.lines().position(|line| line == heading).map_or(1, |at| at + 1)
}

/// The record against the source, both ways.
fn evidence(record: &Record, tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut named = BTreeSet::new();
    for (holder, recorded) in record {
        for (permission, because) in &recorded.may {
            let calls = match because {
                Because::Calls(calls) => calls.as_slice(),
                Because::Sentence(_) => &[],
            };
            if because.is_empty() {
                findings.push(Finding::failure(
                    RULE,
                    RECORD,
                    1,
                    format!("`{holder}` has `{permission}` for no reason"),
                ));
            }
            for call in calls {
                named.insert(call.as_str());
                if !calls::is_made(tree, call) {
                    let sentence = format!("`{holder}` has `{permission}` for `{call}`, which is not there");
                    findings.push(Finding::failure(RULE, RECORD, 1, sentence));
                }
            }
        }
    }
    let unnamed = calls::all(tree).into_iter().filter(|(call, ..)| !named.contains(call.as_str()));
    findings.extend(unnamed.map(|(call, path, line)| {
        Finding::failure(RULE, &path, line, format!("no role in {RECORD} is allowed anything for `{call}`"))
    }));
    findings
}

#[cfg(test)]
mod tests;
