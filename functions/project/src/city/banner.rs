//! The banners above a page: that of all sites, and its site's own.

use domain::appearance::BannerLevel;
use pages::{Banner, Link};
use views::{
    PageKey, Read, Reads, Row,
    city::{BannerRow, slice},
};

use super::{Composed, Model};

/// Puts the banners that stand above a page; what programs read has none.
pub(super) fn above(mut model: Model, page: &PageKey, reads: &Reads) -> Composed<Model> {
    if model.is_html() {
        for place in [slice::EVERYWHERE, page.site.as_str()] {
            let row = reads.row(Read::row(slice::BANNER, place))?.and_then(Row::content::<BannerRow>);
            model.frame_mut().banners.extend(row.map(banner));
        }
    }
    Ok(model)
}

fn banner(row: BannerRow) -> Banner {
    let level = match row.level {
        BannerLevel::Emergency => pages::BannerLevel::Emergency,
        BannerLevel::Notice => pages::BannerLevel::Notice,
    };
    Banner { level, text: row.text, link: row.link.map(|link| Link { name: link.name, url: link.address }) }
}
