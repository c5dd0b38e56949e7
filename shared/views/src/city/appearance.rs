//! Rows of an appearance.

use domain::{SiteLabel, appearance::Appearance};

use super::{
    rows::{BannerLinkRow, BannerRow, GreyscaleRow},
    slice,
};
use crate::{fold::RowSet, row::RowKey};

/// Rows of the state: what ended leaves tombstones, which stay in the digests of pages.
pub(super) fn rows(state: &Appearance) -> RowSet {
    let mut rows = RowSet::default();
    if let Some(raised) = &state.banner {
        let banner = &raised.banner;
        let link = banner
            .link
            .as_ref()
            .map(|link| BannerLinkRow { name: link.name.to_string(), address: link.address.as_str().to_owned() });
        let row = BannerRow { level: banner.level, text: banner.text.to_string(), link };
        rows.own(RowKey::new(slice::BANNER, key(raised.site.as_ref())), &row);
    }
    if let Some(grey) = &state.greyscale {
        rows.own(RowKey::new(slice::GREYSCALE, key(grey.site.as_ref())), &GreyscaleRow { since: grey.since });
    }
    rows
}

fn key(site: Option<&SiteLabel>) -> &str {
    site.map_or(slice::EVERYWHERE, SiteLabel::as_str)
}
