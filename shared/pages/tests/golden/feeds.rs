//! A feed of the fictional city, as fixed data.

use pages::{AtomEntry, AtomFeed};

use super::{at, instant, notices};

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
            .map(|(number, entry)| AtomEntry {
                id: format!("tag:www.localhost,2026:document:{number}"),
                url: format!("{host}{}", entry.url),
                dated: entry.dated,
                updated_at: instant(&entry),
                summary: if number == 0 { "意见征集至12月20日。".to_owned() } else { String::new() },
                author: entry.issuer.unwrap_or_default(),
                title: entry.title,
            })
            .collect(),
    }
}
