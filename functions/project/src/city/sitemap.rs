//! Sitemaps: an index, and one part a month.

use pages::{SitemapPart, SitemapUrl};
use views::{
    PageKey, Read, Reads, Row,
    city::{PublishedRow, slice},
};

use super::{City, Composed, Model, frame};

/// Composes the index of all months.
pub(super) fn index(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let host = city.addresses.host(&page.site);
    let months = reads.rows(Read::all(slice::months(&page.site)))?;
    let parts = months.iter().map(|row| SitemapPart { url: format!("{host}/sitemap-{}.xml", row.at.key) }).collect();
    Ok(Model::SitemapIndex(framed.about_site(), parts))
}

/// Composes the sitemap of one month.
pub(super) fn month(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let framed = frame::of(city, page, reads)?;
    let host = city.addresses.host(&page.site);
    let rows = reads.rows(Read::Range { slice: slice::published(&page.site), prefix: format!("{}/", page.about) })?;
    let urls = rows.iter().filter_map(Row::content::<PublishedRow>);
    let urls = urls.map(|row| SitemapUrl { url: format!("{host}{}", row.path), lastmod: row.changed_at }).collect();
    Ok(Model::Sitemap(framed.about_site(), urls))
}
