//! What the system relies on in DynamoDB, asked of the emulated one through the SDK.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{
    collections::HashMap,
    env,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
    error::ProvideErrorMetadata,
    primitives::Blob,
    types::{
        AttributeDefinition, AttributeValue, BillingMode, ConditionCheck, GlobalSecondaryIndex, KeySchemaElement,
        KeyType, Projection, ProjectionType, Put, PutRequest, ReturnConsumedCapacity,
        ReturnValuesOnConditionCheckFailure, ScalarAttributeType, TransactWriteItem, WriteRequest,
    },
};
use local::cloud::{
    Place, credentials,
    dynamo::{self, Doorbell, Doorbells, Dynamo, EventName},
    faults::{Fault, Faults, Rates},
};

const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

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
    Client::from_conf(
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(credentials::REGION))
            .credentials_provider(Credentials::new(
                credentials::ACCESS_KEY,
                credentials::SECRET_KEY,
                None,
                None,
                "local",
            ))
            .retry_config(
                RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1)),
            )
            .endpoint_url(url)
            .build(),
    )
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

fn transact_put(table: &str, stream: &str, number: u64, id: &str) -> TransactWriteItem {
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

fn still_at(stream: &str, version: u64) -> TransactWriteItem {
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

async fn transact(
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

fn reasons(
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

const CHILD: &str = "TAIHU_TEST_DYNAMO_FOLDER";

/// Not a test of its own: the process that the next test kills.
#[tokio::test]
async fn serves_until_killed_when_a_folder_is_given() {
    let Some(folder) = env::var_os(CHILD) else {
        return;
    };
    let place = Place::Folder(PathBuf::from(folder));
    let dynamo = dynamo::start(&place, ANY_PORT, Doorbells::none(), Faults::none()).await.unwrap();
    println!("\nserving {}", dynamo.running.url());
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn every_acknowledged_write_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..5 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["serves_until_killed_when_a_folder_is_given", "--exact", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let url = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.strip_prefix("serving ")?.to_owned()))
            .unwrap();
        let client = client(&url, 1);
        if round == 0 {
            create(&client, "ledger").await;
        }
        for number in 1..=acknowledged {
            let found = client
                .get_item()
                .table_name("ledger")
                .key("pk", s("document:a"))
                .key("sk", n(number))
                .consistent_read(true)
                .send()
                .await
                .unwrap();
            assert!(found.item.is_some(), "commit {number} was lost in round {round}");
        }
        let killed = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(120)).await;
            child.kill().unwrap();
            child.wait().unwrap();
        });
        loop {
            let next = acknowledged + 1;
            match append(&client, "document:a", next, "x").send().await {
                Ok(_) => acknowledged = next,
                // A write that was cut off may have been applied: then it is simply there.
                Err(error) => match error.into_service_error().code() {
                    Some("ConditionalCheckFailedException") => acknowledged = next,
                    _ => break,
                },
            }
        }
        killed.await.unwrap();
    }
    assert!(acknowledged > 0);
}
