//! The faults of DynamoDB and S3 in front of a working town (QUALITY.md section 3, F1-F5, F8, F10).

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::column::Archive;
use local::cloud::faults::{Fault, Faults, Rates};

use super::town::Town;

/// A day's work, every answer awaited, projected all the while.
async fn work(town: &Town) {
    let projector = town.projector(1);
    for at in 0..4 {
        let name = format!("d{at}");
        town.draft(&name, "www.zwgk.tzgg", "初稿").await.unwrap();
        town.review(&name).await.unwrap();
        town.publish(&name, Archive::Month).await.unwrap();
        // A batch that fails names its streams; they come again with the repair.
        drop(projector.worker().batch(&BTreeSet::from([Town::document(&name).stream()])).await);
    }
    town.revise("d1", "更正").await.unwrap();
    town.review("d1").await.unwrap();
    town.correct("d1").await.unwrap();
    town.relocate("d2", "jyj.xw", Archive::Day).await.unwrap();
    town.withdraw("d3").await.unwrap();
    drop(projector.worker().batch(&town.streams().await).await);
}

/// No commit is lost or doubled: four lives of known lengths.
async fn assert_lives(town: &Town) {
    for (at, length) in [(0, 4), (1, 8), (2, 5), (3, 5)] {
        let commits = town.app.ledger.load(&Town::document(&format!("d{at}")).stream()).await.unwrap();
        assert_eq!(commits.len(), length, "d{at}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_storms_lose_no_commit_and_leave_no_wrong_page() {
    for seed in 1..=3 {
        let rates = Rates {
            throttle: 0.04,
            request_limit: 0.02,
            internal_error: 0.03,
            conflict: 0.05,
            lose_reply: 0.04,
            delay: 0.02,
            delay_by: Duration::from_millis(30),
            truncate_body: 0.05,
            precondition_failed: 0.05,
            conditional_conflict: 0.05,
            unprocessed: 0.10,
        };
        let faults = Faults::seeded(seed, rates);
        let town = Town::found_with(faults.clone()).await;
        work(&town).await;
        faults.pause();
        assert_lives(&town).await;
        town.settle(1).await;
        assert_eq!(town.differences(1).await, [], "seed {seed}");
        assert_eq!(town.rebuild(1).await.written, 0, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_reply_of_any_single_write_changes_nothing() {
    for (operation, nth) in
        [("PutItem", 1), ("PutItem", 7), ("TransactWriteItems", 1), ("PutObject", 1), ("PutObject", 5)]
    {
        let faults = Faults::script([(operation, nth, Fault::LoseReply)]).unwrap();
        let town = Town::found_with(faults.clone()).await;
        work(&town).await;
        faults.pause();
        assert_lives(&town).await;
        town.settle(1).await;
        assert_eq!(town.differences(1).await, [], "{operation} {nth}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_doorbells_of_one_stream_at_many_projectors_agree() {
    let town = Arc::new(Town::found().await);
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (worker, streams) = (town.projector(1).worker().clone(), town.streams().await);
        workers.spawn(async move { worker.batch(&streams).await.map(|report| report.failed.len()) });
    }
    while let Some(failed) = workers.join_next().await {
        assert_eq!(failed.unwrap().unwrap(), 0);
    }
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// A bucket that is not there is no page that somebody else wrote first: fifty rounds later it would be parked for that.
#[tokio::test]
async fn a_first_put_into_no_bucket_is_a_failure_of_the_store() {
    let town = Town::found().await;
    let object = views::PageObject {
        status: views::Status::Ok,
        content_type: "text/html".into(),
        disposition: None,
        bytes: b"page".to_vec(),
        digest: "d".into(),
        generation: 1,
    };
    let page = views::PageKey { site: "www".into(), path: "/".into(), kind: "home".into(), about: String::new() };
    let nowhere = views::PageObjects::new(town.app.clients.s3.clone(), "no-such-bucket");
    let put = views::Put { object: object.clone(), expected: None };
    let failed = nowhere.put(&page, put).await;
    assert!(matches!(&failed, Err(error) if !error.is_permanent()), "{failed:?}");

    // Over an object that is gone: start over.
    let pages = town.projector(1).worker().objects().clone();
    let put = views::Put { object, expected: Some(views::ETag("\"d41d8cd98f00b204e9800998ecf8427e\"".into())) };
    assert!(!pages.put(&page, put).await.unwrap());
}

/// A body with other bytes than its name says, a page that cannot be: it parks, and what stands behind it goes on.
#[tokio::test]
async fn a_poisoned_body_parks_its_page_and_no_other_work_waits_for_it() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.published("b", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let document: domain::document::Document = town.app.ledger.read(&Town::document("a").stream()).await.unwrap().0;
    let body = document.live.unwrap().content.body;
    let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.bodies).key(format!("body/{body}"));
    put.body(aws_sdk_s3::primitives::ByteStream::from_static(b"other bytes")).send().await.unwrap();

    town.change_site("www", "澄湖市新站名").await.unwrap();
    town.settle(1).await;
    let worker = town.projector(1).worker().clone();
    let registry = worker.views().registry().await.unwrap().unwrap();
    let parked = worker.views().parked(&views::Prefix(registry.active), 10).await.unwrap();
    // The page and the JSON beside it.
    assert_eq!(parked.len(), 2, "{parked:?}");
    assert!(parked.iter().all(|row| row.reason.contains("other bytes")), "{parked:?}");
    let other = worker.objects().get("www/zwgk/tzgg/2026/11/23/b.html").await.unwrap().unwrap();
    assert!(String::from_utf8(other.object.bytes).unwrap().contains("澄湖市新站名"));

    // Right again: the next retry writes the page.
    let right = format!("<p>{}，特此通知。</p>", "a").into_bytes();
    let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.bodies).key(format!("body/{body}"));
    put.body(right.into()).send().await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn every_parked_row_is_tried_again_and_told_however_many_stand_before_it() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let worker = town.projector(1).worker().clone();
    let prefix = views::Prefix(worker.views().registry().await.unwrap().unwrap().active);
    for at in 0..120 {
        // Names no kind of page: composes to nothing and is done at once when it is tried.
        let page = views::PageKey {
            site: "www".into(),
            path: format!("/{at:03}"),
            kind: "unknown".into(),
            about: String::new(),
        };
        worker.views().park(&prefix, views::ParkedWork::Page(page), "in the way".into()).await.unwrap();
    }
    let last = views::ParkedWork::Stream("nobody:knows".into());
    worker.views().park(&prefix, last.clone(), "the last one".into()).await.unwrap();
    assert_eq!(worker.views().parked_for(&prefix, &last).await.unwrap().as_deref(), Some("the last one"));
    worker.retry_parked().await.unwrap();
    worker.retry_parked().await.unwrap();
    let left = worker.views().parked(&prefix, 1000).await.unwrap();
    let left: Vec<_> = left.iter().map(|row| (row.work.clone(), row.reason.as_str())).collect();
    assert!(left.len() <= 1, "{left:?}");
}

/// A run of the clock looks at a bounded number of streams; the next goes on where it stopped.
#[tokio::test]
async fn a_repair_comes_to_every_stream_in_small_runs() {
    let town = Town::found().await;
    for at in 0..3 {
        town.published(&format!("d{at}"), "www.zwgk.tzgg", Archive::Month).await;
    }
    let worker = town.projector(1).worker().clone();
    let all = town.streams().await.len() as u64;
    let now = || {
        use ledger::Clock;
        town.app.clock.now()
    };
    let (mut looked, mut runs) = (0, 0);
    while looked < all {
        let report = worker.repair(now(), 4).await.unwrap();
        assert!(report.looked <= 4);
        assert_eq!(report.failed, 0);
        looked += report.looked;
        runs += 1;
    }
    // The first repair of a city begins a week ago, and a day is worth more than four streams.
    assert_eq!((looked, runs), (all, 7 + all.div_ceil(4)));
    town.app.clock.pass(Duration::from_secs(72 * 3600));
    while worker.repair(now(), 4).await.unwrap().low_water.is_empty() {}
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// The clock stands still in the middle of a day, and a stream it has passed moves once more on that day, unheard.
#[tokio::test]
async fn a_repair_that_rests_in_a_day_for_long_looks_at_that_day_again() {
    use ledger::Clock;
    let town = Town::found().await;
    town.settle(1).await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    let worker = town.projector(1).worker().clone();
    // It rests in this day, behind its first stream.
    while worker.repair(town.app.clock.now(), 1).await.unwrap().looked == 0 {}
    assert_eq!(town.streams().await.first(), Some(&"column:jyj.tzgg".parse().unwrap()));
    town.rename_column("jyj.tzgg", "新栏目", 2).await.unwrap();

    town.app.clock.pass(Duration::from_secs(72 * 3600));
    for _ in 0..20 {
        worker.repair(town.app.clock.now(), usize::MAX).await.unwrap();
    }
    let low_water = worker.views().low_water(&views::Prefix("v1".into())).await.unwrap();
    assert_eq!(low_water.as_deref(), Some("2026-11-24"));
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// Half a year that low-water could not pass costs each run a bounded number of requests, and the last day is still reached.
#[tokio::test]
async fn a_repair_reads_few_days_in_a_run_and_comes_to_the_last_one() {
    use ledger::Clock;
    let faults = Faults::none();
    let town = Town::found_with(faults.clone()).await;
    town.settle(1).await;
    town.app.clock.pass(Duration::from_secs(180 * 24 * 3600));
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    let worker = town.projector(1).worker().clone();
    let mut runs = 0;
    let mut behind = 0;
    while behind == 0 {
        faults.reset_counters();
        behind = worker.repair(town.app.clock.now(), 10_000).await.unwrap().behind;
        runs += 1;
        let queries = faults.counters().of("Query").requests;
        assert!(behind > 0 || (8..=13 * 8).contains(&queries), "{queries} queries in run {runs}");
        assert!(runs < 20, "the last day is not reached");
    }
    assert!(runs > 10, "{runs} runs for half a year");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_poisoned_stream_parks_itself_and_no_other_waits_for_it() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    let poison = Town::document("poison").stream();
    let forged = aws_sdk_dynamodb::types::AttributeValue::B(aws_sdk_dynamodb::primitives::Blob::new(b"no commit"));
    let text = |text: &str| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned());
    let number = |n: &str| aws_sdk_dynamodb::types::AttributeValue::N(n.to_owned());
    let put = town.app.clients.dynamodb.put_item().table_name("ledger");
    put.item("pk", text(poison.as_str()))
        .item("sk", number("1"))
        .item("id", text("x"))
        .item("at", number("1"))
        .item("bytes", forged.clone())
        .item("hash", forged)
        .item("day", text("2026-11-23.0"))
        .send()
        .await
        .unwrap();
    let worker = town.projector(1).worker().clone();
    let mut streams = town.streams().await;
    streams.insert(poison.clone());
    let report = worker.batch(&streams).await.unwrap();
    assert!(report.failed.is_empty(), "a parked stream is handled: {report:?}");
    let registry = worker.views().registry().await.unwrap().unwrap();
    let parked = worker.views().parked(&views::Prefix(registry.active), 10).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert!(worker.objects().get("www/zwgk/tzgg/2026/11/23/a.html").await.unwrap().is_some());
    let refused = worker.rebuild(views::Unfoldable::Refuse, async {}, Arc::new(|_| {})).await;
    assert!(matches!(refused, Err(views::RebuildError::Parked(named)) if named.len() == 1));
    let forced = worker.rebuild(views::Unfoldable::Park, async {}, Arc::new(|_| {})).await.unwrap();
    assert_eq!((forced.parked.len(), forced.orphans.len()), (1, 0));
}
