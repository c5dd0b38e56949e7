//! Everywhere that something could be found.

use std::{fs, path::Path};

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine, engine::general_purpose::STANDARD};
use gateway::{Clients, Endpoints, Keys, Patience, Secret};
use local::cloud::{credentials, tables};
use serde_json::Value;

const TABLES: [&str; 8] = [
    tables::LEDGER,
    tables::GUARDS,
    tables::VIEWS,
    tables::KEYS,
    tables::VAULT,
    tables::ATTEMPTS,
    tables::OUTBOX,
    tables::TERMS,
];
const BUCKETS: [&str; 4] = [tables::BODIES, tables::QUARANTINE, tables::INDEX, tables::PAGES];

/// Something that was looked into, and what lies there.
pub(crate) struct Looked {
    pub(crate) place: String,
    bytes: Vec<u8>,
    /// The same as text, where it is any.
    text: String,
}

impl Looked {
    fn new(place: String, bytes: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self { place, bytes, text }
    }

    /// Whether something lies there, however it is spelt.
    fn has(&self, needle: &[u8]) -> bool {
        let (first, spellings) = (std::str::from_utf8(needle), spellings(needle));
        let as_it_is = match first {
            Ok(text) => self.text.contains(text),
            Err(_) => self.bytes.windows(needle.len()).any(|window| window == needle),
        };
        as_it_is || spellings.iter().any(|spelling| self.text.contains(spelling))
    }
}

/// The stores of a city that is served.
pub(crate) async fn clients(ready: &Value) -> Clients {
    let url = |store: &str| ready[store].as_str().map(str::to_owned);
    let endpoints = Endpoints { dynamodb: url("dynamodb"), s3: url("s3"), ..Endpoints::default() };
    let keys = Keys {
        region: credentials::REGION.to_owned(),
        access_key: credentials::ACCESS_KEY.to_owned(),
        secret_key: Secret::new(credentials::SECRET_KEY),
    };
    Clients::with(&endpoints, Some(&keys), Patience::Request).await
}

/// Every item of every table and every object of every bucket, as whoever has the stores reads them.
pub(crate) async fn stores(clients: &Clients) -> Vec<Looked> {
    let mut looked = Vec::new();
    for table in TABLES {
        let scan = clients.dynamodb.scan().table_name(table).consistent_read(true);
        let mut items = scan.into_paginator().items().send();
        while let Some(item) = items.next().await {
            let (item, mut bytes) = (item.unwrap(), Vec::new());
            for (name, value) in &item {
                bytes.extend(name.bytes());
                gather(value, &mut bytes);
            }
            looked.push(Looked::new(format!("{table}: {:?}", item.get("pk")), bytes));
        }
    }
    for bucket in BUCKETS {
        let mut pages = clients.s3.list_objects_v2().bucket(bucket).into_paginator().send();
        while let Some(page) = pages.next().await {
            for key in page.unwrap().contents().iter().filter_map(|object| object.key()) {
                let got = clients.s3.get_object().bucket(bucket).key(key).send().await.unwrap();
                let mut bytes = key.as_bytes().to_vec();
                bytes.extend(got.body.collect().await.unwrap().into_bytes());
                looked.push(Looked::new(format!("{bucket}: {key}"), bytes));
            }
        }
    }
    looked
}

/// Every value that closes something and lies in the two tables of personal data under `case`: wraps of its key, its identity.
pub(crate) async fn closed(clients: &Clients, case: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for table in [tables::KEYS, tables::VAULT] {
        let scanned = clients.dynamodb.scan().table_name(table).consistent_read(true).send().await.unwrap();
        let items = scanned.items().iter().filter(|item| item["pk"].as_s().is_ok_and(|pk| pk == case));
        items.flat_map(|item| item.values()).for_each(|value| binary(value, &mut found));
    }
    found
}

fn gather(value: &AttributeValue, into: &mut Vec<u8>) {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => into.extend(text.bytes()),
        AttributeValue::B(bytes) => into.extend(bytes.as_ref()),
        AttributeValue::L(members) => members.iter().for_each(|member| gather(member, into)),
        AttributeValue::M(members) => members.iter().for_each(|(name, member)| {
            into.extend(name.bytes());
            gather(member, into);
        }),
        _ => {}
    }
}

fn binary(value: &AttributeValue, into: &mut Vec<Vec<u8>>) {
    match value {
        AttributeValue::B(bytes) => into.push(bytes.as_ref().to_vec()),
        AttributeValue::M(members) => members.values().for_each(|member| binary(member, into)),
        _ => {}
    }
}

/// Every file below a folder, to the byte: databases, their logs and what was freed in them, messages, what a process said.
pub(crate) fn files(folder: &Path) -> Vec<Looked> {
    let mut looked = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            looked.extend(files(&path));
        } else if path.is_file() {
            looked.push(Looked::new(path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    looked
}

/// How something may be spelt in a file: as forms send it, and in base64 at each of its three places.
fn spellings(bytes: &[u8]) -> Vec<String> {
    let mut spellings = vec![form_urlencoded::byte_serialize(bytes).collect()];
    for before in 0..3 {
        let text = STANDARD.encode([vec![0; before], bytes.to_vec()].concat());
        // The first letters are of what stands before it, too, and the last one of what follows.
        let own = text.get((before * 8).div_ceil(6)..text.trim_end_matches('=').len().saturating_sub(1));
        spellings.extend(own.map(str::to_owned));
    }
    spellings
}

/// The places in which something lies.
pub(crate) fn holding<'a>(places: &'a [Looked], bytes: &[u8]) -> Vec<&'a str> {
    places.iter().filter(|place| place.has(bytes)).map(|place| place.place.as_str()).collect()
}
