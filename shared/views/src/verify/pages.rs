//! Pages beside what their rows give.

use std::collections::BTreeSet;

use futures::{StreamExt, stream};

use super::{Derived, Difference, VerifyReport};
use crate::{
    incremental::{Worker, WorkerError},
    page::{PageKey, PageObject},
    projection::Projection,
    render::{Bodies, Rendered},
    snapshot::Snapshot,
};

/// Pages compared at once.
const CONCURRENT: usize = 16;

impl<P: Projection> Worker<P> {
    /// Compares every page with what its rows give.
    pub(super) async fn compare_pages(
        &self,
        expected: &Derived,
        stored: &Snapshot,
        pages: BTreeSet<PageKey>,
        report: &mut VerifyReport,
    ) -> Result<(), WorkerError> {
        let waits = report.dirty > 0 || report.differences.iter().any(Difference::is_behind);
        report.pages = pages.len() as u64;
        let mut found = self.differing(expected, stored, waits, pages).await?;
        // What was committed since the rows were read made pages of rows that were not read.
        let differs = !waits && found.iter().any(|(_, difference)| !difference.is_behind());
        if differs && !self.unread(expected).await?.is_empty() {
            let again = found.into_iter().map(|(page, _)| page).collect();
            found = self.differing(expected, stored, true, again).await?;
        }
        report.differences.extend(found.into_iter().map(|(_, difference)| difference));
        Ok(())
    }

    /// Those of `pages` that are not as their rows give them.
    async fn differing(
        &self,
        expected: &Derived,
        stored: &Snapshot,
        waits: bool,
        pages: BTreeSet<PageKey>,
    ) -> Result<Vec<(PageKey, Difference)>, WorkerError> {
        let mut compared = stream::iter(pages)
            .map(|page| async move {
                let difference = self.compare_page(&expected.rows, stored, waits, page.clone()).await;
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
