//! A carrier that keeps what it is given, and refuses when it is told to.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use journeys::app::TestApp;
use local::cloud::tables;
use outbox::Medium;
use react::{
    React,
    channels::{Carrier, Carriers, Letter, Uncarried},
};
use serde_json::{Value, json};

/// What was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    pub(crate) id: String,
    pub(crate) rule: &'static str,
    pub(crate) medium: Medium,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) letter: String,
    pub(crate) line: String,
}

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what it is given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bag {
    carried: Arc<Mutex<Vec<Carried>>>,
    /// What it says instead of taking anything.
    trouble: Arc<Mutex<Option<Uncarried>>>,
    /// A medium that it refuses for good.
    closed: Arc<Mutex<Option<Medium>>>,
    /// What it refuses for good: an address.
    bad: Arc<Mutex<Option<String>>>,
    /// Attempts, those that it refused included.
    tried: Arc<Mutex<usize>>,
}

impl Bag {
    pub(crate) fn carried(&self) -> Vec<Carried> {
        held(&self.carried).clone()
    }

    /// Rules of what was carried, in their order.
    pub(crate) fn rules(&self) -> Vec<&'static str> {
        self.carried().iter().map(|carried| carried.rule).collect()
    }

    pub(crate) fn tried(&self) -> usize {
        *held(&self.tried)
    }

    pub(crate) fn refuse(&self, trouble: Option<Uncarried>) {
        *held(&self.trouble) = trouble;
    }

    /// Refuses all that goes by `medium`.
    pub(crate) fn close(&self, medium: Medium) {
        *held(&self.closed) = Some(medium);
    }

    /// Refuses all that goes to `address`.
    pub(crate) fn refuse_address(&self, address: &str) {
        *held(&self.bad) = Some(address.to_owned());
    }

    /// A function that sends by this carrier alone.
    pub(crate) fn react(&self, app: &TestApp) -> React {
        let carrier: Arc<dyn Carrier> = Arc::new(self.clone());
        React::new(app.reactions.clone(), Carriers { email: Some(Arc::clone(&carrier)), text: Some(carrier) })
    }
}

#[async_trait]
impl Carrier for Bag {
    async fn carry(&self, letter: &Letter<'_>) -> Result<(), Uncarried> {
        *held(&self.tried) += 1;
        if let Some(trouble) = held(&self.trouble).clone() {
            return Err(trouble);
        }
        let is_bad = held(&self.bad).as_ref() == Some(letter.to.expose());
        if is_bad || *held(&self.closed) == Some(letter.medium) {
            return Err(Uncarried::Refused("MessageRejected".to_owned()));
        }
        held(&self.carried).push(Carried {
            id: letter.message.id.to_string(),
            rule: letter.message.notice.as_str(),
            medium: letter.medium,
            to: letter.to.expose().clone(),
            subject: letter.wording.subject.clone(),
            letter: letter.wording.letter.clone(),
            line: letter.wording.line.clone(),
        });
        Ok(())
    }
}

/// Rings for streams, as the ledger's stream does.
pub(crate) async fn ring(react: &React, streams: &[&str]) -> Result<Value> {
    let records: Vec<Value> = streams
        .iter()
        .zip(1..)
        .map(|(stream, sequence)| {
            json!({
                "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "local",
                "eventSourceARN": "arn:aws:dynamodb:local:000000000000:table/ledger/stream/1",
                "dynamodb": {
                    "Keys": {"pk": {"S": stream}, "sk": {"N": "1"}}, "SequenceNumber": format!("{sequence}"), "SizeBytes": 12,
                    "StreamViewType": "KEYS_ONLY", "ApproximateCreationDateTime": 1_700_000_000
                }
            })
        })
        .collect();
    Ok(react.handle(json!({ "Records": records })).await?)
}

/// Every item of the table of messages by its key, as text.
pub(crate) async fn items(app: &TestApp) -> Result<BTreeMap<String, String>> {
    let mut items = BTreeMap::new();
    let mut pages = app.clients.dynamodb.scan().table_name(tables::OUTBOX).into_paginator().items().send();
    while let Some(item) = pages.next().await.transpose()? {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
        let attributes: BTreeMap<String, AttributeValue> = item.clone().into_iter().collect();
        items.insert(format!("{} {}", text("pk"), text("sk")), format!("{attributes:?}"));
    }
    Ok(items)
}

/// How messages stand, by their rules.
pub(crate) async fn standings(app: &TestApp) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut pages = app.clients.dynamodb.scan().table_name(tables::OUTBOX).into_paginator().items().send();
    while let Some(item) = pages.next().await.transpose()? {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        found.extend(text("rule").zip(text("standing")));
    }
    found.sort_unstable();
    Ok(found)
}

/// `(rule, standing)` pairs as a test writes them.
pub(crate) fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(rule, standing)| ((*rule).to_owned(), (*standing).to_owned())).collect()
}
