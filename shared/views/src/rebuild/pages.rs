//! The page pass: all ETags are listed first, then every page is rendered from the new prefix and put with If-Match.

use std::{
    collections::{BTreeSet, HashMap, HashSet, btree_set},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, task::JoinSet};

use super::{Phase, RebuildError, RebuildReport};
use crate::{
    incremental::{Worker, WorkerError},
    page::{ETag, Outcome, PageKey, PageObject, Purges, Put, Status},
    projection::Projection,
    registry::Registry,
    render::{Bodies, Rendered},
    snapshot::Snapshot,
    store::Prefix,
    work::ParkedWork,
};

/// Pages under way at once: while a store makes some of them durable, the next ones are on their way.
const HANDS: usize = 192;

/// Neighbours that one hand takes: a page and the JSON beside it are made of one body.
const NEIGHBOURS: usize = 4;

/// Purges that are left together: what one BatchWriteItem takes.
const PURGES: usize = 25;

/// Everything the hands share.
struct Pass<P> {
    worker: Worker<P>,
    prefix: Prefix,
    snapshot: Snapshot,
    listed: HashMap<String, ETag>,
    left: Mutex<btree_set::IntoIter<PageKey>>,
}

/// How one page ended, and what it took.
struct Ended {
    page: PageKey,
    outcome: Outcome,
    /// Whether its purge row is still to be left.
    purge: bool,
    /// Whether it took from readers what was under its address until now.
    took_away: bool,
    took: Took,
}

/// What a page took.
#[derive(Debug, Clone, Copy, Default)]
struct Took {
    bodies: Duration,
    render: Duration,
    put: Duration,
}

impl<P: Projection> Worker<P> {
    /// Lists all ETags, then renders every page from the prefix and puts it if it differs and nobody wrote it since.
    ///
    /// Tells whether something is gone now that readers had until then: copies of it may be anywhere.
    pub(super) async fn every_page(
        &self,
        prefix: &Prefix,
        registry: &mut Registry,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<bool, RebuildError> {
        let begun = Instant::now();
        let listed: HashMap<String, ETag> =
            self.objects.list("").await.map_err(WorkerError::View)?.into_iter().collect();
        let snapshot = Snapshot::of(&self.views, prefix).await?;
        let pages: BTreeSet<PageKey> = snapshot.rows().flat_map(|row| self.projection.all_pages_of(row)).collect();
        let produced: HashSet<String> = pages.iter().map(PageKey::object_key).collect();
        let orphans: Vec<(String, ETag)> = listed
            .iter()
            .filter(|(key, _)| !produced.contains(*key))
            .map(|(key, etag)| (key.clone(), etag.clone()))
            .collect();
        drop(produced);
        report.pages = pages.len() as u64;
        report.spent.list = begun.elapsed();
        let pass = Pass {
            worker: self.clone(),
            prefix: prefix.clone(),
            snapshot,
            listed,
            left: Mutex::new(pages.into_iter()),
        };
        let took_away = self.work(pass, registry, report, progress).await?;
        Ok(self.close_orphans(orphans, registry, report).await? || took_away)
    }

    /// Lets the hands work and takes in what they did; tells whether a page took something from readers.
    async fn work(
        &self,
        pass: Pass<P>,
        registry: &mut Registry,
        report: &mut RebuildReport,
        progress: &(dyn Fn(Phase) + Send + Sync),
    ) -> Result<bool, RebuildError> {
        let begun = Instant::now();
        let pass = Arc::new(pass);
        let (done, mut ended) = mpsc::channel(HANDS * 2);
        let mut hands = JoinSet::new();
        for _ in 0..HANDS {
            hands.spawn(hand(Arc::clone(&pass), done.clone()));
        }
        drop(done);
        let (mut seen, mut took, mut purges, mut anything_gone) = (0, Took::default(), Vec::new(), false);
        while let Some(page) = ended.recv().await {
            let Ended { page, outcome, purge, took_away, took: one } = page?;
            anything_gone |= took_away;
            report.written += u64::from(outcome == Outcome::Written);
            report.parked_pages += u64::from(outcome == Outcome::Parked);
            took.bodies += one.bodies;
            took.render += one.render;
            took.put += one.put;
            if purge {
                purges.push(page);
            }
            if purges.len() == PURGES {
                self.views.leave_purges(std::mem::take(&mut purges)).await.map_err(WorkerError::View)?;
            }
            self.renew(registry).await?;
            seen += 1;
            progress(Phase::Pages(seen, report.pages));
        }
        self.views.leave_purges(purges).await.map_err(WorkerError::View)?;
        while let Some(hand) = hands.join_next().await {
            hand.map_err(|panic| RebuildError::lost(&panic))?;
        }
        report.spent.share(begun.elapsed(), [took.bodies, took.render, took.put]);
        Ok(anything_gone)
    }

    async fn close_orphans(
        &self,
        mut orphans: Vec<(String, ETag)>,
        registry: &mut Registry,
        report: &mut RebuildReport,
    ) -> Result<bool, RebuildError> {
        let mut anything_gone = false;
        orphans.sort();
        for (key, etag) in orphans {
            self.renew(registry).await?;
            match report.parked.is_empty() {
                true => anything_gone |= self.close_orphan(key, etag, report).await?,
                false => report.orphans_left.push(key),
            }
        }
        Ok(anything_gone)
    }

    /// Turns an object that nothing produces into a 410, unless somebody wrote it since it was listed, newer templates did, or it is no page's at all;
    /// tells whether it did.
    async fn close_orphan(&self, key: String, etag: ETag, report: &mut RebuildReport) -> Result<bool, RebuildError> {
        let Some(page) = PageKey::of_object(&key, "orphan") else {
            report.orphans_left.push(key);
            return Ok(false);
        };
        let object = PageObject::orphan(self.generation);
        if etag.is_of(&object.bytes) {
            report.orphans.push(key);
            return Ok(false);
        }
        // What code of a newer generation wrote may be of rows that this code does not know.
        let head = self.objects.head(&page).await.map_err(WorkerError::View)?;
        let newer = head.is_some_and(|head| head.generation > self.generation);
        let put = Put { object, expected: Some(etag) };
        let closed = !newer && self.objects.put(&page, put).await.map_err(WorkerError::View)?;
        if closed {
            report.orphans.push(key);
            report.written += 1;
        } else {
            report.orphans_left.push(key);
        }
        Ok(closed)
    }
}

/// Takes page after page until none is left, or until somebody's failure ended the pass.
async fn hand<P: Projection>(pass: Arc<Pass<P>>, done: mpsc::Sender<Result<Ended, WorkerError>>) {
    let mut bodies = Bodies::default();
    loop {
        let pages = pass.next();
        if pages.is_empty() {
            return;
        }
        for page in pages {
            let ended = Box::pin(pass.once_more(page, &mut bodies)).await;
            if done.send(ended).await.is_err() {
                return;
            }
        }
    }
}

impl<P: Projection> Pass<P> {
    fn next(&self) -> Vec<PageKey> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(NEIGHBOURS).collect()
    }

    /// One page from the snapshot; if somebody wrote it since it was listed, the machine reads everything anew.
    async fn once_more(&self, page: PageKey, bodies: &mut Bodies) -> Result<Ended, WorkerError> {
        let (worker, mut took, begun) = (&self.worker, Took::default(), Instant::now());
        if worker.projection.is_large(&page) {
            // Its rows tell whether it is right: its bytes are read only to be written.
            let outcome = worker.write_page(&self.prefix, &page, Purges::WhenWritten).await?.outcome;
            took.put = begun.elapsed();
            // What is written over another object is a 410: its name leads to no other bytes.
            let took_away = outcome == Outcome::Written && self.listed.contains_key(&page.object_key());
            return Ok(Ended { page, outcome, purge: false, took_away, took });
        }
        let mut took_away = false;
        let before = bodies.waited;
        let rendered = worker.render_from(&self.snapshot, &page, bodies).await?;
        took.bodies = bodies.waited.saturating_sub(before);
        took.render = begun.elapsed().saturating_sub(took.bodies);
        let begun = Instant::now();
        let (outcome, purge) = match rendered {
            Rendered::Nothing => (Outcome::Nothing, false),
            Rendered::Failed(reason) => {
                worker.views.park(&self.prefix, ParkedWork::Page(page.clone()), reason).await?;
                (Outcome::Parked, false)
            }
            Rendered::Page(object) => {
                let listed = self.listed.get(&page.object_key());
                if listed.is_some_and(|etag| etag.is_of(&object.bytes)) {
                    (Outcome::Unchanged, false)
                } else {
                    // Generation and status of the stored page stand in its head only.
                    let head = match listed {
                        Some(_) => worker.objects.head(&page).await?,
                        None => None,
                    };
                    let newer = head.as_ref().is_some_and(|head| head.generation > worker.generation);
                    took_away =
                        object.status == Status::Gone && head.is_some_and(|head| head.status != Status::Gone.code());
                    if !newer && worker.objects.put(&page, Put { object, expected: listed.cloned() }).await? {
                        (Outcome::Written, true)
                    } else {
                        (worker.write_page(&self.prefix, &page, Purges::WhenWritten).await?.outcome, false)
                    }
                }
            }
        };
        took.put = begun.elapsed();
        Ok(Ended { page, outcome, purge, took_away, took })
    }
}
