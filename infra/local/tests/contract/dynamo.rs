//! What the system relies on in DynamoDB, asked of the emulated one through the SDK.

mod faults;
mod kill;
mod transactions;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use aws_sdk_dynamodb::{
    Client,
    error::ProvideErrorMetadata,
    primitives::Blob,
    types::{
        AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, PutRequest, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, ScalarAttributeType,
        WriteRequest,
    },
};
use local::cloud::{
    ANY_PORT, Place,
    dynamo::{self, Doorbell, Doorbells, Dynamo, EventName},
    faults::Faults,
};

use crate::support::sdk;
use transactions::{transact, transact_put};

type Heard = Arc<Mutex<Vec<Doorbell>>>;

struct Bench {
    dynamo: Dynamo,
    client: Client,
    heard: Heard,
    faults: Faults,
}

impl Bench {
    async fn new() -> Self {
        Self::at(&Place::Memory, Faults::none()).await
    }

    async fn with(faults: Faults) -> Self {
        Self::at(&Place::Memory, faults).await
    }

    async fn at(place: &Place, faults: Faults) -> Self {
        let heard = Heard::default();
        let ears = Arc::clone(&heard);
        let doorbells = Doorbells::on(["ledger"], Arc::new(move |doorbell| ears.lock().unwrap().push(doorbell)));
        let dynamo = dynamo::start(place, ANY_PORT, doorbells, faults.clone()).await.unwrap();
        let client = client(&dynamo.running.url(), 1);
        create(&client, "ledger").await;
        create(&client, "guards").await;
        faults.reset_counters();
        Self { dynamo, client, heard, faults }
    }

    fn heard(&self) -> Vec<Doorbell> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

fn client(url: &str, attempts: u32) -> Client {
    Client::new(&sdk(url, attempts))
}

async fn create(client: &Client, table: &str) {
    let attribute =
        |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap();
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk", ScalarAttributeType::S))
        .attribute_definitions(attribute("sk", ScalarAttributeType::N))
        .attribute_definitions(attribute("day", ScalarAttributeType::S))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name("by_day")
                .key_schema(key("day", KeyType::Hash))
                .key_schema(key("pk", KeyType::Range))
                .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
                .build()
                .unwrap(),
        )
        .send()
        .await
        .unwrap();
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn n(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn commit(stream: &str, number: u64, id: &str) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("pk".to_owned(), s(stream)),
        ("sk".to_owned(), n(number)),
        ("id".to_owned(), s(id)),
        ("day".to_owned(), s("2026-11-23.3")),
        ("bytes".to_owned(), AttributeValue::B(Blob::new([0, 159, 146, 150]))),
    ])
}

fn append(
    client: &Client,
    stream: &str,
    number: u64,
    id: &str,
) -> aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder {
    client
        .put_item()
        .table_name("ledger")
        .set_item(Some(commit(stream, number, id)))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
}

#[tokio::test]
async fn a_refused_put_returns_the_item_that_was_there_and_rings_nothing() {
    let bench = Bench::new().await;
    append(&bench.client, "document:a", 1, "first").send().await.unwrap();
    assert_eq!(bench.heard().len(), 1);

    let refused = append(&bench.client, "document:a", 1, "second").send().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(found) = refused else {
        panic!("expected a failed condition, found {refused:?}")
    };
    assert_eq!(found.item, Some(commit("document:a", 1, "first")));
    assert_eq!(bench.heard(), []);
}

#[tokio::test]
async fn sixteen_racing_appends_have_one_winner_and_one_doorbell() {
    let bench = Bench::new().await;
    let races = (0..16).map(|racer| {
        let put = append(&bench.client, "document:a", 1, &format!("racer {racer}"));
        async move { put.send().await.is_ok() }
    });
    let won = futures::future::join_all(races).await;
    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    assert_eq!(bench.heard().len(), 1);
}

#[tokio::test]
async fn each_written_item_rings_once_with_its_key_image_and_event() {
    let bench = Bench::new().await;
    transact(
        &bench.client,
        vec![
            transact_put("ledger", "document:a", 1, "a1"),
            transact_put("ledger", "document:b", 1, "b1"),
            transact_put("guards", "path:www", 1, "unheard"),
        ],
    )
    .await
    .unwrap();
    let heard = bench.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].table, "ledger");
    assert_eq!(heard[0].keys, serde_json::json!({ "pk": { "S": "document:a" }, "sk": { "N": "1" } }));
    assert_eq!(heard[0].event_name, EventName::Insert);
    assert_eq!(heard[0].new_image.as_ref().unwrap()["bytes"], serde_json::json!({ "B": "AJ+Slg==" }));

    let put = |number| {
        WriteRequest::builder()
            .put_request(PutRequest::builder().set_item(Some(commit("document:c", number, "c"))).build().unwrap())
            .build()
    };
    bench.client.batch_write_item().request_items("ledger", vec![put(1), put(2)]).send().await.unwrap();
    assert_eq!(bench.heard().len(), 2);

    let update = bench
        .client
        .update_item()
        .table_name("ledger")
        .key("pk", s("document:c"))
        .key("sk", n(1))
        .update_expression("SET id = :id")
        .expression_attribute_values(":id", s("changed"));
    update.clone().send().await.unwrap();
    let heard = bench.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!((heard[0].event_name, &heard[0].new_image), (EventName::Modify, &None));

    let refused = update.condition_expression("attribute_not_exists(pk)");
    refused.send().await.unwrap_err();
    assert_eq!(bench.heard(), []);

    let delete = bench.client.delete_item().table_name("ledger").key("pk", s("document:c")).key("sk", n(1));
    let answer = delete.clone().send().await.unwrap();
    assert_eq!(answer.attributes, None, "nobody asked for the old item");
    assert_eq!(bench.heard()[0].event_name, EventName::Remove);
    delete.send().await.unwrap();
    assert_eq!(bench.heard(), [], "nothing was there to remove");
}

#[tokio::test]
async fn an_index_finds_the_streams_of_a_day_with_keys_only() {
    let bench = Bench::new().await;
    for stream in ["document:a", "document:b"] {
        append(&bench.client, stream, 1, "x").send().await.unwrap();
    }
    let found = bench
        .client
        .query()
        .table_name("ledger")
        .index_name("by_day")
        .key_condition_expression("#day = :day")
        .expression_attribute_names("#day", "day")
        .expression_attribute_values(":day", s("2026-11-23.3"))
        .send()
        .await
        .unwrap();
    let streams: Vec<_> = found.items().iter().map(|item| item["pk"].clone()).collect();
    assert_eq!(streams, [s("document:a"), s("document:b")]);
    assert!(!found.items()[0].contains_key("bytes"));
}

#[tokio::test]
async fn a_long_stream_is_read_in_order_page_by_page() {
    let bench = Bench::new().await;
    for number in 1..=12 {
        append(&bench.client, "document:a", number, "x").send().await.unwrap();
    }
    let mut numbers = Vec::new();
    let mut pages = 0;
    let mut from = None;
    loop {
        let page = bench
            .client
            .query()
            .table_name("ledger")
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s("document:a"))
            .limit(5)
            .set_exclusive_start_key(from)
            .send()
            .await
            .unwrap();
        numbers.extend(page.items().iter().map(|item| item["sk"].as_n().unwrap().clone()));
        pages += 1;
        from = page.last_evaluated_key;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(numbers, (1..=12).map(|one| one.to_string()).collect::<Vec<_>>());
    assert_eq!(pages, 3);
}

#[tokio::test]
async fn requests_bytes_and_units_are_counted_whether_or_not_they_were_asked_for() {
    let bench = Bench::new().await;
    let silent = append(&bench.client, "document:a", 1, "x").send().await.unwrap();
    assert_eq!(silent.consumed_capacity, None);
    let told = append(&bench.client, "document:a", 2, "x")
        .return_consumed_capacity(ReturnConsumedCapacity::Total)
        .send()
        .await
        .unwrap();
    let counters = bench.faults.counters();
    assert_eq!(counters.requests(), [("PutItem", 2)]);
    let units = told.consumed_capacity.unwrap().capacity_units.unwrap();
    assert!((counters.of("PutItem").capacity_units - 2.0 * units).abs() < f64::EPSILON);
    assert!(counters.of("PutItem").request_bytes > 200);
}

#[tokio::test]
async fn an_unknown_table_and_an_unknown_operation_are_told_as_aws_tells_them() {
    let bench = Bench::new().await;
    let error =
        bench.client.get_item().table_name("nothing").key("pk", s("x")).send().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let error = bench.client.describe_limits().send().await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("UnknownOperationException"));
}
