//! What other streams say: departments, sites and columns that a command names.
//!
//! These reads are consistent but not transactional, and need not be: departments, sites and columns are opened once and never removed, and what is asked of them (that
//! they exist, who answers for them, how an archive is cut) never changes. What was true at the read is true at the commit.

use domain::{
    ColumnId, DepartmentCode, SiteLabel,
    column::{Column, Opened},
    department::{Department, Profile},
    site::{Site, SiteProfile},
};
use gateway::{FieldError, Problem, ProblemKind, Sentence};

use crate::{refusal::Refusal, state::PublishState};

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

/// An open site with its department, or none.
pub(crate) async fn site(
    state: &PublishState,
    label: &SiteLabel,
) -> Result<Option<Versioned<(DepartmentCode, SiteProfile)>>, Refusal> {
    let (site, version, _) = state.ledger.read::<Site>(&label.stream()).await?;
    Ok(site.opened.map(|(_, department, profile)| Versioned { version, thing: (department, profile) }))
}

/// An open column, or none.
pub(crate) async fn column(state: &PublishState, id: &ColumnId) -> Result<Option<Versioned<Opened>>, Refusal> {
    let (column, version, _) = state.ledger.read::<Column>(&id.stream()).await?;
    Ok(column.opened.map(|thing| Versioned { version, thing }))
}

/// A field names something that does not exist.
pub(crate) fn unknown(kind: &ProblemKind, pointer: &str, name: &str) -> Refusal {
    let error = FieldError {
        pointer: pointer.to_owned(),
        code: kind.code.to_owned(),
        detail: format!("{}：{name}", kind.title),
        detail_en: format!("{}: {name}", kind.title_en),
    };
    Problem::of(
        kind,
        Sentence::new(
            format!("{}：{name}。{}", kind.title, kind.remedy),
            format!("There is no such thing as {name}. {}", kind.remedy_en),
        ),
    )
    .with_errors(vec![error])
    .into()
}
