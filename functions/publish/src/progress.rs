//! How far a commit has travelled on its road to the reader.

use std::collections::BTreeSet;

use domain::StreamId;
use ledger::Commit;
use serde::Serialize;
use utoipa::ToSchema;
use views::{
    PageKey, ParkedWork, Prefix, Scope,
    city::{self, CityPlan},
};

use crate::{refusal::Refusal, state::PublishState};

/// How far a commit has travelled.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Whether rows and pages have followed: the stream's checkpoint has reached the commit.
    projected: bool,
    /// Whether pages beside those listed follow bit by bit: a new name, head or foot.
    wide: bool,
    /// Pages that show what the commit changed.
    pages: Vec<PageProgress>,
    /// Why the stream itself cannot be projected; the operators know.
    #[serde(skip_serializing_if = "Option::is_none")]
    parked: Option<String>,
}

/// One page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageProgress {
    /// Its public address.
    #[schema(example = "http://www.localhost:8080/zwgk/tzgg/")]
    url: String,
    /// Whether it has been written since.
    written: bool,
    /// Whether no cached copy from before is left to purge.
    purged: bool,
    /// Why it cannot be rendered; the operators know.
    #[serde(skip_serializing_if = "Option::is_none")]
    parked: Option<String>,
}

impl PageProgress {
    /// A page that nothing has happened to yet.
    fn waiting(state: &PublishState, page: &PageKey) -> Self {
        Self { url: state.city.url(&page.site, &page.path), written: false, purged: false, parked: None }
    }
}

/// How far commit `number` of `stream` has travelled.
///
/// Its pages are those of the rows it changed: the fold up to it tells them without asking the views.
pub(crate) async fn of(
    state: &PublishState,
    stream: &StreamId,
    commits: &[Commit],
    number: u64,
) -> Result<Progress, Refusal> {
    let upto: Vec<Commit> = commits.iter().filter(|commit| commit.number <= number).cloned().collect();
    let plan = CityPlan { portal: state.city.portal.clone() };
    let rows = city::fold(&plan, stream, &upto)?;
    // A document that was never corrected has no page of its versions, though each of its changes looks for one.
    let told: BTreeSet<PageKey> = rows.iter().flat_map(city::all_pages_of).collect();
    let changed: Vec<_> = rows.into_iter().filter(|row| row.version == number).collect();
    let mut pages: Vec<PageKey> = changed.iter().flat_map(|row| city::touched(&plan.portal, row)).collect();
    pages.retain(|page| !city::is_history(page) || told.contains(page));
    pages.sort_unstable();
    pages.dedup();
    let scopes: BTreeSet<Scope> = changed.iter().flat_map(|row| city::wide(&plan.portal, row)).collect();

    let Some(registry) = state.views.registry().await? else {
        // No worker has ever run: nothing is projected.
        let pages = pages.iter().map(|page| PageProgress::waiting(state, page)).collect();
        return Ok(Progress { projected: false, wide: !scopes.is_empty(), pages, parked: None });
    };
    let prefix = Prefix(registry.active);
    let mut wide = false;
    for scope in &scopes {
        wide = wide || state.views.has_rows(&prefix, scope).await?;
    }
    let projected = state.views.checkpoint(&prefix, stream).await? >= number;
    let mut told_pages = Vec::with_capacity(pages.len());
    for page in &pages {
        let stuck = state.views.parked_for(&prefix, &ParkedWork::Page(page.clone())).await?;
        let written = projected && stuck.is_none();
        let purged = written && !state.views.awaits_purge(page).await?;
        let waiting = PageProgress::waiting(state, page);
        told_pages.push(PageProgress { written, purged, parked: stuck, ..waiting });
    }
    let parked = state.views.parked_for(&prefix, &ParkedWork::Stream(stream.to_string())).await?;
    Ok(Progress { projected, wide, pages: told_pages, parked })
}
