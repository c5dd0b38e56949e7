//! How sites look beyond what they tell: the emergency banner (应急横幅) and greyscale (页面置灰), on one site or on all of them.
//!
//! A site's own appearance and that of all sites are streams of their own: a page shows both banners, and is grey if either says so.

mod banner;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use banner::{Banner, BannerLevel, BannerLink};
pub use decide::{Wanted, change};
pub use event::AppearanceEvent;
pub use refusal::AppearanceRefusal;
pub use state::{Appearance, Greyscale, Raised};

use crate::id::{SiteLabel, StreamId};

/// The site that a stream of appearance is about; none for that of all sites.
#[must_use]
pub fn site_of(stream: &StreamId) -> Option<SiteLabel> {
    stream.key().strip_prefix("site.").and_then(|label| label.parse().ok())
}
