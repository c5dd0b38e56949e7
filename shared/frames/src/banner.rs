//! The banners above a page: that of all sites, and its site's own.

use domain::appearance::BannerLevel;
use pages::{Banner, Link};
use views::{
    Missing, Read, Reads, Row,
    city::{BannerRow, slice},
};

/// What stands above a page of `site`, the most general first.
///
/// # Errors
/// Something is still to be read.
pub fn banners(site: &str, reads: &Reads) -> Result<Vec<Banner>, Missing> {
    let mut banners = Vec::new();
    for place in [slice::EVERYWHERE, site] {
        let row = reads.row(Read::row(slice::BANNER, place))?.and_then(Row::content::<BannerRow>);
        banners.extend(row.map(banner));
    }
    Ok(banners)
}

fn banner(row: BannerRow) -> Banner {
    let level = match row.level {
        BannerLevel::Emergency => pages::BannerLevel::Emergency,
        BannerLevel::Notice => pages::BannerLevel::Notice,
    };
    Banner { level, text: row.text, link: row.link.map(|link| Link { name: link.name, url: link.address }) }
}
