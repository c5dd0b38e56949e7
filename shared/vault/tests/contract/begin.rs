//! A case begins with its keys or not at all, however often its request is sent.

use domain::StreamId;
use ledger::{ExecuteError, StoreError};
use vault::{Closed, Parties, SubmitError, VaultError};

use crate::support::{Bench, begin, command, field, opening, resent};

#[tokio::test]
async fn a_case_stands_with_its_keys_its_identity_and_what_it_is_found_by() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let keys = bench.keys_of(&case).await.unwrap();
    assert_eq!(keys["wraps"].as_m().unwrap().keys().collect::<Vec<_>>(), ["jyj"]);
    // One identity, and two marks in both directions.
    assert_eq!(bench.rows_of(&case).await, 5);
    assert_eq!(bench.vault.cases_of(&bench.mark("138 1234 5678").await).await.unwrap(), [case]);
}

#[tokio::test]
async fn a_refused_submission_leaves_nothing() {
    let bench = Bench::new().await;
    let parties = bench.parties(&["jyj"], "王小明", "13812345678").await;
    let refused = begin(&bench.vault, &command(), &parties, &"长".repeat(30_000)).await;
    assert!(matches!(refused, Err(SubmitError::Execute(ExecuteError::Refused("too long")))), "{refused:?}");
    let nobody = begin(&bench.vault, &command(), &Parties::default(), "路灯坏了").await;
    assert!(matches!(nobody, Err(SubmitError::Vault(VaultError::HeldByNobody { .. }))), "{nobody:?}");
    bench.wire.refuse("TransactWriteItems", 1);
    bench.wire.refuse("Query", 2);
    for nth in 3..9 {
        bench.wire.refuse("Query", nth);
    }
    let failed = begin(&bench.vault, &command(), &parties, "路灯坏了").await;
    assert!(matches!(failed, Err(SubmitError::Execute(ExecuteError::Load(_)))), "{failed:?}");
    assert!(bench.items("vault").await.is_empty());
    let keys = bench.items("keys").await;
    assert!(keys.iter().all(|item| item["pk"].as_s().unwrap().contains('#')), "{keys:?}");
}

#[tokio::test]
async fn a_resend_gets_the_first_answer_from_a_process_that_knows_nothing() {
    let bench = Bench::new().await;
    let (request, parties) = (command(), bench.parties(&["jyj"], "王小明", "13812345678").await);
    let first = bench.begin(&request, &parties, "路灯坏了").await.unwrap();
    let before = bench.keys_of(&request.stream).await;
    let again = begin(&bench.another(), &resent(&request), &parties, "路灯坏了").await.unwrap();
    assert_eq!((first.number, first.repeated, again.number, again.repeated), (1, false, 1, true));
    assert_eq!(bench.keys_of(&request.stream).await, before, "no second key");
    assert_eq!(bench.rows_of(&request.stream).await, 5, "no second identity");
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused() {
    let bench = Bench::new().await;
    let (request, parties) = (command(), bench.parties(&["jyj"], "王小明", "13812345678").await);
    bench.begin(&request, &parties, "路灯坏了").await.unwrap();
    let other = bench.begin(&resent(&request), &parties, "井盖没了").await;
    assert!(matches!(other, Err(SubmitError::Execute(ExecuteError::KeyReused))), "{other:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sends_that_race_one_begins_the_case_and_all_get_its_answer() {
    let bench = Bench::new().await;
    let (request, parties) = (command(), bench.parties(&["jyj"], "王小明", "13812345678").await);
    let mut sends = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (vault, request, parties) = (bench.another(), resent(&request), parties.clone());
        sends.spawn(async move { begin(&vault, &request, &parties, "路灯坏了").await });
    }
    let mut firsts = 0;
    while let Some(sent) = sends.join_next().await {
        let receipt = sent.unwrap().unwrap();
        assert_eq!(receipt.number, 1);
        firsts += u32::from(!receipt.repeated);
    }
    assert_eq!((firsts, bench.rows_of(&request.stream).await), (1, 5));
    let sealed = bench.sealed(&request.stream).await;
    let name = field("text");
    let opened = bench.vault.open(&opening(&request.stream, "jyj"), &[Closed::Text(&name, &sealed)]).await.unwrap();
    assert_eq!(opened.text(&name), Some("路灯坏了"), "the text is sealed with the key that stands");
}

#[tokio::test]
async fn a_case_whose_keys_are_missing_without_erasure_is_an_alarm_to_its_resend() {
    let bench = Bench::new().await;
    let (request, parties) = (command(), bench.parties(&["jyj"], "王小明", "13812345678").await);
    bench.begin(&request, &parties, "路灯坏了").await.unwrap();
    remove_keys(&bench, &request.stream).await;
    let again = bench.begin(&resent(&request), &parties, "路灯坏了").await;
    assert!(
        matches!(&again, Err(SubmitError::Vault(VaultError::KeyMissing { name })) if *name == request.stream.to_string()),
        "{again:?}"
    );
}

#[tokio::test]
async fn beginning_a_case_costs_one_transaction() {
    let bench = Bench::new().await;
    let parties = bench.parties(&["jyj"], "王小明", "13812345678").await;
    bench.begin(&command(), &parties, "路灯坏了").await.unwrap();
    bench.wire.reset();
    bench.begin(&command(), &parties, "井盖没了").await.unwrap();
    let counted = [("GetItem".to_owned(), 1), ("Query".to_owned(), 1), ("TransactWriteItems".to_owned(), 1)];
    assert_eq!(bench.wire.counts(), counted, "the departments' keys are unwrapped once per process");
}

#[tokio::test]
async fn a_store_that_fails_is_told_as_such() {
    let bench = Bench::new().await;
    let parties = bench.parties(&["jyj"], "王小明", "13812345678").await;
    bench.wire.refuse("GetItem", 1);
    let failed = bench.begin(&command(), &parties, "路灯坏了").await;
    assert!(matches!(failed, Err(SubmitError::Vault(VaultError::Store(StoreError::Unavailable { .. })))), "{failed:?}");
}

async fn remove_keys(bench: &Bench, case: &StreamId) {
    let key = aws_sdk_dynamodb::types::AttributeValue::S(case.to_string());
    bench.dynamo.delete_item().table_name("keys").key("pk", key).send().await.unwrap();
}
