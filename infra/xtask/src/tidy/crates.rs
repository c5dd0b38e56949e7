//! What every crate of the house has: its README as docs, the house's lints, a thin entrance.

use super::metadata::{Member, Metadata};
use crate::{finding::Finding, tree::Tree};

const RULE: &str = "crates";

/// Lines a function's `main.rs` may have.
const ENTRANCE: usize = 30;

/// Every crate that lacks something.
#[must_use]
pub fn check(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    metadata.members.iter().flat_map(|member| of_member(tree, member)).collect()
}

fn of_member(tree: &Tree, member: &Member) -> Vec<Finding> {
    let Member { name, folder, .. } = member;
    let mut findings = Vec::new();
    let mut broken = |file: String, line: usize, sentence: String| {
        findings.push(Finding::failure(RULE, &file, line, sentence));
    };
    let readme = format!("{folder}/README.md");
    match tree.text(&readme) {
        None => broken(readme, 1, format!("`{name}` has no README")),
        Some(text) if text.trim().lines().count() < 2 => {
            broken(readme, 1, format!("the README of `{name}` says nothing but a name"));
        }
        Some(_) => {}
    }
    let library = format!("{folder}/src/lib.rs");
    if !tree.text(&library).is_some_and(|text| text.contains(r#"include_str!("../README.md")"#)) {
        broken(library, 1, format!("`{name}` does not include its README as its documentation"));
    }
    if !inherits_lints(tree.text(&member.manifest()).unwrap_or_default()) {
        broken(member.manifest(), 1, format!("`{name}` does not inherit the workspace's lints"));
    }
    let entrance = format!("{folder}/src/main.rs");
    let lines = tree.text(&entrance).map_or(0, |text| text.lines().count());
    if folder.starts_with("functions/") && lines > ENTRANCE {
        broken(entrance, lines, format!("{lines} lines: a function's entrance has at most {ENTRANCE}"));
    }
    findings
}

fn inherits_lints(manifest: &str) -> bool {
    toml::from_str::<toml::Table>(manifest).is_ok_and(|manifest| {
        manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn publish() -> Metadata {
        let member = Member {
            name: "publish".to_owned(),
            folder: "functions/publish".to_owned(),
            asks: BTreeSet::new(),
            uses: BTreeSet::new(),
            carries: BTreeMap::new(),
        };
        Metadata { members: vec![member], ..Metadata::default() }
    }

    const MANIFEST: &str = "[lints]\nworkspace = true\n";
    const README: &str = "# publish\n\nEditors' commands.\n";
    const LIBRARY: &str = "#![doc = include_str!(\"../README.md\")]\n";

    fn sentences(manifest: &str, readme: &str, library: &str, main: &str) -> Vec<String> {
        let tree = Tree::from([
            ("functions/publish/Cargo.toml", manifest),
            ("functions/publish/README.md", readme),
            ("functions/publish/src/lib.rs", library),
            ("functions/publish/src/main.rs", main),
        ]);
        check(&tree, &publish()).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn a_whole_crate_passes() {
        assert_eq!(sentences(MANIFEST, README, LIBRARY, "fn main() {}\n"), Vec::<String>::new());
    }

    #[test]
    fn every_lack_is_named() {
        assert_eq!(check(&Tree::default(), &publish()).len(), 3);
        assert!(sentences("[package]\n", README, LIBRARY, "")[0].contains("lints"));
        assert!(sentences(MANIFEST, "# publish\n", LIBRARY, "")[0].contains("says nothing"));
        assert!(sentences(MANIFEST, README, "//! Publish.\n", "")[0].contains("does not include"));
        assert!(sentences(MANIFEST, README, LIBRARY, &"//\n".repeat(31))[0].contains("31 lines"));
    }
}
