//! `GET /wide-changes`: what is still being carried to pages, bit by bit.

use access::{Action, Resource};
use axum::{extract::State, response::Response};
use command::{Caller, listed, may, openapi::ReadProblems};
use domain::{site::FILES_HOST, staff::Scope};
use serde::Serialize;
use utoipa::ToSchema;
use views::{Dirty, DirtyWork, Lane, Prefix, city::slice};

use crate::{refusal::Refusal, state::PublishState};

/// Most entries told.
const MOST: i32 = 1000;

/// Most parked things counted.
const COUNTED: i32 = 100;

/// Changes too wide for one batch of pages, as far as they are not over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WideChanges {
    /// What waits, in the order in which it is worked. A change shows here once its commit is projected (`GET /commits/{address}`).
    waiting: Vec<WideChange>,
    /// Whether more waits than is told.
    more: bool,
    /// Streams and pages that cannot be projected or rendered, and wait for the operators: at most a hundred are counted.
    parked: usize,
}

/// Pages that wait for being written again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WideChange {
    /// Which pages.
    pages: WidePages,
    /// Label of the site they stand on, where they stand on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "jyj")]
    site: Option<String>,
    /// The path they lie below, where that is not the whole site; the one page's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/zwgk/tzgg/")]
    path: Option<String>,
    /// How soon they follow.
    lane: WideLane,
    /// How many are done.
    done: u64,
    /// The last one done, as the views order them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/zwgk/tzgg/2026/11/23/tz1.html")]
    reached: Option<String>,
}

/// Which pages wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WidePages {
    /// Every page of every site.
    City,
    /// The home page of every site, and what follows from it site by site.
    Homes,
    /// The stylesheet of every site.
    Styles,
    /// The pages of a site's columns.
    Columns,
    /// The pages of a site, or those below a path of it.
    Site,
    /// The documents of a department.
    Department,
    /// The places of a document that others relate to.
    Relations,
    /// The lists of other columns that show a document.
    Lists,
    /// What is told of how whole disclosure is: coverage, annual reports.
    Disclosure,
    /// Files that readers are given, or were.
    Files,
    /// One page.
    Page,
    /// Copies that the CDN keeps.
    Copies,
}

/// How soon pages follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WideLane {
    /// Within seconds.
    AtOnce,
    /// Before what is in bulk.
    Urgent,
    /// When nothing else waits.
    Bulk,
}

/// Tells which wide changes are still being carried to pages: a banner, a new foot, a renamed column, new templates (staff).
#[utoipa::path(get, operation_id = "read_wide_changes", path = "/wide-changes", tag = "commits",
    responses((status = 200, description = "What waits.", body = WideChanges), ReadProblems))]
pub(crate) async fn read(State(state): State<PublishState>, caller: Caller) -> Result<Response, Refusal> {
    may(&state, &caller.staff, Action::ReadRegister, &Resource::all_of(&Scope::CITY))?;
    let Some(registry) = state.views.registry().await? else {
        // No worker has ever run: there are no pages.
        return Ok(listed(WideChanges { waiting: Vec::new(), more: false, parked: 0 }));
    };
    let prefix = Prefix(registry.active);
    let dirty = state.views.dirty(&prefix, MOST).await?;
    let more = i32::try_from(dirty.len()).is_ok_and(|count| count == MOST);
    let parked = state.views.parked(&prefix, COUNTED).await?.len();
    Ok(listed(WideChanges { waiting: dirty.into_iter().map(WideChange::of).collect(), more, parked }))
}

impl WideChange {
    fn of(row: Dirty) -> Self {
        let Dirty { work, cursor, done, .. } = row;
        let whole = |pages, lane| Self { pages, site: None, path: None, lane, done, reached: None };
        match work {
            DirtyWork::City => whole(WidePages::City, WideLane::Urgent),
            DirtyWork::Copies => whole(WidePages::Copies, WideLane::Bulk),
            DirtyWork::Page(page) => {
                let change = whole(WidePages::Page, WideLane::Urgent);
                Self { site: Some(page.site), path: Some(page.path), ..change }
            }
            DirtyWork::Scope(scope) => {
                let (pages, site) = match scope.slice.split_once('|') {
                    Some(("columns", site)) => (WidePages::Columns, Some(site)),
                    Some(("issued", _)) => (WidePages::Department, None),
                    Some(("related", _)) => (WidePages::Relations, None),
                    Some(("shared", _)) => (WidePages::Lists, None),
                    Some(("covered" | "reported", site)) => (WidePages::Disclosure, Some(site)),
                    Some(("pages", FILES_HOST)) => (WidePages::Files, None),
                    None if scope.slice == slice::SITES => (WidePages::Homes, None),
                    None if scope.slice == slice::STYLES => (WidePages::Styles, None),
                    Some((_, site)) => (WidePages::Site, Some(site)),
                    None => (WidePages::Site, None),
                };
                let site = site.map(str::to_owned);
                // Only pages of a site are ordered by their paths.
                let paths = pages == WidePages::Site;
                let path = Some(scope.prefix).filter(|prefix| paths && !prefix.is_empty());
                let reached = cursor.filter(|_| paths);
                Self { pages, site, path, lane: scope.lane.into(), done, reached }
            }
        }
    }
}

impl From<Lane> for WideLane {
    fn from(lane: Lane) -> Self {
        match lane {
            Lane::Ahead | Lane::AtOnce => Self::AtOnce,
            Lane::Urgent => Self::Urgent,
            Lane::Bulk => Self::Bulk,
        }
    }
}
