//! What stands in a page's head: the title and the official meta tags (RULES.md A1).

use serde::Serialize;

use crate::address::absolute;
use crate::model::{Frame, Link};

/// Head of one page.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    /// Content of `title`.
    pub(crate) title: String,
    /// Meta tags in order.
    pub(crate) meta: Vec<Meta>,
    /// Where this page itself stands, absolute; none where it stands behind every unknown path.
    pub(crate) own_address: Option<String>,
    /// The page's one absolute address, if it has one.
    pub(crate) canonical: Option<String>,
    /// Atom feeds.
    pub(crate) feeds: Vec<Link>,
    /// The JSON beside the page.
    pub(crate) data: Option<Data>,
}

/// The JSON beside a page.
#[derive(Debug, Serialize)]
pub(crate) struct Data {
    url: String,
    media: &'static str,
}

/// One `meta` tag.
#[derive(Debug, Serialize)]
pub(crate) struct Meta {
    name: &'static str,
    content: String,
}

impl Head {
    /// The tags every page carries, under the title `title - site name`.
    pub(crate) fn new(frame: &Frame, title: &str) -> Self {
        let host = frame.scheme_host.split_once("://").map_or(frame.scheme_host.as_str(), |(_, host)| host);
        let title = if title.is_empty() { frame.name.clone() } else { format!("{title} - {}", frame.name) };
        let own_address = Some(absolute(&frame.scheme_host, &frame.path));
        Self { title, meta: Vec::new(), own_address, canonical: None, feeds: Vec::new(), data: None }
            .with("SiteName", &frame.name)
            .with("SiteDomain", frame.domain.as_deref().unwrap_or(host))
            .with("SiteIDCode", &frame.identification_code)
    }

    /// Adds a tag; one without content is left out.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, content: &str) -> Self {
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if !content.is_empty() {
            self.meta.push(Meta { name, content });
        }
        self
    }

    /// Says that whoever sees the page asked for another address.
    #[must_use]
    pub(crate) fn behind_every_path(mut self) -> Self {
        self.own_address = None;
        self
    }

    /// Names the page's own address.
    #[must_use]
    pub(crate) fn canonical(mut self, url: String) -> Self {
        self.canonical = Some(url);
        self
    }

    /// Names the JSON beside the page, if it has one.
    #[must_use]
    pub(crate) fn data(self, frame: &Frame) -> Self {
        self.data_as(frame, "application/json")
    }

    /// Names the JSON Feed beside the page, if it has one.
    #[must_use]
    pub(crate) fn json_feed(self, frame: &Frame) -> Self {
        self.data_as(frame, "application/feed+json")
    }

    fn data_as(mut self, frame: &Frame, media: &'static str) -> Self {
        self.data = frame.data.clone().map(|url| Data { url, media });
        self
    }

    /// Names an Atom feed.
    #[must_use]
    pub(crate) fn feed(mut self, name: &str, url: &str) -> Self {
        self.feeds.push(Link { name: name.to_owned(), url: url.to_owned() });
        self
    }
}
