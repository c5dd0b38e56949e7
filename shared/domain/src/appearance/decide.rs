//! What may happen to an appearance next.

use super::{banner::Banner, event::AppearanceEvent, refusal::AppearanceRefusal, state::Appearance};
use crate::{aggregate::Context, id::SiteLabel, text::Line};

/// How pages are to look from now on: all of it, so that whoever sends it has seen all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The banner; none stands where none is named.
    pub banner: Option<Banner>,
    /// Why pages are grey; they have their colours where no reason is named.
    pub greyscale: Option<Line<200>>,
}

/// Makes the pages of `site`, or of all sites where none is named, look as `wanted`.
///
/// # Errors
/// They look so already.
pub fn change(
    state: &Appearance,
    site: Option<SiteLabel>,
    wanted: Wanted,
    _: &Context,
) -> Result<Vec<AppearanceEvent>, AppearanceRefusal> {
    let stands = state.banner.as_ref().map(|raised| &raised.banner);
    let banner = match wanted.banner {
        wanted if wanted.as_ref() == stands => None,
        Some(banner) => Some(AppearanceEvent::BannerRaised { site: site.clone(), banner }),
        None => Some(AppearanceEvent::BannerLowered {}),
    };
    let grey = state.greyscale.as_ref().map(|greyscale| &greyscale.reason);
    let greyscale = match wanted.greyscale {
        wanted if wanted.as_ref() == grey => None,
        Some(reason) => Some(AppearanceEvent::GreyscaleBegan { site, reason }),
        None => Some(AppearanceEvent::GreyscaleEnded {}),
    };
    let events: Vec<_> = banner.into_iter().chain(greyscale).collect();
    if events.is_empty() { Err(AppearanceRefusal::Unchanged) } else { Ok(events) }
}
