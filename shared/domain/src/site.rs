//! Sites (站点): one host each, run by one department.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    aggregate::{Aggregate, Context, Event, Fact},
    id::{DepartmentCode, Malformed, SiteLabel},
    text::{Line, Prose},
};

/// Site identification code (网站标识码): ten digits, or `bm` and eight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdentificationCode(String);

impl TryFrom<String> for IdentificationCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let digits = text.strip_prefix("bm").unwrap_or(&text);
        if text.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(Malformed::new(&text, "a site identification code: ten digits, or bm and eight"))
        }
    }
}

impl From<IdentificationCode> for String {
    fn from(code: IdentificationCode) -> Self {
        code.0
    }
}

impl IdentificationCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What every page of a site shows of it: head and foot (RULES.md A1 G9, G10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProfile {
    /// Name in the header: `澄湖市教育局`.
    pub name: Line<60>,
    /// 网站标识码.
    pub identification_code: IdentificationCode,
    /// The sponsor (主办单位) as printed in the footer.
    pub sponsor: Line<60>,
    /// Contact of the sponsor as printed in the footer.
    pub contact: Line<120>,
    /// ICP filing number (ICP备案号).
    pub icp: Line<60>,
    /// Public security filing number (公安备案号); empty where there is none.
    pub police: Prose<60>,
}

/// The storage format: change a shape only as a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum SiteEvent {
    /// The site went online.
    SiteOpened {
        /// Its host label, for good.
        label: SiteLabel,
        /// Who runs it.
        department: DepartmentCode,
        /// What every page shows.
        profile: SiteProfile,
    },
    /// Head or foot changed.
    SiteProfileChanged {
        /// The whole new profile.
        profile: SiteProfile,
    },
}

impl Event for SiteEvent {
    fn version(&self) -> u16 {
        1
    }
}

/// A site as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Label, department and profile, once opened.
    pub opened: Option<(SiteLabel, DepartmentCode, SiteProfile)>,
}

impl Aggregate for Site {
    type Event = SiteEvent;

    const CATEGORY: &'static str = "site";

    fn evolve(&mut self, event: &SiteEvent, _: &Fact) {
        match event {
            SiteEvent::SiteOpened { label, department, profile } => {
                self.opened = Some((label.clone(), department.clone(), profile.clone()));
            }
            SiteEvent::SiteProfileChanged { profile: new } => {
                if let Some((_, _, profile)) = &mut self.opened {
                    *profile = new.clone();
                }
            }
        }
    }
}

/// Why a site's command was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SiteRefusal {
    /// The label is taken.
    #[error("the site `{label}` is open already")]
    AlreadyOpen {
        /// The label.
        label: SiteLabel,
    },
    /// Nobody opened it.
    #[error("this site is not open")]
    NotOpen,
    /// The profile is the one in force.
    #[error("nothing would change")]
    Unchanged,
}

/// Opens a site.
///
/// # Errors
/// The label is taken.
pub fn open(
    state: &Site,
    label: SiteLabel,
    department: DepartmentCode,
    profile: SiteProfile,
    _: &Context,
) -> Result<Vec<SiteEvent>, SiteRefusal> {
    match state.opened {
        Some(_) => Err(SiteRefusal::AlreadyOpen { label }),
        None => Ok(vec![SiteEvent::SiteOpened { label, department, profile }]),
    }
}

/// Changes head and foot of every page of the site.
///
/// # Errors
/// It is not open, or nothing would change.
pub fn change(state: &Site, profile: SiteProfile, _: &Context) -> Result<Vec<SiteEvent>, SiteRefusal> {
    let (_, _, old) = state.opened.as_ref().ok_or(SiteRefusal::NotOpen)?;
    if *old == profile {
        return Err(SiteRefusal::Unchanged);
    }
    Ok(vec![SiteEvent::SiteProfileChanged { profile }])
}
