//! The rule for `now`.

use std::time::Duration;

use jiff::Timestamp;
use ledger::ExecuteError;

use crate::support::{Bench, NOON, command, decides, fresh_stream, remark};

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_commit_is_never_earlier_than_the_one_before_it() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.append(&stream, remark("甲")).await;
    bench.clock.set("2026-11-23T01:29:30Z");
    let receipt = bench.append(&stream, remark("乙")).await;
    assert_eq!(receipt.at, instant(NOON));
    bench.clock.set("2026-11-23T01:30:00.001Z");
    assert_eq!(bench.append(&stream, remark("丙")).await.at, instant("2026-11-23T01:30:00.001Z"));
}

#[tokio::test]
async fn the_decision_sees_the_instant_that_is_stored() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let mut seen = None;
    let receipt = bench
        .ledger
        .execute(&command(&stream), |_: &domain::document::Document, context: &domain::Context| {
            seen = Some(context.now);
            Ok::<_, &'static str>(vec![remark("甲")])
        })
        .await
        .unwrap();
    assert_eq!(seen, Some(receipt.at));
    assert_eq!(bench.ledger.load(&stream).await.unwrap()[0].at, receipt.at);
}

#[tokio::test]
async fn a_stream_more_than_a_minute_ahead_of_the_clock_is_not_written() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.append(&stream, remark("甲")).await;
    bench.clock.set("2026-11-23T01:28:59Z");
    let refused = bench.ledger.execute(&command(&stream), decides(vec![remark("乙")])).await;
    assert!(matches!(refused, Err(ExecuteError::ClockBehind { seconds: 61 })), "{refused:?}");
    bench.clock.set("2026-11-23T01:29:00Z");
    bench.append(&stream, remark("乙")).await;
}

#[tokio::test]
async fn a_decision_that_grew_old_is_made_anew() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let mut asked = 0;
    let receipt = bench
        .ledger
        .execute(&command(&stream), |_: &domain::document::Document, _: &domain::Context| {
            asked += 1;
            if asked == 1 {
                bench.clock.advance(Duration::from_secs(11));
            }
            Ok::<_, &'static str>(vec![remark("甲")])
        })
        .await
        .unwrap();
    assert_eq!(asked, 2);
    assert_eq!(receipt.at, instant("2026-11-23T01:30:11Z"));
}

#[tokio::test]
async fn a_clock_that_runs_away_ends_the_request() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let refused = bench
        .ledger
        .execute(&command(&stream), |_: &domain::document::Document, _: &domain::Context| {
            bench.clock.advance(Duration::from_secs(11));
            Ok::<_, &'static str>(vec![remark("甲")])
        })
        .await;
    assert!(matches!(refused, Err(ExecuteError::OutOfTime)), "{refused:?}");
    assert_eq!(bench.version(&stream).await, 0);
}
