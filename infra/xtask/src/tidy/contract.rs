//! Every function that answers HTTP has its OpenAPI document as a golden file.

use serde_json::Value;

use super::metadata::Metadata;
use crate::{finding::Finding, tree::Tree};

const RULE: &str = "openapi";

/// Every HTTP function without a usable document.
#[must_use]
pub fn check(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let functions =
        metadata.members.iter().filter(|m| m.folder.starts_with("functions/") && m.uses.contains("lambda_http"));
    // The desk's pages are for people.
    let functions = functions.filter(|member| member.name != "desk");
    functions
        .filter_map(|member| {
            let file = format!("{}/openapi.json", member.folder);
            let sentence = match tree.text(&file) {
                None => "the golden OpenAPI document is missing: run `cargo xtask golden`",
                Some(text) => broken(text)?,
            };
            Some(Finding::failure(RULE, &file, 1, sentence))
        })
        .collect()
}

fn broken(text: &str) -> Option<&'static str> {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return Some("this is not JSON") };
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let paths = document.get("paths").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    match (version.starts_with("3.1"), paths) {
        (false, _) => Some("the document is not OpenAPI 3.1"),
        (true, 0) => Some("the document describes no path"),
        (true, _) => None,
    }
}

/// Every path of every golden OpenAPI document, as written there.
#[must_use]
pub fn paths(tree: &Tree) -> Vec<String> {
    let documents = tree.texts().filter(|(path, _)| path.starts_with("functions/") && path.ends_with("/openapi.json"));
    let documents = documents.filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok());
    documents
        .filter_map(|document| Some(document.get("paths")?.as_object()?.keys().cloned().collect::<Vec<_>>()))
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{super::metadata::Member, *};

    fn sentences(text: Option<&str>) -> Vec<String> {
        let uses = BTreeSet::from(["lambda_http".to_owned()]);
        let member = Member {
            name: "publish".to_owned(),
            folder: "functions/publish".to_owned(),
            asks: uses.clone(),
            uses,
            carries: BTreeMap::new(),
        };
        let tree = text.map_or_else(Tree::default, |text| Tree::from([("functions/publish/openapi.json", text)]));
        check(&tree, &Metadata { members: vec![member], ..Metadata::default() })
            .into_iter()
            .map(|finding| finding.sentence)
            .collect()
    }

    #[test]
    fn a_missing_a_broken_and_an_empty_document_are_refused() {
        assert!(sentences(None)[0].contains("missing"));
        assert!(sentences(Some("{"))[0].contains("not JSON"));
        assert!(sentences(Some(r#"{"openapi":"3.0.3","paths":{"/x":{}}}"#))[0].contains("3.1"));
        assert!(sentences(Some(r#"{"openapi":"3.1.0","paths":{}}"#))[0].contains("no path"));
        assert!(sentences(Some(r#"{"openapi":"3.1.0","paths":{"/x":{}}}"#)).is_empty());
    }
}
