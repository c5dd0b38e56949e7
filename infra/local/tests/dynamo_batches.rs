//! BatchWriteItem of the emulated DynamoDB: many batches share a commit, and each is answered for itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{collections::HashMap, path::Path};

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
    error::ProvideErrorMetadata,
    types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest},
};
use futures::future::join_all;
use local::cloud::{
    ANY_PORT, Place, credentials,
    dynamo::{self, Doorbells, Dynamo},
    faults::Faults,
    tables,
};
use views::{OPEN_ATTRIBUTE, OPEN_INDEX};

struct Bench {
    _dynamo: Dynamo,
    client: Client,
    faults: Faults,
}

impl Bench {
    async fn new(place: &Place) -> Self {
        let faults = Faults::none();
        let dynamo = dynamo::start(place, ANY_PORT, Doorbells::none(), faults.clone()).await.unwrap();
        tables::create_missing(dynamo.database()).unwrap();
        let keys = Credentials::new(credentials::ACCESS_KEY, credentials::SECRET_KEY, None, None, "local");
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(credentials::REGION))
            .credentials_provider(keys)
            .retry_config(RetryConfig::disabled())
            .endpoint_url(dynamo.running.url());
        Self { client: Client::from_conf(config.build()), _dynamo: dynamo, faults }
    }

    async fn send(&self, writes: Vec<WriteRequest>) -> Result<(), String> {
        let sent = self.client.batch_write_item().request_items(tables::VIEWS, writes).send().await;
        let answer = sent.map_err(|error| error.into_service_error().code().unwrap_or_default().to_owned())?;
        assert_eq!(answer.unprocessed_items.unwrap_or_default(), HashMap::new());
        Ok(())
    }

    /// Keys of what is in the index of open work.
    async fn open(&self) -> Vec<String> {
        let query = self.client.query().table_name(tables::VIEWS).index_name(OPEN_INDEX);
        let query = query.key_condition_expression("#o = :o").expression_attribute_names("#o", OPEN_ATTRIBUTE);
        let found = query.expression_attribute_values(":o", s("slice")).send().await.unwrap();
        found.items().iter().map(|item| item["sk"].as_s().unwrap().clone()).collect()
    }

    async fn rows(&self) -> Vec<(String, String)> {
        let query = self.client.query().table_name(tables::VIEWS).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", s("slice"));
        let text = |item: &HashMap<String, AttributeValue>, name: &str| item[name].as_s().unwrap().clone();
        let found = query.send().await.unwrap();
        found.items().iter().map(|item| (text(item, "sk"), text(item, "body"))).collect()
    }
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn put(key: &str, body: &str) -> WriteRequest {
    let put = PutRequest::builder().item("pk", s("slice")).item("sk", s(key)).item("body", s(body)).build().unwrap();
    WriteRequest::builder().put_request(put).build()
}

fn delete(key: &str) -> WriteRequest {
    let delete = DeleteRequest::builder().key("pk", s("slice")).key("sk", s(key)).build().unwrap();
    WriteRequest::builder().delete_request(delete).build()
}

fn row(key: &str, body: &str) -> (String, String) {
    (key.to_owned(), body.to_owned())
}

#[tokio::test]
async fn batches_that_wait_together_are_each_written_whole_and_counted() {
    let bench = Bench::new(&Place::Memory).await;
    let batch = |batch: u32| (0..25).map(|at| put(&format!("{batch:02}-{at:02}"), "new")).collect();
    for answer in join_all((0..12).map(|number| bench.send(batch(number)))).await {
        answer.unwrap();
    }
    assert_eq!(bench.rows().await.len(), 300);
    let counted = bench.faults.counters().of("BatchWriteItem");
    assert_eq!((counted.requests, counted.capacity_units.round() as u64), (12, 300));
}

#[tokio::test]
async fn a_batch_puts_over_what_is_there_and_deletes_what_is_not() {
    let bench = Bench::new(&Place::Memory).await;
    bench.send(vec![put("a", "old"), put("b", "old")]).await.unwrap();
    bench.send(vec![put("a", "new"), put("c", "new")]).await.unwrap();
    bench.send(vec![delete("b"), delete("never")]).await.unwrap();
    bench.send(vec![put("d", "new"), delete("c")]).await.unwrap();
    assert_eq!(bench.rows().await, [row("a", "new"), row("d", "new")]);
    assert_eq!(bench.faults.counters().of("BatchWriteItem").capacity_units.round() as u64, 8);
}

#[tokio::test]
async fn a_batch_that_aws_refuses_is_refused_and_its_neighbours_are_written() {
    let bench = Bench::new(&Place::Memory).await;
    let large = "x".repeat(400 * 1024);
    let refused = [
        vec![put("twice", "1"), put("twice", "2")],
        vec![put("first", "1"), put("", "an empty key")],
        vec![put("first", "1"), put("large", &large)],
        (0..26).map(|at| put(&at.to_string(), "one too many")).collect(),
        Vec::new(),
    ];
    let refusals = join_all(refused.map(|writes| bench.send(writes)));
    let neighbours = join_all((0..5).map(|at| bench.send(vec![put(&format!("neighbour {at}"), "1")])));
    let (refusals, neighbours) = futures::join!(refusals, neighbours);
    assert_eq!(refusals, [const { "ValidationException" }; 5].map(|code| Err(code.to_owned())));
    assert_eq!(neighbours, [const { Ok(()) }; 5]);
    let written: Vec<String> = bench.rows().await.into_iter().map(|(key, _)| key).collect();
    assert_eq!(written, (0..5).map(|at| format!("neighbour {at}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_acknowledged_batch_is_there_when_the_folder_is_opened_again() {
    async fn open(folder: &Path) -> Bench {
        Bench::new(&Place::Folder(folder.to_owned())).await
    }
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).await.send(vec![put("a", "1"), put("b", "2")]).await.unwrap();
    assert_eq!(open(folder.path()).await.rows().await, [row("a", "1"), row("b", "2")]);
}

/// An item is in a sparse index while it has the index's key; what a batch puts over it takes it out.
#[tokio::test]
async fn a_batch_keeps_a_sparse_index() {
    let bench = Bench::new(&Place::Memory).await;
    let open = |key: &str| {
        let put = PutRequest::builder().item("pk", s("slice")).item("sk", s(key)).item("body", s("open"));
        WriteRequest::builder().put_request(put.item(OPEN_ATTRIBUTE, s("slice")).build().unwrap()).build()
    };
    bench.send(vec![open("a"), open("b"), put("c", "closed")]).await.unwrap();
    assert_eq!(bench.open().await, ["a", "b"]);
    bench.send(vec![put("a", "closed"), open("c")]).await.unwrap();
    assert_eq!(bench.open().await, ["b", "c"]);
    bench.send(vec![delete("b")]).await.unwrap();
    assert_eq!(bench.open().await, ["c"]);
}

/// A folder of an earlier program has its views without the index.
#[tokio::test]
async fn the_views_of_an_older_folder_get_their_index_with_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let older = dynamo::start(&place, ANY_PORT, Doorbells::none(), Faults::none()).await.unwrap();
    let [_, _, mut views, ..] = tables::definitions();
    views.as_object_mut().unwrap().remove("GlobalSecondaryIndexes");
    views["AttributeDefinitions"].as_array_mut().unwrap().pop();
    older.database().create_table(serde_json::from_value(views).unwrap()).unwrap();
    let item = serde_json::json!({ "TableName": tables::VIEWS, "Item": {
        "pk": { "S": "slice" }, "sk": { "S": "old" }, "body": { "S": "open" }, OPEN_ATTRIBUTE: { "S": "slice" } } });
    older.database().put_item(serde_json::from_value(item).unwrap()).unwrap();
    drop(older);
    for _ in 0..2 {
        assert_eq!(Bench::new(&place).await.open().await, ["old"]);
    }
}
