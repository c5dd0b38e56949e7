//! Checks that hold the house to its own rules; each one a function of the tree or of cargo's metadata.

pub mod catalogue;
pub mod contract;
pub mod crates;
pub mod dependencies;
pub mod documents;
pub mod files;
pub mod metadata;
pub mod permissions;
pub mod supply;
pub mod templates;
pub mod unified;
pub mod weight;

use std::path::Path;

use anyhow::{Result, bail};

use crate::{
    finding::{Finding, Severity},
    tree::Tree,
};

/// Every finding about the repository at `root`.
///
/// `commands` are the subcommands of `cargo xtask`, which documents may name.
///
/// # Errors
/// Git or cargo does not answer.
pub fn findings(root: &Path, commands: &[String]) -> Result<Vec<Finding>> {
    let tree = Tree::read(root)?;
    let metadata = metadata::Metadata::read(root)?;
    let mut findings = dependencies::check(&metadata);
    findings.extend(weight::check(&metadata));
    findings.extend(supply::check(&tree, &metadata));
    findings.extend(crates::check(&tree, &metadata));
    findings.extend(catalogue::check(&tree));
    findings.extend(documents::check(&tree, &metadata, commands));
    findings.extend(files::check(&tree));
    findings.extend(templates::check(&tree));
    findings.extend(permissions::check(&tree));
    findings.extend(contract::check(&tree, &metadata));
    findings.extend(unified::check(root)?);
    Ok(findings)
}

/// Prints every finding, then one line that counts them.
///
/// # Errors
/// A rule is broken.
pub fn run(root: &Path, commands: &[String]) -> Result<()> {
    let findings = findings(root, commands)?;
    for finding in &findings {
        println!("{finding}");
    }
    let failures = findings.iter().filter(|finding| finding.severity == Severity::Failure).count();
    let questions = findings.len() - failures;
    if failures > 0 {
        bail!("the house is not tidy: {failures} rules broken, {questions} questions");
    }
    println!("tidy: no rule broken, {questions} questions");
    Ok(())
}
