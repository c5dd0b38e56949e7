//! Faults of DynamoDB, as the SDK reads them.

use aws_sdk_dynamodb::{
    error::ProvideErrorMetadata,
    types::{PutRequest, WriteRequest},
};
use local::cloud::faults::{Fault, Faults, Rates};

use super::{
    Bench, append, client, commit,
    transactions::{reasons, still_at, transact, transact_put},
};

#[tokio::test]
async fn a_lost_reply_has_applied_its_write_once() {
    let bench = Bench::with(Faults::script([("PutItem", 1, Fault::LoseReply)]).unwrap()).await;
    append(&bench.client, "document:a", 1, "mine").send().await.unwrap_err();
    assert_eq!(bench.heard().len(), 1);
    let again = append(&bench.client, "document:a", 1, "mine").send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(found) = again else {
        panic!("expected to find the own write, found {again:?}")
    };
    assert_eq!(found.item, Some(commit("document:a", 1, "mine")));
}

#[tokio::test]
async fn every_scripted_fault_is_told_in_the_services_own_words() {
    let script = [
        ("PutItem", 1, Fault::Throttle),
        ("PutItem", 2, Fault::RequestLimit),
        ("PutItem", 3, Fault::InternalError),
        ("PutItem", 4, Fault::Conflict),
        ("TransactWriteItems", 1, Fault::Conflict),
        ("BatchWriteItem", 1, Fault::Unprocessed),
    ];
    let bench = Bench::with(Faults::script(script).unwrap()).await;
    for expected in [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "InternalServerError",
        "TransactionConflictException",
    ] {
        let error = append(&bench.client, "document:a", 1, "x").send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(expected));
    }
    let refused =
        transact(&bench.client, vec![transact_put("ledger", "document:a", 1, "x"), still_at("document:b", 0)])
            .await
            .unwrap_err();
    assert_eq!(reasons(refused), [("TransactionConflict".to_owned(), None), ("None".to_owned(), None)]);
    assert_eq!(bench.heard(), []);

    let put = |number| {
        WriteRequest::builder()
            .put_request(PutRequest::builder().set_item(Some(commit("document:c", number, "c"))).build().unwrap())
            .build()
    };
    let partial =
        bench.client.batch_write_item().request_items("ledger", (1..=5).map(put).collect()).send().await.unwrap();
    let left = &partial.unprocessed_items.unwrap()["ledger"];
    assert_eq!(*left, (3..=5).map(put).collect::<Vec<_>>());
    assert_eq!(bench.heard().len(), 2);
}

#[tokio::test]
async fn the_sdks_own_retries_outlast_a_stormy_service() {
    let rates = Rates { throttle: 0.1, internal_error: 0.1, ..Rates::default() };
    let faults = Faults::seeded(42, rates);
    faults.pause();
    let bench = Bench::with(faults).await;
    bench.faults.resume();
    let patient = client(&bench.dynamo.running.url(), 8);
    for number in 1..=50 {
        append(&patient, "document:a", number, "x").send().await.unwrap();
    }
    assert!(bench.faults.counters().of("PutItem").requests > 50);
    assert_eq!(bench.heard().len(), 50);
}

#[test]
fn a_fault_that_an_operation_cannot_show_is_refused() {
    let refused = Faults::script([("Query", 1, Fault::TruncateBody)]).unwrap_err();
    assert_eq!(refused.to_string(), "operation `Query` cannot fail with `truncate body`");
}
