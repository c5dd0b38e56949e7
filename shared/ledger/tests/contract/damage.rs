//! Accidental damage is found where it begins.

use std::collections::HashMap;

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::StreamId;
use ledger::LoadError;

use crate::support::{Bench, fresh_stream, remark};

type Item = HashMap<String, AttributeValue>;

fn key(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

async fn three(bench: &Bench) -> StreamId {
    let stream = fresh_stream();
    for text in ["甲", "乙", "丙"] {
        bench.append(&stream, remark(text)).await;
    }
    stream
}

async fn stored(bench: &Bench, stream: &StreamId, number: u64) -> Item {
    let pk = AttributeValue::S(stream.to_string());
    let got = bench.dynamo.get_item().table_name(&bench.config.ledger_table).key("pk", pk).key("sk", key(number));
    got.consistent_read(true).send().await.unwrap().item.unwrap()
}

async fn overwrite(bench: &Bench, item: Item) {
    bench.dynamo.put_item().table_name(&bench.config.ledger_table).set_item(Some(item)).send().await.unwrap();
}

async fn damaged_at(bench: &Bench, stream: &StreamId) -> u64 {
    match bench.ledger.load(stream).await {
        Err(LoadError::Damaged { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_changed_byte_breaks_the_chain_there() {
    let bench = Bench::new().await;
    let stream = three(&bench).await;
    let mut item = stored(&bench, &stream, 2).await;
    let mut bytes = item["bytes"].as_b().unwrap().clone().into_inner();
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    item.insert("bytes".to_owned(), AttributeValue::B(Blob::new(bytes)));
    overwrite(&bench, item).await;
    assert_eq!(damaged_at(&bench, &stream).await, 2);
}

#[tokio::test]
async fn a_missing_commit_is_a_gap() {
    let bench = Bench::new().await;
    let stream = three(&bench).await;
    let pk = AttributeValue::S(stream.to_string());
    let delete = bench.dynamo.delete_item().table_name(&bench.config.ledger_table).key("pk", pk).key("sk", key(2));
    delete.send().await.unwrap();
    assert_eq!(damaged_at(&bench, &stream).await, 2);
}

#[tokio::test]
async fn a_commit_of_another_stream_or_place_does_not_fit() {
    let bench = Bench::new().await;
    let (stream, other) = (three(&bench).await, three(&bench).await);
    let mut foreign = stored(&bench, &other, 3).await;
    foreign.insert("pk".to_owned(), AttributeValue::S(stream.to_string()));
    overwrite(&bench, foreign).await;
    assert_eq!(damaged_at(&bench, &stream).await, 3);
    let mut copied = stored(&bench, &other, 3).await;
    copied.insert("sk".to_owned(), key(4));
    overwrite(&bench, copied).await;
    assert_eq!(damaged_at(&bench, &other).await, 4);
}

#[tokio::test]
async fn attributes_that_tell_otherwise_than_the_bytes_are_found() {
    let bench = Bench::new().await;
    let wrong = [
        ("id", AttributeValue::S("a".repeat(26))),
        ("at", AttributeValue::N("0".to_owned())),
        ("day", AttributeValue::S("2026-11-22.0".to_owned())),
        ("hash", AttributeValue::B(Blob::new([0; 32]))),
        ("bytes", AttributeValue::S("text".to_owned())),
    ];
    for (name, value) in wrong {
        let stream = three(&bench).await;
        let mut item = stored(&bench, &stream, 2).await;
        item.insert(name.to_owned(), value);
        overwrite(&bench, item).await;
        assert_eq!(damaged_at(&bench, &stream).await, 2, "{name}");
    }
}

#[tokio::test]
async fn a_damaged_stream_does_not_stop_a_scan() {
    let bench = Bench::new().await;
    let (good, bad, also_good) = (three(&bench).await, three(&bench).await, three(&bench).await);
    let mut item = stored(&bench, &bad, 3).await;
    item.insert("at".to_owned(), AttributeValue::N("7".to_owned()));
    overwrite(&bench, item).await;

    let mut scan = bench.ledger.scan(2);
    let (mut whole, mut damaged) = (Vec::new(), Vec::new());
    while let Some(found) = scan.recv().await {
        match found {
            Ok(found) => whole.push(found.stream),
            Err(LoadError::Damaged { stream, number, .. }) => damaged.push((stream, number)),
            Err(other) => panic!("{other}"),
        }
    }
    assert!(whole.contains(&good) && whole.contains(&also_good) && !whole.contains(&bad));
    assert!(damaged.contains(&(bad, 3)));
}
