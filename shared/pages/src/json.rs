//! The JSON beside every page: what the page says, for programs. One function a kind, from the page's own view model to bytes.
//!
//! Shapes are documented in `docs/json/README.md`. Addresses are absolute, instants carry the city's offset, a member without a value is null; in a JSON
//! Feed it is left out, as that format asks. Members stand in one order, so equal models give equal bytes.

use serde::Serialize;

use crate::address::{absolute, checked};
use crate::model::{Dated, Entry, Frame, Link, SiteNotice};
use crate::when::{When, iso};
use crate::{RenderError, Rendered};

mod answers;
mod catalogue;
mod coverage;
mod department;
mod document;
mod feed;
mod guide;
mod history;
mod home;
mod report;
mod site_map;
mod statistics;
mod status;
mod writer;

pub use answers::{answers, answers_month};
pub use catalogue::{catalogue, catalogue_list, catalogue_part};
pub use coverage::{coverage, department_coverage};
pub use department::department;
pub use document::document;
pub(crate) use feed::instant;
pub use feed::{column, month};
pub use guide::guide;
pub use history::history;
pub use home::home;
pub use report::{report, reports};
pub use site_map::site_map;
pub use statistics::{statistics, statistics_month};
pub use status::{gone, moved};

/// Media type of every twin but the feeds.
const JSON: &str = "application/json; charset=utf-8";

/// Media type of the JSON beside columns and their archive pages.
const FEED: &str = "application/feed+json; charset=utf-8";

/// What all but the feeds have in common, around the content of a kind.
#[derive(Serialize)]
struct Page<'a, C> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    url: String,
    language: &'a str,
    #[serde(flatten)]
    content: C,
    site: Site<'a>,
    provenance: &'a crate::Provenance,
}

/// Writes the JSON of a page that stands at `frame.path`.
fn page<C: Serialize>(kind: &'static str, frame: &Frame, title: &str, content: C) -> Result<Rendered, RenderError> {
    let page = Page {
        kind,
        title,
        url: here(frame)?,
        language: &frame.language,
        content,
        site: Site::of(frame)?,
        provenance: &frame.provenance,
    };
    Ok(Rendered { content_type: JSON, bytes: writer::write(&page)? })
}

/// The site a page belongs to.
#[derive(Serialize)]
struct Site<'a> {
    name: &'a str,
    url: String,
    identification_code: &'a str,
    notice: Option<Notice<'a>>,
}

impl<'a> Site<'a> {
    fn of(frame: &'a Frame) -> Result<Self, RenderError> {
        Ok(Self {
            name: &frame.name,
            url: url(frame, "/")?,
            identification_code: &frame.identification_code,
            notice: frame.notice.as_ref().map(Notice::from),
        })
    }
}

/// That a site is not live.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum Notice<'a> {
    Rectifying { until: String, reason: &'a str },
    Archived { at: String, reason: &'a str },
}

impl<'a> From<&'a SiteNotice> for Notice<'a> {
    fn from(notice: &'a SiteNotice) -> Self {
        match notice {
            SiteNotice::Rectifying { until, reason } => Self::Rectifying { until: iso(*until), reason },
            SiteNotice::Archived { at, reason } => Self::Archived { at: When::from(*at).machine, reason },
        }
    }
}

/// A name with the absolute address of its HTML page.
#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    url: String,
}

impl<'a> Named<'a> {
    fn of(frame: &Frame, link: &'a Link) -> Result<Self, RenderError> {
        Ok(Self { name: &link.name, url: url(frame, &link.url)? })
    }

    fn all(frame: &Frame, links: &'a [Link]) -> Result<Vec<Self>, RenderError> {
        links.iter().map(|link| Self::of(frame, link)).collect()
    }
}

/// When something became public, and how exactly that is known.
#[derive(Serialize)]
struct Published {
    precision: &'static str,
    at: Option<String>,
}

impl From<Dated> for Published {
    fn from(dated: Dated) -> Self {
        let precision = match dated {
            Dated::At(_) => "instant",
            Dated::Published(_) => "day",
            Dated::Version(_) => "version-day",
            Dated::Unknown => "unknown",
        };
        Self { precision, at: Some(When::from(dated).machine).filter(|at| !at.is_empty()) }
    }
}

/// A dated headline.
#[derive(Serialize)]
struct Headline<'a> {
    title: &'a str,
    url: String,
    published: Published,
    document_number: Option<&'a str>,
    /// Where it comes from, if it is shared from another column.
    source: Option<&'a str>,
}

impl<'a> Headline<'a> {
    fn all(frame: &Frame, entries: &'a [Entry]) -> Result<Vec<Self>, RenderError> {
        let headline = |entry: &'a Entry| {
            Ok(Self {
                title: &entry.title,
                url: url(frame, &entry.url)?,
                published: entry.dated.into(),
                document_number: crate::html::filled(entry.document_number.as_deref()),
                source: crate::html::filled(entry.source.as_deref()),
            })
        };
        entries.iter().map(headline).collect()
    }
}

/// The absolute form of an address that a page may link to.
fn url(frame: &Frame, address: &str) -> Result<String, RenderError> {
    Ok(absolute(&frame.scheme_host, checked(address)?))
}

/// The address of the HTML page.
fn here(frame: &Frame) -> Result<String, RenderError> {
    url(frame, &frame.path)
}
