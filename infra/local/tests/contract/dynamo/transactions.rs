//! Transactions: the old items of failed members, and a stream held at its version.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, ConditionCheck, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem},
};

use super::{Bench, append, commit, n, s};

pub(super) fn transact_put(table: &str, stream: &str, number: u64, id: &str) -> TransactWriteItem {
    TransactWriteItem::builder()
        .put(
            Put::builder()
                .table_name(table)
                .set_item(Some(commit(stream, number, id)))
                .condition_expression("attribute_not_exists(pk)")
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .build()
                .unwrap(),
        )
        .build()
}

pub(super) fn still_at(stream: &str, version: u64) -> TransactWriteItem {
    TransactWriteItem::builder()
        .condition_check(
            ConditionCheck::builder()
                .table_name("ledger")
                .key("pk", s(stream))
                .key("sk", n(version + 1))
                .condition_expression("attribute_not_exists(pk)")
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .build()
                .unwrap(),
        )
        .build()
}

pub(super) async fn transact(
    client: &Client,
    members: Vec<TransactWriteItem>,
) -> Result<(), aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError> {
    client
        .transact_write_items()
        .set_transact_items(Some(members))
        .send()
        .await
        .map(|_| ())
        .map_err(|error| error.into_service_error())
}

pub(super) fn reasons(
    error: aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError,
) -> Vec<(String, Option<HashMap<String, AttributeValue>>)> {
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        cancelled,
    ) = error
    else {
        panic!("expected a cancelled transaction, found {error:?}")
    };
    cancelled.cancellation_reasons.unwrap().into_iter().map(|reason| (reason.code.unwrap(), reason.item)).collect()
}

#[tokio::test]
async fn a_cancelled_transaction_returns_the_old_item_of_each_failed_member_and_writes_nothing() {
    let bench = Bench::new().await;
    append(&bench.client, "document:a", 1, "first").send().await.unwrap();
    transact(&bench.client, vec![transact_put("guards", "path:www", 7, "taken")]).await.unwrap();
    bench.heard();

    let refused = transact(
        &bench.client,
        vec![
            transact_put("ledger", "document:a", 1, "second"),
            transact_put("ledger", "document:b", 1, "second"),
            transact_put("guards", "path:www", 7, "second"),
        ],
    )
    .await
    .unwrap_err();
    assert_eq!(
        reasons(refused),
        [
            ("ConditionalCheckFailed".to_owned(), Some(commit("document:a", 1, "first"))),
            ("None".to_owned(), None),
            ("ConditionalCheckFailed".to_owned(), Some(commit("path:www", 7, "taken"))),
        ]
    );
    let untouched = bench
        .client
        .get_item()
        .table_name("ledger")
        .key("pk", s("document:b"))
        .key("sk", n(1))
        .consistent_read(true)
        .send()
        .await
        .unwrap();
    assert_eq!(untouched.item, None);
    assert_eq!(bench.heard(), []);
}

#[tokio::test]
async fn a_condition_check_on_the_next_commit_that_is_missing_holds_a_stream_at_its_version() {
    let bench = Bench::new().await;
    append(&bench.client, "column:www.zwgk", 1, "b1").send().await.unwrap();
    transact(&bench.client, vec![transact_put("ledger", "document:a", 1, "a1"), still_at("column:www.zwgk", 1)])
        .await
        .unwrap();

    append(&bench.client, "column:www.zwgk", 2, "b2").send().await.unwrap();
    let refused =
        transact(&bench.client, vec![transact_put("ledger", "document:a", 2, "a2"), still_at("column:www.zwgk", 1)])
            .await
            .unwrap_err();
    assert_eq!(
        reasons(refused),
        [("None".to_owned(), None), ("ConditionalCheckFailed".to_owned(), Some(commit("column:www.zwgk", 2, "b2"))),]
    );
    // A stream that has no commit at all is held at version 0.
    transact(&bench.client, vec![transact_put("ledger", "document:a", 2, "a2"), still_at("column:www.none", 0)])
        .await
        .unwrap();
}
