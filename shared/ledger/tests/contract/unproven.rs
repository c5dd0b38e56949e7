//! The two contracts of DynamoDB that the protocol stands on and no library proves: asked of the store itself.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, CancellationReason, ConditionCheck, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
    },
};

use crate::support::{Bench, fresh_id, fresh_stream};

type Item = HashMap<String, AttributeValue>;

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn commit(stream: &str, sk: u64, id: &str) -> Item {
    Item::from([("pk".to_owned(), text(stream)), ("sk".to_owned(), number(sk)), ("id".to_owned(), text(id))])
}

fn put(table: &str, item: Item) -> TransactWriteItem {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .unwrap();
    TransactWriteItem::builder().put(put).build()
}

fn absent(table: &str, stream: &str, sk: u64) -> TransactWriteItem {
    let check = ConditionCheck::builder()
        .table_name(table)
        .key("pk", text(stream))
        .key("sk", number(sk))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .unwrap();
    TransactWriteItem::builder().condition_check(check).build()
}

async fn transact(bench: &Bench, members: Vec<TransactWriteItem>) -> Result<(), Vec<CancellationReason>> {
    match bench.dynamo.transact_write_items().set_transact_items(Some(members)).send().await {
        Ok(_) => Ok(()),
        Err(error) => match error.into_service_error() {
            TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                Err(cancelled.cancellation_reasons().to_vec())
            }
            other => panic!("{other}"),
        },
    }
}

async fn exists(bench: &Bench, stream: &str, sk: u64) -> bool {
    let got = bench
        .dynamo
        .get_item()
        .table_name(&bench.config.ledger_table)
        .key("pk", text(stream))
        .key("sk", number(sk))
        .consistent_read(true)
        .send()
        .await
        .unwrap();
    got.item().is_some()
}

#[tokio::test]
async fn a_condition_check_on_a_missing_key_tells_whether_a_stream_moved_on() {
    let bench = Bench::new().await;
    let ledger = bench.config.ledger_table.as_str();
    let (a, b) = (fresh_stream().to_string(), fresh_stream().to_string());
    transact(&bench, vec![put(ledger, commit(&b, 1, "first"))]).await.unwrap();

    transact(&bench, vec![put(ledger, commit(&a, 1, "one")), absent(ledger, &b, 2)]).await.unwrap();
    assert!(exists(&bench, &a, 1).await);
    assert!(!exists(&bench, &b, 2).await, "a check writes nothing");

    transact(&bench, vec![put(ledger, commit(&b, 2, "second"))]).await.unwrap();
    let reasons = transact(&bench, vec![put(ledger, commit(&a, 2, "two")), absent(ledger, &b, 2)]).await.unwrap_err();
    assert_eq!(reasons[0].code(), Some("None"));
    assert_eq!(reasons[1].code(), Some("ConditionalCheckFailed"));
    assert_eq!(reasons[1].item().unwrap()["id"], text("second"));
    assert!(!exists(&bench, &a, 2).await, "nothing of a cancelled transaction is written");
}

#[tokio::test]
async fn each_failed_member_of_a_transaction_gives_its_old_item_and_the_others_none() {
    let bench = Bench::new().await;
    let (ledger, guards) = (bench.config.ledger_table.as_str(), bench.config.guards_table.as_str());
    let (a, b) = (fresh_stream().to_string(), fresh_stream().to_string());
    let scope = format!("path:{}", fresh_id());
    let guard = |claim: &str, holder: &str| {
        Item::from([
            ("pk".to_owned(), text(&scope)),
            ("sk".to_owned(), text(claim)),
            ("stream".to_owned(), text(holder)),
        ])
    };
    let before = vec![
        put(ledger, commit(&a, 1, "stands")),
        put(guards, guard("/taken", &a)),
        put(ledger, commit(&b, 1, "moved")),
    ];
    transact(&bench, before).await.unwrap();

    let reasons = transact(
        &bench,
        vec![
            put(ledger, commit(&a, 1, "late")),
            put(guards, guard("/free", &b)),
            put(guards, guard("/taken", &b)),
            absent(ledger, &b, 1),
        ],
    )
    .await
    .unwrap_err();
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap_or("None")).collect();
    assert_eq!(codes, ["ConditionalCheckFailed", "None", "ConditionalCheckFailed", "ConditionalCheckFailed"]);
    assert_eq!(reasons[0].item().unwrap()["id"], text("stands"));
    assert!(reasons[1].item().is_none_or(HashMap::is_empty));
    assert_eq!(reasons[2].item().unwrap()["stream"], text(&a));
    assert_eq!(reasons[3].item().unwrap()["id"], text("moved"));
}

#[tokio::test]
async fn a_failed_put_gives_the_old_item() {
    let bench = Bench::new().await;
    let stream = fresh_stream().to_string();
    let send = |id: &'static str| {
        bench
            .dynamo
            .put_item()
            .table_name(&bench.config.ledger_table)
            .set_item(Some(commit(&stream, 1, id)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
    };
    send("first").await.unwrap();
    let error = send("second").await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(failed) = error else {
        panic!("{error}")
    };
    assert_eq!(failed.item().unwrap()["id"], text("first"));
}
