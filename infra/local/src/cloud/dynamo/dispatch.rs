//! From an operation's name and JSON to the engine and back.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use dynoxide::{
    Database, DynoxideError, Item,
    actions::{
        GlobalSecondaryIndexDescription,
        batch_write_item::{BatchWriteItemRequest, BatchWriteItemResponse, WriteRequest},
        delete_item::DeleteItemRequest,
        delete_table::DeleteTableRequest,
        describe_table::DescribeTableRequest,
        get_item::GetItemRequest,
        put_item::PutItemRequest,
        scan::{ScanRequest, ScanResponse},
        transact_write_items::{TransactWriteItem, TransactWriteItemsRequest},
        update_item::UpdateItemRequest,
    },
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    batch::{self, BatchWriter, PlainPuts},
    doorbell::{After, Doorbells, Written},
    measure::{Asks, Costs, ask},
    press::Press,
    refusal::{envelope, read},
};

/// Every operation this front answers.
pub(super) const OPERATIONS: [&str; 14] = [
    "BatchGetItem",
    "BatchWriteItem",
    "CreateTable",
    "DeleteItem",
    "DeleteTable",
    "DescribeTable",
    "GetItem",
    "ListTables",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
];

/// Parts of a scan at most; DynamoDB's own limit.
const MOST_PARTS: u32 = 1_000_000;

/// Of that many parts, one that no item falls into: the engine shares out 4,096 buckets.
const EMPTY_PART: u32 = 1;

type Outcome<T> = Result<T, DynoxideError>;

/// A response body and what the request cost.
pub(super) struct Answer {
    pub(super) json: String,
    pub(super) units: f64,
}

/// The engine with its doorbells; every call blocks until what it tells is on disk.
pub(super) struct Front {
    database: Database,
    doorbells: Doorbells,
    batches: BatchWriter,
    press: Press,
    shapes: RwLock<HashMap<String, Arc<Shape>>>,
}

/// What a table looks like from outside.
struct Shape {
    keys: Vec<String>,
    /// The partition keys of its global indexes: an item that has one is in that index, too.
    indexes: Vec<String>,
    /// Whether it has indexes of another kind.
    is_special: bool,
}

impl Front {
    pub(super) fn new(database: Database, doorbells: Doorbells, press: Press) -> std::io::Result<Self> {
        let batches = BatchWriter::start(database.clone())?;
        Ok(Self { database, doorbells, batches, press, shapes: RwLock::default() })
    }

    /// Performs one operation and rings for what it wrote.
    pub(super) fn call(&self, operation: &str, body: &str) -> Outcome<Answer> {
        self.perform(operation, body).map_err(|error| envelope(operation, error))
    }

    fn perform(&self, operation: &str, body: &str) -> Outcome<Answer> {
        match operation {
            "CreateTable" => {
                let request = read(body)?;
                free(&self.press.written(|| self.database.create_table(request))?)
            }
            "DescribeTable" => free(&self.database.describe_table(read(body)?)?),
            "ListTables" => free(&self.database.list_tables(read(body)?)?),
            "DeleteTable" => self.delete_table(body),
            "GetItem" => costed(body, |request| self.told(self.database.get_item(request))),
            "Query" => costed(body, |request| self.told(self.database.query(request))),
            "Scan" => costed(body, |request| self.told(self.scan(request))),
            "BatchGetItem" => costed(body, |request| self.told(self.database.batch_get_item(request))),
            "TransactGetItems" => costed(body, |request| self.told(self.database.transact_get_items(request))),
            "PutItem" => costed(body, |request| self.put_item(request)),
            "DeleteItem" => costed(body, |request| self.delete_item(request)),
            "UpdateItem" => costed(body, |request: UpdateItemRequest| {
                let written = self.updated(&request.table_name, &request.key);
                self.rung(written.into_iter().collect(), || self.database.update_item(request))
            }),
            "BatchWriteItem" => costed(body, |request: BatchWriteItemRequest| {
                let written = self.batch_writes(&request);
                self.rung(written, || self.batch_write_item(request))
            }),
            "TransactWriteItems" => costed(body, |request: TransactWriteItemsRequest| {
                let written = request.transact_items.iter().filter_map(|member| self.transact_write(member)).collect();
                self.rung(written, || self.database.transact_write_items(request))
            }),
            unknown => Err(DynoxideError::UnsupportedCapability(unknown.to_owned())),
        }
    }

    /// What a read found, once it is on disk.
    fn told<T>(&self, found: Outcome<T>) -> Outcome<T> {
        self.press.seen()?;
        found
    }

    /// For each page of a part the engine reads and sorts the whole table; a whole scan follows the key.
    ///
    /// How items are shared out among parts is the store's own affair: here the first part has all of them, the others have none.
    fn scan(&self, mut request: ScanRequest) -> Outcome<ScanResponse> {
        match (request.segment, request.total_segments) {
            (Some(0), Some(1..)) => (request.segment, request.total_segments) = (None, None),
            (Some(part), Some(parts)) if part < parts => {
                (request.segment, request.total_segments) = (Some(EMPTY_PART), Some(MOST_PARTS));
            }
            // Alone, or beyond the parts there are: the engine knows AWS's words.
            _ => {}
        }
        self.database.scan(request)
    }

    fn delete_table(&self, body: &str) -> Outcome<Answer> {
        let request: DeleteTableRequest = read(body)?;
        // A table of the same name may come back with another key.
        self.shapes.write().unwrap_or_else(PoisonError::into_inner).remove(&request.table_name);
        free(&self.press.written(|| self.database.delete_table(request))?)
    }

    // Put and delete learn the old item from the write itself, atomically.
    fn put_item(&self, mut request: PutItemRequest) -> Outcome<dynoxide::actions::put_item::PutItemResponse> {
        let Some(written) = self.put(&request.table_name, &request.item) else {
            return self.press.written(|| self.database.put_item(request));
        };
        let hidden = ask_old(&mut request.return_values);
        let mut response = self.press.written(|| self.database.put_item(request))?;
        self.ring(written, response.attributes.as_ref());
        if hidden {
            response.attributes = None;
        }
        Ok(response)
    }

    fn delete_item(
        &self,
        mut request: DeleteItemRequest,
    ) -> Outcome<dynoxide::actions::delete_item::DeleteItemResponse> {
        let Some(written) = self.deleted(&request.table_name, &request.key) else {
            return self.press.written(|| self.database.delete_item(request));
        };
        let hidden = ask_old(&mut request.return_values);
        let mut response = self.press.written(|| self.database.delete_item(request))?;
        self.ring(written, response.attributes.as_ref());
        if hidden {
            response.attributes = None;
        }
        Ok(response)
    }

    fn batch_write_item(&self, request: BatchWriteItemRequest) -> Outcome<BatchWriteItemResponse> {
        let shape = request.request_items.keys().next().and_then(|table| self.shape(table));
        let plain = shape.as_ref().filter(|shape| !shape.is_special);
        let written = plain.and_then(|shape| match PlainPuts::of(&request, &shape.keys, &shape.indexes) {
            Some(puts) => self.batches.write(puts),
            None => batch::delete(&self.database, &request),
        });
        match written {
            Some(response) => Ok(response),
            None => self.database.batch_write_item(request),
        }
    }

    // The other writes cannot return old items, so these are read before. A write of the same item in between
    // can turn an INSERT into a MODIFY or back; the doorbell rings all the same.
    fn rung<T>(&self, written: Vec<Written>, write: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let written: Vec<_> = written
            .into_iter()
            .map(|one| {
                let before = self.read(&one.table, &one.key);
                (one, before)
            })
            .collect();
        let response = self.press.written(write)?;
        for (one, before) in written {
            self.ring(one, before.as_ref());
        }
        Ok(response)
    }

    fn ring(&self, written: Written, before: Option<&Item>) {
        if let Some(doorbell) = written.doorbell(before) {
            self.doorbells.ring(doorbell);
        }
    }

    // A failed read means the write is going to be refused too, by the same check.
    fn read(&self, table: &str, key: &Item) -> Option<Item> {
        let request = GetItemRequest {
            table_name: table.to_owned(),
            key: key.clone(),
            consistent_read: Some(true),
            ..GetItemRequest::default()
        };
        self.database.get_item(request).ok()?.item
    }

    fn batch_writes(&self, request: &BatchWriteItemRequest) -> Vec<Written> {
        let one = |table: &str, write: &WriteRequest| match (&write.put_request, &write.delete_request) {
            (Some(put), _) => self.put(table, &put.item),
            (None, Some(delete)) => self.deleted(table, &delete.key),
            (None, None) => None,
        };
        request
            .request_items
            .iter()
            .flat_map(|(table, writes)| writes.iter().filter_map(move |write| one(table, write)))
            .collect()
    }

    fn transact_write(&self, member: &TransactWriteItem) -> Option<Written> {
        if let Some(put) = &member.put {
            self.put(&put.table_name, &put.item)
        } else if let Some(update) = &member.update {
            self.updated(&update.table_name, &update.key)
        } else {
            let delete = member.delete.as_ref()?;
            self.deleted(&delete.table_name, &delete.key)
        }
    }

    fn put(&self, table: &str, item: &Item) -> Option<Written> {
        if !self.doorbells.watches(table) {
            return None;
        }
        let shape = self.shape(table)?;
        let key =
            shape.keys.iter().map(|name| Some((name.clone(), item.get(name)?.clone()))).collect::<Option<Item>>()?;
        Some(Written { table: table.to_owned(), key, after: After::Item(item.clone()) })
    }

    fn updated(&self, table: &str, key: &Item) -> Option<Written> {
        self.keyed(table, key, After::Updated)
    }

    fn deleted(&self, table: &str, key: &Item) -> Option<Written> {
        self.keyed(table, key, After::Gone)
    }

    fn keyed(&self, table: &str, key: &Item, after: After) -> Option<Written> {
        self.doorbells.watches(table).then(|| Written { table: table.to_owned(), key: key.clone(), after })
    }

    fn shape(&self, table: &str) -> Option<Arc<Shape>> {
        let known = self.shapes.read().unwrap_or_else(PoisonError::into_inner).get(table).map(Arc::clone);
        if known.is_some() {
            return known;
        }
        let request = DescribeTableRequest { table_name: table.to_owned() };
        let described = self.database.describe_table(request).ok()?.table;
        let shape = Arc::new(Shape {
            is_special: described.local_secondary_indexes.is_some() || described.vector_indexes.is_some(),
            indexes: described.global_secondary_indexes.into_iter().flatten().filter_map(first_key).collect(),
            keys: described.key_schema.into_iter().map(|element| element.attribute_name).collect(),
        });
        self.shapes.write().unwrap_or_else(PoisonError::into_inner).insert(table.to_owned(), Arc::clone(&shape));
        Some(shape)
    }
}

/// The partition key of an index.
fn first_key(index: GlobalSecondaryIndexDescription) -> Option<String> {
    index.key_schema.into_iter().next().map(|element| element.attribute_name)
}

/// Makes a write return the old item; true when its sender did not want it.
fn ask_old(return_values: &mut Option<String>) -> bool {
    let hidden = matches!(return_values.as_deref(), None | Some("NONE"));
    if hidden {
        *return_values = Some("ALL_OLD".to_owned());
    }
    hidden
}

fn free(response: &impl Serialize) -> Outcome<Answer> {
    Ok(Answer { json: write(response)?, units: 0.0 })
}

fn costed<Q, R>(body: &str, perform: impl FnOnce(Q) -> Outcome<R>) -> Outcome<Answer>
where
    Q: DeserializeOwned + Asks,
    R: Serialize + Costs,
{
    let mut request: Q = read(body)?;
    let told = ask(&mut request);
    let mut response = perform(request)?;
    let units = response.units(told);
    Ok(Answer { json: write(&response)?, units })
}

fn write(response: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}
