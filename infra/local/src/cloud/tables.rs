//! The tables and buckets of the system, as `docs/ARCHITECTURE.md` lists them.

use dynoxide::{
    Database, DynoxideError,
    actions::{
        create_table::CreateTableRequest, describe_table::DescribeTableRequest, list_tables::ListTablesRequest,
        update_table::UpdateTableRequest,
    },
};
use outbox::{WORK_INDEX, WORK_KEY, WORK_PLACE};
use serde_json::{Value, json};
use views::{OPEN_ATTRIBUTE, OPEN_INDEX};

use super::CloudError;

/// The events: `pk` S stream, `sk` N commit number; index `by_day`.
pub const LEDGER: &str = "ledger";
/// Unique claims: `pk` S scope, `sk` S claim.
pub const GUARDS: &str = "guards";
/// What is derived: `pk` S, `sk` S; sparse index `open` of open work.
pub const VIEWS: &str = "views";
/// Tries at the front door: `pk` S; TTL `ends`.
pub const ATTEMPTS: &str = "attempts";
/// Messages, how far streams are reacted to: `pk` S, `sk` S; sparse index `work` of what is due, dead and sent.
pub const OUTBOX: &str = "outbox";
/// What is searched for: `pk` S, `sk` S; TTL `ends`.
pub const TERMS: &str = "terms";
/// Keys of cases, departments and the server: `pk` S.
pub const KEYS: &str = "keys";
/// Identities, and who is found where: `pk` S, `sk` S.
pub const VAULT: &str = "vault";
/// Bucket of document bodies and of the files beside them.
pub const BODIES: &str = "bodies";
/// Bucket of uploads that nobody has looked at.
pub const QUARANTINE: &str = "quarantine";
/// Bucket of the search index.
pub const INDEX: &str = "index";
/// Bucket of pages; it refuses puts without a condition.
pub const PAGES: &str = "pages";

/// Creates those tables that are not there.
///
/// # Errors
/// [`CloudError::Setup`] with what the engine said.
pub fn create_missing(database: &Database) -> Result<(), CloudError> {
    let failed = |error: DynoxideError| CloudError::Setup(error.to_string());
    let present = database.list_tables(ListTablesRequest::default()).map_err(failed)?.table_names;
    for definition in definitions() {
        let request: CreateTableRequest =
            serde_json::from_value(definition).map_err(|error| CloudError::Setup(error.to_string()))?;
        if !present.contains(&request.table_name) {
            database.create_table(request).map_err(failed)?;
        }
    }
    add_open_index(database)
}

/// The tables as `CreateTable` requests in DynamoDB JSON.
#[must_use]
pub fn definitions() -> [Value; 8] {
    let key = |name, kind| json!({ "AttributeName": name, "KeyType": kind });
    let attribute = |name, kind| json!({ "AttributeName": name, "AttributeType": kind });
    let plain = |name| {
        json!({
            "TableName": name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [attribute("pk", "S"), attribute("sk", "S")],
            "KeySchema": [key("pk", "HASH"), key("sk", "RANGE")],
        })
    };
    let ledger = json!({
        "TableName": LEDGER,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [attribute("pk", "S"), attribute("sk", "N"), attribute("day", "S")],
        "KeySchema": [key("pk", "HASH"), key("sk", "RANGE")],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by_day",
            "KeySchema": [key("day", "HASH"), key("pk", "RANGE")],
            "Projection": { "ProjectionType": "KEYS_ONLY" },
        }],
    });
    let keys = json!({
        "TableName": KEYS,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [attribute("pk", "S")],
        "KeySchema": [key("pk", "HASH")],
    });
    let mut views = plain(VIEWS);
    if let Some(views) = views.as_object_mut() {
        views.insert("AttributeDefinitions".to_owned(), with_open());
        views.insert("GlobalSecondaryIndexes".to_owned(), json!([open_index()]));
    }
    let attempts = json!({
        "TableName": ATTEMPTS,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [attribute("pk", "S")],
        "KeySchema": [key("pk", "HASH")],
    });
    let outbox = json!({
        "TableName": OUTBOX,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions":
            [attribute("pk", "S"), attribute("sk", "S"), attribute(WORK_KEY, "S"), attribute(WORK_PLACE, "S")],
        "KeySchema": [key("pk", "HASH"), key("sk", "RANGE")],
        "GlobalSecondaryIndexes": [{
            "IndexName": WORK_INDEX,
            "KeySchema": [key(WORK_KEY, "HASH"), key(WORK_PLACE, "RANGE")],
            "Projection": { "ProjectionType": "ALL" },
        }],
    });
    [ledger, plain(GUARDS), views, keys, plain(VAULT), attempts, outbox, plain(TERMS)]
}

/// The index of open work: only rows that carry its attribute are in it.
fn open_index() -> Value {
    json!({
        "IndexName": OPEN_INDEX,
        "KeySchema": [
            { "AttributeName": OPEN_ATTRIBUTE, "KeyType": "HASH" },
            { "AttributeName": "sk", "KeyType": "RANGE" },
        ],
        "Projection": { "ProjectionType": "ALL" },
    })
}

/// The attributes of `views` that are keys of the table or of its index.
fn with_open() -> Value {
    let text = |name| json!({ "AttributeName": name, "AttributeType": "S" });
    json!([text("pk"), text("sk"), text(OPEN_ATTRIBUTE)])
}

/// Gives the views of an older folder their index.
fn add_open_index(database: &Database) -> Result<(), CloudError> {
    let failed = |error: DynoxideError| CloudError::Setup(error.to_string());
    let request = DescribeTableRequest { table_name: VIEWS.to_owned() };
    let described = database.describe_table(request).map_err(failed)?;
    let indexes = described.table.global_secondary_indexes.unwrap_or_default();
    if indexes.iter().any(|index| index.index_name == OPEN_INDEX) {
        return Ok(());
    }
    let request = json!({
        "TableName": VIEWS,
        "AttributeDefinitions": with_open(),
        "GlobalSecondaryIndexUpdates": [{ "Create": open_index() }],
    });
    let request: UpdateTableRequest =
        serde_json::from_value(request).map_err(|error| CloudError::Setup(error.to_string()))?;
    database.update_table(request).map(drop).map_err(failed)
}
