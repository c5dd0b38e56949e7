//! A city of two lists and two streams, and the stores in memory.

use std::collections::{BTreeMap, BTreeSet};

use domain::StreamId;
use ledger::Commit;

use crate::{
    fold::{Fold, RowSet},
    page::{Ask, ETag, PageHead, PageKey, PageObject, PageWriter, Purges, Put, Status, Told},
    plan::{Plan, plan},
    projection::{Composition, FoldFailure, Projection, Provenance},
    reads::{Missing, Read, Reads},
    row::{Row, RowKey},
    work::{Cause, Scope},
};

/// Which step is replaced by a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shortcut {
    None,
    /// Touch only the lists of the checkpoint's state and the head's.
    TouchEnds,
    /// Give rows the version of the head the worker saw.
    HeadVersion,
    /// Leave the digest out of the bytes.
    NoDigest,
    /// Purge only what was written by this very worker.
    PurgeWritten,
    /// A withdrawal purges only the pages of the rows it changed.
    PurgeChanged,
    /// Only a withdrawal that nothing followed counts as one.
    CauseOfHead,
    /// A page has one purge row, whose cause is the last look's.
    OnePurgeRow,
    /// Render pages from whatever prefix a batch feeds.
    PagesFromAny,
    /// Wait for batches after the switch, but not for the clock.
    BatchesOnly,
    /// The clock goes on with the prefix it found first.
    OldRegistry,
    /// Switch without a mark on every page.
    NoMark,
    /// Sweep the mark of a dead rebuild while workers from before the switch may live.
    SweepAtOnce,
    /// The pass after the switch brings rows only.
    RowsOnly,
    /// Switch without the page pass.
    NoPagePass,
    /// List the ETags after reading the rows.
    ListLate,
    /// A rebuild tells the CDN of no withdrawal that it brings in.
    NoPurgeOfAll,
    /// It does, but before its page pass.
    PurgeFirst,
    /// Switch without a mark on every copy.
    NoCopiesMark,
    /// Feed the active prefix before the one that takes over.
    ActiveFirst,
    /// Read a stream once for each prefix that is fed, not once for the batch.
    LoadEach,
    /// Read the registry before the streams.
    RegistryFirst,
    /// Advance or clear a scope before what its rows stand for is marked and written.
    PassFirst,
    /// Advance or clear a scope though somebody marked it anew.
    PassAnyToken,
}

/// Where each stream is listed after each of its commits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Lists {
    pub(super) places: BTreeMap<&'static str, Vec<Option<&'static str>>>,
    pub(super) shortcut: Shortcut,
}

impl Lists {
    pub(super) fn last(&self, stream: &str) -> u64 {
        self.places.get(stream).map_or(0, |places| places.len() as u64 - 1)
    }

    fn place(&self, stream: &str, commit: u64) -> Option<&'static str> {
        self.places.get(stream)?.get(usize::try_from(commit).unwrap()).copied().flatten()
    }

    /// Bytes of a list as a bulk build from the whole ledger makes them.
    pub(super) fn built(&self, list: &str, heads: &BTreeMap<&'static str, u64>, generation: u64) -> Option<Vec<u8>> {
        let mut rows = Vec::new();
        for (stream, head) in heads {
            rows.extend(self.fold(&id(stream), &commits(stream, *head)).unwrap());
        }
        rows.sort();
        let mut reads = Reads::default();
        let page = key(list);
        loop {
            match self.compose(&page, &reads) {
                Err(Missing(read)) => {
                    let found = rows.iter().filter(|row| read == Read::all(row.at.slice.clone())).cloned().collect();
                    reads.put_rows(read, found);
                }
                Ok(Composition::Page(model)) => {
                    let provenance = Provenance { digest: reads.digest(generation), generation };
                    return Some(self.render(&page, model, &provenance).unwrap().bytes);
                }
                Ok(Composition::Nothing) => return None,
            }
        }
    }
}

/// The commits of a stream up to `head`.
pub(super) fn commits(stream: &str, head: u64) -> Vec<Commit> {
    let commit = |number| Commit {
        stream: id(stream),
        number,
        id: "a".repeat(26).parse().unwrap(),
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: "model".parse().unwrap(),
        fingerprint: None,
        events: Vec::new(),
        hash: [0; 32],
    };
    (1..=head).map(commit).collect()
}

pub(super) fn id(stream: &str) -> StreamId {
    format!("model:{stream}").parse().unwrap()
}

pub(super) fn key(list: &str) -> PageKey {
    PageKey { site: "s".into(), path: format!("/{list}"), kind: "list".into(), about: String::new() }
}

impl Projection for Lists {
    type Model = Vec<String>;

    fn fold(&self, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure> {
        let mut fold = Fold::default();
        for commit in commits {
            let mut rows = RowSet::default();
            if let Some(list) = self.place(stream.key(), commit.number) {
                rows.own(RowKey::new(list, stream.key()), &"entry");
            }
            fold.advance(rows, commit.number);
        }
        Ok(fold.into_rows())
    }

    fn withdraws(&self, commit: &Commit) -> bool {
        let place = |number| self.place(commit.stream.key(), number);
        place(commit.number).is_none() && place(commit.number - 1).is_some()
    }

    fn touched(&self, row: &Row) -> Vec<PageKey> {
        vec![key(&row.at.slice)]
    }

    fn wide(&self, _: &Row) -> Vec<Scope> {
        Vec::new()
    }

    fn pages_of(&self, row: &Row) -> Vec<PageKey> {
        self.touched(row)
    }

    fn all_pages_of(&self, row: &Row) -> Vec<PageKey> {
        self.touched(row)
    }

    fn sites(&self) -> String {
        String::new()
    }

    fn pages_of_site(&self, row: &Row) -> Scope {
        Scope::changed(row.at.slice.as_str(), "", crate::work::Lane::Bulk)
    }

    fn compose(&self, page: &PageKey, reads: &Reads) -> Result<Composition<Vec<String>>, Missing> {
        let rows = reads.rows(Read::all(page.path.trim_start_matches('/')))?;
        if rows.is_empty() {
            return Ok(Composition::Nothing);
        }
        Ok(Composition::Page(rows.iter().filter(|row| row.is_live()).map(|row| row.at.key.clone()).collect()))
    }

    fn render(&self, _: &PageKey, model: Vec<String>, provenance: &Provenance) -> Result<PageObject, String> {
        let digest = if self.shortcut == Shortcut::NoDigest { String::new() } else { provenance.digest.clone() };
        let bytes = format!("{model:?} {digest}").into_bytes();
        // Without a digest in it, a page's own bytes are all there is to tell it by.
        let digest = if digest.is_empty() { String::from_utf8(bytes.clone()).unwrap() } else { digest };
        Ok(PageObject {
            status: Status::Ok,
            content_type: "text/html".into(),
            disposition: None,
            bytes,
            digest,
            generation: provenance.generation,
        })
    }
}

/// Rows and checkpoints of one prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Rows {
    pub(super) rows: BTreeMap<RowKey, Row>,
    pub(super) checkpoints: BTreeMap<&'static str, u64>,
}

impl Rows {
    pub(super) fn put(&mut self, row: &Row) {
        let newer = self.rows.get(&row.at).is_none_or(|old| old.version < row.version);
        if newer {
            self.rows.insert(row.at.clone(), row.clone());
        }
    }

    pub(super) fn checkpoint(&self, stream: &str) -> u64 {
        self.checkpoints.get(stream).copied().unwrap_or(0)
    }

    pub(super) fn mark(&mut self, stream: &'static str, head: u64) {
        let at = self.checkpoints.entry(stream).or_default();
        *at = head.max(*at);
    }

    pub(super) fn read(&self, read: &Read) -> Vec<Row> {
        self.rows.values().filter(|row| *read == Read::all(row.at.slice.clone())).cloned().collect()
    }
}

/// Pages in S3, copies in the CDN, purges that wait.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Pages {
    pub(super) stored: BTreeMap<PageKey, PageObject>,
    pub(super) cached: BTreeMap<PageKey, Vec<u8>>,
    pub(super) purges: BTreeSet<(PageKey, Cause)>,
}

/// Which purges the CDN is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sender {
    /// All: they cost nothing.
    All,
    /// Those of withdrawals: each costs money.
    Withdrawals,
}

/// The tag of an object: a function of its bytes, as S3's is.
pub(super) fn etag(object: &PageObject) -> ETag {
    ETag(String::from_utf8_lossy(&object.bytes).into_owned())
}

impl Pages {
    pub(super) fn leave_purge(&mut self, page: PageKey, cause: Cause, shortcut: Shortcut) {
        if shortcut == Shortcut::OnePurgeRow {
            self.purges.retain(|(other, _)| *other != page);
        }
        self.purges.insert((page, cause));
    }

    /// Sends what waits; the CDN forgets.
    pub(super) fn send_purges(&mut self, sender: Sender) {
        for (page, cause) in std::mem::take(&mut self.purges) {
            if sender == Sender::All || cause == Cause::Withdrawn {
                self.cached.remove(&page);
            }
        }
    }

    pub(super) fn head(&self, page: &PageKey) -> Option<PageHead> {
        self.stored.get(page).map(|object| PageHead {
            etag: etag(object),
            digest: object.digest.clone(),
            generation: object.generation,
            status: object.status.code(),
        })
    }

    pub(super) fn put(&mut self, page: &PageKey, put: Put) -> bool {
        if self.stored.get(page).map(etag) != put.expected {
            return false;
        }
        self.stored.insert(page.clone(), put.object);
        true
    }
}

/// A batch of one stream, between two of its steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Batch {
    /// Nothing begun.
    Load,
    /// Rows to write.
    Writing { plan: Plan, at: usize },
    /// A page's machine and what it asks.
    Page { plan: Plan, left: BTreeSet<PageKey>, writer: PageWriter, ask: Ask },
    /// Checkpoint to move.
    Mark { head: u64 },
    /// Over.
    Done,
}

impl Batch {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Load => "load".into(),
            Self::Writing { at, .. } => format!("row {at}"),
            Self::Page { writer, ask, .. } => {
                let ask = format!("{ask:?}");
                format!("{} {}", writer.key().path, ask.split(['(', ' ']).next().unwrap_or_default())
            }
            Self::Mark { head } => format!("mark {head}"),
            Self::Done => "done".into(),
        }
    }

    /// Takes one step on `rows` and `pages`.
    pub(super) fn step(
        self,
        lists: &Lists,
        stream: &'static str,
        head: u64,
        rows: &mut Rows,
        pages: &mut Pages,
        generation: u64,
    ) -> Self {
        match self {
            Self::Load => {
                let checkpoint = rows.checkpoint(stream);
                let mut plan = plan(lists, &id(stream), &commits(stream, head), checkpoint).unwrap();
                if plan.head <= checkpoint {
                    return Self::Done;
                }
                if lists.shortcut == Shortcut::HeadVersion {
                    plan.rows.iter_mut().for_each(|row| row.version = head);
                }
                if lists.shortcut == Shortcut::TouchEnds {
                    let ends = [lists.place(stream, checkpoint), lists.place(stream, head)];
                    plan.pages = ends.into_iter().flatten().map(key).collect();
                }
                if lists.shortcut == Shortcut::PurgeChanged {
                    let changed = plan.rows.iter().filter(|row| row.version > checkpoint);
                    plan.pages = changed.flat_map(|row| lists.touched(row)).collect();
                }
                if lists.shortcut == Shortcut::CauseOfHead && lists.place(stream, head).is_some() {
                    plan.cause = Cause::Changed;
                }
                Self::Writing { plan, at: 0 }
            }
            Self::Writing { plan, at } => {
                plan.rows.get(at).into_iter().for_each(|row| rows.put(row));
                if at + 1 < plan.rows.len() {
                    return Self::Writing { plan, at: at + 1 };
                }
                let left = plan.pages.clone();
                Self::next_page(lists, plan, left, generation)
            }
            Self::Page { plan, left, mut writer, ask } => {
                let page = writer.key().clone();
                let told = match ask {
                    Ask::Head => Told::Head(pages.head(&page)),
                    Ask::Read(read) => Told::Rows(rows.read(&read)),
                    Ask::Put(put) => match pages.put(&page, *put) {
                        true => Told::Written,
                        false => Told::Changed,
                    },
                    Ask::Purge(cause) => {
                        pages.leave_purge(page, cause, lists.shortcut);
                        Told::Left
                    }
                    Ask::MarkDirty | Ask::Park(_) => {
                        panic!("no page of this world is of a newer generation or cannot be rendered")
                    }
                    Ask::Done(_) => return Self::next_page(lists, plan, left, generation),
                };
                match writer.step(lists, Some(told)) {
                    // What comes next touches nothing that others see: it is no step of its own.
                    Ask::Done(_) => Self::next_page(lists, plan, left, generation),
                    ask => Self::Page { plan, left, writer, ask },
                }
            }
            Self::Mark { head } => {
                rows.mark(stream, head);
                Self::Done
            }
            Self::Done => Self::Done,
        }
    }

    fn next_page(lists: &Lists, plan: Plan, mut left: BTreeSet<PageKey>, generation: u64) -> Self {
        match left.pop_first() {
            Some(page) => {
                let purges = match lists.shortcut {
                    Shortcut::PurgeWritten => Purges::WhenWritten,
                    _ => Purges::Always(plan.cause),
                };
                let mut writer = PageWriter::new(page, generation, purges);
                let ask = writer.step(lists, None);
                Self::Page { plan, left, writer, ask }
            }
            None => Self::Mark { head: plan.head },
        }
    }
}
