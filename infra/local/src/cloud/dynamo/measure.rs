//! Consumed capacity of every request, asked for or not.
//!
//! The meter needs the units of each request; a caller who did not ask for
//! them must not see them. So the front always asks and takes the answer out.

use dynoxide::{
    actions::{
        batch_get_item::{BatchGetItemRequest, BatchGetItemResponse},
        batch_write_item::{BatchWriteItemRequest, BatchWriteItemResponse},
        delete_item::{DeleteItemRequest, DeleteItemResponse},
        get_item::{GetItemRequest, GetItemResponse},
        put_item::{PutItemRequest, PutItemResponse},
        query::{QueryRequest, QueryResponse},
        scan::{ScanRequest, ScanResponse},
        transact_get_items::{TransactGetItemsRequest, TransactGetItemsResponse},
        transact_write_items::{TransactWriteItemsRequest, TransactWriteItemsResponse},
        update_item::{UpdateItemRequest, UpdateItemResponse},
    },
    types::ConsumedCapacity,
};

/// A request that may ask what it cost.
pub(super) trait Asks {
    fn asked(&mut self) -> &mut Option<String>;
}

/// A response that may say what it cost.
pub(super) trait Costs {
    /// Units of the request; forgets them when `told` is false.
    fn units(&mut self, told: bool) -> f64;
}

/// Makes the request ask; true when its sender had asked already.
pub(super) fn ask(request: &mut impl Asks) -> bool {
    match request.asked() {
        Some(mode) if mode != "NONE" => true,
        mode => {
            *mode = Some("TOTAL".to_owned());
            false
        }
    }
}

fn sum<'a>(capacities: impl IntoIterator<Item = &'a ConsumedCapacity>) -> f64 {
    capacities.into_iter().map(|one| one.capacity_units).sum()
}

macro_rules! one_table {
    ($($request:ty => $response:ty),+ $(,)?) => {$(
        impl Asks for $request {
            fn asked(&mut self) -> &mut Option<String> {
                &mut self.return_consumed_capacity
            }
        }
        impl Costs for $response {
            fn units(&mut self, told: bool) -> f64 {
                let units = sum(&self.consumed_capacity);
                if !told {
                    self.consumed_capacity = None;
                }
                units
            }
        }
    )+};
}

macro_rules! many_tables {
    ($($request:ty => $response:ty),+ $(,)?) => {$(
        impl Asks for $request {
            fn asked(&mut self) -> &mut Option<String> {
                &mut self.return_consumed_capacity
            }
        }
        impl Costs for $response {
            fn units(&mut self, told: bool) -> f64 {
                let units = sum(self.consumed_capacity.iter().flatten());
                if !told {
                    self.consumed_capacity = None;
                }
                units
            }
        }
    )+};
}

one_table! {
    PutItemRequest => PutItemResponse,
    GetItemRequest => GetItemResponse,
    UpdateItemRequest => UpdateItemResponse,
    DeleteItemRequest => DeleteItemResponse,
    QueryRequest => QueryResponse,
    ScanRequest => ScanResponse,
}

many_tables! {
    BatchGetItemRequest => BatchGetItemResponse,
    BatchWriteItemRequest => BatchWriteItemResponse,
    TransactGetItemsRequest => TransactGetItemsResponse,
    TransactWriteItemsRequest => TransactWriteItemsResponse,
}
