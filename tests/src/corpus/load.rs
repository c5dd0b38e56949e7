//! Writes the archive as the ledger's own items. **For benches and tests: no condition is checked, so only into a fresh city.**

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{document::BodyHash, shanghai};
use dynoxide::ImportOptions;
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use ledger::{HeldGuard, bulk};
use local::cloud::{
    Cloud,
    objects::{Condition, Headers, ObjectStore},
    tables,
};

use super::{
    COLUMNS, Corpus, DEPARTMENTS, SITES, Text,
    history::{self, History, Item},
};

/// Items that go into the tables in one piece.
const PIECE: usize = 10_000;

/// Bodies that wait for the disk together.
const BODIES_AT_ONCE: usize = 200;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Streams.
    pub streams: u64,
    /// Commits.
    pub commits: u64,
    /// Claims.
    pub guards: u64,
}

/// Writes register and texts of `corpus` into the stores of `cloud`; rows and pages are left to a rebuild.
///
/// # Errors
/// A store failed, or the corpus breaks a rule of the domain.
pub async fn load(cloud: &Cloud, corpus: &Corpus) -> Result<Loaded> {
    let mut loader = Loader { cloud, loaded: Loaded::default(), items: Vec::new(), guards: Vec::new() };
    let founded = corpus.until.checked_sub(SignedDuration::from_hours(24 * (super::DAYS + 30)))?;
    loader.register(founded)?;
    let mut serials: BTreeMap<(&str, i16), u32> = BTreeMap::new();
    let mut bodies = Vec::new();
    for text in corpus.texts() {
        let body = BodyHash::of(text.body.as_bytes());
        loader.take(history::document(&text, body.clone(), next_serial(&mut serials, &text))?)?;
        bodies.push((body, text.body));
        if bodies.len() == BODIES_AT_ONCE {
            put_bodies(&cloud.objects, &mut bodies).await?;
        }
    }
    put_bodies(&cloud.objects, &mut bodies).await?;
    loader.flush()?;
    Ok(loader.loaded)
}

fn next_serial(serials: &mut BTreeMap<(&str, i16), u32>, text: &Text) -> u32 {
    let serial = serials.entry((text.department.code, shanghai::local(text.public_at).year())).or_default();
    *serial += 1;
    *serial
}

async fn put_bodies(objects: &ObjectStore, bodies: &mut Vec<(BodyHash, String)>) -> Result<()> {
    let headers = Headers { content_type: Some("text/html; charset=utf-8".to_owned()), ..Headers::default() };
    let mut puts = stream::iter(std::mem::take(bodies))
        .map(|(hash, body)| {
            let headers = headers.clone();
            async move {
                objects
                    .put(tables::BODIES, &format!("body/{hash}"), body.into(), headers, Condition::Unconditional)
                    .await
            }
        })
        .buffer_unordered(BODIES_AT_ONCE);
    while let Some(put) = puts.next().await {
        put?;
    }
    Ok(())
}

struct Loader<'a> {
    cloud: &'a Cloud,
    loaded: Loaded,
    items: Vec<Item>,
    guards: Vec<HeldGuard>,
}

impl Loader<'_> {
    fn register(&mut self, at: Timestamp) -> Result<()> {
        for place in DEPARTMENTS {
            self.take(history::department(place, at)?)?;
        }
        for (label, name, department) in SITES {
            self.take(history::site(label, name, department, at)?)?;
        }
        for place in COLUMNS.iter() {
            self.take(history::column(place, at)?)?;
        }
        Ok(())
    }

    fn take<A>(&mut self, history: History<A>) -> Result<()> {
        let History { items, guards, .. } = history;
        self.loaded.streams += 1;
        self.loaded.commits += items.len() as u64;
        self.loaded.guards += guards.len() as u64;
        self.items.extend(items);
        self.guards.extend(guards);
        if self.items.len() >= PIECE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        let (items, guards) = (std::mem::take(&mut self.items), std::mem::take(&mut self.guards));
        self.import(tables::LEDGER, items)?;
        self.import(tables::GUARDS, guards.iter().map(bulk::guard_item).collect())
    }

    fn import(&self, table: &str, items: Vec<Item>) -> Result<()> {
        let items = items.into_iter().map(engine_item).collect::<Result<Vec<_>>>()?;
        self.cloud.database().import_items(table, items, ImportOptions::default()).context("import")?;
        Ok(())
    }
}

/// The SDK's item as the engine spells it.
fn engine_item(item: Item) -> Result<dynoxide::Item> {
    item.into_iter()
        .map(|(name, value)| {
            let value = match value {
                AttributeValue::S(text) => dynoxide::AttributeValue::S(text),
                AttributeValue::N(digits) => dynoxide::AttributeValue::N(digits),
                AttributeValue::B(bytes) => dynoxide::AttributeValue::B(bytes.into_inner()),
                other => bail!("the ledger writes no attribute like {other:?}"),
            };
            Ok((name, value))
        })
        .collect()
}
