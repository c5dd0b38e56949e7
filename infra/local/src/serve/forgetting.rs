//! The quarantine forgets: what a lifecycle rule of the bucket does on AWS.
//!
//! Files of forms that nobody sent are ciphertext whose keys nobody has; they go after two days. Uploads of staff that nobody took in go after one.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::cloud::{
    objects::{Condition, ListRequest, ObjectStore, StoreError},
    tables,
};

/// Time between two looks.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// How long what begins so may lie there, as in `infra/template.yaml`.
const RULES: [(&str, SignedDuration); 2] =
    [("form/", SignedDuration::from_hours(48)), ("staff/", SignedDuration::from_hours(24))];

/// Names that are looked at together.
const PART: usize = 500;

/// Lets go what has lain too long, at once and then every hour, for as long as the process serves.
pub async fn run(objects: ObjectStore) {
    loop {
        match forget(&objects, Timestamp::now()).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "files that nobody came for have gone from quarantine"),
            Err(error) => tracing::warn!(%error, "the quarantine could not be looked through; it is tried again"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Lets go what has lain in quarantine too long at `now`; says how many there were.
///
/// # Errors
/// The store failed; what went before is gone.
pub async fn forget(objects: &ObjectStore, now: Timestamp) -> Result<usize, StoreError> {
    let mut gone = 0;
    for (prefix, lasts) in RULES {
        let before = (now - lasts).as_millisecond();
        let mut request = ListRequest { prefix: prefix.to_owned(), limit: PART, ..ListRequest::default() };
        loop {
            let listing = objects.list(tables::QUARANTINE, request.clone()).await?;
            for listed in listing.keys.iter().filter(|listed| listed.modified <= before) {
                // Whoever puts it anew in this instant keeps it.
                match objects.delete(tables::QUARANTINE, &listed.key, Condition::Match(listed.etag.clone())).await {
                    Ok(true) => gone += 1,
                    Ok(false) | Err(StoreError::PreconditionFailed | StoreError::NoSuchKey(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            match listing.next {
                Some(next) => request.from = next,
                None => break,
            }
        }
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::cloud::{
        Place,
        objects::{BucketRule, Headers},
    };

    #[tokio::test]
    async fn what_nobody_came_for_goes_after_its_time_and_nothing_else_does() {
        let objects = ObjectStore::open(&Place::Memory).unwrap();
        objects.set_bucket(tables::QUARANTINE, BucketRule::Open).await.unwrap();
        for key in ["form/2026-11-30/a", "form/2026-11-30/b", "staff/x/c", "else"] {
            let put = objects.put(
                tables::QUARANTINE,
                key,
                Bytes::from_static(b"x"),
                Headers::default(),
                Condition::Unconditional,
            );
            put.await.unwrap();
        }
        let left = async || {
            let request = ListRequest { limit: 10, ..ListRequest::default() };
            let listing = objects.list(tables::QUARANTINE, request).await.unwrap();
            listing.keys.into_iter().map(|listed| listed.key).collect::<Vec<_>>()
        };
        let later = |hours| Timestamp::now() + SignedDuration::from_hours(hours);
        assert_eq!(forget(&objects, later(23)).await.unwrap(), 0);
        assert_eq!(forget(&objects, later(25)).await.unwrap(), 1);
        assert_eq!(left().await, ["else", "form/2026-11-30/a", "form/2026-11-30/b"]);
        assert_eq!(forget(&objects, later(49)).await.unwrap(), 2);
        assert_eq!(left().await, ["else"]);
    }
}
