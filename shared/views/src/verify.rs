//! Derives guards, rows and pages from the ledger and compares them with what is stored: *behind* apart from *different*.
//!
//! Both ways: what the ledger gives must be there, and what is there must follow from the ledger. A city at work moves on between one read and the next: what differs is
//! looked at once more beside what was committed meanwhile, before it is told.

mod derived;
mod pages;
mod stored;
mod waiting;

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;

use self::derived::Derived;
use crate::{
    incremental::{Worker, WorkerError},
    page::PageKey,
    projection::Projection,
    store::Prefix,
};

/// How often what differs is looked at once more, while the city moves on.
const LOOKS: usize = 3;

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
    /// In a city at work a page that is being changed may be told as behind; no other is excused for it.
    ///
    /// # Errors
    /// A store failed, or this code cannot tell: the rows are of another fold, the city or one of its pages is of newer templates.
    pub async fn verify(&self) -> Result<VerifyReport, WorkerError> {
        let registry = self.registry().await?;
        self.is_of_our_fold(&registry)?;
        self.is_not_newer("the city is", registry.generation)?;
        let prefix = Prefix(registry.active);
        let mut report = VerifyReport::default();
        // Before the ledger is read: what is committed meanwhile makes pages that these are not.
        let objects = self.objects.list("").await?;
        let mut held = self.held_guards().await?;
        let mut expected = self.derive(&mut report).await?;
        let mut stored = self.stored_rows(&prefix).await?;
        let mut waiting = self.waiting(&expected, &stored).await?;
        let mut guards = expected.compare_guards(&held);
        let mut rows = expected.compare_rows(&stored, &waiting, &mut report);
        for _ in 0..LOOKS {
            if guards.is_empty() && rows.iter().all(Difference::is_behind) {
                break;
            }
            let mut moved = self.follow(&mut expected, &mut report).await?;
            let doubtful = expected.compare_guards(&held);
            moved |= self.read_guards_again(&mut held, doubtful).await?;
            moved |= self.read_rows_again(&prefix, &expected, &mut stored, &rows).await?;
            if !moved {
                break;
            }
            waiting = self.waiting(&expected, &stored).await?;
            guards = expected.compare_guards(&held);
            rows = expected.compare_rows(&stored, &waiting, &mut report);
        }
        report.guards = expected.guards.values().map(|of_stream| of_stream.len() as u64).sum();
        report.differences.extend(guards.into_iter().map(|(_, difference)| difference));
        report.differences.extend(rows);
        let pages: BTreeSet<PageKey> = expected.rows.rows().flat_map(|row| self.projection.all_pages_of(row)).collect();
        let produced: HashSet<String> = pages.iter().map(PageKey::object_key).collect();
        self.compare_pages(&prefix, (&expected, &stored.rows), waiting, pages, &mut report).await?;
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
}
