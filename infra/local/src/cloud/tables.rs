//! The tables and buckets of the system, as `docs/ARCHITECTURE.md` lists them.

use dynoxide::{
    Database, DynoxideError,
    actions::{create_table::CreateTableRequest, list_tables::ListTablesRequest},
};
use serde_json::{Value, json};

use super::CloudError;

/// The events: `pk` S stream, `sk` N commit number; index `by_day`.
pub const LEDGER: &str = "ledger";
/// Unique claims: `pk` S scope, `sk` S claim.
pub const GUARDS: &str = "guards";
/// What is derived: `pk` S, `sk` S.
pub const VIEWS: &str = "views";
/// Bucket of document bodies.
pub const BODIES: &str = "bodies";
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
    Ok(())
}

/// The tables as `CreateTable` requests in DynamoDB JSON.
#[must_use]
pub fn definitions() -> [Value; 3] {
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
    [ledger, plain(GUARDS), plain(VIEWS)]
}
