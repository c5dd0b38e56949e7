//! One document's whole life as its readers see it.

use domain::{calendar::NATIONAL, column::Archive};
use journeys::tokens::ADMINISTRATOR;
use serde_json::{Value, json};
use views::Status;

use super::town::Town;

async fn status(town: &Town, key: &str) -> Option<Status> {
    town.projector(1).worker().objects().get(key).await.unwrap().map(|stored| stored.object.status)
}

async fn text(town: &Town, key: &str) -> String {
    let stored = town.projector(1).worker().objects().get(key).await.unwrap();
    stored.map(|stored| String::from_utf8(stored.object.bytes).unwrap()).unwrap_or_default()
}

const HERE: &str = "www/zwgk/tzgg/2026/11/23/water.html";
const THERE: &str = "jyj/xw/2026/11/23/water.html";

#[tokio::test]
async fn a_document_appears_changes_moves_and_goes_and_every_page_follows() {
    let town = Town::found().await;
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    assert_eq!(status(&town, HERE).await, Some(Status::Ok));
    for page in [
        "www/zwgk/tzgg/index.html",
        "www/zwgk/tzgg/2026-11.html",
        "www/zwgk/tzgg/feed.xml",
        "www/index.html",
        "www/bm/jyj/index.html",
        "www/sitemap-2026-11.xml",
    ] {
        assert!(
            text(&town, page).await.contains("/zwgk/tzgg/2026/11/23/water.html"),
            "{page} does not name the document"
        );
    }

    town.revise("water", "停水通知更正版").await.unwrap();
    town.settle(1).await;
    assert!(!text(&town, HERE).await.contains("停水通知更正版"), "a draft is public");
    town.review("water").await.unwrap();
    town.correct("water").await.unwrap();
    town.settle(1).await;
    let page = text(&town, HERE).await;
    assert!(page.contains("停水通知更正版") && page.contains("更正日期"));

    town.relocate("water", "jyj.xw", Archive::Day).await.unwrap();
    town.settle(1).await;
    let moved = Status::Moved("http://jyj.localhost:8080/xw/2026/11/23/water.html".to_owned());
    assert_eq!(status(&town, HERE).await, Some(moved));
    assert_eq!(status(&town, THERE).await, Some(Status::Ok));
    assert!(!text(&town, "www/zwgk/tzgg/index.html").await.contains("停水通知更正版"));
    assert!(text(&town, "jyj/xw/2026-11-23.html").await.contains("停水通知更正版"));

    town.withdraw("water").await.unwrap();
    town.settle(1).await;
    assert_eq!(status(&town, HERE).await, Some(Status::Gone));
    assert_eq!(status(&town, THERE).await, Some(Status::Gone));
    for page in
        ["jyj/index.html", "jyj/xw/index.html", "jyj/xw/feed.xml", "jyj/xw/2026-11-23.html", "www/bm/jyj/index.html"]
    {
        assert!(!text(&town, page).await.contains("停水通知更正版"), "{page} names a withdrawn document");
    }
    assert_eq!(town.differences(1).await, []);
}

/// What the JSON beside every page says follows the same events, and keeps nothing of what was withdrawn.
#[tokio::test]
async fn the_json_beside_the_pages_follows_its_document_and_forgets_it() {
    let town = Town::found().await;
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let json = async |key: &str| serde_json::from_str::<serde_json::Value>(&text(&town, key).await).unwrap();
    let (here, there) = (HERE.replace(".html", ".json"), THERE.replace(".html", ".json"));
    let document = json(&here).await;
    assert_eq!(document["url"], "http://www.localhost:8080/zwgk/tzgg/2026/11/23/water.html");
    assert_eq!(document["provenance"]["stream"], Town::document("water").stream().as_str());
    let page = text(&town, HERE).await;
    assert!(page.contains(document["body_html"].as_str().unwrap()), "{document}");
    assert!(page.contains(&format!("href=\"{}\"", here.trim_start_matches("www"))), "{page}");
    for list in ["index.json", "2026-11.json"] {
        let feed = json(&format!("www/zwgk/tzgg/{list}")).await;
        assert_eq!(feed["items"][0]["url"], document["url"], "{feed}");
        assert_eq!(feed["items"][0]["authors"][0]["name"], document["department"]["name"]);
        assert_eq!(feed["feed_url"], format!("http://www.localhost:8080/zwgk/tzgg/{list}"));
    }
    let lists = ["www/index.json", "www/bm/jyj/index.json"];
    for list in lists {
        assert!(text(&town, list).await.contains("/2026/11/23/water.html"), "{list}");
    }

    town.revise("water", "停水通知更正版").await.unwrap();
    town.review("water").await.unwrap();
    town.correct("water").await.unwrap();
    town.settle(1).await;
    let corrected = json(&here).await;
    assert_eq!(corrected["title"], "停水通知更正版");
    assert_ne!(corrected["provenance"]["digest"], document["provenance"]["digest"]);

    town.relocate("water", "jyj.xw", Archive::Day).await.unwrap();
    town.settle(1).await;
    let moved = "http://jyj.localhost:8080/xw/2026/11/23/water.json".to_owned();
    assert_eq!(json(&here).await["moved_to"], moved);
    assert_eq!(status(&town, &here).await, Some(Status::Moved(moved)));
    assert_eq!(status(&town, &there).await, Some(Status::Ok));

    town.withdraw("water").await.unwrap();
    town.settle(1).await;
    for place in [&here, &there] {
        assert_eq!(status(&town, place).await, Some(Status::Gone));
        let gone = json(place).await;
        assert_eq!((&gone["type"], &gone["title"]), (&"gone".into(), &"停水通知更正版".into()));
        assert!(gone.get("body_html").is_none() && !gone.to_string().contains("特此通知"), "{gone}");
    }
    for list in ["jyj/index.json", "jyj/xw/index.json", "jyj/xw/2026-11-23.json"].into_iter().chain(lists) {
        assert!(!text(&town, list).await.contains("停水通知更正版"), "{list} names a withdrawn document");
    }
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_rebuild_gives_the_same_bytes_and_a_second_one_writes_nothing() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.published("b", "jyj.xw", Archive::Day).await;
    town.relocate("a", "www.zwgk", Archive::TenDays).await.unwrap();
    town.withdraw("b").await.unwrap();
    town.settle(1).await;
    let before = town.pages().await;
    let report = town.rebuild(1).await;
    assert_eq!((report.written, report.orphans.len(), report.guards_restored), (0, 0, 0), "{report:?}");
    assert_eq!(report.pages, before.len() as u64);
    assert_eq!(town.pages().await, before);
    assert_eq!(town.differences(1).await, []);
    assert_eq!(town.rebuild(1).await.written, 0);
}

/// A page from an address that nobody publishes under is as wrong as a page with other bytes.
#[tokio::test]
async fn an_object_that_nothing_produces_is_named_until_a_rebuild_closes_it() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let stray = "www/zwgk/tzgg/2026/11/23/stray.html";
    for key in [stray, "_assets/site.0123.css"] {
        let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.pages).key(key);
        put.if_none_match("*").body(aws_sdk_s3::primitives::ByteStream::from_static(b"stray")).send().await.unwrap();
    }
    let wanted = views::Difference::Page { object: stray.to_owned(), what: "nothing produces it".to_owned() };
    assert_eq!(town.differences(1).await, [wanted]);
    assert_eq!(town.rebuild(1).await.orphans, [stray]);
    assert_eq!(town.differences(1).await, []);
}

/// What a damaged stream owns cannot be told from what follows from no event: the damage is the news.
#[tokio::test]
async fn a_damaged_stream_is_one_difference_and_hides_no_other() {
    use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.published("b", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let update = town.app.clients.dynamodb.update_item().table_name("ledger");
    update
        .key("pk", AttributeValue::S(Town::document("a").stream().to_string()))
        .key("sk", AttributeValue::N("1".to_owned()))
        .update_expression("SET #b = :b")
        .expression_attribute_names("#b", "bytes")
        .expression_attribute_values(":b", AttributeValue::B(Blob::new(b"no commit")))
        .send()
        .await
        .unwrap();
    let report = town.projector(1).worker().verify().await.unwrap();
    assert!(matches!(report.differences.as_slice(), [views::Difference::Damaged { .. }]), "{:#?}", report.differences);
    assert!(report.unread_rows > 0, "{report:?}");

    let guards = town.app.ledger.all_guards().await.unwrap();
    let healthy = guards.iter().find(|held| held.stream == Town::document("b").stream()).unwrap();
    let delete = town.app.clients.dynamodb.delete_item().table_name("guards");
    let claim = |text: &str| AttributeValue::S(text.to_owned());
    let delete = delete.key("pk", claim(&healthy.guard.scope)).key("sk", claim(&healthy.guard.claim));
    delete.send().await.unwrap();
    let found = town.differences(1).await;
    assert!(
        matches!(found.as_slice(), [views::Difference::Damaged { .. }, views::Difference::Guard { .. }]),
        "{found:#?}"
    );
}

#[tokio::test]
async fn lost_guards_and_tampered_pages_are_found_and_put_right() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let guards = town.app.ledger.all_guards().await.unwrap();
    for held in &guards {
        let delete = town.app.clients.dynamodb.delete_item().table_name("guards");
        delete
            .key("pk", aws_sdk_dynamodb::types::AttributeValue::S(held.guard.scope.clone()))
            .key("sk", aws_sdk_dynamodb::types::AttributeValue::S(held.guard.claim.clone()))
            .send()
            .await
            .unwrap();
    }
    let worker = town.projector(1).worker().clone();
    let key = "www/zwgk/tzgg/2026/11/23/a.html";
    let mut forged = worker.objects().get(key).await.unwrap().unwrap();
    forged.object.bytes.extend_from_slice(b"<!-- forged -->");
    let page = views::PageKey {
        site: "www".into(),
        path: "/zwgk/tzgg/2026/11/23/a.html".into(),
        kind: "document".into(),
        about: String::new(),
    };
    assert!(
        worker.objects().put(&page, views::Put { object: forged.object, expected: Some(forged.etag) }).await.unwrap()
    );

    let found = town.differences(1).await;
    assert_eq!(found.iter().filter(|d| matches!(d, views::Difference::Guard { .. })).count(), guards.len());
    assert!(found.iter().any(|d| matches!(d, views::Difference::Page { object, .. } if object == key)), "{found:?}");
    let report = town.rebuild(1).await;
    assert_eq!((report.guards_restored, report.written), (guards.len() as u64, 1));
    assert_eq!(town.differences(1).await, []);
}

/// A stream of which nothing is shown is followed like any other.
#[tokio::test]
async fn an_adopted_calendar_is_projected_and_shown_nowhere() {
    let town = Town::found().await;
    town.app.found_staff().await.unwrap();
    town.settle(1).await;
    let calendar: Value = serde_json::from_str(NATIONAL).unwrap();
    let adopted = town.app.post("/calendar").subject(ADMINISTRATOR).key("first").json(&calendar).send().await.unwrap();
    assert_eq!(adopted.status, 201, "{}", adopted.text());
    town.settle(1).await;
    let commit = town.app.get("/commits/calendar:city:1").subject(ADMINISTRATOR).send().await.unwrap().json();
    assert_eq!((&commit["projected"], &commit["pages"]), (&json!(true), &json!([])), "{commit}");
    assert_eq!(town.differences(1).await, []);
}
