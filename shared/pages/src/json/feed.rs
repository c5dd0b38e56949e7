//! The JSON beside a column's page and its archive pages: JSON Feed 1.1, with what that format has no member for under `_taihu`.

use serde::Serialize;

use super::{FEED, Named, Published, Site, here, url, writer};
use crate::html::filled;
use crate::model::{ColumnPage, Dated, FeedEntry, Frame, MonthPage, Provenance};
use crate::when::When;
use crate::{RenderError, Rendered};

/// A feed of items `I`, with what this platform adds to it.
#[derive(Serialize)]
struct Feed<'a, I, O> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: [Named<'a>; 1],
    items: Vec<I>,
    _taihu: O,
}

/// What this platform adds to a feed.
#[derive(Serialize)]
struct OfFeed<'a> {
    #[serde(rename = "type")]
    kind_of_page: &'static str,
    kind: Option<&'a str>,
    column: Named<'a>,
    columns: Vec<Named<'a>>,
    months: Vec<Named<'a>>,
    site: Site<'a>,
    provenance: &'a Provenance,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: String,
    title: &'a str,
    /// The format demands a content; the text itself is in the document's own JSON.
    content_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    authors: [Named<'a>; 1],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    _taihu: OfItem<'a>,
}

/// What this platform adds to an item.
#[derive(Serialize)]
struct OfItem<'a> {
    published: Published,
    index_number: Option<&'a str>,
    document_number: Option<&'a str>,
}

impl<'a> Item<'a> {
    fn all(frame: &Frame, entries: &'a [FeedEntry]) -> Result<Vec<Self>, RenderError> {
        let item = |entry: &'a FeedEntry| {
            let summary = filled(Some(&entry.summary));
            Ok(Self {
                id: &entry.id,
                url: url(frame, &entry.url)?,
                title: &entry.title,
                content_text: summary.unwrap_or(&entry.title),
                summary,
                date_published: instant(entry.dated),
                date_modified: When::from(entry.updated_at).machine,
                authors: [Named::of(frame, &entry.author)?],
                tags: &entry.keywords,
                _taihu: OfItem {
                    published: entry.dated.into(),
                    index_number: filled(Some(&entry.index_number)),
                    document_number: filled(entry.document_number.as_deref()),
                },
            })
        };
        entries.iter().map(item).collect()
    }
}

/// An instant as feeds ask for it; of a day they have the beginning only, and an unknown one is left out.
pub(crate) fn instant(dated: Dated) -> Option<String> {
    match dated {
        Dated::At(at) => Some(When::from(at).machine),
        Dated::Published(_) | Dated::Version(_) => Some(format!("{}T00:00:00+08:00", When::from(dated).day)),
        Dated::Unknown => None,
    }
}

/// Writes the JSON Feed beside the head page of a column; `entries` are the page's.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn column(frame: &Frame, model: &ColumnPage, entries: &[FeedEntry]) -> Result<Rendered, RenderError> {
    let of_feed = OfFeed {
        kind_of_page: "column",
        kind: filled(Some(&model.kind)),
        column: Named { name: &model.name, url: here(frame)? },
        columns: model.columns.iter().map(|below| Named::of(frame, &below.column)).collect::<Result<_, _>>()?,
        months: Named::all(frame, &model.months)?,
        site: Site::of(frame)?,
        provenance: &frame.provenance,
    };
    feed(frame, &model.name, filled(Some(&model.description)), Item::all(frame, entries)?, of_feed)
}

/// Writes the JSON Feed beside an archive page of a column; `entries` are the page's.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn month(frame: &Frame, model: &MonthPage, entries: &[FeedEntry]) -> Result<Rendered, RenderError> {
    let of_feed = OfFeed {
        kind_of_page: "archive",
        kind: filled(Some(&model.kind)),
        column: Named::of(frame, &model.column)?,
        columns: Vec::new(),
        months: Vec::new(),
        site: Site::of(frame)?,
        provenance: &frame.provenance,
    };
    feed(frame, &format!("{} {}", model.column.name, model.title), None, Item::all(frame, entries)?, of_feed)
}

/// Writes the JSON Feed beside the page at `frame.path`.
pub(super) fn feed<I: Serialize, O: Serialize>(
    frame: &Frame,
    name: &str,
    description: Option<&str>,
    items: Vec<I>,
    of_feed: O,
) -> Result<Rendered, RenderError> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: format!("{name} - {}", frame.name),
        home_page_url: here(frame)?,
        feed_url: url(frame, frame.data.as_deref().unwrap_or(&frame.path))?,
        description,
        language: &frame.language,
        authors: [Named { name: &frame.sponsor, url: url(frame, "/")? }],
        items,
        _taihu: of_feed,
    };
    Ok(Rendered { content_type: FEED, bytes: writer::write(&feed)? })
}
