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

/// Where one after another's bodies come from: a page and the JSON beside it are made of the same one.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    last: Option<(String, Vec<u8>)>,
    /// How long they were waited for.
    pub(crate) waited: Duration,
}

impl Bodies {
    /// The body of `hash`; none if the store has none.
    async fn get<P: Projection>(&mut self, worker: &Worker<P>, hash: &str) -> Result<Option<Vec<u8>>, WorkerError> {
        if let Some((last, body)) = &self.last
            && last == hash
        {
            return Ok(Some(body.clone()));
        }
        let asked = Instant::now();
        let body = worker.body(hash).await?;
        self.waited += asked.elapsed();
        self.last = body.clone().map(|body| (hash.to_owned(), body));
        Ok(body)
    }
}

impl<P: Projection> Worker<P> {
    /// The bytes a page has by these rows.
    pub(crate) async fn render_from(
        &self,
        snapshot: &Snapshot,
        page: &PageKey,
        bodies: &mut Bodies,
    ) -> Result<Rendered, WorkerError> {
        let mut reads = Reads::default();
        loop {
            let model = match self.projection.compose(page, &reads) {
                Ok(Composition::Page(model)) => model,
                Ok(Composition::Nothing) => return Ok(Rendered::Nothing),
                Err(Missing(Read::Body(hash))) => {
                    match bodies.get(self, &hash).await? {
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
            let generation = self.projection.generation(page, self.generation);
            let provenance = Provenance { digest: reads.digest(generation), generation };
            return Ok(match self.projection.render(page, model, &provenance) {
                Ok(object) => Rendered::Page(object),
                Err(reason) => Rendered::Failed(reason),
            });
        }
    }
}
