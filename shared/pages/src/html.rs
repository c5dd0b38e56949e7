//! The pages: one function a kind, from a view model to bytes.

use serde::Serialize;
use serde_json::Value;

use crate::head::Head;
use crate::model::{Entry, Frame, Link};
use crate::when::When;
use crate::{RenderError, Rendered, assets, contact, engine, json_ld};

mod department;
mod document;
mod home;
mod list;
mod site_map;
mod status;

pub use department::department;
pub use document::document;
pub use home::home;
pub use list::{column, month};
pub use site_map::site_map;
pub use status::{gone, moved, not_found};

/// What a template gets.
#[derive(Serialize)]
struct Context<'a, P> {
    site: &'a Frame,
    around: Around<'a>,
    head: Head,
    json_ld: minijinja::Value,
    page: P,
}

/// Parts of the frame that are worked out once for all templates.
#[derive(Serialize)]
struct Around<'a> {
    nav: Vec<NavEntry<'a>>,
    /// Name of this page as the last step of the breadcrumb.
    here: &'a str,
    style: &'static str,
    mark: &'static str,
    theme: Option<&'static str>,
    is_portal: bool,
    report: String,
    police: Option<&'a str>,
    short_digest: &'a str,
}

/// An entry of the navigation row.
#[derive(Serialize)]
struct NavEntry<'a> {
    name: &'a str,
    url: &'a str,
    is_here: bool,
}

/// A dated headline as templates show it.
#[derive(Debug, Serialize)]
struct EntryView<'a> {
    title: &'a str,
    url: &'a str,
    at: When,
    document_number: Option<&'a str>,
    issuer: Option<&'a str>,
}

impl<'a> From<&'a Entry> for EntryView<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            title: visible(&entry.title),
            url: &entry.url,
            at: When::from(entry.published_at),
            document_number: filled(entry.document_number.as_deref()),
            issuer: filled(entry.issuer.as_deref()),
        }
    }
}

fn entry_views(entries: &[Entry]) -> Vec<EntryView<'_>> {
    entries.iter().map(EntryView::from).collect()
}

/// Renders a template inside the frame; `here` names the page in the breadcrumb.
fn page<P: Serialize>(
    template: &str,
    frame: &Frame,
    here: &str,
    head: Head,
    mut graph: Vec<Value>,
    page: P,
) -> Result<Rendered, RenderError> {
    graph.push(json_ld::breadcrumb(frame, here));
    graph.push(json_ld::organization(frame));
    let urls = assets::urls();
    let around = Around {
        nav: nav(frame),
        here,
        style: &urls.style,
        mark: &urls.mark,
        theme: frame.theme.map(crate::Theme::name),
        is_portal: frame.portal_host == frame.scheme_host,
        report: contact::report_url(&frame.contact, &frame.path),
        police: filled(frame.police.as_deref()),
        short_digest: frame.provenance.digest.get(..12).unwrap_or(&frame.provenance.digest),
    };
    let provenance = &frame.provenance;
    let head = head
        .with("taihu:stream", &provenance.stream)
        .with("taihu:version", &provenance.version.to_string())
        .with("taihu:digest", &provenance.digest)
        .with("taihu:generation", &provenance.generation.to_string());
    let json_ld = json_ld::script(graph)?;
    engine::render(template, &Context { site: frame, around, head, json_ld, page })
}

/// The navigation row; the longest entry that leads to this page is marked.
fn nav(frame: &Frame) -> Vec<NavEntry<'_>> {
    let leads_here = |link: &&Link| {
        frame.path == link.url || (link.url.len() > 1 && link.url.ends_with('/') && frame.path.starts_with(&link.url))
    };
    let here = frame.nav.iter().filter(leads_here).max_by_key(|link| link.url.len());
    frame.nav.iter().map(|link| NavEntry { name: &link.name, url: &link.url, is_here: here == Some(link) }).collect()
}

/// Text, unless it is absent or blank.
fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// A name a link can carry: a blank one would leave nothing to press.
fn visible(name: &str) -> &str {
    if name.trim().is_empty() { "（无标题）" } else { name }
}
