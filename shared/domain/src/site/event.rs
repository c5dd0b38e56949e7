//! The storage format of sites: change a shape only as a new version.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::profile::SiteProfile;
use crate::{
    aggregate::Event,
    id::{DepartmentCode, SiteLabel},
    text::Line,
};

/// What can happen to a site.
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
    /// A rectification (整改) began.
    SiteRectificationBegan {
        /// Its last day, of the city's calendar.
        until: Date,
        /// Why, for the public.
        reason: Line<200>,
    },
    /// The site stopped for good; its pages stay.
    SiteArchived {
        /// Why, for the public.
        reason: Line<200>,
    },
    /// The site is live again.
    SiteRestored {
        /// Why, for the public.
        reason: Line<200>,
    },
}

impl Event for SiteEvent {
    fn version(&self) -> u16 {
        match self {
            // 2: domain, languages and theme in the profile.
            Self::SiteOpened { .. } | Self::SiteProfileChanged { .. } => 2,
            Self::SiteRectificationBegan { .. } | Self::SiteArchived { .. } | Self::SiteRestored { .. } => 1,
        }
    }
}
