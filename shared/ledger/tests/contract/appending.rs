//! A command becomes a commit.

use ledger::{COMMIT_LIMIT, ExecuteError};

use crate::support::{
    Bench, Executed, command, decides, fresh_path, fresh_stream, large, moved_to, refuses, remark, resent,
};

#[tokio::test]
async fn what_was_appended_is_read_back() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let first = command(&stream);
    let receipt = bench.ledger.execute(&first, decides(vec![remark("甲"), remark("乙")])).await.unwrap();
    assert_eq!((receipt.number, receipt.repeated), (1, false));
    let second = bench.append(&stream, remark("丙")).await;
    assert_eq!(second.number, 2);

    let commits = bench.ledger.load(&stream).await.unwrap();
    assert_eq!(commits.iter().map(|commit| commit.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(commits[0].id, first.id);
    assert_eq!(commits[0].at, receipt.at);
    assert_eq!(commits[0].fingerprint.as_deref(), Some("f1"));
    assert_eq!(commits[0].events.len(), 2);
    assert_eq!(
        ledger::decode_event::<domain::document::DocumentEvent>(&commits[1], &commits[1].events[0]).unwrap(),
        remark("丙")
    );
    assert_eq!(bench.ledger.head(&stream).await.unwrap(), 2);
}

#[tokio::test]
async fn a_plain_command_costs_one_query_and_one_put() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.append(&stream, remark("甲")).await;
    bench.wire.reset();
    bench.append(&stream, remark("乙")).await;
    assert_eq!(bench.wire.counts(), [("PutItem".to_owned(), 1), ("Query".to_owned(), 1)]);
}

#[tokio::test]
async fn a_claiming_command_costs_one_query_and_one_transaction_and_claims_once() {
    let bench = Bench::new().await;
    let (stream, path) = (fresh_stream(), fresh_path());
    bench.append(&stream, moved_to(&path)).await;
    assert_eq!(bench.wire.counts(), [("Query".to_owned(), 1), ("TransactWriteItems".to_owned(), 1)]);
    bench.wire.reset();
    bench.append(&stream, moved_to(&path)).await;
    assert_eq!(
        bench.wire.counts(),
        [("PutItem".to_owned(), 1), ("Query".to_owned(), 1)],
        "the claim is the stream's own"
    );
}

#[tokio::test]
async fn a_stale_version_is_refused_with_both_numbers() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.append(&stream, remark("甲")).await;
    let mut late = command(&stream);
    late.expected = Some(0);
    let refused = bench.ledger.execute(&late, decides(vec![remark("乙")])).await;
    let Err(ExecuteError::Stale { expected: 0, current: 1, since }) = refused else { panic!("{refused:?}") };
    let told: Vec<_> = since.iter().map(|unseen| (unseen.number, unseen.events.as_slice())).collect();
    assert_eq!(told, [(1, ["DocumentWithdrawn".to_owned()].as_slice())]);
    late.expected = Some(3);
    let ahead = bench.ledger.execute(&late, decides(vec![remark("乙")])).await;
    assert!(
        matches!(&ahead, Err(ExecuteError::Stale { expected: 3, current: 1, since }) if since.is_empty()),
        "{ahead:?}"
    );
    late.expected = Some(1);
    assert_eq!(bench.ledger.execute(&late, decides(vec![remark("乙")])).await.unwrap().number, 2);
}

#[tokio::test]
async fn who_may_not_hears_so_before_any_version_is_compared() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.append(&stream, remark("甲")).await;
    for seen in [None, Some(0), Some(1), Some(7)] {
        let late = ledger::Command { expected: seen, ..command(&stream) };
        let refused = bench.ledger.execute_permitted(&late, |_| Err("not you"), decides(vec![remark("乙")])).await;
        assert!(matches!(refused, Err(ExecuteError::Refused("not you"))), "{seen:?}: {refused:?}");
    }
    assert_eq!(bench.ledger.load(&stream).await.unwrap().len(), 1);
    // One's own commit is found before anything is refused, permission too.
    let own = command(&stream);
    let first = bench.ledger.execute_permitted(&own, |_| Ok(()), decides(vec![remark("乙")])).await.unwrap();
    let again = bench.ledger.execute_permitted(&resent(&own), |_| Err("not you"), decides(Vec::new())).await.unwrap();
    assert_eq!((again.number, again.repeated), (first.number, true));
}

#[tokio::test]
async fn a_refusal_and_an_empty_decision_write_nothing() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let refused: Executed = bench.ledger.execute(&command(&stream), refuses).await;
    assert!(matches!(refused, Err(ExecuteError::Refused("no"))), "{refused:?}");
    let empty = bench.ledger.execute(&command(&stream), decides(Vec::new())).await;
    assert!(matches!(empty, Err(ExecuteError::NothingDecided)), "{empty:?}");
    assert_eq!(bench.version(&stream).await, 0);
}

#[tokio::test]
async fn a_commit_over_the_limit_is_refused_with_both_sizes() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let refused = bench.ledger.execute(&command(&stream), decides(vec![large(200), large(200)])).await;
    let Err(ExecuteError::TooLarge { bytes, limit }) = refused else { panic!("{refused:?}") };
    assert!(bytes > limit);
    assert_eq!(limit, COMMIT_LIMIT);
    assert_eq!(bench.version(&stream).await, 0);
}

#[tokio::test]
async fn a_request_past_its_deadline_sends_nothing_more() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let mut late = command(&stream);
    late.started -= ledger::DEADLINE;
    let refused = bench.ledger.execute(&late, decides(vec![remark("甲")])).await;
    assert!(matches!(refused, Err(ExecuteError::OutOfTime)), "{refused:?}");
    assert!(bench.wire.counts().iter().all(|(operation, _)| operation != "PutItem"));
}
