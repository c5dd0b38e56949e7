//! Whole streams, days and the whole ledger.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use domain::StreamId;
use jiff::civil::date;
use ledger::{Commit, bulk};

use crate::support::{Bench, fresh_id, fresh_stream, large, remark};

/// Writes `count` commits of `kilobytes` each as a loader would.
async fn write_raw(bench: &Bench, stream: &StreamId, count: u64, kilobytes: usize) {
    let mut previous = bulk::FIRST;
    for number in 1..=count {
        let commit = Commit {
            stream: stream.clone(),
            number,
            id: fresh_id(),
            at: "2026-11-23T01:30:00Z".parse().unwrap(),
            actor: "loader".parse().unwrap(),
            fingerprint: None,
            events: vec![bulk::record(&large(kilobytes)).unwrap()],
            hash: [0; 32],
        };
        let (item, hash) = bulk::item(&commit, &previous).unwrap();
        previous = hash;
        let put =
            WriteRequest::builder().put_request(PutRequest::builder().set_item(Some(item)).build().unwrap()).build();
        bench.dynamo.batch_write_item().request_items(&bench.config.ledger_table, vec![put]).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_stream_of_several_pages_is_read_whole_and_goes_on() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    write_raw(&bench, &stream, 12, 200).await;
    bench.wire.reset();
    let commits = bench.ledger.load(&stream).await.unwrap();
    assert_eq!(commits.len(), 12);
    let queries = bench.wire.counts()[0].1;
    assert!(queries >= 3, "2.4 MB in {queries} pages");
    assert_eq!(bench.append(&stream, remark("甲")).await.number, 13);
}

#[tokio::test]
async fn a_day_lists_its_streams_and_no_others() {
    let bench = Bench::new().await;
    let streams: Vec<StreamId> = (0..20).map(|_| fresh_stream()).collect();
    for stream in &streams {
        bench.append(stream, remark("甲")).await;
    }
    let next = fresh_stream();
    bench.clock.set("2026-11-24T00:00:00Z");
    bench.append(&next, remark("乙")).await;
    bench.append(&streams[0], remark("丙")).await;

    let monday = bench.ledger.streams_on(date(2026, 11, 23)).await.unwrap();
    let tuesday = bench.ledger.streams_on(date(2026, 11, 24)).await.unwrap();
    assert!(streams.iter().all(|stream| monday[stream] == 1));
    assert!(!monday.contains_key(&next));
    assert_eq!((tuesday[&next], tuesday[&streams[0]], tuesday.get(&streams[1])), (1, 2, None));
}

#[tokio::test]
async fn a_scan_gives_what_loads_give() {
    let bench = Bench::new().await;
    let mut loaded = BTreeMap::new();
    for count in [1_u64, 2, 12, 25] {
        let stream = fresh_stream();
        write_raw(&bench, &stream, count, 30).await;
        loaded.insert(stream.clone(), bench.ledger.load(&stream).await.unwrap());
    }
    for segments in [1, 4] {
        let mut scan = bench.ledger.scan(segments);
        let mut scanned = BTreeMap::new();
        while let Some(found) = scan.recv().await {
            let found = found.unwrap();
            assert!(scanned.insert(found.stream, found.commits).is_none(), "each stream once");
        }
        scanned.retain(|stream, _| loaded.contains_key(stream));
        assert_eq!(scanned, loaded);
        let heads = bench.ledger.heads(segments).await.unwrap();
        assert!(loaded.iter().all(|(stream, commits)| heads[stream] == commits.len() as u64));
    }
}

#[tokio::test]
async fn what_does_not_exist_is_empty() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let (state, version, commits) = bench.ledger.read::<domain::document::Document>(&stream).await.unwrap();
    assert_eq!((state, version, commits.len()), (domain::document::Document::default(), 0, 0));
    assert_eq!(bench.ledger.head(&stream).await.unwrap(), 0);
    assert!(bench.ledger.streams_on(date(1999, 1, 1)).await.unwrap().is_empty());
}
