//! BatchWriteItem: many waiting batches, one commit, one fsync.
//!
//! The engine gives every item of a batch a transaction of its own, and with it an fsync. One thread takes all batches that wait and writes their
//! items in one transaction; each batch is answered only after that commit. On AWS, too, items of a batch are independent and many are written at once.
//!
//! Only plain batches come here: puts into, or deletes from, one table that has global indexes at most. Everything else, and everything the engine refuses, goes to
//! the engine itself, which knows AWS's words. The capacity told is that of the new items; one that replaces a larger item would cost more on AWS.

use std::{
    collections::HashSet,
    sync::mpsc::{self, Receiver, Sender, SyncSender},
    thread::{self, JoinHandle},
};

use dynoxide::{
    Database, DynoxideError, ImportOptions, Item,
    actions::{
        batch_write_item::{BatchWriteItemRequest, BatchWriteItemResponse, WriteRequest},
        transact_write_items::{TransactDelete, TransactWriteItem, TransactWriteItemsRequest},
    },
    types::{self, ConsumedCapacity},
};

/// Puts of one request; DynamoDB's own limit.
const LARGEST_BATCH: usize = 25;

/// A transaction is closed at this many items.
const TOGETHER: usize = 1_000;

/// One batch, with what its sender waits on.
struct Job {
    table: String,
    items: Vec<Item>,
    reply: SyncSender<bool>,
}

/// Puts of one table that may be written together with others'.
pub(super) struct PlainPuts {
    table: String,
    items: Vec<Item>,
    units: f64,
}

impl PlainPuts {
    /// The puts of `request`, if it is nothing else; `keys` are its table's key attributes, `indexes` the partition keys of its indexes.
    pub(super) fn of(request: &BatchWriteItemRequest, keys: &[String], indexes: &[String]) -> Option<Self> {
        let mut tables = request.request_items.iter();
        let (Some((table, writes)), None) = (tables.next(), tables.next()) else { return None };
        if !is_plain(request) || writes.len() > LARGEST_BATCH {
            return None;
        }
        let mut seen = HashSet::new();
        let mut plain = Self { table: table.clone(), items: Vec::with_capacity(writes.len()), units: 0.0 };
        for write in writes {
            let (Some(put), None) = (&write.put_request, &write.delete_request) else { return None };
            let key = keys.iter().map(|name| put.item.get(name)?.to_key_string()).collect::<Option<Vec<_>>>()?;
            let size = types::item_size(&put.item);
            if size > types::MAX_ITEM_SIZE || !seen.insert(key) {
                return None;
            }
            let places = 1 + indexes.iter().filter(|name| put.item.contains_key(*name)).count();
            plain.units += types::write_capacity_units(size) * f64::from(u32::try_from(places).unwrap_or(u32::MAX));
            plain.items.push(put.item.clone());
        }
        (!plain.items.is_empty()).then_some(plain)
    }
}

/// Deletes of one table in one transaction, if `request` is nothing else and the engine takes it.
pub(super) fn delete(database: &Database, request: &BatchWriteItemRequest) -> Option<BatchWriteItemResponse> {
    let mut tables = request.request_items.iter();
    let (Some((table, writes)), None) = (tables.next(), tables.next()) else { return None };
    if !is_plain(request) || writes.len() > LARGEST_BATCH {
        return None;
    }
    let member = |write: &WriteRequest| {
        let (None, Some(delete)) = (&write.put_request, &write.delete_request) else { return None };
        let delete = TransactDelete { table_name: table.clone(), key: delete.key.clone(), ..TransactDelete::default() };
        Some(TransactWriteItem { delete: Some(delete), ..TransactWriteItem::default() })
    };
    let transaction = TransactWriteItemsRequest {
        transact_items: writes.iter().map(member).collect::<Option<_>>()?,
        return_consumed_capacity: Some("TOTAL".to_owned()),
        ..TransactWriteItemsRequest::default()
    };
    let mut capacity = database.transact_write_items(transaction).ok()?.consumed_capacity?;
    for one in &mut capacity {
        // A transaction costs double; a batch does not.
        one.capacity_units /= 2.0;
    }
    Some(BatchWriteItemResponse { consumed_capacity: Some(capacity), ..BatchWriteItemResponse::default() })
}

/// Whether the request asks for nothing that only the engine can tell.
fn is_plain(request: &BatchWriteItemRequest) -> bool {
    matches!(request.return_consumed_capacity.as_deref(), None | Some("NONE" | "TOTAL"))
        && request.return_item_collection_metrics.is_none()
}

/// The way to the writing thread; dropping it waits until the queue is written.
pub(super) struct BatchWriter {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl BatchWriter {
    pub(super) fn start(database: Database) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let thread =
            thread::Builder::new().name("batch-writer".to_owned()).spawn(move || write_all(&database, &waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Writes the puts and waits for their commit; none if the engine refused them: it should be asked itself.
    pub(super) fn write(&self, puts: PlainPuts) -> Option<BatchWriteItemResponse> {
        let PlainPuts { table, items, units } = puts;
        let (reply, done) = mpsc::sync_channel(1);
        self.jobs.as_ref()?.send(Job { table: table.clone(), items, reply }).ok()?;
        let written = done.recv().unwrap_or(false);
        let capacity = ConsumedCapacity { table_name: table, capacity_units: units, ..ConsumedCapacity::default() };
        written.then(|| BatchWriteItemResponse { consumed_capacity: Some(vec![capacity]), ..Default::default() })
    }
}

impl Drop for BatchWriter {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the batch writer ended in a panic");
        }
    }
}

fn write_all(database: &Database, waiting: &Receiver<Job>) {
    let mut next = waiting.recv().ok();
    while let Some(first) = next.take() {
        let mut items = first.items.len();
        let mut jobs = vec![first];
        while items < TOGETHER
            && let Ok(another) = waiting.try_recv()
        {
            if jobs.first().is_some_and(|first| first.table != another.table) {
                next = Some(another);
                break;
            }
            items += another.items.len();
            jobs.push(another);
        }
        commit(database, jobs);
        if next.is_none() {
            next = waiting.recv().ok();
        }
    }
}

/// Writes jobs of one table in one transaction, the later of two puts of a key over the earlier.
fn commit(database: &Database, mut jobs: Vec<Job>) {
    let Some(table) = jobs.first().map(|job| job.table.clone()) else { return };
    let items: Vec<Item> = jobs.iter_mut().flat_map(|job| std::mem::take(&mut job.items)).collect();
    // One refused item breaks the transaction: its own request finds that out from the engine, and so do the others.
    let outcome: Result<_, DynoxideError> = database.import_items(&table, items, ImportOptions::default());
    if let Err(error) = &outcome {
        tracing::debug!(%error, table, "a transaction of batches was refused");
    }
    for job in jobs {
        // A sender that went away has lost its reply, as over a broken connection.
        let _unheard = job.reply.send(outcome.is_ok());
    }
}
