//! The repository's own files, read once.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// The files that are or will be tracked, by path from the root; `None` for what is not text.
///
/// Checks are functions of a tree, so that each can be shown a broken one.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// Reads what git tracks or would track below `root`.
    ///
    /// # Errors
    /// Git does not answer.
    pub fn read(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git is needed to list the repository's files")?;
        ensure!(listed.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&listed.stderr));
        let names = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
        let files = names
            .split('\0')
            .filter(|name| !name.is_empty())
            .filter_map(|name| Some((name.to_owned(), String::from_utf8(fs::read(root.join(name)).ok()?).ok())))
            .collect();
        Ok(Self { files })
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every text file, in order of path.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// The text at `path`, if it is there.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Whether `path` names a file or a folder.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.files.contains_key(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(p, _)| p.starts_with(&folder))
    }

    /// Whether some file's path is `tail` or ends with it after a slash.
    pub fn has_tail(&self, tail: &str) -> bool {
        self.paths().any(|path| path == tail || path.strip_suffix(tail).is_some_and(|head| head.ends_with('/')))
    }
}

impl<P: Into<String>, T: Into<String>, const N: usize> From<[(P, T); N]> for Tree {
    fn from(files: [(P, T); N]) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.into(), Some(text.into()))).collect() }
    }
}

/// The repository's root, wherever below it the command was given.
///
/// # Errors
/// No folder above holds the workspace.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder is gone")?;
    here.ancestors()
        .find(|folder| fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|toml| toml.contains("[workspace]")))
        .map(Path::to_path_buf)
        .context("no workspace here: run this below the repository's root")
}
