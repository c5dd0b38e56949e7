//! A resend gets the first answer, whatever has happened since.

use ledger::{ExecuteError, LoadError, StoreError};

use crate::support::{
    Bench, Executed, Fault, command, decides, fresh_path, fresh_stream, moved_to, refuses, remark, resent,
};

#[tokio::test]
async fn a_resend_gets_the_first_answer_before_anything_can_refuse_it() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let mut request = command(&stream);
    request.expected = Some(0);
    let first = bench.ledger.execute(&request, decides(vec![remark("甲")])).await.unwrap();
    bench.append(&stream, remark("乙")).await;
    bench.clock.set("2026-11-22T00:00:00Z");

    let again: Executed = bench.ledger.execute(&resent(&request), refuses).await;
    let again = again.unwrap();
    assert!(again.repeated);
    assert_eq!((again.number, &again.id, again.at), (first.number, &first.id, first.at));
    let (receipt, commit) = bench.ledger.recognised::<&str>(&request).await.unwrap().unwrap();
    assert_eq!((receipt, commit.number), (again, 1));
    assert_eq!(bench.version(&stream).await, 2);
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let request = command(&stream);
    bench.ledger.execute(&request, decides(vec![remark("甲")])).await.unwrap();
    let mut other = resent(&request);
    other.fingerprint = Some("f2".to_owned());
    let refused = bench.ledger.execute(&other, decides(vec![remark("乙")])).await;
    assert!(matches!(refused, Err(ExecuteError::KeyReused)), "{refused:?}");
    assert!(matches!(bench.ledger.recognised::<&str>(&other).await, Err(ExecuteError::KeyReused)));
    assert_eq!(bench.ledger.recognised::<&str>(&command(&stream)).await.unwrap(), None);
    assert_eq!(bench.version(&stream).await, 1);
}

#[tokio::test]
async fn a_put_whose_reply_is_lost_is_found_again_and_not_doubled() {
    for attempts in [1, 3] {
        let bench = Bench::with_attempts(attempts).await;
        let stream = fresh_stream();
        bench.wire.spoil("PutItem", 1, Fault::Lost);
        let receipt = bench.append(&stream, remark("甲")).await;
        assert_eq!((receipt.number, receipt.repeated), (1, true), "{attempts} attempts");
        assert_eq!(bench.version(&stream).await, 1);
    }
}

#[tokio::test]
async fn a_transaction_whose_reply_is_lost_is_found_again_and_not_doubled() {
    for attempts in [1, 3] {
        let bench = Bench::with_attempts(attempts).await;
        let (stream, path) = (fresh_stream(), fresh_path());
        bench.wire.spoil("TransactWriteItems", 1, Fault::Lost);
        let receipt = bench.append(&stream, moved_to(&path)).await;
        assert_eq!(receipt.number, 1, "{attempts} attempts");
        assert_eq!(bench.version(&stream).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resend_that_overtakes_the_first_try_wins_for_both() {
    for event in [remark("甲"), moved_to(&fresh_path())] {
        let bench = Bench::new().await;
        let stream = fresh_stream();
        let request = command(&stream);
        let overtake = resent(&request);
        let mut twin = None;
        let slow = bench
            .ledger
            .execute(&request, |_: &domain::document::Document, _: &domain::Context| {
                // The resend runs whole between the first try's load and its send.
                let whole = bench.ledger.execute(&overtake, decides(vec![event.clone()]));
                twin = Some(tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(whole)));
                Ok::<_, &'static str>(vec![event.clone()])
            })
            .await
            .unwrap();
        let twin = twin.unwrap().unwrap();
        assert_eq!((slow.number, slow.at), (twin.number, twin.at));
        assert_eq!((slow.repeated, twin.repeated), (true, false));
        assert_eq!(bench.version(&stream).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_body_that_overtakes_under_the_same_key_is_told_apart() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let request = command(&stream);
    let mut other = resent(&request);
    other.fingerprint = Some("f2".to_owned());
    let refused = bench
        .ledger
        .execute(&request, |_: &domain::document::Document, _: &domain::Context| {
            let whole = bench.ledger.execute(&other, decides(vec![remark("乙")]));
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(whole)).unwrap();
            Ok::<_, &'static str>(vec![remark("甲")])
        })
        .await;
    assert!(matches!(refused, Err(ExecuteError::KeyReused)), "{refused:?}");
}

#[tokio::test]
async fn throttling_is_waited_out_and_told_apart_when_it_lasts() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    bench.wire.spoil("PutItem", 1, Fault::Throttled);
    bench.wire.spoil("Query", 2, Fault::Throttled);
    assert_eq!(bench.append(&stream, remark("甲")).await.number, 1);

    for nth in 1..=10 {
        bench.wire.spoil("PutItem", nth, Fault::Throttled);
    }
    let refused = bench.ledger.execute(&command(&stream), decides(vec![remark("乙")])).await;
    assert!(matches!(refused, Err(ExecuteError::Load(LoadError::Store(StoreError::Throttled)))), "{refused:?}");
    assert_eq!(bench.version(&stream).await, 1);
}

#[tokio::test]
async fn no_refusal_is_final_while_an_earlier_send_is_in_doubt() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    // Nothing was applied, but nobody can know: the decision's change of mind must not be told as a refusal.
    bench.wire.spoil("PutItem", 1, Fault::Throttled);
    let mut asked = 0;
    let answer = bench
        .ledger
        .execute(&command(&stream), |_: &domain::document::Document, _: &domain::Context| {
            asked += 1;
            if asked == 1 { Ok(vec![remark("甲")]) } else { Err("no") }
        })
        .await;
    assert!(matches!(answer, Err(ExecuteError::Load(LoadError::Store(StoreError::Unavailable { .. })))), "{answer:?}");
}
