//! Pages beside what their rows give.

use std::collections::BTreeSet;

use futures::{StreamExt, stream};

use super::{Derived, Difference, VerifyReport, waiting::Waiting};
use crate::{
    incremental::{Worker, WorkerError},
    page::{PageKey, PageObject},
    projection::Projection,
    render::{Bodies, Rendered},
    snapshot::Snapshot,
    store::Prefix,
};

/// Pages compared at once.
const CONCURRENT: usize = 16;

impl<P: Projection> Worker<P> {
    /// Compares every page with what its rows give.
    pub(super) async fn compare_pages(
        &self,
        prefix: &Prefix,
        rows: (&Derived, &Snapshot),
        mut waiting: Waiting,
        pages: BTreeSet<PageKey>,
        report: &mut VerifyReport,
    ) -> Result<(), WorkerError> {
        report.pages = pages.len() as u64;
        report.dirty = self.wait_for_dirty(prefix, &mut waiting, rows.0).await?;
        let mut found = self.differing(rows, &waiting, pages).await?;
        if found.iter().any(|(_, difference)| !difference.is_behind()) {
            // What was committed, or left to be done, since the rows were read makes pages of rows that were not read.
            self.wait_for_news(&mut waiting, rows.0).await?;
            report.dirty = report.dirty.max(self.wait_for_dirty(prefix, &mut waiting, rows.0).await?);
            let again = found.into_iter().map(|(page, _)| page).collect();
            found = self.differing(rows, &waiting, again).await?;
        }
        report.differences.extend(found.into_iter().map(|(_, difference)| difference));
        Ok(())
    }

    /// Those of `pages` that are not as their rows give them.
    async fn differing(
        &self,
        (expected, stored): (&Derived, &Snapshot),
        waiting: &Waiting,
        pages: BTreeSet<PageKey>,
    ) -> Result<Vec<(PageKey, Difference)>, WorkerError> {
        let mut compared = stream::iter(pages)
            .map(|page| async move {
                let may_wait = waiting.is_for(&page);
                let difference = self.compare_page(&expected.rows, stored, may_wait, page.clone()).await;
                difference.map(|difference| difference.map(|difference| (page, difference)))
            })
            .buffer_unordered(CONCURRENT);
        let mut found = Vec::new();
        while let Some(difference) = compared.next().await {
            found.extend(difference?);
        }
        Ok(found)
    }

    /// Names the objects among these, which no row gives, that no rebuild has closed: whatever they show, readers can see it.
    pub(super) async fn find_strays(&self, objects: Vec<String>, report: &mut VerifyReport) -> Result<(), WorkerError> {
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

    /// Compares one page. One for which work waits is behind.
    async fn compare_page(
        &self,
        rows: &Snapshot,
        stored_rows: &Snapshot,
        may_wait: bool,
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
            stored if may_wait && self.may_be_behind(stored_rows, &page, stored.as_ref()).await? => {
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
