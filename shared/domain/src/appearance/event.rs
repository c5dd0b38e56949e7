//! The storage format of appearances: change a shape only as a new version.

use serde::{Deserialize, Serialize};

use super::banner::Banner;
use crate::{aggregate::Event, id::SiteLabel, text::Line};

/// What can happen to how sites look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum AppearanceEvent {
    /// A banner stands above every page, in place of the one before.
    BannerRaised {
        /// The site; all of them where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteLabel>,
        /// What it says.
        banner: Banner,
    },
    /// The banner is gone.
    BannerLowered {},
    /// Every page is grey.
    GreyscaleBegan {
        /// The site; all of them where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteLabel>,
        /// What is mourned; kept, not shown.
        reason: Line<200>,
    },
    /// Pages have their colours again.
    GreyscaleEnded {},
}

impl Event for AppearanceEvent {
    fn version(&self) -> u16 {
        1
    }
}
