//! A site as its events tell it.

use jiff::{Timestamp, civil::Date};

use super::{event::SiteEvent, profile::SiteProfile};
use crate::{
    aggregate::{Aggregate, Fact},
    id::{DepartmentCode, SiteLabel},
    text::Line,
};

/// A rectification under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rectification {
    /// When it began.
    pub began: Timestamp,
    /// Its last day, of the city's calendar.
    pub until: Date,
    /// Why, for the public.
    pub reason: Line<200>,
}

/// That a site stopped for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// Since when.
    pub at: Timestamp,
    /// Why, for the public.
    pub reason: Line<200>,
}

/// How a site stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SiteState {
    /// It is kept up.
    #[default]
    Live,
    /// It is being put right (整改); its pages say until when.
    Rectifying(Rectification),
    /// It stopped for good; its pages stay and say so.
    Archived(Archived),
}

/// A site as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Label, department and profile, once opened.
    pub opened: Option<(SiteLabel, DepartmentCode, SiteProfile)>,
    /// How it stands.
    pub state: SiteState,
    /// When each of its rectifications began, the one under way included.
    pub rectifications: Vec<Timestamp>,
}

impl Aggregate for Site {
    type Event = SiteEvent;

    const CATEGORY: &'static str = "site";

    fn evolve(&mut self, event: SiteEvent, fact: &Fact) {
        match event {
            SiteEvent::SiteOpened { label, department, profile } => {
                self.opened = Some((label, department, profile));
            }
            SiteEvent::SiteProfileChanged { profile: new } => {
                if let Some((_, _, profile)) = &mut self.opened {
                    *profile = new;
                }
            }
            SiteEvent::SiteRectificationBegan { until, reason } => {
                let rectification = Rectification { began: fact.at, until, reason };
                self.state = SiteState::Rectifying(rectification);
                self.rectifications.push(fact.at);
            }
            SiteEvent::SiteArchived { reason } => {
                self.state = SiteState::Archived(Archived { at: fact.at, reason });
            }
            SiteEvent::SiteRestored { .. } => self.state = SiteState::Live,
        }
    }
}
