//! How far one commit has travelled: projected, pages written, copies purged.

use std::collections::BTreeSet;

use domain::StreamId;
use ledger::{Ledger, LoadError};
use serde::Serialize;

use crate::{
    city::{self, CityPlan},
    incremental::WorkerError,
    page::PageKey,
    store::{Prefix, Views},
    work::ParkedWork,
};

/// How far one commit has travelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Whether its rows are written and its pages with them: the checkpoint has reached it.
    pub projected: bool,
    /// Whether its stream is parked: somebody has to look at it.
    pub parked: bool,
    /// Pages whose content it changed.
    pub pages: Vec<PageProgress>,
    /// Whether pages too many for one batch (a renamed column, a new foot) wait to be rendered again.
    pub dirty: u64,
}

/// How far one page of a commit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageProgress {
    /// Label of the site.
    pub site: String,
    /// Root-relative path.
    pub path: String,
    /// Whether the page shows the commit.
    pub written: bool,
    /// Whether the CDN was told to forget older copies.
    pub purged: bool,
}

/// Tells how far commit `number` of a stream has travelled; none if there is no such commit.
///
/// # Errors
/// A store failed, or the stream cannot be folded.
pub async fn progress(
    ledger: &Ledger,
    views: &Views,
    plan: &CityPlan,
    stream: &StreamId,
    number: u64,
) -> Result<Option<Progress>, WorkerError> {
    let commits = ledger.load(stream).await?;
    if number == 0 || (commits.len() as u64) < number {
        return Ok(None);
    }
    let Some(registry) = views.registry().await? else { return Err(WorkerError::NotFounded) };
    let prefix = Prefix(registry.active);
    let projected = views.checkpoint(&prefix, stream).await? >= number;
    let parked = views.is_parked(&prefix, &ParkedWork::Stream(stream.to_string())).await?;
    let rows = match city::fold(plan, stream, &commits) {
        Ok(rows) => rows,
        Err(crate::projection::FoldFailure::Decode(error)) => return Err(LoadError::Decode(error).into()),
        Err(crate::projection::FoldFailure::Category(_)) => Vec::new(),
    };
    // Later commits may have changed a row again: its page then shows this commit's content no more, but everything up to it.
    let changed = rows.iter().filter(|row| row.version >= number);
    let touched: BTreeSet<PageKey> = changed.flat_map(|row| city::touched(&plan.portal, row)).collect();
    let mut pages = Vec::new();
    for page in touched {
        let purged = projected && !views.awaits_purge(&page).await?;
        pages.push(PageProgress { site: page.site, path: page.path, written: projected, purged });
    }
    let dirty = views.dirty(&prefix, 100).await?.len() as u64;
    Ok(Some(Progress { projected, parked, pages, dirty }))
}
