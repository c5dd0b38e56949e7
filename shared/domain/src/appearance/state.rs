//! An appearance as its events tell it.

use jiff::Timestamp;

use super::{banner::Banner, event::AppearanceEvent};
use crate::{
    aggregate::{Aggregate, Fact},
    id::SiteLabel,
    text::Line,
};

/// A banner that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The site; all of them where none is named.
    pub site: Option<SiteLabel>,
    /// What it says.
    pub banner: Banner,
    /// Since when it says so.
    pub since: Timestamp,
}

/// That pages are grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greyscale {
    /// The site; all of them where none is named.
    pub site: Option<SiteLabel>,
    /// What is mourned.
    pub reason: Line<200>,
    /// Since when, or since the reason was put otherwise.
    pub since: Timestamp,
}

/// An appearance as its events tell it; nobody has to open one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The banner that stands.
    pub banner: Option<Raised>,
    /// Whether pages are grey, and why.
    pub greyscale: Option<Greyscale>,
}

impl Aggregate for Appearance {
    type Event = AppearanceEvent;

    const CATEGORY: &'static str = "appearance";

    fn evolve(&mut self, event: AppearanceEvent, fact: &Fact) {
        let since = fact.at;
        match event {
            AppearanceEvent::BannerRaised { site, banner } => self.banner = Some(Raised { site, banner, since }),
            AppearanceEvent::BannerLowered {} => self.banner = None,
            AppearanceEvent::GreyscaleBegan { site, reason } => {
                self.greyscale = Some(Greyscale { site, reason, since });
            }
            AppearanceEvent::GreyscaleEnded {} => self.greyscale = None,
        }
    }
}
