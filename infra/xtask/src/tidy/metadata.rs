//! What cargo says about the workspace, as far as the checks ask.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A crate of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its package name.
    pub name: String,
    /// Its folder, from the root: `shared/domain`.
    pub folder: String,
    /// Names of the packages it asks for directly, of any kind.
    pub asks: BTreeSet<String>,
    /// Names of the packages it asks for directly, tests and build scripts left out.
    pub uses: BTreeSet<String>,
    /// Every package compiled into it, tests left out, each with the road that leads there.
    pub carries: BTreeMap<String, Vec<String>>,
}

impl Member {
    /// Its manifest, from the root.
    #[must_use]
    pub fn manifest(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }
}

/// The workspace's crates.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// In the order of the workspace's list.
    pub members: Vec<Member>,
    /// Every package of the tree, on whatever system.
    pub packages: Vec<Package>,
}

/// A package, as far as its origin is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// Where it comes from; none for a crate of the house.
    pub source: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// Cargo fails or answers in another shape.
    pub fn read(root: &Path) -> Result<Self> {
        let answer = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["metadata", "--format-version", "1", "--quiet"])
            .current_dir(root)
            .output()
            .context("cargo is needed")?;
        ensure!(answer.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&answer.stderr));
        Self::parse(&answer.stdout)
    }

    /// Reads cargo's answer.
    ///
    /// # Errors
    /// It has another shape.
    pub fn parse(json: &[u8]) -> Result<Self> {
        let raw: Raw = serde_json::from_slice(json).context("cargo metadata has an unknown shape")?;
        let names: BTreeMap<&str, &str> = raw.packages.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect();
        let nodes: BTreeMap<&str, &Node> = raw.resolve.nodes.iter().map(|n| (n.id.as_str(), n)).collect();
        let member = |id: &String| {
            let package = raw.packages.iter().find(|p| p.id == *id).context("a member without a package")?;
            let folder = Path::new(&package.manifest_path).parent().unwrap_or(Path::new(""));
            let folder = folder.strip_prefix(&raw.workspace_root).unwrap_or(folder);
            let normal = |d: &&Dependency| d.kind.is_none();
            Ok(Member {
                name: package.name.clone(),
                folder: folder.display().to_string(),
                asks: package.dependencies.iter().map(|d| d.name.clone()).collect(),
                uses: package.dependencies.iter().filter(normal).map(|d| d.name.clone()).collect(),
                carries: carried(id, &nodes, &names),
            })
        };
        let members = raw.workspace_members.iter().map(member).collect::<Result<_>>()?;
        let of = |RawPackage { name, license, source, .. }: &RawPackage| Package {
            name: name.clone(),
            license: license.clone(),
            source: source.clone(),
        };
        Ok(Self { members, packages: raw.packages.iter().map(of).collect() })
    }

    /// The member called `name`.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// All packages reached from `start` without tests, breadth first, so that each road is a shortest one.
fn carried(start: &str, nodes: &BTreeMap<&str, &Node>, names: &BTreeMap<&str, &str>) -> BTreeMap<String, Vec<String>> {
    let name = |id: &str| names.get(id).copied().unwrap_or_default().to_owned();
    let mut carried = BTreeMap::new();
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut queue = std::collections::VecDeque::from([(start.to_owned(), vec![name(start)])]);
    while let Some((id, road)) = queue.pop_front() {
        let edges = nodes.get(id.as_str()).map(|node| node.deps.as_slice()).unwrap_or_default();
        for edge in edges.iter().filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none())) {
            if seen.insert(edge.pkg.clone()) {
                let road: Vec<String> = road.iter().cloned().chain([name(&edge.pkg)]).collect();
                carried.entry(name(&edge.pkg)).or_insert_with(|| road.clone());
                queue.push_back((edge.pkg.clone(), road));
            }
        }
    }
    carried
}

#[derive(Deserialize)]
struct Raw {
    packages: Vec<RawPackage>,
    workspace_members: Vec<String>,
    workspace_root: String,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct RawPackage {
    id: String,
    name: String,
    manifest_path: String,
    license: Option<String>,
    source: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_normal_edges_and_leaves_tests_out() {
        let json = serde_json::json!({
            "packages": [
                {"id": "a", "name": "project", "manifest_path": "/r/functions/project/Cargo.toml", "dependencies": [
                    {"name": "views", "kind": null}, {"name": "insta", "kind": "dev"}]},
                {"id": "b", "name": "views", "manifest_path": "/r/shared/views/Cargo.toml", "dependencies": []},
                {"id": "c", "name": "cedar-policy", "manifest_path": "/x/Cargo.toml", "dependencies": []},
                {"id": "d", "name": "insta", "manifest_path": "/y/Cargo.toml", "dependencies": []}],
            "workspace_members": ["a", "b"],
            "workspace_root": "/r",
            "resolve": {"nodes": [
                {"id": "a", "deps": [{"pkg": "b", "dep_kinds": [{"kind": null}]}, {"pkg": "d", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "b", "deps": [{"pkg": "c", "dep_kinds": [{"kind": null}]}]},
                {"id": "c", "deps": []}, {"id": "d", "deps": []}]}
        });
        let metadata = Metadata::parse(json.to_string().as_bytes()).unwrap();
        let project = metadata.member("project").unwrap();
        assert_eq!(project.folder, "functions/project");
        assert_eq!(project.carries["cedar-policy"], ["project", "views", "cedar-policy"]);
        assert!(!project.carries.contains_key("insta"));
        assert!(project.asks.contains("insta") && !project.uses.contains("insta"));
    }
}
