//! Names that only one stream may hold, and streams that must stand still.

use std::collections::BTreeSet;

use domain::{Guard, StreamId};
use ledger::{ExecuteError, guards_of};

use crate::support::{Bench, Fault, command, decides, fresh_path, fresh_stream, moved_to, remark, resent};

fn guard(path: &str) -> Guard {
    Guard { scope: "path:www".to_owned(), claim: path.to_owned() }
}

#[tokio::test]
async fn the_second_stream_to_claim_a_path_is_refused_and_writes_nothing() {
    let bench = Bench::new().await;
    let (winner, loser, path) = (fresh_stream(), fresh_stream(), fresh_path());
    bench.append(&winner, moved_to(&path)).await;
    let refused = bench.ledger.execute(&command(&loser), decides(vec![moved_to(&path)])).await;
    let Err(ExecuteError::ClaimTaken { guard: taken, holder }) = refused else { panic!("{refused:?}") };
    assert_eq!((taken, holder), (guard(&path), winner.clone()));
    assert_eq!(bench.version(&loser).await, 0);
    let held = bench.ledger.holder(&guard(&path)).await.unwrap().unwrap();
    assert_eq!((held.stream, held.number), (winner, 1));
    assert_eq!(bench.ledger.holder(&guard(&fresh_path())).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_streams_that_race_for_a_path_exactly_one_wins() {
    let bench = Bench::with_attempts(3).await;
    let path = fresh_path();
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (ledger, path) = (bench.ledger.clone(), path.clone());
        racers.spawn(async move {
            let stream = fresh_stream();
            (stream.clone(), ledger.execute(&command(&stream), decides(vec![moved_to(&path)])).await)
        });
    }
    let mut winners = Vec::new();
    while let Some(raced) = racers.join_next().await {
        let (stream, answer) = raced.unwrap();
        match answer {
            Ok(_) => winners.push(stream),
            Err(ExecuteError::ClaimTaken { .. }) => assert_eq!(bench.version(&stream).await, 0),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(bench.ledger.holder(&guard(&path)).await.unwrap().unwrap().stream, winners[0]);
}

#[tokio::test]
async fn one_key_on_two_streams_is_two_requests() {
    let bench = Bench::new().await;
    let (one, two, path) = (fresh_stream(), fresh_stream(), fresh_path());
    let first = command(&one);
    bench.ledger.execute(&first, decides(vec![moved_to(&path)])).await.unwrap();
    let mut same_key = resent(&first);
    same_key.stream = two.clone();
    // The guard carries this very id, and still another stream holds it.
    let refused = bench.ledger.execute(&same_key, decides(vec![moved_to(&path)])).await;
    assert!(matches!(&refused, Err(ExecuteError::ClaimTaken { holder, .. }) if *holder == one), "{refused:?}");
    let accepted = bench.ledger.execute(&same_key, decides(vec![moved_to(&fresh_path())])).await.unwrap();
    assert_eq!((accepted.stream, accepted.repeated), (two, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_transaction_is_recognised_after_others_wrote_on_the_stream() {
    let bench = Bench::new().await;
    let (stream, path) = (fresh_stream(), fresh_path());
    let request = command(&stream);
    bench.wire.spoil("TransactWriteItems", 1, Fault::Lost);
    bench.wire.spoil("Query", 2, Fault::Throttled);
    let first = bench.ledger.execute(&request, decides(vec![moved_to(&path)])).await.unwrap();
    bench.append(&stream, remark("乙")).await;
    let again = bench.ledger.execute(&resent(&request), decides(vec![moved_to(&path)])).await.unwrap();
    assert_eq!((first.number, again.number, again.repeated), (1, 1, true));
}

#[tokio::test]
async fn a_stream_that_must_stand_still_is_checked_in_the_same_transaction() {
    let bench = Bench::new().await;
    let (stream, other, never) = (fresh_stream(), fresh_stream(), fresh_stream());
    bench.append(&other, remark("甲")).await;
    let mut request = command(&stream);
    request.holds = vec![(other.clone(), 1), (never, 0), (other.clone(), 1)];
    bench.ledger.execute(&request, decides(vec![remark("乙")])).await.unwrap();

    bench.append(&other, remark("丙")).await;
    let mut late = command(&stream);
    late.holds = vec![(other.clone(), 1)];
    let refused = bench.ledger.execute(&late, decides(vec![remark("丁")])).await;
    assert!(
        matches!(&refused, Err(ExecuteError::HoldBroken { stream, version: 1 }) if *stream == other),
        "{refused:?}"
    );
    assert_eq!(bench.version(&stream).await, 1);

    let mut own = command(&stream);
    own.holds = vec![(stream.clone(), 0)];
    let refused = bench.ledger.execute(&own, decides(vec![remark("丁")])).await;
    assert!(matches!(refused, Err(ExecuteError::HoldBroken { version: 0, .. })), "{refused:?}");
}

#[tokio::test]
async fn claims_follow_from_events_and_can_be_put_back() {
    let bench = Bench::new().await;
    let (stream, first, second) = (fresh_stream(), fresh_path(), fresh_path());
    for path in [&first, &second, &first] {
        bench.append(&stream, moved_to(path)).await;
    }
    let derived = guards_of(&bench.ledger.load(&stream).await.unwrap()).unwrap();
    assert_eq!(derived.iter().map(|held| held.number).collect::<Vec<_>>(), [1, 2]);
    let stored: BTreeSet<_> = bench.ledger.all_guards().await.unwrap().into_iter().collect();
    assert!(derived.iter().all(|held| stored.contains(held)));

    let taken = ledger::HeldGuard { stream: fresh_stream(), ..derived[0].clone() };
    assert_eq!(bench.ledger.restore_guard(&taken).await.unwrap(), Some(derived[0].clone()));
    let absent = ledger::HeldGuard { guard: guard(&fresh_path()), ..derived[0].clone() };
    assert_eq!(bench.ledger.restore_guard(&absent).await.unwrap(), None);
    assert_eq!(bench.ledger.holder(&absent.guard).await.unwrap(), Some(absent));
}

#[tokio::test]
async fn the_latest_claim_is_the_greatest_of_its_scope() {
    let bench = Bench::new().await;
    let scope = format!("index:{}", crate::support::fresh_id());
    assert_eq!(bench.ledger.latest_claim(&scope).await.unwrap(), None);
    let stream: StreamId = fresh_stream();
    for claim in ["00009", "00011", "00010"] {
        let held = ledger::HeldGuard {
            guard: Guard { scope: scope.clone(), claim: claim.to_owned() },
            stream: stream.clone(),
            number: 1,
            id: crate::support::fresh_id(),
        };
        bench.ledger.restore_guard(&held).await.unwrap();
    }
    assert_eq!(bench.ledger.latest_claim(&scope).await.unwrap().as_deref(), Some("00011"));
}
