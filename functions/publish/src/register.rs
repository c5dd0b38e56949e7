//! What other streams say: departments, sites and columns that a command names.
//!
//! These reads are consistent but not transactional, and need not be: departments, sites and columns are opened once and never removed, and what is asked of them (that
//! they exist, who answers for them, how an archive is cut) never changes. What was true at the read is true at the commit. One thing may change, whether a site
//! takes anything new: what is published in the instant in which it is archived counts as published before.

use std::collections::BTreeSet;

use command::problems::{DEPARTMENT_UNKNOWN, unknown};
use domain::{
    ColumnId, DepartmentCode, SiteLabel, StreamId,
    calendar::CalendarHistory,
    column::{Column, Opened},
    department::{Department, Profile},
    document::{Document, DocumentRefusal},
    site::{Site, SiteProfile, SiteRefusal, SiteState},
};

use crate::{problems::COLUMN_UNKNOWN, refusal::Refusal, state::PublishState};

/// A thing and the version it was read at.
#[derive(Debug, Clone)]
pub(crate) struct Versioned<T> {
    pub(crate) version: u64,
    pub(crate) thing: T,
}

/// A registered department, or none.
pub(crate) async fn department(
    state: &PublishState,
    code: &DepartmentCode,
) -> Result<Option<Versioned<Profile>>, Refusal> {
    let (department, version, _) = state.ledger.read::<Department>(&code.stream()).await?;
    Ok(department.registered.map(|(_, thing)| Versioned { version, thing }))
}

/// Refuses the first of `codes` that no registered department has.
pub(crate) async fn all_departments(
    state: &PublishState,
    pointer: &str,
    codes: impl Iterator<Item = &DepartmentCode>,
) -> Result<(), Refusal> {
    let codes: BTreeSet<&DepartmentCode> = codes.collect();
    for code in codes {
        if department(state, code).await?.is_none() {
            return Err(unknown(&DEPARTMENT_UNKNOWN, pointer, code.as_str()).into());
        }
    }
    Ok(())
}

/// A site as a command needs it.
#[derive(Debug, Clone)]
pub(crate) struct OpenSite {
    /// Who runs it.
    pub(crate) department: DepartmentCode,
    pub(crate) profile: SiteProfile,
    pub(crate) state: SiteState,
}

impl OpenSite {
    /// Refuses what would appear on an archived site.
    pub(crate) fn takes_new(&self) -> Result<(), SiteRefusal> {
        match self.state {
            SiteState::Archived(_) => Err(SiteRefusal::Archived),
            SiteState::Live | SiteState::Rectifying(_) => Ok(()),
        }
    }
}

/// An open site, or none.
pub(crate) async fn site(state: &PublishState, label: &SiteLabel) -> Result<Option<Versioned<OpenSite>>, Refusal> {
    let (Site { opened, state, .. }, version, _) = state.ledger.read::<Site>(&label.stream()).await?;
    Ok(opened.map(|(_, department, profile)| Versioned { version, thing: OpenSite { department, profile, state } }))
}

/// Refuses what would appear on an archived site.
pub(crate) async fn takes_new(state: &PublishState, label: &SiteLabel) -> Result<(), Refusal> {
    match site(state, label).await? {
        Some(found) => Ok(found.thing.takes_new()?),
        None => Err(SiteRefusal::NotOpen.into()),
    }
}

/// An open column, or none.
pub(crate) async fn column(state: &PublishState, id: &ColumnId) -> Result<Option<Versioned<Opened>>, Refusal> {
    let (column, version, _) = state.ledger.read::<Column>(&id.stream()).await?;
    Ok(column.opened.map(|thing| Versioned { version, thing }))
}

/// The column that a document stands in or is to.
///
/// It is the one the document had at this read; `If-Match` pins that version for the decision.
pub(crate) async fn column_of(state: &PublishState, document: &Document) -> Result<Opened, Refusal> {
    let id = document.column.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let found = column(state, id).await?;
    Ok(found.ok_or_else(|| unknown(&COLUMN_UNKNOWN, "", id.as_str()))?.thing)
}

/// Every version of the calendar there is; version 0 of the stream if nothing was ever adopted.
pub(crate) async fn calendar(state: &PublishState) -> Result<Versioned<CalendarHistory>, Refusal> {
    let (thing, version, _) = state.ledger.read::<CalendarHistory>(&StreamId::calendar()).await?;
    Ok(Versioned { version, thing })
}
