//! A feed of the fictional city, as fixed data.

use pages::{AtomFeed, FeedEntry};

use super::{at, instant, link, notices};

pub(crate) fn feed() -> AtomFeed {
    let host = "http://www.localhost:8080";
    AtomFeed {
        title: "澄湖市人民政府 通知公告".to_owned(),
        self_url: format!("{host}/zwgk/tzgg/feed.xml"),
        html_url: format!("{host}/zwgk/tzgg/"),
        id: "tag:www.localhost,2026:column:www.zwgk.tzgg".to_owned(),
        updated: at("2026-11-20T01:30:00Z"),
        entries: notices()
            .into_iter()
            .take(2)
            .enumerate()
            .map(|(number, entry)| FeedEntry {
                id: format!("tag:www.localhost,2026:document:{number}"),
                url: format!("{host}{}", entry.url),
                dated: entry.dated,
                updated_at: instant(&entry),
                summary: if number == 0 { "意见征集至12月20日。".to_owned() } else { String::new() },
                author: link(&entry.source.unwrap_or_default(), "/bm/bgs/"),
                keywords: if number == 0 { vec!["征求意见".to_owned()] } else { Vec::new() },
                index_number: format!("014006400/2026-{number:05}"),
                document_number: entry.document_number,
                title: entry.title,
            })
            .collect(),
    }
}
