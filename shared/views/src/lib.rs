#![doc = include_str!("../README.md")]

pub mod city;
#[cfg(test)]
mod exhaustive;
mod fold;
mod incremental;
mod objects;
mod page;
mod plan;
mod projection;
mod purge;
mod reads;
mod rebuild;
mod registry;
mod render;
mod repair;
mod row;
mod searched;
mod snapshot;
mod store;
mod sweep;
mod together;
mod turn;
mod verify;
mod work;

pub use fold::{Content, RowSet, fold_rows};
pub use incremental::{BatchReport, Worker, WorkerError};
pub use objects::{Bucket, BucketObject, CACHE_CONTROL, Metadata, PageObjects, StoredPage};
pub use page::{Ask, ETag, Outcome, PageHead, PageKey, PageObject, PageWriter, Purges, Put, Status, Told, object_key};
pub use plan::{Plan, plan};
pub use projection::{Composition, FoldFailure, Projection, Provenance};
pub use purge::{NoPurge, PurgeError, Purger};
pub use reads::{Missing, Read, Reads};
pub use rebuild::{Phase, RebuildError, RebuildReport, Spent, Unfoldable};
pub use registry::{FOLD_GENERATION, PrefixEntry, PrefixState, Registry};
pub use repair::RepairReport;
pub use row::{Row, RowKey};
pub use searched::{FormerGeneration, IndexGeneration, IndexRegistry, Pending};
pub use store::{OPEN_ATTRIBUTE, OPEN_INDEX, Prefix, ViewError, Views};
pub use sweep::{PurgeReport, SweepReport};
pub use verify::{Difference, VerifyReport};
pub use work::{Cause, Copies, Dirty, DirtyWork, Lane, Parked, ParkedWork, PurgeRow, Scope};
