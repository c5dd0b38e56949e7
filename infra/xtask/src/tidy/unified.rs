//! Programs and tests compile third-party crates with the same features.
//!
//! Where they do not, going from `cargo run` to `cargo xtask test` compiles the AWS SDKs once more: minutes. Programs are built with the features of all
//! default members; what only tests turn on is named in `tests/Cargo.toml` (ADR 010).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Result;

use crate::{finding::Finding, process};

const RULE: &str = "unified";

/// Sets of features each crate is compiled with, by name and version.
type Builds = BTreeMap<String, BTreeSet<String>>;

/// Asks cargo about both builds and names what programs would compile once more.
///
/// # Errors
/// Cargo does not answer.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let tests = builds(&tree(root, &["--workspace", "--edges", "normal,build,dev"])?);
    let programs = builds(&tree(root, &["--edges", "normal,build"])?);
    Ok(compare(&programs, &tests))
}

fn tree(root: &Path, selection: &[&str]) -> Result<String> {
    // What stands twice is told once, with `(*)` behind it: whole, the tree of so many layers has millions of lines.
    let arguments = ["tree", "--prefix", "none", "--format", "{p}|{f}"];
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    process::read(root, cargo, &[&arguments, selection].concat())
}

/// Crates of registries; those of the house have features of their own on purpose.
fn builds(tree: &str) -> Builds {
    let mut builds = Builds::new();
    for (package, features) in tree.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('|')) {
        if !package.contains('(') || package.ends_with("(proc-macro)") {
            builds.entry(package.to_owned()).or_default().insert(features.to_owned());
        }
    }
    builds
}

fn compare(programs: &Builds, tests: &Builds) -> Vec<Finding> {
    let drifted = programs.iter().filter_map(|(package, sets)| {
        let known = tests.get(package)?;
        let strange = sets.difference(known).next()?;
        let sentence = format!(
            "`{package}` is compiled with `{strange}` for programs and with `{}` for tests: name the missing features here",
            known.iter().map(String::as_str).collect::<Vec<_>>().join("` or `")
        );
        Some(Finding::failure(RULE, "tests/Cargo.toml", 1, sentence))
    });
    drifted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_with_fewer_features_in_programs_is_named_and_one_of_the_house_is_not() {
        let whole =
            builds("tokio v1.54.1|full,test-util\nledger v0.1.0 (/r/shared/ledger)|bulk-load\nserde v1.0.1|std\n|");
        let programs =
            builds("tokio v1.54.1|full\nledger v0.1.0 (/r/shared/ledger)|\nserde v1.0.1|std\nserde v1.0.1|std (*)");
        let findings = compare(&programs, &whole);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].sentence.contains("`tokio v1.54.1` is compiled with `full`"), "{}", findings[0].sentence);
        assert_eq!(compare(&whole, &whole), []);
    }
}
