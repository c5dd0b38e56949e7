//! The event store on the emulated cloud, with its failures.
//!
//! What the store promises on any table is in the contract suite of the crate `ledger`; here it stands in a storm, and keeps bodies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use domain::{
    ActorId, CommitId, Context, DocumentId, StreamId,
    column::Archive,
    document::{BodyHash, Document, DocumentEvent},
};
use journeys::app::TestApp;
use ledger::{Command, ExecuteError, LoadError, Receipt, StoreError, guards_of};
use local::cloud::faults::{Fault, Faults, Rates};

fn stream(name: &str) -> StreamId {
    DocumentId::derive(&CommitId::derive(&actor(), "draft", "new", 0, name)).stream()
}

fn actor() -> ActorId {
    "editor".parse().unwrap()
}

fn command(stream: &StreamId, key: &str) -> Command {
    Command {
        stream: stream.clone(),
        id: CommitId::derive(&actor(), "test", stream.as_str(), 0, key),
        actor: actor(),
        fingerprint: Some(key.to_owned()),
        expected: None,
        holds: Vec::new(),
        started: Instant::now(),
    }
}

fn moved_to(path: &str) -> DocumentEvent {
    DocumentEvent::DocumentMoved {
        column: "www.xw".parse().unwrap(),
        archive: Archive::Month,
        path: Some(path.parse().unwrap()),
    }
}

fn withdrawn(reason: &str) -> DocumentEvent {
    DocumentEvent::DocumentWithdrawn { reason: reason.to_owned().try_into().unwrap() }
}

/// Sends one command until the answer is the last word: a receipt, or none where the name is taken.
async fn insist(app: &TestApp, stream: &StreamId, key: &str, event: DocumentEvent) -> Option<Receipt> {
    for _ in 0..100 {
        let decide = |_: &Document, _: &Context| Ok::<_, ()>(vec![event.clone()]);
        match app.ledger.execute(&command(stream, key), decide).await {
            Ok(receipt) => return Some(receipt),
            Err(ExecuteError::ClaimTaken { .. }) => return None,
            Err(ExecuteError::Conflict | ExecuteError::OutOfTime | ExecuteError::Load(LoadError::Store(_))) => {}
            Err(other) => panic!("{other}"),
        }
    }
    panic!("no answer in a hundred tries")
}

/// Three streams, four writers each; two writers of each stream want one of two names.
async fn storm(seed: u64, rates: Rates) {
    let faults = Faults::seeded(seed, rates);
    faults.pause();
    let app = std::sync::Arc::new(TestApp::start_with(faults.clone()).await.unwrap());
    faults.resume();
    let streams: Vec<StreamId> = ["a", "b", "c"].map(stream).to_vec();
    let mut writers = tokio::task::JoinSet::new();
    for stream in &streams {
        for writer in 0..4 {
            let (app, stream) = (app.clone(), stream.clone());
            let event = match writer {
                0 | 1 => moved_to(&format!("/xw/2026/11/23/name-{writer}.html")),
                _ => withdrawn("已废止"),
            };
            writers.spawn(async move {
                let key = format!("writer-{writer}");
                let answer = insist(&app, &stream, &key, event).await;
                (stream.clone(), command(&stream, &key).id, answer)
            });
        }
    }
    let mut answers = Vec::new();
    while let Some(answer) = writers.join_next().await {
        answers.push(answer.unwrap());
    }
    faults.pause();

    let mut loaded = BTreeMap::new();
    let mut derived = BTreeSet::new();
    for stream in &streams {
        let commits = app.ledger.load(stream).await.unwrap();
        let ids: BTreeSet<_> = commits.iter().map(|commit| commit.id.clone()).collect();
        assert_eq!(ids.len(), commits.len(), "seed {seed}: a command was carried out twice");
        derived.extend(guards_of(&commits).unwrap());
        loaded.insert(stream.clone(), commits);
    }
    for (stream, id, answer) in answers {
        let own = loaded.get(&stream).unwrap().iter().find(|commit| commit.id == id);
        let told = answer.map(|receipt| (receipt.number, receipt.at));
        assert_eq!(told, own.map(|commit| (commit.number, commit.at)), "seed {seed}: {stream} {id}");
    }
    let stored: BTreeSet<_> = app.ledger.all_guards().await.unwrap().into_iter().collect();
    assert_eq!(stored, derived, "seed {seed}");
    assert_eq!(stored.len(), 2, "seed {seed}: each name has one holder");
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_storms_lose_no_answered_commit_double_none_and_give_each_name_one_holder() {
    let rates = Rates {
        throttle: 0.10,
        request_limit: 0.05,
        internal_error: 0.05,
        conflict: 0.10,
        lose_reply: 0.20,
        delay: 0.10,
        delay_by: Duration::from_millis(30),
        ..Rates::default()
    };
    for seed in 1..=6 {
        storm(seed, rates).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_a_store_that_loses_half_of_its_replies_still_gives_each_command_one_commit() {
    let rates = Rates { lose_reply: 0.5, ..Rates::default() };
    for seed in 1..=3 {
        storm(seed, rates).await;
    }
}

#[tokio::test]
async fn a_plain_command_costs_the_floor_in_requests_and_capacity() {
    let faults = Faults::none();
    let app = TestApp::start_with(faults.clone()).await.unwrap();
    let stream = stream("floor");
    insist(&app, &stream, "first", withdrawn("甲")).await.unwrap();
    faults.reset_counters();
    insist(&app, &stream, "second", withdrawn("乙")).await.unwrap();
    let counters = faults.counters();
    assert_eq!(counters.requests(), [("PutItem", 1), ("Query", 1)]);
    // One consistent read of at most 4 KB; one write of at most 1 KB to the table and one to its index.
    assert!(counters.of("Query").capacity_units <= 1.0, "{counters:?}");
    assert!(counters.of("PutItem").capacity_units <= 2.0, "{counters:?}");
}

#[tokio::test]
async fn a_body_lies_under_its_hash_once_and_comes_back_whole() {
    let faults =
        Faults::script([("GetObject", 1, Fault::TruncateBody), ("PutObject", 1, Fault::ConditionalConflict)]).unwrap();
    let app = TestApp::start_with(faults).await.unwrap();
    let body = "<p>正文。</p>".repeat(1000);
    let hash = app.ledger.put_body(body.as_bytes(), "text/html; charset=utf-8").await.unwrap();
    assert_eq!(hash, BodyHash::of(body.as_bytes()));
    assert_eq!(app.ledger.put_body(body.as_bytes(), "text/html; charset=utf-8").await.unwrap(), hash);
    assert_eq!(app.ledger.body(&hash).await.unwrap().unwrap(), body.as_bytes());
    assert_eq!(app.ledger.body(&BodyHash::of(b"never stored")).await.unwrap(), None);
}

#[tokio::test]
async fn a_body_with_other_bytes_than_its_name_says_is_an_error() {
    let app = TestApp::start().await.unwrap();
    let hash = BodyHash::of(b"right");
    let put = app.clients.s3.put_object().bucket(&app.config.buckets.bodies).key(format!("body/{hash}"));
    put.body(aws_sdk_s3::primitives::ByteStream::from_static(b"wrong")).send().await.unwrap();
    let refused = app.ledger.body(&hash).await;
    assert!(matches!(&refused, Err(StoreError::Damaged { reason }) if reason.contains("other bytes")), "{refused:?}");
}
