//! What was sealed is opened by nobody but the vault: rows and pages are made again without it, before and after an erasure.

use std::time::Instant;

use domain::{
    CommitId, Context, DocumentId, FieldName, StreamId,
    column::Archive,
    document::{Document, DocumentEvent},
};
use ledger::Command;
use local::cloud::tables;
use vault::{Closed, KeyFile, NewCase, Opening, Parties, Root, Submission, Vault, VaultConfig};

use super::town::Town;

fn vault(town: &Town, folder: &std::path::Path) -> Vault {
    let file = folder.join("vault.json");
    KeyFile::create(&file).unwrap();
    let config = VaultConfig { keys_table: tables::KEYS.to_owned(), vault_table: tables::VAULT.to_owned() };
    Vault::new(town.app.ledger.clone(), town.app.clients.dynamodb.clone(), config, Root::file(&file).unwrap())
}

/// A case that was begun and read once.
async fn read_case(vault: &Vault) -> StreamId {
    let (actor, field): (_, FieldName) = ("citizen:form".parse().unwrap(), "text".parse().unwrap());
    let id = CommitId::derive(&actor, "submit", "new", 0, "key");
    let stream = DocumentId::derive(&id).stream();
    let command =
        Command { stream, id, actor, fingerprint: None, expected: None, holds: Vec::new(), started: Instant::now() };
    let parties = Parties { departments: vec!["jyj".parse().unwrap()], ..Parties::default() };
    let submission = Submission { command: &command, parties: &parties, body: b"text" };
    let mut sealed = None;
    let decide = |new: &NewCase, _: &Document, _: &Context| {
        let text = new.key.seal(&field, "路灯坏了").map_err(|error| error.to_string())?;
        sealed = Some(text.clone());
        Ok::<_, String>(vec![DocumentEvent::DocumentWithdrawn { reason: String::from(text).try_into().unwrap() }])
    };
    vault.submit(&submission, decide).await.unwrap();
    let today = "2026-11-23".parse().unwrap();
    let own = Opening::citizen(&command.stream, "凭查询码查看".to_owned().try_into().unwrap(), today);
    vault.open(&own, &[Closed::Text(&field, &sealed.unwrap())]).await.unwrap();
    command.stream
}

#[tokio::test]
async fn a_city_is_rebuilt_and_verified_without_any_key() {
    let (town, folder) = (Town::found().await, tempfile::tempdir().unwrap());
    town.published("water", "jyj.tzgg", Archive::Month).await;
    let vault = vault(&town, folder.path());
    let case = read_case(&vault).await;
    town.settle(1).await;
    assert!(town.streams().await.contains(&StreamId::reading(&case)));
    let before = town.pages().await;
    vault.erase(&case).await.unwrap();
    for table in [tables::KEYS, tables::VAULT] {
        town.app.clients.dynamodb.delete_table().table_name(table).send().await.unwrap();
    }
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.differences(1).await, []);
    assert_eq!(town.pages().await, before);
}
