//! What feeds and sitemaps are made from.

use jiff::Timestamp;
use serde::Serialize;

use super::{Dated, Link};

/// An Atom feed (RFC 4287) of a column or a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtomFeed {
    /// Title of the feed.
    pub title: String,
    /// Absolute address of the feed itself.
    pub self_url: String,
    /// Absolute address of the page it follows.
    pub html_url: String,
    /// Permanent id, a tag URI (RFC 4151).
    pub id: String,
    /// The newest entry's `updated_at`; given by the caller so that no clock is read.
    pub updated: Timestamp,
    /// Entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed, Atom or JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedEntry {
    /// Permanent id, a tag URI (RFC 4151).
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// Absolute address of the document.
    pub url: String,
    /// First publication.
    pub dated: Dated,
    /// Last public change.
    pub updated_at: Timestamp,
    /// Summary, plain text; may be empty.
    pub summary: String,
    /// The issuing department and the address of its page.
    pub author: Link,
    /// Keywords 主题词; may be empty.
    pub keywords: Vec<String>,
    /// Index number 索引号; may be empty.
    pub index_number: String,
    /// Document number 发文字号.
    pub document_number: Option<String>,
}

/// One part of a site's sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SitemapPart {
    /// Absolute address of the part.
    pub url: String,
}

/// One page in a sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SitemapUrl {
    /// Absolute address of the page.
    pub url: String,
    /// Last public change of the page.
    pub lastmod: Timestamp,
}
