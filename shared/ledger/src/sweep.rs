//! Taking away bodies that no commit names (PROTOCOLS.md "Ledger"): drafts that were never saved, and texts that an event says are not to be kept.
//!
//! A command puts a body first and names it after, and one that is there already it does not put again. So between the look at the ledger and a deletion somebody may name what is
//! deleted. Nothing is therefore deleted by the run that finds it unnamed: it is *set aside*, under a name of that run's own, and a later run, an hour after at least, looks at the ledger
//! once more. No command lives that long; what is named by then is put back, and only what is not is gone for good. `model` walks every interleaving of that with the decisions below.
//!
//! What somebody names in between would be missing until a later run puts it back. So each run ends with a second look at the ledger, as late after its last deletion as a command lives that
//! found the body before it: what is named by then is put back at once.
//!
//! A file is taken in today and named next month. Who took it in has a record of it, which says nothing of whether its bytes are there still: whoever saves a text that names it looks for
//! them first (`Ledger::has_body`), and from then on is a command like any other.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    mem,
    time::Duration,
};

use aws_sdk_s3::{
    error::{ProvideErrorMetadata, SdkError},
    primitives::ByteStream,
};
use domain::{
    Aggregate,
    document::{BodyHash, Document, DocumentEvent},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    codec::decode_event,
    error::{DecodeError, LoadError, StoreError},
    scan::StreamCommits,
    store::{Ledger, store_error},
};

#[cfg(test)]
mod model;

/// What bodies lie under: `body/<hash>`.
const BODIES: &str = "body/";

/// What is told of files lies under this: `file/<hash>/<staff>`.
const RECORDS: &str = "file/";

/// Bodies first: of what is taken in meanwhile the record is listed.
const KEPT: [&str; 2] = [BODIES, RECORDS];

/// What is set aside lies under this, the run that did it and its former key.
const ASIDE: &str = "unnamed/";

/// How long after its copy an object may be deleted: S3 refuses requests that were signed longer ago, and both together are less than a rest.
const LONGEST_STEP: SignedDuration = SignedDuration::from_mins(15);

/// A command sends nothing after [`DEADLINE`](crate::DEADLINE), and is cut off with its function at the latest, 29 seconds after it came.
const LIFETIME: Duration = Duration::from_secs(30);

/// Parts of the ledger that are read at once.
const SEGMENTS: u32 = 4;

/// How a sweep goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sweep {
    /// How long a body may lie unnamed; a file, since it was last taken in.
    pub age: SignedDuration,
    /// How long what is set aside rests before it is looked at once more: longer than any command lives.
    pub rest: SignedDuration,
    /// How long a command lives at most: the time from what was set aside last to the second look at the ledger.
    pub lifetime: Duration,
    /// Only tell what would be done.
    pub dry_run: bool,
}

impl Default for Sweep {
    fn default() -> Self {
        Self {
            age: SignedDuration::from_hours(30 * 24),
            rest: SignedDuration::from_hours(1),
            lifetime: LIFETIME,
            dry_run: false,
        }
    }
}

/// What a sweep did, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Objects that were looked at.
    pub looked_at: usize,
    /// Set aside now: no commit names them.
    pub set_aside: Vec<String>,
    /// Put back: a commit has named them since; also of what this run had set aside itself.
    pub put_back: Vec<String>,
    /// Gone for good.
    pub deleted: Vec<String>,
    /// Set aside before, and not for long enough.
    pub resting: Vec<String>,
}

/// What becomes of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfBody {
    Keep,
    SetAside,
}

/// What becomes of what was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfAside {
    Rest,
    PutBack,
    Delete,
}

fn of_body(naming: Naming, is_old: bool) -> OfBody {
    match naming {
        Naming::Erased => OfBody::SetAside,
        Naming::Unnamed if is_old => OfBody::SetAside,
        Naming::Named | Naming::Unnamed => OfBody::Keep,
    }
}

/// What becomes, at the second look, of what the run itself has set aside; never is it deleted.
fn of_own(naming: Naming) -> OfAside {
    match naming {
        Naming::Named => OfAside::PutBack,
        Naming::Unnamed | Naming::Erased => OfAside::Rest,
    }
}

fn of_aside(naming: Naming, is_rested: bool) -> OfAside {
    match naming {
        _ if !is_rested => OfAside::Rest,
        Naming::Named => OfAside::PutBack,
        Naming::Unnamed | Naming::Erased => OfAside::Delete,
    }
}

/// Whether the ledger names a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// A stream does.
    Named,
    /// None does.
    Unnamed,
    /// None does any more: an event says that it is not to be kept.
    Erased,
}

/// An object of the bodies bucket.
#[derive(Debug, Clone)]
struct Stored {
    key: String,
    written: Timestamp,
}

impl Stored {
    fn is_older(&self, than: SignedDuration, now: Timestamp) -> bool {
        now.duration_since(self.written) > than
    }

    /// Where what was set aside lay.
    fn former(&self) -> Option<&str> {
        self.key.strip_prefix(ASIDE)?.split_once('/').map(|(_, former)| former)
    }
}

/// The hash that an object is stored under.
fn hash_of(key: &str) -> Option<BodyHash> {
    let rest = KEPT.iter().find_map(|prefix| key.strip_prefix(prefix))?;
    let hash = rest.split_once('/').map_or(rest, |(hash, _)| hash);
    hash.to_owned().try_into().ok()
}

/// The bytes of a file are as young as the youngest record of them: who takes in what is there already puts a record, and leaves the bytes as old as they are.
fn renew(kept: &mut [Stored]) {
    let mut taken_in: HashMap<BodyHash, Timestamp> = HashMap::new();
    for record in kept.iter().filter(|object| object.key.starts_with(RECORDS)) {
        let Some(hash) = hash_of(&record.key) else { continue };
        let youngest = taken_in.entry(hash).or_insert(record.written);
        *youngest = record.written.max(*youngest);
    }
    for body in kept.iter_mut().filter(|object| object.key.starts_with(BODIES)) {
        if let Some(youngest) = hash_of(&body.key).and_then(|hash| taken_in.get(&hash)) {
            body.written = body.written.max(*youngest);
        }
    }
}

impl Ledger {
    /// Sets aside what no commit names, puts back what one has named since, and deletes what has rested and none has. It takes a command's lifetime longer where it sets something aside.
    ///
    /// # Errors
    /// The store failed, or a stream cannot be read: it might name any of them. What was done until then is done, and the next sweep goes on; what was named meanwhile is missing until then.
    pub async fn sweep(&self, sweep: Sweep) -> Result<Swept, LoadError> {
        let now = self.now();
        // Before the ledger is read: what is put meanwhile is not among them.
        let aside = self.stored(ASIDE).await?;
        let mut kept = Vec::new();
        for prefix in KEPT {
            kept.extend(self.stored(prefix).await?);
        }
        renew(&mut kept);
        let keys = kept.iter().map(|object| object.key.as_str()).chain(aside.iter().filter_map(Stored::former));
        let hashes: HashSet<BodyHash> = keys.filter_map(hash_of).collect();
        let named = self.named(hashes).await?;
        let naming = |key: &str| {
            // What is no body is nobody's to take away.
            hash_of(key).map_or(Naming::Named, |hash| named.get(&hash).copied().unwrap_or(Naming::Unnamed))
        };
        let mut swept = Swept { looked_at: kept.len(), ..Swept::default() };
        for object in &aside {
            let Some(former) = object.former() else { continue };
            match of_aside(naming(former), object.is_older(sweep.rest, now)) {
                OfAside::Rest => swept.resting.push(former.to_owned()),
                OfAside::PutBack => {
                    swept.put_back.push(former.to_owned());
                    if !sweep.dry_run {
                        self.carry(&object.key, former).await?;
                    }
                }
                OfAside::Delete => {
                    swept.deleted.push(former.to_owned());
                    if !sweep.dry_run {
                        self.delete(&object.key).await?;
                    }
                }
            }
        }
        let run = format!("{ASIDE}{}-{:08x}/", now.as_millisecond(), rand::random::<u32>());
        for object in &kept {
            if of_body(naming(&object.key), object.is_older(sweep.age, now)) == OfBody::SetAside {
                swept.set_aside.push(object.key.clone());
                if !sweep.dry_run {
                    self.carry(&object.key, &format!("{run}{}", object.key)).await?;
                }
            }
        }
        if !sweep.dry_run && !swept.set_aside.is_empty() {
            tokio::time::sleep(sweep.lifetime).await;
            self.look_again(&run, &mut swept).await?;
        }
        Ok(swept)
    }

    /// Puts back what was named while this run set it aside.
    async fn look_again(&self, run: &str, swept: &mut Swept) -> Result<(), LoadError> {
        let hashes = swept.set_aside.iter().filter_map(|key| hash_of(key)).collect();
        let named = self.named(hashes).await?;
        for key in mem::take(&mut swept.set_aside) {
            let naming = hash_of(&key).and_then(|hash| named.get(&hash).copied()).unwrap_or(Naming::Unnamed);
            if of_own(naming) == OfAside::PutBack {
                self.carry(&format!("{run}{key}"), &key).await?;
                swept.put_back.push(key);
            } else {
                swept.set_aside.push(key);
            }
        }
        Ok(())
    }

    /// How the ledger names each of `hashes`; those that it does not speak of are left out.
    async fn named(&self, hashes: HashSet<BodyHash>) -> Result<BTreeMap<BodyHash, Naming>, LoadError> {
        let mut all = BTreeMap::new();
        let mut streams = self.scan(SEGMENTS);
        while let Some(stream) = streams.recv().await {
            let (named, erased) = spoken_of(&stream?, &hashes)?;
            for hash in erased {
                all.entry(hash).or_insert(Naming::Erased);
            }
            // One stream that names it is enough.
            all.extend(named.into_iter().map(|hash| (hash, Naming::Named)));
        }
        Ok(all)
    }

    async fn stored(&self, prefix: &str) -> Result<Vec<Stored>, StoreError> {
        let mut found = Vec::new();
        let bucket = &self.config().bodies_bucket;
        let mut pages = self.s3().list_objects_v2().bucket(bucket).prefix(prefix).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| store_error(&error))?;
            found.extend(page.contents().iter().filter_map(|object| {
                let written = object.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok());
                // What has no time is as new as can be.
                Some(Stored { key: object.key()?.to_owned(), written: written.unwrap_or(Timestamp::MAX) })
            }));
        }
        Ok(found)
    }

    /// Carries an object to another key, which has the same bytes if it is there; one that is gone needs no carrying.
    async fn carry(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let bucket = &self.config().bodies_bucket;
        let got = match self.s3().get_object().bucket(bucket).key(from).send().await {
            Ok(got) => got,
            Err(SdkError::ServiceError(error)) if error.err().is_no_such_key() => return Ok(()),
            Err(error) => return Err(store_error(&error)),
        };
        let content_type = got.content_type().map(str::to_owned);
        let broke =
            |error: &dyn std::error::Error| StoreError::Unavailable { reason: format!("`{from}` broke off: {error}") };
        let bytes = got.body.collect().await.map_err(|error| broke(&error))?.into_bytes();
        let put = self.s3().put_object().bucket(bucket).key(to).set_content_type(content_type);
        let began = self.now();
        match put.if_none_match("*").body(ByteStream::from(bytes)).send().await {
            Err(error) if error.code() != Some("PreconditionFailed") => return Err(store_error(&error)),
            Ok(_) | Err(_) => {}
        }
        // A machine that slept meanwhile: another run may have taken the copy away since. S3 takes no request that was signed longer ago.
        if self.now().duration_since(began) > LONGEST_STEP {
            return Ok(());
        }
        self.delete(from).await
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let deleted = self.s3().delete_object().bucket(&self.config().bodies_bucket).key(key).send().await;
        deleted.map(drop).map_err(|error| store_error(&error))
    }
}

/// Those of `hashes` that a stream names, and those that it names no more because one of its texts was erased.
///
/// Whatever an event is of, a hash in it is a name: an event of newer code keeps what it speaks of.
fn spoken_of(
    stream: &StreamCommits,
    hashes: &HashSet<BodyHash>,
) -> Result<(BTreeSet<BodyHash>, BTreeSet<BodyHash>), DecodeError> {
    let (mut named, mut erased) = (BTreeSet::new(), BTreeSet::new());
    let is_document = stream.stream.category() == Document::CATEGORY;
    for (commit, event) in
        stream.commits.iter().flat_map(|commit| commit.events.iter().map(move |event| (commit, event)))
    {
        if is_document
            && event.name == "TextErased"
            && let DocumentEvent::TextErased { bodies, .. } = decode_event(commit, event)?
        {
            for body in bodies {
                named.remove(&body);
                erased.insert(body);
            }
            continue;
        }
        for hash in hashes_in(event.data.0.get()).filter(|hash| hashes.contains(hash)) {
            erased.remove(&hash);
            named.insert(hash);
        }
    }
    Ok((named, erased))
}

/// Every run of 64 hexadecimal digits in `text`.
fn hashes_in(text: &str) -> impl Iterator<Item = BodyHash> {
    let words = text.split(|c: char| !c.is_ascii_hexdigit());
    words.filter_map(|word| word.to_owned().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_of_an_event_is_found_wherever_it_stands() {
        let (one, other) = ("ab".repeat(32), "0c".repeat(32));
        let text = format!(r#"{{"content":{{"body":"{one}"}},"short":"{}","list":["/_files/{other}"]}}"#, &one[2..]);
        assert_eq!(hashes_in(&text).map(|hash| hash.to_string()).collect::<Vec<_>>(), [one, other]);
    }

    #[test]
    fn the_bytes_of_a_file_are_as_young_as_the_youngest_record_of_them() {
        let (file, text) = ("ab".repeat(32), "0c".repeat(32));
        let stored = |key: String, second: i64| Stored { key, written: Timestamp::from_second(second).unwrap() };
        let mut kept = [
            stored(format!("body/{file}"), 10),
            stored(format!("body/{text}"), 20),
            stored(format!("file/{file}/a"), 10),
            stored(format!("file/{file}/b"), 90),
            stored(format!("file/{file}/c"), 50),
        ];
        renew(&mut kept);
        let seconds = kept.iter().map(|object| object.written.as_second()).collect::<Vec<_>>();
        assert_eq!(seconds, [90, 20, 10, 90, 50], "a record keeps its own age");
        let mut younger = [stored(format!("body/{file}"), 99), stored(format!("file/{file}/a"), 10)];
        renew(&mut younger);
        assert_eq!(younger[0].written.as_second(), 99, "put anew after a sweep took it away");
    }

    #[test]
    fn what_is_no_body_has_no_hash() {
        let hash = "ab".repeat(32);
        assert_eq!(hash_of(&format!("body/{hash}")).unwrap().as_str(), hash);
        assert_eq!(hash_of(&format!("file/{hash}/gq4tmnzz")).unwrap().as_str(), hash);
        for none in [format!("other/{hash}"), "body/x".to_owned(), hash] {
            assert_eq!(hash_of(&none), None);
        }
    }
}
