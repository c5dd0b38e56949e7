//! Departments (部门): who answers for sites, columns and documents.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    aggregate::{Aggregate, Context, Event, Fact},
    id::DepartmentCode,
    index_number::{IndexRefusal, IndexScheme},
    mandatory::Category,
    text::{Line, Prose},
};

#[cfg(test)]
mod tests;

/// What the public may know of a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Full name: `教育局`.
    pub name: Line<60>,
    /// Organisation code (组织机构代码), 9 or 18 characters: the front of index numbers.
    pub organisation_code: Line<20>,
    /// What it is there for (机构职能).
    pub duties: Prose<2000>,
    /// Where it sits.
    pub address: Prose<200>,
    /// How to call it.
    pub telephone: Prose<60>,
    /// When it is open.
    pub office_hours: Prose<200>,
    /// Names and posts of its leaders (领导信息).
    pub leaders: Vec<Line<60>>,
    /// Who takes applications for information; none while nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<DisclosureOffice>,
}

/// Who takes applications for information (政府信息公开工作机构), as the guide to disclosure has to tell (条例 art. 12).
///
/// What it does not say of itself is as the profile says it of the department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureOffice {
    /// What it is called: `办公室（政务公开科）`.
    pub name: Line<60>,
    /// Where it sits; may be empty.
    pub address: Prose<200>,
    /// When it is open; may be empty.
    pub office_hours: Prose<200>,
    /// How to call it; may be empty.
    pub telephone: Prose<60>,
    /// Its fax (传真号码); may be empty.
    pub fax: Prose<60>,
    /// Its mailbox or page on the internet (互联网联系方式); may be empty.
    pub mailbox: Prose<100>,
}

/// The storage format: change a shape only as a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum DepartmentEvent {
    /// The department joined the platform.
    DepartmentRegistered {
        /// Its code, for good.
        code: DepartmentCode,
        /// What the public may know.
        profile: Profile,
    },
    /// What the public may know changed.
    DepartmentProfileChanged {
        /// The whole new profile.
        profile: Profile,
    },
    /// 声明不涉及: a category of the regulation does not concern it (条例 art. 20).
    CategoryDeclared {
        /// Which.
        category: Category,
        /// Why, for the public.
        reason: Line<300>,
    },
    /// 撤回声明: it does after all.
    DeclarationWithdrawn {
        /// Which.
        category: Category,
    },
}

impl Event for DepartmentEvent {
    fn version(&self) -> u16 {
        match self {
            Self::DepartmentRegistered { .. } | Self::DepartmentProfileChanged { .. } => 2,
            Self::CategoryDeclared { .. } | Self::DeclarationWithdrawn { .. } => 1,
        }
    }
}

/// A department as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Department {
    /// Code and profile, once registered.
    pub registered: Option<(DepartmentCode, Profile)>,
    /// The categories of the regulation that it declared not to concern it.
    pub not_concerned: BTreeMap<Category, Declared>,
}

/// That a category does not concern a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Why, for the public.
    pub reason: Line<300>,
    /// Since when that is its reason.
    pub at: Timestamp,
}

impl Aggregate for Department {
    type Event = DepartmentEvent;

    const CATEGORY: &'static str = "department";

    fn evolve(&mut self, event: DepartmentEvent, fact: &Fact) {
        match event {
            DepartmentEvent::DepartmentRegistered { code, profile } => {
                self.registered = Some((code, profile));
            }
            DepartmentEvent::DepartmentProfileChanged { profile: new } => {
                if let Some((_, profile)) = &mut self.registered {
                    *profile = new;
                }
            }
            DepartmentEvent::CategoryDeclared { category, reason } => {
                self.not_concerned.insert(category, Declared { reason, at: fact.at });
            }
            DepartmentEvent::DeclarationWithdrawn { category } => {
                self.not_concerned.remove(&category);
            }
        }
    }
}

/// Why a department's command was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DepartmentRefusal {
    /// The code is taken.
    #[error("the department `{code}` is registered already")]
    AlreadyRegistered {
        /// The code.
        code: DepartmentCode,
    },
    /// Nobody registered it.
    #[error("this department is not registered")]
    NotRegistered,
    /// The organisation code cannot carry index numbers.
    #[error(transparent)]
    OrganisationCode(#[from] IndexRefusal),
    /// The profile, or the reason, is the one in force.
    #[error("nothing would change")]
    Unchanged,
    /// No department can say so.
    #[error("the category `{}` concerns every department", category.code())]
    ConcernsAll {
        /// The category.
        category: Category,
    },
    /// It did not declare it.
    #[error("the category `{}` is not declared", category.code())]
    NotDeclared {
        /// The category.
        category: Category,
    },
}

/// Registers a department.
///
/// # Errors
/// It exists, or its organisation code fits no index number.
pub fn register(
    state: &Department,
    code: DepartmentCode,
    profile: Profile,
    _: &Context,
) -> Result<Vec<DepartmentEvent>, DepartmentRefusal> {
    if state.registered.is_some() {
        return Err(DepartmentRefusal::AlreadyRegistered { code });
    }
    IndexScheme::default().series(profile.organisation_code.as_str(), 2000)?;
    Ok(vec![DepartmentEvent::DepartmentRegistered { code, profile }])
}

/// Changes what the public may know; who takes applications stays where the new profile names nobody.
///
/// # Errors
/// It is not registered, the organisation code fits no index number, or nothing would change.
pub fn change(state: &Department, profile: Profile, _: &Context) -> Result<Vec<DepartmentEvent>, DepartmentRefusal> {
    let (_, old) = state.registered.as_ref().ok_or(DepartmentRefusal::NotRegistered)?;
    IndexScheme::default().series(profile.organisation_code.as_str(), 2000)?;
    let disclosure = profile.disclosure.clone().or_else(|| old.disclosure.clone());
    let profile = Profile { disclosure, ..profile };
    if *old == profile {
        return Err(DepartmentRefusal::Unchanged);
    }
    Ok(vec![DepartmentEvent::DepartmentProfileChanged { profile }])
}

/// Changes who takes applications for information, or says that nobody is named (条例 art. 12); the rest of the profile stays.
///
/// # Errors
/// It is not registered, or nothing would change.
pub fn change_disclosure_office(
    state: &Department,
    office: Option<DisclosureOffice>,
    _: &Context,
) -> Result<Vec<DepartmentEvent>, DepartmentRefusal> {
    let (_, old) = state.registered.as_ref().ok_or(DepartmentRefusal::NotRegistered)?;
    if old.disclosure == office {
        return Err(DepartmentRefusal::Unchanged);
    }
    Ok(vec![DepartmentEvent::DepartmentProfileChanged { profile: Profile { disclosure: office, ..old.clone() } }])
}

/// Declares that a category of the regulation does not concern it; again with another reason, that this is the reason now.
///
/// # Errors
/// It is not registered, the category concerns every department, or that is its reason already.
pub fn declare(
    state: &Department,
    category: Category,
    reason: Line<300>,
    _: &Context,
) -> Result<Vec<DepartmentEvent>, DepartmentRefusal> {
    state.registered.as_ref().ok_or(DepartmentRefusal::NotRegistered)?;
    if category.concerns_all() {
        return Err(DepartmentRefusal::ConcernsAll { category });
    }
    if state.not_concerned.get(&category).is_some_and(|declared| declared.reason == reason) {
        return Err(DepartmentRefusal::Unchanged);
    }
    Ok(vec![DepartmentEvent::CategoryDeclared { category, reason }])
}

/// Withdraws such a declaration.
///
/// # Errors
/// It is not registered, or did not declare the category.
pub fn withdraw_declaration(
    state: &Department,
    category: Category,
    _: &Context,
) -> Result<Vec<DepartmentEvent>, DepartmentRefusal> {
    state.registered.as_ref().ok_or(DepartmentRefusal::NotRegistered)?;
    if !state.not_concerned.contains_key(&category) {
        return Err(DepartmentRefusal::NotDeclared { category });
    }
    Ok(vec![DepartmentEvent::DeclarationWithdrawn { category }])
}
