//! What enters the dependency tree: licences, banned crates and registries, as `deny.toml` has them.
//!
//! The same file serves `cargo deny check`, which also asks the database of advisories; that database is not at hand everywhere, these rules are.

use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};

use super::metadata::{Metadata, Package};
use crate::{finding::Finding, tree::Tree};

const RULE: &str = "supply";
const FILE: &str = "deny.toml";
/// How cargo names the registry of crates.io.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    #[serde(default)]
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

/// Every package from elsewhere that has no allowed licence, is banned, or comes from another registry.
#[must_use]
pub fn check(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let rules = match toml::from_str::<Rules>(tree.text(FILE).unwrap_or_default()) {
        Ok(rules) => rules,
        Err(error) => return vec![failure(format!("the file cannot be read: {}", error.message()))],
    };
    metadata.packages.iter().flat_map(|package| of(package, &rules)).map(failure).collect()
}

/// What is wrong with a package; nothing with one of the house.
fn of(package: &Package, rules: &Rules) -> Vec<String> {
    let Package { name, source: Some(source), .. } = package else { return Vec::new() };
    let foreign = (source != CRATES_IO).then(|| format!("`{name}` comes from `{source}`; only crates.io is allowed"));
    let banned = rules.bans.deny.iter().find(|banned| banned.name == *name);
    let banned = banned.map(|banned| format!("`{name}` is banned: {}", banned.reason));
    foreign.into_iter().chain(banned).chain(unlicensed(package, &rules.licenses)).collect()
}

/// What is wrong with the licence of a package.
fn unlicensed(package: &Package, rules: &Licenses) -> Option<String> {
    let name = &package.name;
    let Some(licence) = &package.license else {
        return Some(format!("`{name}` names no licence; look, and decide"));
    };
    let expression = match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) => expression,
        Err(error) => return Some(format!("the licence of `{name}` cannot be read: {error}")),
    };
    let own = rules.exceptions.iter().filter(|exception| exception.name == *name).flat_map(|own| &own.allow);
    let allowed: Vec<Licensee> = rules.allow.iter().chain(own).filter_map(|name| Licensee::parse(name).ok()).collect();
    let fits = expression.evaluate(|asked| allowed.iter().any(|licence| licence.satisfies(asked)));
    (!fits).then(|| format!("`{name}` is under `{licence}`, which nobody has allowed"))
}

fn failure(sentence: String) -> Finding {
    Finding::failure(RULE, FILE, 1, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(license: Option<&str>, name: &str, source: &str) -> Vec<String> {
        let rules = r#"
            [licenses]
            allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
            exceptions = [{ crate = "cssparser", allow = ["MPL-2.0"] }]
            [bans]
            deny = [{ crate = "openssl", reason = "one TLS stack" }]
        "#;
        let package =
            Package { name: name.to_owned(), license: license.map(str::to_owned), source: Some(source.to_owned()) };
        let metadata = Metadata { members: Vec::new(), packages: vec![package] };
        check(&Tree::from([(FILE, rules)]), &metadata).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn allowed_licences_pass_in_every_form_that_crates_give_them() {
        for licence in
            ["MIT", "MIT OR GPL-3.0-only", "MIT/Apache-2.0", "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"]
        {
            assert_eq!(told(Some(licence), "serde", CRATES_IO), Vec::<String>::new(), "{licence}");
        }
        assert_eq!(told(Some("MPL-2.0"), "cssparser", CRATES_IO), Vec::<String>::new());
    }

    #[test]
    fn what_nobody_allowed_is_named() {
        for (licence, name, source) in [
            (Some("GPL-3.0-only"), "x", CRATES_IO),
            (Some("MIT AND MPL-2.0"), "x", CRATES_IO),
            (Some("MPL-2.0"), "x", CRATES_IO),
            (Some("nonsense ("), "x", CRATES_IO),
            (None, "x", CRATES_IO),
            (Some("MIT"), "openssl", CRATES_IO),
            (Some("MIT"), "x", "git+https://example.com/x"),
        ] {
            assert_eq!(told(licence, name, source).len(), 1, "{licence:?} {name} {source}");
        }
    }
}
