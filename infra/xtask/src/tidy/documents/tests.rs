use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::tidy::metadata::Member;

fn refusals(document: &str) -> Vec<String> {
    let tree = Tree::from([
        ("README.md", document),
        ("docs/ARCHITECTURE.md", ""),
        ("docs/adr/001-ledger.md", ""),
        ("shared/ledger/Cargo.toml", ""),
        ("shared/ledger/src/upcast.rs", "pub fn upcast() { env(\"TAIHU_LEDGER_TABLE\") }"),
        (
            "functions/publish/openapi.json",
            r#"{"openapi":"3.1.0","paths":{"/documents/{id}/draft":{},"/api/publish/health":{}}}"#,
        ),
    ]);
    let ledger = Member {
        name: "ledger".to_owned(),
        folder: "shared/ledger".to_owned(),
        asks: BTreeSet::new(),
        uses: BTreeSet::new(),
        carries: BTreeMap::new(),
    };
    let commands = ["test".to_owned(), "tidy".to_owned()];
    check(&tree, &Metadata { members: vec![ledger], ..Metadata::default() }, &commands)
        .into_iter()
        .map(|finding| finding.to_string())
        .collect()
}

#[test]
fn what_exists_may_be_named() {
    let document = "[architecture](docs/ARCHITECTURE.md#tables) [web](https://example.org/x) `docs/adr/` `shared/ledger` `upcast.rs`\n\
        `src/upcast.rs` `ledger::upcast` `ledger::upcast::upcast` `cargo nextest run -p ledger` `cargo xtask tidy` `TAIHU_LEDGER_TABLE`\n\
        `GET /api/publish/documents/{id}/draft` `/api/publish/documents/<id>/draft` `/api/publish/health` `shared/…/x` `a/b` `serde::Value`\n\
        `site:www` `2026/11/23` `/zwgk/tzgg/` `ALL_OLD`\n\n    cargo xtask test\n";
    assert_eq!(refusals(document), Vec::<String>::new());
}

#[test]
fn every_name_of_nothing_is_refused_with_its_place() {
    let cases = [
        ("[adr](docs/adr/002.md)", "leads nowhere"),
        ("[up](../outside.md)", "leads nowhere"),
        ("`shared/vault`", "does not exist"),
        ("`shared/ledger/src/seal.rs`", "does not exist"),
        ("`seal.rs`", "does not exist"),
        ("`./run.sh`", "does not exist"),
        ("`ledger::seal`", "has no `seal`"),
        ("`cargo nextest run -p vault`", "no crate `vault`"),
        ("`cargo xtask dance`", "no `cargo xtask dance`"),
        ("    cargo xtask dance", "no `cargo xtask dance`"),
        ("`POST /api/publish/letters`", "no OpenAPI document"),
        ("`/api/publish/documents/{id}`", "no OpenAPI document"),
        ("`TAIHU_MOON`", "nothing reads"),
        ("`UPDATE_MOON=1`", "nothing reads"),
    ];
    for (text, expected) in cases {
        let refusals = refusals(&format!("# Title\n\n{text}\n"));
        assert_eq!(refusals.len(), 1, "{text}: {refusals:?}");
        assert!(
            refusals[0].starts_with("docs: README.md:3: ") && refusals[0].contains(expected),
            "{text}: {refusals:?}"
        );
    }
}

#[test]
fn other_files_are_not_held_to_it() {
    assert!(is_held("docs/adr/001.md") && is_held("shared/ledger/README.md"));
    assert!(!is_held("events/notes.md") && !is_held("docs/sketch.txt"));
}
