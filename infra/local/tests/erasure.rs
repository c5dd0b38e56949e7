//! What was erased is not on the disk either: not in the databases, not in their logs, not in what was freed.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    CommitId, Context, DepartmentCode, DocumentId, StreamId,
    document::{Document, DocumentEvent},
};
use gateway::{Clients, Endpoints, Keys, Patience, Secret};
use ledger::{Command, Ledger, LedgerConfig, SystemClock};
use local::{
    cloud::{
        Cloud, Place, credentials,
        dynamo::Doorbells,
        objects::{self, BucketRule, Condition, Headers, ObjectStore},
        tables,
    },
    serve::wiping::Wiping,
};
use vault::{FoundBy, Identity, KeyFile, NewCase, Parties, Root, Submission, Vault, VaultConfig};

const NAME: &str = "金丝雀甲";
const PHONE: &str = "13800009999";
const TEXT: &str = "金丝雀乙的来信";

struct City {
    cloud: Cloud,
    clients: Clients,
    vault: Vault,
    wiping: Wiping,
}

async fn open(folder: &Path) -> City {
    let wiping = Wiping::of(folder).unwrap();
    let watch = wiping.clone();
    let doorbells = Doorbells::on([tables::KEYS, tables::VAULT], Arc::new(move |doorbell| watch.saw(&doorbell)));
    let cloud = Cloud::start(&Place::Folder(folder.to_owned()), doorbells).await.unwrap();
    let key_file = folder.join("vault.json");
    KeyFile::create(&key_file).unwrap();
    let endpoints =
        Endpoints { dynamodb: Some(cloud.dynamo_url.clone()), s3: Some(cloud.s3_url.clone()), ..Endpoints::default() };
    let keys = Keys {
        region: credentials::REGION.to_owned(),
        access_key: credentials::ACCESS_KEY.to_owned(),
        secret_key: Secret::new(credentials::SECRET_KEY),
    };
    let clients = Clients::with(&endpoints, Some(&keys), Patience::Request).await;
    let names = LedgerConfig {
        ledger_table: tables::LEDGER.to_owned(),
        guards_table: tables::GUARDS.to_owned(),
        bodies_bucket: tables::BODIES.to_owned(),
    };
    let ledger = Ledger::new(clients.dynamodb.clone(), clients.s3.clone(), names, Arc::new(SystemClock));
    let config = VaultConfig { keys_table: tables::KEYS.to_owned(), vault_table: tables::VAULT.to_owned() };
    let vault = Vault::new(ledger, clients.dynamodb.clone(), config, Root::file(&key_file).unwrap());
    City { cloud, clients, vault, wiping }
}

impl City {
    async fn case(&self) -> StreamId {
        let actor = "citizen:form".parse().unwrap();
        let id = CommitId::derive(&actor, "submit", "new", 0, &rand::random::<u128>().to_string());
        let stream = DocumentId::derive(&id).stream();
        let started = Instant::now();
        let command = Command { stream, id, actor, fingerprint: None, expected: None, holds: Vec::new(), started };
        let parties = Parties {
            departments: vec![department("jyj")],
            identity: Some(Identity::new().with("name", NAME).with("phone", PHONE)),
            found_by: vec![self.vault.mark(&FoundBy::phone(PHONE).unwrap()).await.unwrap()],
        };
        let submission = Submission { command: &command, parties: &parties, body: TEXT.as_bytes() };
        let decide = |new: &NewCase, _: &Document, _: &Context| {
            let sealed = new.key.seal(&"text".parse().unwrap(), TEXT).map_err(|error| error.to_string())?;
            Ok::<_, String>(vec![DocumentEvent::DocumentWithdrawn { reason: String::from(sealed).try_into().unwrap() }])
        };
        self.vault.submit(&submission, decide).await.unwrap();
        command.stream
    }

    /// Every binary value that the two tables hold of the case now.
    async fn closed(&self, case: &StreamId) -> BTreeSet<Vec<u8>> {
        let mut found = BTreeSet::new();
        for table in [tables::KEYS, tables::VAULT] {
            let scanned = self.clients.dynamodb.scan().table_name(table).consistent_read(true).send().await.unwrap();
            for item in scanned.items() {
                if item["pk"].as_s().unwrap() == case.as_str() {
                    item.values().for_each(|value| gather(value, &mut found));
                }
            }
        }
        found
    }
}

fn gather(value: &AttributeValue, found: &mut BTreeSet<Vec<u8>>) {
    match value {
        AttributeValue::B(bytes) => {
            found.insert(bytes.as_ref().to_vec());
        }
        AttributeValue::M(members) => members.values().for_each(|value| gather(value, found)),
        _ => {}
    }
}

fn department(code: &str) -> DepartmentCode {
    code.parse().unwrap()
}

/// The files of the folder that hold a needle, as bytes or in base64.
fn holding(folder: &Path, needle: &[u8]) -> Vec<String> {
    let needles = [needle.to_vec(), STANDARD.encode(needle).trim_end_matches('=').as_bytes().to_vec()];
    let mut holding = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = if path.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        if needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle)) {
            holding.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    holding
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_case_leaves_nothing_on_the_disk_that_the_master_key_could_open() {
    let folder = tempfile::tempdir().unwrap();
    let city = open(folder.path()).await;
    let (case, other) = (city.case().await, city.case().await);
    // Every wrap that ever stood: of the first holder, of the second, after a rotation.
    let mut ever = city.closed(&case).await;
    city.vault.add_holder(&case, &department("zjj")).await.unwrap();
    ever.extend(city.closed(&case).await);
    city.vault.rotate_department_key(&department("zjj")).await.unwrap();
    city.vault.rewrap(&case, &department("zjj")).await.unwrap();
    ever.extend(city.closed(&case).await);
    city.vault.set_holders(&case, &BTreeSet::from([department("zjj")]), 2).await.unwrap();
    ever.extend(city.closed(&case).await);
    assert_eq!(ever.len(), 4, "an identity and three wraps");
    for closed in &ever {
        assert!(!holding(folder.path(), closed).is_empty(), "what is looked for is found while it is there");
    }

    let erasure = city.vault.erase(&case).await.unwrap();
    assert!(erasure.is_complete());
    let remembers = ever.iter().filter(|closed| !holding(folder.path(), closed).is_empty()).count();
    assert!(remembers > 0, "without a wipe the files remember; this test would prove nothing otherwise");
    city.wiping.settle(&city.cloud.wiper()).await.unwrap();

    for closed in &ever {
        assert_eq!(holding(folder.path(), closed), Vec::<String>::new());
    }
    for canary in [NAME, PHONE, TEXT] {
        assert_eq!(holding(folder.path(), canary.as_bytes()), Vec::<String>::new(), "{canary}");
    }
    for kept in &city.closed(&other).await {
        assert!(!holding(folder.path(), kept).is_empty(), "another case keeps what it has");
    }
    assert_eq!(city.vault.ledger().load(&case).await.unwrap().len(), 1, "history stays");
    city.cloud.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wipe_that_is_owed_outlives_the_process_and_is_owed_after_a_crash_in_any_case() {
    let folder = tempfile::tempdir().unwrap();
    let city = open(folder.path()).await;
    let case = city.case().await;
    let closed = city.closed(&case).await;
    city.vault.erase(&case).await.unwrap();
    city.cloud.shutdown().await;
    drop((city.vault, city.clients, city.wiping));

    let again = open(folder.path()).await;
    again.wiping.settle(&again.cloud.wiper()).await.unwrap();
    for closed in &closed {
        assert_eq!(holding(folder.path(), closed), Vec::<String>::new());
    }
    let notes = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("wipe-owed."));
    assert_eq!(notes.count(), 0);
    again.cloud.shutdown().await;
}

const BODY: &str = "body/canary";

/// A store in `folder` with a text that is not to be kept.
async fn store_with_text(folder: &Path) -> ObjectStore {
    let store = ObjectStore::open(&Place::Folder(folder.to_owned())).unwrap();
    store.set_bucket(tables::BODIES, BucketRule::Open).await.unwrap();
    put(&store, BODY, TEXT.repeat(20)).await;
    store
}

async fn put(store: &ObjectStore, key: &str, text: String) {
    store.put(tables::BODIES, key, text.into(), Headers::default(), Condition::Unconditional).await.unwrap();
}

async fn delete(store: &ObjectStore) {
    assert!(store.delete(tables::BODIES, BODY, Condition::Unconditional).await.unwrap());
}

/// Waits until no file of the folder holds the text, which nobody works at but the store itself.
async fn forgotten(folder: &Path) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(30) {
        if holding(folder, TEXT.as_bytes()).is_empty() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// Somebody who reads the file, for as long as he likes.
fn reader(folder: &Path) -> rusqlite::Connection {
    let reader = rusqlite::Connection::open(folder.join(objects::FILE)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM objects;").unwrap();
    reader
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_was_deleted_is_in_no_file_once_that_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_text(folder.path()).await;
    put(&store, "body/other", "别的".to_owned()).await;
    assert!(!holding(folder.path(), TEXT.as_bytes()).is_empty(), "what is looked for is found while it is there");
    delete(&store).await;
    assert_eq!(holding(folder.path(), TEXT.as_bytes()), Vec::<String>::new());
    assert!(store.get(tables::BODIES, "body/other").await.unwrap().is_some());
}

/// Nobody writes any more, and nobody sweeps again.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_was_deleted_while_somebody_read_goes_once_he_has_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_text(folder.path()).await;
    let reader = reader(folder.path());
    delete(&store).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(!holding(folder.path(), TEXT.as_bytes()).is_empty(), "the log cannot be cut while he reads");
    drop(reader);
    assert!(forgotten(folder.path()).await, "{:?}", holding(folder.path(), TEXT.as_bytes()));
}

/// What a killed process leaves is what its files are at that instant.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_was_deleted_before_a_kill_goes_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_text(folder.path()).await;
    let reader = reader(folder.path());
    delete(&store).await;
    let killed = tempfile::tempdir().unwrap();
    for name in [objects::FILE.to_owned(), format!("{}-wal", objects::FILE)] {
        fs::copy(folder.path().join(&name), killed.path().join(&name)).unwrap();
    }
    assert!(!holding(killed.path(), TEXT.as_bytes()).is_empty(), "it lies in what the kill left");
    drop((reader, store));
    let again = ObjectStore::open(&Place::Folder(killed.path().to_owned())).unwrap();
    assert!(forgotten(killed.path()).await, "{:?}", holding(killed.path(), TEXT.as_bytes()));
    assert!(again.get(tables::BODIES, BODY).await.unwrap().is_none());
}
