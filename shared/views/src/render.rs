//! The bytes a page has by rows that lie in memory.

use std::time::{Duration, Instant};

use crate::{
    incremental::{Worker, WorkerError},
    page::{PageKey, PageObject},
    projection::{Composition, Projection, Provenance},
    reads::{Missing, Read, Reads},
    snapshot::Snapshot,
};

/// What came of rendering a page from a snapshot.
pub(crate) enum Rendered {
    Page(PageObject),
    Nothing,
    Failed(String),
}

impl<P: Projection> Worker<P> {
    /// The bytes a page has by these rows; adds the time it waited for bodies to `waited`.
    pub(crate) async fn render_from(
        &self,
        snapshot: &Snapshot,
        page: &PageKey,
        waited: &mut Duration,
    ) -> Result<Rendered, WorkerError> {
        let mut reads = Reads::default();
        loop {
            let model = match self.projection.compose(page, &reads) {
                Ok(Composition::Page(model)) => model,
                Ok(Composition::Nothing) => return Ok(Rendered::Nothing),
                Err(Missing(Read::Body(hash))) => {
                    let asked = Instant::now();
                    let body = self.body(&hash).await?;
                    *waited += asked.elapsed();
                    match body {
                        Some(body) => reads.put_body(Read::Body(hash), body),
                        None => return Ok(Rendered::Failed(format!("body {hash} is not in the store"))),
                    }
                    continue;
                }
                Err(Missing(read)) => {
                    let rows = snapshot.read(&read);
                    reads.put_rows(read, rows);
                    continue;
                }
            };
            let provenance = Provenance { digest: reads.digest(self.generation), generation: self.generation };
            return Ok(match self.projection.render(page, model, &provenance) {
                Ok(object) => Rendered::Page(object),
                Err(reason) => Rendered::Failed(reason),
            });
        }
    }
}
