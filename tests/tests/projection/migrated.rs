//! Documents of older systems as their readers see them: their own dates, and the chain of versions from both ends.

use domain::{
    DocumentId,
    column::Archive,
    document::{self, Amended, Document, EvidenceHash, Migrate, Origin, OriginalDate},
    text::Line,
};

use super::town::Town;

const COLUMN: &str = "www.zwgk.tzgg";

fn id(key: &str) -> DocumentId {
    DocumentId::migrated(&"old-portal".parse().unwrap(), key)
}

fn version(day: &str) -> OriginalDate {
    day.parse().map_or(OriginalDate::Unknown, |day| OriginalDate::Version { day })
}

/// Brings in the record `key`, called by its key, of the version of `day`.
async fn bring_in(town: &Town, key: &str, day: &str, amends: Option<&str>) {
    let written = town.content(key).await;
    let amends = match amends {
        Some(earlier) => Some(amended(town, earlier).await),
        None => None,
    };
    let command = Migrate {
        column: COLUMN.parse().unwrap(),
        archive: Archive::Month,
        department: "jyj".parse().unwrap(),
        slug: Some(key.parse().unwrap()),
        written: written.into(),
        index_number: None,
        origin: Origin {
            system: "old-portal".parse().unwrap(),
            name: Line::new("旧门户网站").unwrap(),
            key: Line::new(key).unwrap(),
            evidence: EvidenceHash::of(key.as_bytes()),
            date: version(day),
            url: None,
            issuer: Some(Line::new("澄湖市人民政府").unwrap()),
            subject: None,
            validity: None,
            history: vec![Line::new("由市人民政府令公布").unwrap()],
        },
        amends,
    };
    let stream = id(key).stream();
    town.execute::<Document, _>(&stream, "migrator", |state, context| {
        document::migrate(state, command.clone(), context)
    })
    .await
    .unwrap();
}

async fn amended(town: &Town, key: &str) -> Amended {
    let (earlier, _, _) = town.app.ledger.read::<Document>(&id(key).stream()).await.unwrap();
    let (site, path) = earlier.places.last().unwrap().clone();
    Amended {
        document: id(key),
        site,
        path,
        title: earlier.live.unwrap().content.title,
        date: earlier.arrival.unwrap().origin.date,
    }
}

async fn text(town: &Town, key: &str) -> String {
    let stored = town.projector(1).worker().objects().get(key).await.unwrap();
    stored.map(|stored| String::from_utf8(stored.object.bytes).unwrap()).unwrap_or_default()
}

const FIRST: &str = "www/zwgk/tzgg/2006/03/02/first.html";
const SECOND: &str = "www/zwgk/tzgg/2014/05/08/second.html";
const LATEST: &str = "这是本站收录的最新修订版本";
const AMENDED: &str = "本版本已被修订";

#[tokio::test]
async fn lists_archives_feeds_and_sitemaps_go_by_the_original_date() {
    let town = Town::found().await;
    town.published("water", COLUMN, Archive::Month).await;
    bring_in(&town, "first", "2006-03-02", None).await;
    bring_in(&town, "undated", "", None).await;
    town.settle(1).await;
    let page = text(&town, FIRST).await;
    assert!(page.contains("版本日期：<time datetime=\"2006-03-02\">2006-03-02</time>"), "{page}");
    assert!(page.contains("2026-11-23 09:00</time> 迁入") && page.contains("澄湖市人民政府"), "{page}");
    assert!(!page.contains("索引号"), "none is made up");
    for list in ["tzgg/2006-03.html", "tzgg/index.html", "tzgg/feed.xml"] {
        assert!(text(&town, &format!("www/zwgk/{list}")).await.contains("/2006/03/02/first.html"), "{list}");
    }
    assert!(text(&town, "www/sitemap-2006-03.xml").await.contains("first.html"));
    let head = text(&town, "www/zwgk/tzgg/index.html").await;
    let places: Vec<_> = ["water.html", "first.html", "undated.html"].iter().map(|name| head.find(name)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "newest first, the undated last: {places:?}");
    let undated = text(&town, "www/zwgk/tzgg/0000/00/00/undated.html").await;
    assert!(undated.contains("日期不详") && !undated.contains("PubDate"), "{undated}");
    assert!(text(&town, "www/zwgk/tzgg/0000-00.html").await.contains("undated.html"));
    assert!(head.contains(">日期不详</a>"), "{head}");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn both_ends_of_a_chain_link_to_each_other_and_the_newest_says_so() {
    let town = Town::found().await;
    bring_in(&town, "first", "2006-03-02", None).await;
    town.settle(1).await;
    assert!(!text(&town, FIRST).await.contains("修订链"), "one version is no chain");
    bring_in(&town, "second", "2014-05-08", Some("first")).await;
    town.settle(1).await;
    let (first, second) = (text(&town, FIRST).await, text(&town, SECOND).await);
    assert!(first.contains(AMENDED) && first.contains("href=\"/zwgk/tzgg/2014/05/08/second.html\""), "{first}");
    assert!(second.contains(LATEST) && second.contains("href=\"/zwgk/tzgg/2006/03/02/first.html\""), "{second}");
    bring_in(&town, "third", "2020-01-01", Some("second")).await;
    town.settle(1).await;
    let second = text(&town, SECOND).await;
    assert!(second.contains(AMENDED) && second.contains("first.html") && second.contains("third.html"), "{second}");
    assert!(text(&town, "www/zwgk/tzgg/2020/01/01/third.html").await.contains(LATEST));
    assert_eq!(town.differences(1).await, []);
}

/// The later version's row names the place where the earlier one stood then; where it went is told by its own rows.
#[tokio::test]
async fn a_chain_holds_when_its_members_move_and_go() {
    let town = Town::found().await;
    bring_in(&town, "first", "2006-03-02", None).await;
    bring_in(&town, "second", "2014-05-08", Some("first")).await;
    town.settle(1).await;
    let relocate = async |key: &str, column: &str| {
        town.on_document(&id(key), "publisher", |state, context| {
            document::relocate(state, column.parse().unwrap(), Archive::Month, None, context)
        })
        .await
        .unwrap();
        town.settle(1).await;
        assert_eq!(town.differences(1).await, []);
    };
    relocate("first", "jyj.tzgg").await;
    let moved = "jyj/tzgg/2006/03/02/first.html";
    assert!(text(&town, moved).await.contains("http://www.localhost:8080/zwgk/tzgg/2014/05/08/second.html"));
    relocate("second", "jyj.tzgg").await;
    assert!(text(&town, moved).await.contains("href=\"/tzgg/2014/05/08/second.html\""));
    town.on_document(&id("second"), "publisher", |state, context| {
        document::withdraw(state, domain::text::Prose::default(), context)
    })
    .await
    .unwrap();
    town.settle(1).await;
    assert!(!text(&town, moved).await.contains(AMENDED), "what amended it is public no more");
    assert_eq!(town.differences(1).await, []);
    let report = town.rebuild(1).await;
    assert_eq!((report.written, report.orphans.len()), (0, 0), "{report:?}");
}

/// Whichever worker is first: the bytes are the same.
#[tokio::test]
async fn a_chain_projected_backwards_gives_the_same_pages() {
    let mut pages = Vec::new();
    for backwards in [false, true] {
        let town = Town::found().await;
        town.settle(1).await;
        bring_in(&town, "first", "2006-03-02", None).await;
        bring_in(&town, "second", "2014-05-08", Some("first")).await;
        let mut streams = vec![id("first").stream(), id("second").stream()];
        if backwards {
            streams.reverse();
        }
        for stream in streams {
            town.projector(1).worker().batch(&[stream].into()).await.unwrap();
        }
        town.settle(1).await;
        assert_eq!(town.differences(1).await, []);
        pages.push(town.pages().await);
    }
    assert!(pages[0] == pages[1]);
}
