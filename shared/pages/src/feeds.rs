//! Atom feeds, sitemaps and robots.txt.

use crate::address::checked;
use crate::json::instant;
use crate::model::{AtomFeed, FeedEntry, Frame, SitemapPart, SitemapUrl};
use crate::when::When;
use crate::xml::{Xml, provenance_line};
use crate::{RenderError, Rendered};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Renders an Atom feed (RFC 4287).
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no feed may link to.
pub fn atom(frame: &Frame, feed: &AtomFeed) -> Result<Rendered, RenderError> {
    let mut xml = Xml::new(&frame.provenance)?;
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &frame.language)])?;
    xml.text("title", &feed.title)?;
    xml.text("id", &feed.id)?;
    xml.text("updated", &When::from(feed.updated).machine)?;
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", checked(&feed.self_url)?)])?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", checked(&feed.html_url)?)])?;
    xml.open("author", &[])?;
    xml.text("name", &frame.sponsor)?;
    xml.close("author")?;
    for entry in &feed.entries {
        atom_entry(&mut xml, entry)?;
    }
    xml.close("feed")?;
    Ok(Rendered { content_type: "application/atom+xml; charset=utf-8", bytes: xml.finish() })
}

fn atom_entry(xml: &mut Xml, entry: &FeedEntry) -> Result<(), RenderError> {
    xml.open("entry", &[])?;
    xml.text("title", &entry.title)?;
    xml.text("id", &entry.id)?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", checked(&entry.url)?)])?;
    if let Some(published) = instant(entry.dated) {
        xml.text("published", &published)?;
    }
    xml.text("updated", &When::from(entry.updated_at).machine)?;
    xml.open("author", &[])?;
    xml.text("name", &entry.author.name)?;
    xml.close("author")?;
    // An entry without content must have a summary or a link; readers like one even when it repeats the title.
    xml.text("summary", if entry.summary.is_empty() { &entry.title } else { &entry.summary })?;
    xml.close("entry")?;
    Ok(())
}

/// Renders the index of a site's sitemap parts.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no sitemap may name.
pub fn sitemap_index(frame: &Frame, parts: &[SitemapPart]) -> Result<Rendered, RenderError> {
    let mut xml = Xml::new(&frame.provenance)?;
    xml.open("sitemapindex", &[("xmlns", SITEMAP)])?;
    for part in parts {
        xml.open("sitemap", &[])?;
        xml.text("loc", checked(&part.url)?)?;
        xml.close("sitemap")?;
    }
    xml.close("sitemapindex")?;
    Ok(sitemap_bytes(xml))
}

/// Renders one part of a sitemap; the protocol allows 50,000 pages and 50 MB a part, which the caller keeps.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no sitemap may name.
pub fn sitemap(frame: &Frame, urls: &[SitemapUrl]) -> Result<Rendered, RenderError> {
    let mut xml = Xml::new(&frame.provenance)?;
    xml.open("urlset", &[("xmlns", SITEMAP)])?;
    for page in urls {
        xml.open("url", &[])?;
        xml.text("loc", checked(&page.url)?)?;
        xml.text("lastmod", &When::from(page.lastmod).machine)?;
        xml.close("url")?;
    }
    xml.close("urlset")?;
    Ok(sitemap_bytes(xml))
}

fn sitemap_bytes(xml: Xml) -> Rendered {
    Rendered { content_type: "application/xml; charset=utf-8", bytes: xml.finish() }
}

/// Renders robots.txt: everything but the API, forms and answers of the search, to which every page leads, may be read; the sitemap index lies at `/sitemap.xml`.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] if the site's own address is none.
pub fn robots(frame: &Frame) -> Result<Rendered, RenderError> {
    let sitemap = format!("{}/sitemap.xml", frame.scheme_host);
    let text = format!(
        "# {}\nUser-agent: *\nDisallow: /api/\nDisallow: /form/\nDisallow: /search?\n\nSitemap: {}\n",
        provenance_line(&frame.provenance),
        checked(&sitemap)?
    );
    Ok(Rendered { content_type: "text/plain; charset=utf-8", bytes: text.into_bytes() })
}
