//! The description of a site's search that browsers and other programs read (OpenSearch 1.1).

use crate::address::checked;
use crate::contact::percent_encoded;
use crate::model::{FacetKind, Frame, SearchPage};
use crate::xml::Xml;
use crate::{RenderError, Rendered, assets};

/// What the format allows a short name.
const SHORT: usize = 16;
/// What it allows a long name.
const LONG: usize = 48;

/// Renders the description of a site's search, to be served at [`SearchPage::DESCRIPTION_PATH`].
///
/// It searches the site; the portal's searches all sites.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] if the site's own address is none.
pub fn description(frame: &Frame) -> Result<Rendered, RenderError> {
    let host = &frame.scheme_host;
    let text = SearchPage::TEXT;
    let (of_this_site, about) = if frame.is_portal() {
        (String::new(), format!("搜索{}和各部门网站发布的信息", frame.name))
    } else {
        let site = format!("&{}={}", FacetKind::Site.parameter(), percent_encoded(&frame.label));
        (site, format!("搜索{}发布的信息", frame.name))
    };
    let page = format!("{host}{}?{text}={{searchTerms}}{of_this_site}", SearchPage::PATH);
    let data = format!("{host}{}?{text}={{searchTerms}}{of_this_site}", SearchPage::DATA_PATH);
    let own = format!("{host}{}", SearchPage::DESCRIPTION_PATH);
    let mark = format!("{host}{}", assets::urls().mark);
    let mut xml = Xml::new(&frame.provenance)?;
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")])?;
    xml.text("ShortName", &shortened(&frame.name, SHORT))?;
    xml.text("LongName", &shortened(&format!("{}搜索", frame.name), LONG))?;
    xml.text("Description", &about)?;
    for (media, rel, address) in [
        ("text/html", "results", &page),
        ("application/json", "results", &data),
        ("application/opensearchdescription+xml", "self", &own),
    ] {
        xml.empty("Url", &[("type", media), ("rel", rel), ("template", checked(address)?)])?;
    }
    xml.text_with("Image", &[("width", "56"), ("height", "56"), ("type", "image/svg+xml")], checked(&mark)?)?;
    xml.text("Language", &frame.language)?;
    xml.text("InputEncoding", "UTF-8")?;
    xml.text("OutputEncoding", "UTF-8")?;
    xml.close("OpenSearchDescription")?;
    Ok(Rendered { content_type: "application/opensearchdescription+xml; charset=utf-8", bytes: xml.finish() })
}

/// A name of no more characters than the format allows.
fn shortened(name: &str, limit: usize) -> String {
    name.chars().take(limit).collect()
}
