//! What may happen to a site next.

use jiff::{ToSpan, civil::Date};

use super::{
    event::SiteEvent,
    hosts::is_reserved,
    profile::SiteProfile,
    refusal::SiteRefusal,
    state::{Site, SiteState},
};
use crate::{
    aggregate::Context,
    id::{DepartmentCode, SiteLabel},
    shanghai,
    text::Line,
};

type Decision = Result<Vec<SiteEvent>, SiteRefusal>;

/// How long and how often a site may be under rectification.
///
/// The default is RULES.md A1 G12 (发展指引), which was read on re-posted copies only: a deployment may set its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RectificationLimits {
    /// Most days, the first not counted.
    pub days: u16,
    /// How often in a year of the city's calendar.
    pub times_a_year: u16,
}

impl Default for RectificationLimits {
    fn default() -> Self {
        Self { days: 60, times_a_year: 1 }
    }
}

/// Opens a site.
///
/// # Errors
/// The label is taken, or no site may have it.
pub fn open(state: &Site, label: SiteLabel, department: DepartmentCode, profile: SiteProfile, _: &Context) -> Decision {
    match state.opened {
        Some(_) => Err(SiteRefusal::AlreadyOpen { label }),
        None if is_reserved(&label) => Err(SiteRefusal::Reserved { label }),
        None => Ok(vec![SiteEvent::SiteOpened { label, department, profile }]),
    }
}

/// Changes head and foot of every page of the site.
///
/// # Errors
/// It is not open, or nothing would change.
pub fn change(state: &Site, profile: SiteProfile, _: &Context) -> Decision {
    let (_, _, old) = state.opened.as_ref().ok_or(SiteRefusal::NotOpen)?;
    if *old == profile {
        return Err(SiteRefusal::Unchanged);
    }
    Ok(vec![SiteEvent::SiteProfileChanged { profile }])
}

/// Begins a rectification (整改) that ends on `until`: every page says so.
///
/// It ends by [`restore`] and not by the calendar: a day that passes puts nothing right.
///
/// # Errors
/// The site is not open, not live, was under rectification this year, or `until` is too near or too far (RULES.md A1 G12).
pub fn rectify(
    state: &Site,
    until: Date,
    reason: Line<200>,
    limits: RectificationLimits,
    context: &Context,
) -> Decision {
    opened(state)?;
    match &state.state {
        SiteState::Live => {}
        SiteState::Rectifying(under_way) => return Err(SiteRefusal::Rectifying { until: under_way.until }),
        SiteState::Archived(_) => return Err(SiteRefusal::Archived),
    }
    let today = shanghai::local(context.now).date();
    let year = today.year();
    let times = state.rectifications.iter().filter(|began| shanghai::local(**began).year() == year).count();
    if times >= usize::from(limits.times_a_year) {
        return Err(SiteRefusal::RectifiedThisYear { year, times, allowed: limits.times_a_year });
    }
    let first = today.saturating_add(1.day());
    let last = today.saturating_add(i64::from(limits.days).days());
    if until < first || until > last {
        return Err(SiteRefusal::RectificationSpan { until, first, last, days: limits.days });
    }
    Ok(vec![SiteEvent::SiteRectificationBegan { until, reason }])
}

/// Stops a site for good: its pages stay and say so, and nothing new is published there.
///
/// # Errors
/// It is not open, or archived already.
pub fn archive(state: &Site, reason: Line<200>, _: &Context) -> Decision {
    opened(state)?;
    match state.state {
        SiteState::Archived(_) => Err(SiteRefusal::Unchanged),
        SiteState::Live | SiteState::Rectifying(_) => Ok(vec![SiteEvent::SiteArchived { reason }]),
    }
}

/// Makes a site live again: a rectification ends, an archived site returns.
///
/// # Errors
/// It is not open, or live.
pub fn restore(state: &Site, reason: Line<200>, _: &Context) -> Decision {
    opened(state)?;
    match state.state {
        SiteState::Live => Err(SiteRefusal::Unchanged),
        SiteState::Rectifying(_) | SiteState::Archived(_) => Ok(vec![SiteEvent::SiteRestored { reason }]),
    }
}

fn opened(state: &Site) -> Result<(), SiteRefusal> {
    if state.opened.is_some() { Ok(()) } else { Err(SiteRefusal::NotOpen) }
}
