//! Every page of the city with the right headers, and again as 304.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{HeaderMap, Response, header};
use local::cdn::headers::{ASSET_CACHING, SECURITY};

use super::site::{Page, Site};

/// A page that answered as it should.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) page: Page,
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) etag: String,
    pub(super) length: usize,
    /// Whether it came in brotli, too.
    pub(super) compressed: bool,
}

/// Asks for every page plainly, in brotli, and by both ETags.
pub(super) async fn all(site: &Site, pages: &[Page]) -> Result<Vec<Checked>> {
    let mut checked = Vec::with_capacity(pages.len());
    for page in pages {
        checked.push(one(site, page).await.with_context(|| format!("{}{}", page.host, page.path))?);
    }
    Ok(checked)
}

/// What was asserted, for the report.
pub(super) fn sentence(checked: &[Checked]) -> String {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for one in checked {
        let kind = format!("{} {}", one.status, one.content_type.split(';').next().unwrap_or_default());
        *kinds.entry(kind).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, number)| format!("{kind} × {number}")).collect();
    let compressed = checked.iter().filter(|one| one.compressed).count();
    format!(
        "Asserted on all {} objects of the sample city ({}): security headers, caching, type and length; brotli gives the same bytes ({compressed} of \
         them are compressed); 304 without a body by either ETag.",
        checked.len(),
        kinds.join(", ")
    )
}

async fn one(site: &Site, page: &Page) -> Result<Checked> {
    let plain = site.get(page, &[("accept-encoding", "identity")]).await?;
    let status = plain.status().as_u16();
    ensure!(matches!(status, 200 | 301 | 404 | 410), "the status is {status}");
    ensure!((status == 301) == plain.headers().contains_key(header::LOCATION), "a 301 and only a 301 has a place");
    ensure!(!plain.headers().contains_key(header::CONTENT_ENCODING), "nobody asked for a coding");
    secured(page, plain.headers())?;
    let etag = text(&plain, header::ETAG)?;
    ensure!(etag.starts_with('"') && etag.len() > 2, "the ETag of what is stored is {etag}");
    let compressed = brotli(site, page, &plain).await?;
    for tag in [etag.clone(), format!("W/{etag}")] {
        let again = site.get(page, &[("if-none-match", &tag)]).await?;
        ensure!(again.status().as_u16() == 304 && again.body().is_empty(), "{tag} gives {}", again.status());
        secured(page, again.headers())?;
        ensure!(
            again.headers().get(header::CACHE_CONTROL) == plain.headers().get(header::CACHE_CONTROL),
            "304: caching"
        );
    }
    let other = site.get(page, &[("if-none-match", "\"another\"")]).await?;
    ensure!(other.status() == plain.status(), "another ETag gives {}", other.status());
    Ok(Checked {
        page: page.clone(),
        status,
        content_type: text(&plain, header::CONTENT_TYPE)?,
        etag,
        length: plain.body().len(),
        compressed,
    })
}

/// The security headers word for word; assets for good, pages for seconds.
fn secured(page: &Page, headers: &HeaderMap) -> Result<()> {
    for (name, value) in &SECURITY {
        ensure!(headers.get(name) == Some(value), "the header {name} is {:?}", headers.get(name));
    }
    let caching = headers.get(header::CACHE_CONTROL).context("nothing says how long it may be kept")?;
    let is_asset = page.path.starts_with("/_assets/");
    ensure!((*caching == ASSET_CACHING) == is_asset, "it may be kept for {caching:?}");
    Ok(())
}

/// Whether the page comes compressed; if so, with the weak ETag and the same bytes.
async fn brotli(site: &Site, page: &Page, plain: &Response<Bytes>) -> Result<bool> {
    let packed = site.get(page, &[("accept-encoding", "br")]).await?;
    ensure!(packed.status() == plain.status(), "in brotli the status is {}", packed.status());
    ensure!(
        packed.headers().get(header::VARY) == plain.headers().get(header::VARY),
        "what varies must say so both times"
    );
    if packed.headers().get(header::CONTENT_ENCODING).is_none() {
        ensure!(packed.body() == plain.body(), "the bytes differ");
        return Ok(false);
    }
    ensure!(text(&packed, header::CONTENT_ENCODING)? == "br", "another coding than asked for");
    ensure!(
        text(&packed, header::ETAG)? == format!("W/{}", text(plain, header::ETAG)?),
        "the ETag is not the weak one"
    );
    ensure!(text(&packed, header::VARY)? == "Accept-Encoding", "it does not say that it varies");
    let mut bytes = Vec::new();
    brotli::BrotliDecompress(&mut packed.body().as_ref(), &mut bytes)?;
    ensure!(bytes == plain.body().as_ref(), "brotli gives other bytes");
    Ok(true)
}

fn text(response: &Response<Bytes>, name: header::HeaderName) -> Result<String> {
    let value = response.headers().get(&name).with_context(|| format!("the header {name} is missing"))?;
    Ok(value.to_str()?.to_owned())
}
