//! Derives guards, rows and pages from the ledger and compares them with what is stored: *behind* apart from *different*.
//!
//! Both ways: what the ledger gives must be there, and what is there must follow from the ledger.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::StreamId;
use futures::{StreamExt, stream};
use serde::Serialize;

use crate::{
    incremental::{Worker, WorkerError},
    page::{PageKey, PageObject},
    plan::plan,
    projection::Projection,
    render::{Bodies, Rendered},
    row::RowKey,
    snapshot::Snapshot,
    store::{CHECKPOINT, Prefix},
};

/// Segments of the ledger scan.
const SEGMENTS: u32 = 2;

/// Pages compared at once.
const CONCURRENT: usize = 16;

/// One thing that is not as the ledger says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Difference {
    /// The stream has commits past its checkpoint: time will mend it.
    Behind {
        /// The stream.
        stream: String,
        /// Its checkpoint.
        checkpoint: u64,
        /// Its head.
        head: u64,
    },
    /// The page is not made of the newest rows: a stream behind or a dirty row will mend it.
    PageBehind {
        /// Its key in the bucket.
        object: String,
    },
    /// The stream cannot be folded or its commits are damaged.
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// A row is missing, or not of the version or content that the ledger gives.
    Row {
        /// Its slice.
        slice: String,
        /// Its key.
        key: String,
        /// What is wrong.
        what: String,
    },
    /// A guard is missing, foreign or follows from no event.
    Guard {
        /// Its scope.
        scope: String,
        /// Its claim.
        claim: String,
        /// What is wrong.
        what: String,
    },
    /// A page's bytes or metadata differ from those its rows give, or no row gives it.
    Page {
        /// Its key in the bucket.
        object: String,
        /// What is wrong.
        what: String,
    },
}

impl Difference {
    /// Whether time alone mends it.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        matches!(self, Self::Behind { .. } | Self::PageBehind { .. })
    }
}

/// What a verification saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Streams folded.
    pub streams: u64,
    /// Commits whose hash chain was checked.
    pub commits: u64,
    /// Rows compared.
    pub rows: u64,
    /// Guards compared.
    pub guards: u64,
    /// Pages compared.
    pub pages: u64,
    /// Stored rows that may be of streams which cannot be read: they are taken as they are.
    pub unread_rows: u64,
    /// Dirty rows that wait: their pages may be behind.
    pub dirty: u64,
    /// Everything that is not as the ledger says.
    pub differences: Vec<Difference>,
}

impl<P: Projection> Worker<P> {
    /// Compares everything derived with the ledger; writes nothing.
    ///
    /// Run it on a city at rest: what changes meanwhile may show as behind or different.
    ///
    /// # Errors
    /// A store failed, or this code cannot tell: the rows are of another fold, the city or one of its pages is of newer templates.
    pub async fn verify(&self) -> Result<VerifyReport, WorkerError> {
        let registry = self.registry().await?;
        self.is_of_our_fold(&registry)?;
        self.is_not_newer("the city is", registry.generation)?;
        let prefix = Prefix(registry.active);
        let mut report =
            VerifyReport { dirty: self.views.dirty(&prefix, 1000).await?.len() as u64, ..VerifyReport::default() };
        // Before the ledger is read: what is committed meanwhile makes pages that these are not.
        let objects = self.objects.list("").await?;
        let mut expected = self.derive(&mut report).await?;
        let stored = self.compare_rows(&prefix, &mut expected, &mut report).await?;
        let pages: BTreeSet<PageKey> = expected.rows.rows().flat_map(|row| self.projection.all_pages_of(row)).collect();
        let produced: HashSet<String> = pages.iter().map(PageKey::object_key).collect();
        self.compare_pages(&expected, &stored, pages, &mut report).await?;
        let others = objects.into_iter().map(|(key, _)| key).filter(|key| !produced.contains(key)).collect();
        self.find_strays(others, &mut report).await?;
        report.differences.sort();
        Ok(report)
    }

    /// Whether this code has the templates of a generation, or newer ones.
    fn is_not_newer(&self, what: &str, found: u64) -> Result<(), WorkerError> {
        if found > self.generation {
            return Err(WorkerError::NewerGeneration { what: what.to_owned(), found, ours: self.generation });
        }
        Ok(())
    }

    /// Folds the whole ledger: rows in memory, guards compared on the way.
    async fn derive(&self, report: &mut VerifyReport) -> Result<Derived, WorkerError> {
        let store = |error| WorkerError::Ledger(ledger::LoadError::Store(error));
        let held = self.ledger.all_guards().await.map_err(store)?;
        let mut held: BTreeMap<_, _> = held.into_iter().map(|held| (held.guard.clone(), held)).collect();
        let mut derived = Derived::default();
        let mut scan = self.ledger.scan(SEGMENTS);
        while let Some(found) = scan.recv().await {
            let found = match found {
                Ok(found) => found,
                Err(ledger::LoadError::Store(error)) => return Err(store(error)),
                Err(damage) => {
                    if let ledger::LoadError::Damaged { stream, .. } = &damage {
                        derived.unreadable.insert(stream.clone());
                    }
                    report.differences.push(Difference::Damaged { reason: damage.to_string() });
                    continue;
                }
            };
            report.streams += 1;
            report.commits += found.commits.len() as u64;
            let guards = match ledger::guards_of(&found.commits) {
                Ok(guards) => guards,
                Err(unreadable) => {
                    report.differences.push(Difference::Damaged { reason: unreadable.to_string() });
                    derived.unreadable.insert(found.stream);
                    continue;
                }
            };
            for wanted in guards {
                report.guards += 1;
                let what = match held.remove(&wanted.guard) {
                    Some(stored) if stored == wanted => continue,
                    Some(stored) => format!(
                        "held by commit {} of {}, not by {} of {}",
                        stored.number, stored.stream, wanted.number, wanted.stream
                    ),
                    None => "missing".to_owned(),
                };
                report.differences.push(Difference::Guard {
                    scope: wanted.guard.scope,
                    claim: wanted.guard.claim,
                    what,
                });
            }
            match plan(&*self.projection, &found.stream, &found.commits, 0) {
                Ok(plan) => {
                    for row in plan.rows {
                        derived.owners.insert(row.at.clone(), found.stream.clone());
                        derived.rows.insert(row);
                    }
                    derived.heads.insert(found.stream, plan.head);
                }
                Err(failure) => {
                    report.differences.push(Difference::Damaged { reason: failure.to_string() });
                    derived.unreadable.insert(found.stream);
                }
            }
        }
        for left in held.into_values().filter(|held| !derived.unreadable.contains(&held.stream)) {
            report.differences.push(Difference::Guard {
                scope: left.guard.scope,
                claim: left.guard.claim,
                what: "follows from no event".to_owned(),
            });
        }
        Ok(derived)
    }

    /// Compares rows and checkpoints; gives the stored rows.
    ///
    /// A row does not name its stream. Where streams cannot be read, a row that no other gives may be theirs: it is taken as expected, and so are the
    /// pages made of it. The damage itself is told once.
    async fn compare_rows(
        &self,
        prefix: &Prefix,
        expected: &mut Derived,
        report: &mut VerifyReport,
    ) -> Result<Snapshot, WorkerError> {
        let (mut stored, mut checkpoints) = (Snapshot::default(), BTreeMap::new());
        let mut rows = self.views.scan_rows(prefix);
        while let Some(row) = rows.recv().await {
            let row = row?;
            match row.at.slice.strip_prefix(CHECKPOINT) {
                Some(stream) => drop(checkpoints.insert(stream.to_owned(), row.version)),
                None if row.at.slice == LOW_WATER => {}
                None => stored.insert(row),
            }
        }
        for row in stored.rows() {
            report.rows += 1;
            match expected.rows.get(&row.at) {
                Some(_) => {}
                None if expected.unreadable.is_empty() => {
                    report.differences.push(row_difference(&row.at, "follows from no event"));
                }
                None => {
                    report.unread_rows += 1;
                    expected.rows.insert(row.clone());
                }
            }
        }
        for wanted in expected.rows.rows() {
            let stream = expected.owners.get(&wanted.at);
            let checkpoint = stream.and_then(|stream| checkpoints.get(stream.as_str())).copied().unwrap_or(0);
            let what = match stored.get(&wanted.at) {
                Some(row) if row == wanted => continue,
                // The stream's own line says that it is behind.
                _ if checkpoint < wanted.version => continue,
                Some(row) if row.version == wanted.version => "of other content".to_owned(),
                Some(row) => format!("at version {}, the ledger gives {}", row.version, wanted.version),
                None => "missing".to_owned(),
            };
            report.differences.push(row_difference(&wanted.at, &what));
        }
        for (stream, head) in &expected.heads {
            let checkpoint = checkpoints.get(stream.as_str()).copied().unwrap_or(0);
            if checkpoint < *head {
                report.differences.push(Difference::Behind { stream: stream.to_string(), checkpoint, head: *head });
            }
        }
        Ok(stored)
    }

    async fn compare_pages(
        &self,
        expected: &Derived,
        stored: &Snapshot,
        pages: BTreeSet<PageKey>,
        report: &mut VerifyReport,
    ) -> Result<(), WorkerError> {
        let waits = report.dirty > 0 || report.differences.iter().any(Difference::is_behind);
        let mut compared = stream::iter(pages)
            .map(|page| async move { self.compare_page(&expected.rows, stored, waits, page).await })
            .buffer_unordered(CONCURRENT);
        while let Some(difference) = compared.next().await {
            report.pages += 1;
            report.differences.extend(difference?);
        }
        Ok(())
    }

    /// Names the objects among these, which no row gives, that no rebuild has closed: whatever they show, readers can see it.
    async fn find_strays(&self, objects: Vec<String>, report: &mut VerifyReport) -> Result<(), WorkerError> {
        let mut looked = stream::iter(objects)
            .map(|object| async move { (self.objects.get(&object).await, object) })
            .buffer_unordered(CONCURRENT);
        while let Some((stored, object)) = looked.next().await {
            let closed = stored?.is_none_or(|page| page.object == PageObject::orphan(page.object.generation));
            if !closed {
                report.differences.push(Difference::Page { object, what: "nothing produces it".to_owned() });
            }
        }
        Ok(())
    }

    /// Compares one page. A page that its stored rows give, or that a dirty row may name, is behind while anything waits.
    async fn compare_page(
        &self,
        rows: &Snapshot,
        stored_rows: &Snapshot,
        waits: bool,
        page: PageKey,
    ) -> Result<Option<Difference>, WorkerError> {
        let object = page.object_key();
        let stored = self.objects.get(&object).await?.map(|stored| stored.object);
        if let Some(stored) = &stored {
            self.is_not_newer(&format!("page `{object}` is"), stored.generation)?;
        }
        let wanted = match self.render_from(rows, &page, &mut Bodies::default()).await? {
            Rendered::Nothing => return Ok(None),
            Rendered::Failed(reason) => {
                return Ok(Some(Difference::Page { object, what: format!("cannot be rendered: {reason}") }));
            }
            Rendered::Page(wanted) => wanted,
        };
        if stored.as_ref() == Some(&wanted) {
            return Ok(None);
        }
        let what = match stored {
            Some(stored) if stored.digest == wanted.digest => {
                "its digest is right, its bytes or metadata are not".to_owned()
            }
            stored if waits && self.may_be_behind(stored_rows, &page, stored.as_ref()).await? => {
                return Ok(Some(Difference::PageBehind { object }));
            }
            Some(stored) => format!("of digest {}, its rows give {}", stored.digest, wanted.digest),
            None => "missing".to_owned(),
        };
        Ok(Some(Difference::Page { object, what }))
    }

    /// Whether a page may be as an earlier state of the ledger had it, while work waits: missing, of another digest, but whole.
    async fn may_be_behind(
        &self,
        stored_rows: &Snapshot,
        page: &PageKey,
        stored: Option<&PageObject>,
    ) -> Result<bool, WorkerError> {
        let Some(stored) = stored else { return Ok(true) };
        Ok(match self.render_from(stored_rows, page, &mut Bodies::default()).await? {
            Rendered::Page(made) => made.digest != stored.digest || made == *stored,
            Rendered::Nothing | Rendered::Failed(_) => true,
        })
    }
}

/// Slice of the repair's low-water day, which follows from no event.
const LOW_WATER: &str = "low-water";

fn row_difference(at: &RowKey, what: &str) -> Difference {
    Difference::Row { slice: at.slice.clone(), key: at.key.clone(), what: what.to_owned() }
}

/// What the ledger alone gives.
#[derive(Debug, Default)]
struct Derived {
    rows: Snapshot,
    owners: BTreeMap<RowKey, StreamId>,
    heads: BTreeMap<StreamId, u64>,
    /// Streams that are damaged or cannot be folded: what they own is unknown.
    unreadable: BTreeSet<StreamId>,
}
