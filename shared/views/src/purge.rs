//! Telling the CDN that its copies are old.

use std::{fmt::Debug, future::Future, pin::Pin};

use thiserror::Error;

use crate::work::PurgeRow;

/// The CDN did not take the purges; they stay as rows and are sent again.
#[derive(Debug, Error)]
#[error("the CDN did not take the purges: {0}")]
pub struct PurgeError(pub String);

/// Somebody who can make a CDN forget.
pub trait Purger: Debug + Send + Sync {
    /// Makes the CDN forget these copies, or leaves to their short life those whose cause allows it.
    fn purge<'a>(&'a self, rows: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>>;
}

/// No CDN in front: nothing to forget. The edge's ten seconds bound what it keeps.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPurge;

impl Purger for NoPurge {
    fn purge<'a>(&'a self, _: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>> {
        Box::pin(async { Ok(()) })
    }
}
