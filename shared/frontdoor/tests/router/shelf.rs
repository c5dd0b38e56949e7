//! A quarantine in memory.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use frontdoor::{Kept, Personal, Quarantine, Unkept};
use jiff::Timestamp;

/// What was laid away, by place.
#[derive(Default)]
pub(crate) struct Shelf {
    pub(crate) kept: Mutex<BTreeMap<String, Vec<u8>>>,
    pub(crate) fails: AtomicBool,
}

#[async_trait]
impl Quarantine for Shelf {
    async fn keep(&self, bytes: &[u8], _: Timestamp) -> Result<Kept, Unkept> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(Unkept("told to fail".to_owned()));
        }
        let mut kept = self.kept.lock().unwrap();
        let place = format!("2026-11-30_{:026}", kept.len());
        kept.insert(place.clone(), bytes.to_vec());
        Ok(Kept { place, key: Personal::new("c2VjcmV0") })
    }
}
