//! Documents name only things that exist.
//!
//! What is held to it: `README.md`, every crate's `README.md` and `docs/**/*.md`. In them a relative link must lead to a file, and an inline
//! code span that looks like a thing of this house must name one:
//!
//! | a span of the shape | must name |
//! |---|---|
//! | `folder/…` with a folder of the root in front, or `./…` | a file or folder |
//! | `name.rs`, `.toml`, `.yaml`, `.mjs`, `.md`, also with folders in front | the end of some file's path |
//! | `crate::…::item` with a crate of the house | a word in that crate's sources |
//! | `… -p crate` | a crate of the house |
//! | `cargo xtask word` (in code blocks too) | a subcommand |
//! | `/api/…`, also after a method | a path of a golden OpenAPI document |
//! | `TAIHU_…`, `UPDATE_…` | a word in some file that is not a document |
//!
//! Spans with `…`, `*` or `|` are patterns and speak of several things at once; `<x>` and `{x}` stand for any one segment of a route.

mod spans;

use std::collections::BTreeSet;

use super::{contract, metadata::Metadata};
use crate::{finding::Finding, tree::Tree};
use spans::{Kind, Span};

const RULE: &str = "docs";

/// What this house calls source and configuration.
const SOURCES: [&str; 5] = [".rs", ".toml", ".yaml", ".mjs", ".md"];

/// Methods that may stand before a route.
const METHODS: [&str; 5] = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE "];

/// Every name in a document that names nothing.
#[must_use]
pub fn check(tree: &Tree, metadata: &Metadata, commands: &[String]) -> Vec<Finding> {
    let house = House::new(tree, metadata, commands);
    let documents = tree.texts().filter(|(path, _)| is_held(path));
    documents
        .flat_map(|(path, text)| {
            spans::of(text)
                .into_iter()
                .filter_map(|span| {
                    let sentence = house.refusal(path, &span)?;
                    Some(Finding::failure(RULE, path, span.line, sentence))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn is_held(path: &str) -> bool {
    path.ends_with("README.md") || (path.starts_with("docs/") && path.ends_with(".md"))
}

/// All that a document may name.
struct House<'a> {
    tree: &'a Tree,
    metadata: &'a Metadata,
    commands: &'a [String],
    top: BTreeSet<&'a str>,
    routes: Vec<String>,
}

impl<'a> House<'a> {
    fn new(tree: &'a Tree, metadata: &'a Metadata, commands: &'a [String]) -> Self {
        let top = tree.paths().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
        let paths = contract::paths(tree);
        let routes = paths.iter().map(String::as_str).chain(desk_routes(tree)).map(any_segment).collect();
        Self { tree, metadata, commands, top, routes }
    }

    fn refusal(&self, document: &str, span: &Span<'_>) -> Option<String> {
        let text = span.text;
        match span.kind {
            Kind::Link => self.link(document, text),
            Kind::Block => self.command(text),
            Kind::Code if text.contains(['…', '*', '|']) => None,
            Kind::Code => self
                .command(text)
                .or_else(|| self.package(text))
                .or_else(|| self.path(document, text))
                .or_else(|| self.item(text))
                .or_else(|| self.route(text))
                .or_else(|| self.variable(text)),
        }
    }

    /// A relative link leads to a file.
    fn link(&self, document: &str, target: &str) -> Option<String> {
        let target = target.split(['#', '?']).next().unwrap_or_default();
        if target.is_empty() || target.contains(':') || target.starts_with('/') {
            return None;
        }
        let found = resolve(document, target).is_some_and(|path| self.tree.has(&path));
        (!found).then(|| format!("the link to `{target}` leads nowhere"))
    }

    /// `cargo xtask word` is a subcommand.
    fn command(&self, text: &str) -> Option<String> {
        let (_, rest) = text.split_once("cargo xtask ")?;
        let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        (!word.is_empty() && !word.starts_with('-') && !self.commands.contains(&word))
            .then(|| format!("there is no `cargo xtask {word}`"))
    }

    /// `-p word` in a cargo command is a crate.
    fn package(&self, text: &str) -> Option<String> {
        let arguments = text.strip_prefix("cargo ")?;
        let (_, rest) = arguments.split_once(" -p ")?;
        let name = rest.split_whitespace().next()?;
        self.metadata.member(name).is_none().then(|| format!("there is no crate `{name}`"))
    }

    /// A path from the root, or the end of some file's path.
    fn path(&self, document: &str, text: &str) -> Option<String> {
        if text.contains(|c: char| c.is_whitespace() || "<>{}()=:,\"$".contains(c)) || text.starts_with('/') {
            return None;
        }
        let relative = text.strip_prefix("./").unwrap_or(text);
        let from_root =
            relative.split_once('/').is_some_and(|(first, _)| self.top.contains(first)) || text.starts_with("./");
        let source = SOURCES.iter().any(|ending| text.len() > ending.len() && text.ends_with(ending));
        if !from_root && !source {
            return None;
        }
        let found = self.tree.has(relative)
            || self.tree.has_tail(relative)
            || resolve(document, relative).is_some_and(|path| self.tree.has(&path));
        (!found).then(|| format!("`{text}` does not exist"))
    }

    /// `crate::…::item` is written somewhere in that crate.
    fn item(&self, text: &str) -> Option<String> {
        let (name, _) = text.split_once("::")?;
        let member =
            self.metadata.member(name).or_else(|| self.metadata.member("taihu").filter(|_| name == "local"))?;
        let sources = format!("{}/", member.folder);
        let word = text.rsplit("::").next().unwrap_or_default();
        let word: String = word.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let is_file = self.tree.has(&format!("{sources}src/{word}.rs"));
        let found = is_file
            || self
                .tree
                .texts()
                .any(|(path, text)| path.starts_with(&sources) && path.ends_with(".rs") && has_word(text, &word));
        (!found).then(|| format!("`{name}` has no `{word}`"))
    }

    /// A route is a path of some golden OpenAPI document; nothing is asked while there is none.
    fn route(&self, text: &str) -> Option<String> {
        let path = METHODS.iter().find_map(|method| text.strip_prefix(method)).unwrap_or(text);
        if !path.starts_with("/api/") || path.contains(char::is_whitespace) || self.routes.is_empty() {
            return None;
        }
        let path = any_segment(path.split('?').next().unwrap_or(path));
        let found = self.routes.iter().any(|route| matches(route, &path));
        (!found).then(|| format!("no OpenAPI document has the route `{text}`"))
    }

    /// An environment variable of ours is read somewhere.
    fn variable(&self, text: &str) -> Option<String> {
        let name = text.split('=').next().unwrap_or(text);
        let ours = (name.starts_with("TAIHU_") || name.starts_with("UPDATE_"))
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        let found = || self.tree.texts().any(|(path, text)| !path.ends_with(".md") && has_word(text, name));
        (ours && !found()).then(|| format!("nothing reads `{name}`"))
    }
}

/// The desk's pages are described by no OpenAPI document: people read them.
fn desk_routes(tree: &Tree) -> Vec<&str> {
    let source = tree.text("functions/desk/src/routes.rs").unwrap_or_default();
    let named = source.split(".route(\"").skip(1).filter_map(|behind| behind.split('"').next());
    std::iter::once("/api/desk").chain(named).collect()
}

/// `/documents/{id}/draft` as `/documents/{}/draft`; `<id>` and `:id` stand for the same.
fn any_segment(route: &str) -> String {
    let placeholder = |segment: &str| segment.starts_with(['{', '<', ':']);
    route
        .trim_end_matches('/')
        .split('/')
        .map(|segment| if placeholder(segment) { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether the document's `path` is `route`, which may be written without the function's own prefix; a placeholder takes any segment.
fn matches(route: &str, path: &str) -> bool {
    let route: Vec<&str> = route.split('/').skip(1).collect();
    let path: Vec<&str> = path.split('/').skip(1).collect();
    let fits = |path: &[&str]| {
        path.len() == route.len() && path.iter().zip(&route).all(|(p, r)| p == r || *p == "{}" || *r == "{}")
    };
    fits(&path) || path.get(2..).is_some_and(fits) || (path.len() == 2 && route.iter().all(|r| r.is_empty()))
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|head| head.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(part) && !after.is_some_and(part)
        })
}

/// `target` as seen from `document`'s folder; `None` above the root.
fn resolve(document: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests;
