//! The ledger itself, on the cloud of one machine.

use std::{collections::HashMap, convert::Infallible, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, Result, bail};
use async_trait::async_trait;
use aws_sdk_dynamodb::types::{AttributeValue, Select};
use domain::{
    ActorId, CommitId, DepartmentCode,
    department::{Department, DepartmentEvent},
};
use dynoxide::actions::batch_write_item::{BatchWriteItemRequest, PutRequest, WriteRequest};
use journeys::app::TestApp;
use ledger::{Command, Commit, ExecuteError, bulk};

use super::{Answer, Corpus, Store, event, profile};

/// Prefix of the streams that the bare calls write to; the ledger's have `department:`.
pub(super) const BARE: &str = "bare:";

/// Items of one batch: DynamoDB's own limit.
const BATCH: usize = 25;

/// The ledger.
pub(super) struct Own(pub(super) Arc<TestApp>);

/// An empty cloud, as durable as `taihu`'s.
pub(super) async fn open(folder: &Path) -> Result<Arc<TestApp>> {
    std::fs::create_dir_all(folder)?;
    Ok(Arc::new(TestApp::durable(folder).await?))
}

fn code(stream: u32) -> Result<DepartmentCode> {
    Ok(format!("d{stream}").parse()?)
}

fn actor() -> Result<ActorId> {
    Ok("bench".parse()?)
}

#[async_trait]
impl Store for Own {
    async fn command(&self, _: u32, stream: u32, command: u64) -> Result<Answer> {
        let code = code(stream)?;
        let actor = actor()?;
        let event = event(command)?;
        let command = Command {
            stream: code.stream(),
            id: CommitId::derive(&actor, "bench", code.as_str(), 0, &command.to_string()),
            actor,
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        let decide = |_: &Department, _: &domain::Context| Ok::<_, Infallible>(vec![event.clone()]);
        match self.0.ledger.execute(&command, decide).await {
            Ok(receipt) if receipt.repeated => bail!("a command was told that it is a resend"),
            Ok(_) => Ok(Answer::Accepted),
            Err(ExecuteError::Conflict) => Ok(Answer::Conflict),
            Err(ExecuteError::OutOfTime) => Ok(Answer::OutOfTime),
            Err(error) => Err(error.into()),
        }
    }

    async fn commits(&self) -> Result<u64> {
        count(&self.0, "department:").await
    }
}

/// Items of the ledger table whose stream begins with `prefix`.
pub(super) async fn count(app: &TestApp, prefix: &str) -> Result<u64> {
    let scan = app.clients.dynamodb.scan().table_name(&app.config.tables.ledger).select(Select::Count);
    let scan = scan.filter_expression("begins_with(pk, :prefix)");
    let mut pages =
        scan.expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned())).into_paginator().send();
    let mut commits = 0;
    while let Some(page) = pages.next().await.transpose()? {
        commits += u64::try_from(page.count())?;
    }
    Ok(commits)
}

/// The very item that the ledger writes as commit `number` of `stream`, and the hash that the next one continues.
pub(super) fn item(
    stream: u32,
    number: u64,
    previous: &[u8; 32],
) -> Result<(HashMap<String, AttributeValue>, [u8; 32])> {
    let (code, actor) = (code(stream)?, actor()?);
    let event = match number {
        1 => DepartmentEvent::DepartmentRegistered { code: code.clone(), profile: profile(number)? },
        _ => event(number)?,
    };
    let commit = Commit {
        stream: code.stream(),
        number,
        id: CommitId::derive(&actor, "corpus", code.as_str(), 0, &number.to_string()),
        at: "2026-11-23T01:00:00Z".parse()?,
        actor,
        fingerprint: None,
        events: vec![bulk::record(&event)?],
        hash: [0; 32],
    };
    Ok(bulk::item(&commit, previous)?)
}

/// Writes the corpus twice, for the ledger and for the bare calls, past HTTP.
pub(super) async fn fill(app: &Arc<TestApp>, corpus: &Corpus) -> Result<()> {
    let (app, corpus) = (Arc::clone(app), corpus.clone());
    tokio::task::spawn_blocking(move || {
        let mut batch = Vec::new();
        for (stream, length) in corpus.streams() {
            let mut hash = bulk::FIRST;
            for number in 1..=u64::from(length) {
                let (item, next) = item(stream, number, &hash)?;
                hash = next;
                let mut item = item.into_iter().map(converted).collect::<Result<dynoxide::Item>>()?;
                batch.push(item.clone());
                item.insert("pk".to_owned(), dynoxide::AttributeValue::S(bare_stream(stream)));
                batch.push(item);
                if batch.len() + 2 > BATCH {
                    put(&app, std::mem::take(&mut batch))?;
                }
            }
        }
        put(&app, batch)
    })
    .await
    .context("the loader fell over")?
}

/// Name of the stream that the bare calls write to.
pub(super) fn bare_stream(stream: u32) -> String {
    format!("{BARE}d{stream}")
}

fn converted((name, value): (String, AttributeValue)) -> Result<(String, dynoxide::AttributeValue)> {
    let value = match value {
        AttributeValue::S(text) => dynoxide::AttributeValue::S(text),
        AttributeValue::N(digits) => dynoxide::AttributeValue::N(digits),
        AttributeValue::B(bytes) => dynoxide::AttributeValue::B(bytes.into_inner()),
        other => bail!("a commit has no attribute like {other:?}"),
    };
    Ok((name, value))
}

fn put(app: &TestApp, items: Vec<dynoxide::Item>) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let write = |item| WriteRequest { put_request: Some(PutRequest { item }), delete_request: None };
    let writes = items.into_iter().map(write).collect();
    let request = BatchWriteItemRequest {
        request_items: HashMap::from([(app.config.tables.ledger.clone(), writes)]),
        ..BatchWriteItemRequest::default()
    };
    app.cloud.database().batch_write_item(request)?;
    Ok(())
}
