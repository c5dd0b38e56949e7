//! Erasure: the keys first, then every row; again and again until nothing is left.

use domain::StreamId;
use ledger::ExecuteError;
use vault::{Closed, Keys, SubmitError, VaultError};

use crate::support::{Bench, Item, command, field, opening, resent};

async fn opens(bench: &Bench, case: &StreamId) -> Result<String, VaultError> {
    let (name, sealed) = (field("text"), bench.sealed(case).await);
    let opened = bench.vault.open(&opening(case, "jyj"), &[Closed::Text(&name, &sealed)]).await?;
    Ok(opened.text(&name).unwrap().to_owned())
}

fn attributes(item: Option<Item>) -> Vec<String> {
    let mut names: Vec<_> = item.unwrap_or_default().into_keys().collect();
    names.sort();
    names
}

#[tokio::test]
async fn of_an_erased_case_a_tombstone_is_left_and_its_events() {
    let bench = Bench::new().await;
    let (case, other) = (bench.case("jyj", "路灯坏了").await, bench.case("jyj", "井盖没了").await);
    opens(&bench, &case).await.unwrap();
    let erasure = bench.vault.erase(&case).await.unwrap();
    assert_eq!((erasure.keys, erasure.removed, erasure.is_complete()), (Keys::Erased, 5, true));
    assert!(
        erasure.beyond_backups.duration_since(erasure.at) >= jiff::SignedDuration::from_hours(24 * vault::BACKUP_DAYS)
    );
    assert_eq!(attributes(bench.keys_of(&case).await), ["erased_at", "pk"]);
    assert_eq!(bench.rows_of(&case).await, 0);
    let refused = opens(&bench, &case).await;
    assert!(matches!(&refused, Err(VaultError::Erased { at, .. }) if *at == erasure.at), "{refused:?}");
    assert_eq!(
        bench.readings(&case).await.len(),
        1,
        "that it was read once stays true; that it was asked for in vain is no reading"
    );
    assert_eq!(bench.ledger.load(&case).await.unwrap().len(), 1, "events stay, and need no vault to be read");
    assert_eq!(opens(&bench, &other).await.unwrap(), "井盖没了");
    assert_eq!(bench.vault.cases_of(&bench.mark("13812345678").await).await.unwrap(), [other]);
}

#[tokio::test]
async fn an_erasure_that_died_anywhere_is_finished_by_the_next_one() {
    // Requests of an erasure: a put, a query, five deletes, a query, a get.
    let steps = [
        ("PutItem", 1),
        ("Query", 1),
        ("DeleteItem", 1),
        ("DeleteItem", 2),
        ("DeleteItem", 3),
        ("DeleteItem", 4),
        ("DeleteItem", 5),
        ("Query", 2),
        ("GetItem", 1),
    ];
    for (operation, nth) in steps {
        let bench = Bench::new().await;
        let case = bench.case("jyj", "路灯坏了").await;
        bench.wire.reset();
        bench.wire.refuse(operation, nth);
        let died = bench.vault.erase(&case).await;
        assert!(matches!(died, Err(VaultError::Store(_))), "{operation} {nth}: {died:?}");
        if operation != "PutItem" {
            let refused = opens(&bench, &case).await;
            assert!(matches!(refused, Err(VaultError::Erased { .. })), "nothing opens from the first step on");
        }
        let erasure = bench.vault.erase(&case).await.unwrap();
        assert!(erasure.is_complete());
        assert_eq!(bench.rows_of(&case).await, 0, "{operation} {nth}");
        assert!(bench.vault.cases_of(&bench.mark("13812345678").await).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_erasure_is_repeated_without_effect_and_keeps_its_first_instant() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let first = bench.vault.erase(&case).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let again = bench.vault.erase(&case).await.unwrap();
    assert_eq!((again.keys, again.removed, again.at), (Keys::ErasedBefore, 0, first.at));
}

#[tokio::test]
async fn a_missing_key_is_no_erasure_and_is_told_when_the_case_is_erased() {
    let bench = Bench::new().await;
    let case = bench.case("jyj", "路灯坏了").await;
    let key = aws_sdk_dynamodb::types::AttributeValue::S(case.to_string());
    bench.dynamo.delete_item().table_name("keys").key("pk", key).send().await.unwrap();
    let refused = opens(&bench, &case).await;
    assert!(matches!(&refused, Err(VaultError::KeyMissing { name }) if *name == case.to_string()), "{refused:?}");
    let erasure = bench.vault.erase(&case).await.unwrap();
    assert_eq!((erasure.keys, erasure.removed), (Keys::WereMissing, 5));
    assert!(matches!(opens(&bench, &case).await, Err(VaultError::Erased { .. })));
}

#[tokio::test]
async fn a_resend_of_what_began_an_erased_case_gets_the_first_answer_and_no_new_keys() {
    let bench = Bench::new().await;
    let (request, parties) = (command(), bench.parties(&["jyj"], "王小明", "13812345678").await);
    bench.begin(&request, &parties, "路灯坏了").await.unwrap();
    bench.vault.erase(&request.stream).await.unwrap();
    for text in ["路灯坏了", "井盖没了"] {
        let again = bench.begin(&resent(&request), &parties, text).await.unwrap();
        assert_eq!((again.number, again.repeated), (1, true), "nothing can be compared any more");
    }
    assert_eq!(attributes(bench.keys_of(&request.stream).await), ["erased_at", "pk"]);
    assert_eq!(bench.rows_of(&request.stream).await, 0);
    let mut stranger = command();
    stranger.stream = request.stream.clone();
    let refused = bench.begin(&stranger, &parties, "路灯坏了").await;
    assert!(!matches!(refused, Ok(_) | Err(SubmitError::Execute(ExecuteError::Refused(_)))), "{refused:?}");
    assert!(matches!(refused, Err(SubmitError::Vault(VaultError::Erased { .. }))), "{refused:?}");
}
