//! What no file may be or hold: too long, a `mod.rs`, somebody's own machine, a private registry.

use crate::{finding::Finding, tree::Tree};

const RULE: &str = "files";

/// Lines from which a Rust file is a question, and from which it is too long.
const QUESTION: usize = 400;
const TOO_LONG: usize = 600;

/// Folders of one person's machine; put together here so that this file does not hold them itself.
const MACHINES: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

/// The one index a lock file may name: what cargo writes for crates.io wherever the crates came from.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Settings that bind a clone to somebody's mirror, by the file's name.
const MIRRORS: [(&str, &[&str]); 4] = [
    (".npmrc", &["registry="]),
    ("pip.conf", &["index-url"]),
    (".cargo/config.toml", &["replace-with", "[source", "[registries"]),
    ("requirements.txt", &["--index-url", "--extra-index-url"]),
];

/// Every file that breaks a rule.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = tree
        .paths()
        .filter(|path| *path == "mod.rs" || path.ends_with("/mod.rs"))
        .map(|path| Finding::failure(RULE, path, 1, "a module `foo` lies in `foo.rs` and `foo/`, never in a `mod.rs`"))
        .collect();
    for (path, text) in tree.texts() {
        findings.extend(length(path, text));
        findings.extend(machines(path, text));
        findings.extend(registries(path, text));
    }
    findings
}

fn length(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    if !path.ends_with(".rs") || lines <= QUESTION {
        return None;
    }
    Some(if lines > TOO_LONG {
        Finding::failure(RULE, path, lines, format!("{lines} lines: over {TOO_LONG} is too long"))
    } else {
        Finding::question(RULE, path, lines, format!("{lines} lines: is this one concept?"))
    })
}

fn machines<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Finding> + 'a {
    text.lines().enumerate().filter_map(move |(index, line)| {
        let folder = MACHINES.iter().find(|folder| names_folder(line, folder))?;
        Some(Finding::failure(RULE, path, index + 1, format!("`{folder}…` is a path of one machine")))
    })
}

/// Whether `line` holds `folder` as the beginning of an absolute path with something in it.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(at + folder.len()..).and_then(|tail| tail.chars().next());
        before.is_none_or(|c| c.is_whitespace() || "\"'`=(:,<>[".contains(c))
            && after.is_some_and(|c| c.is_alphanumeric() || c == '.')
    })
}

fn registries<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Finding> + 'a {
    let name = path.rsplit('/').next().unwrap_or(path);
    let settings =
        MIRRORS.iter().filter(move |(file, _)| path.ends_with(file)).flat_map(|(_, settings)| settings.iter());
    let bound = settings.filter_map(move |setting| {
        let index = text.lines().position(|line| line.trim_start().starts_with(setting))?;
        Some(Finding::failure(RULE, path, index + 1, format!("`{setting}` binds every clone to one registry")))
    });
    let locked = text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim_start();
        let named = match name {
            "package-lock.json" => line.starts_with("\"resolved\": \"http"),
            "Cargo.lock" => line.starts_with("source = ") && !line.contains(CRATES),
            _ => false,
        };
        named.then(|| Finding::failure(RULE, path, index + 1, "the lock file names a registry's host"))
    });
    bound.chain(locked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(path: &str, text: &str) -> Vec<String> {
        check(&Tree::from([(path, text)])).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_long_file_is_a_question_and_a_longer_one_fails() {
        assert!(sentences("a.rs", &"//\n".repeat(400)).is_empty());
        assert!(sentences("a.rs", &"//\n".repeat(401))[0].ends_with("(a question, not a failure)"));
        assert!(sentences("a.rs", &"//\n".repeat(601))[0].ends_with("too long"));
        assert!(sentences("a.json", &"{}\n".repeat(601)).is_empty());
    }

    #[test]
    fn refuses_mod_files() {
        assert_eq!(sentences("shared/domain/src/document/mod.rs", "").len(), 1);
        assert_eq!(sentences("shared/domain/src/model.rs", "").len(), 0);
    }

    #[test]
    fn refuses_every_machine_and_lets_urls_pass() {
        for folder in MACHINES {
            assert_eq!(
                sentences("a.md", &format!("first\nsee `{folder}me/x`")),
                [format!("files: a.md:2: `{folder}…` is a path of one machine")]
            );
            assert!(sentences("a.md", &format!("https://example.org{folder}me")).is_empty());
            assert!(sentences("a.md", &format!("the folder {folder} itself")).is_empty());
        }
    }

    #[test]
    fn refuses_locks_and_settings_of_a_mirror() {
        assert_eq!(sentences("t/package-lock.json", "{\n  \"resolved\": \"https://mirror.example/x.tgz\"").len(), 1);
        assert_eq!(sentences("Cargo.lock", "source = \"registry+https://mirror.example/index\"").len(), 1);
        assert_eq!(sentences("Cargo.lock", &format!("source = \"{CRATES}\"")).len(), 0);
        assert_eq!(sentences("t/.npmrc", "registry=https://mirror.example/").len(), 1);
        assert_eq!(sentences("t/.npmrc", "omit-lockfile-registry-resolved=true").len(), 0);
        assert_eq!(sentences(".cargo/config.toml", "[source.crates-io]\nreplace-with = \"m\"").len(), 2);
    }
}
