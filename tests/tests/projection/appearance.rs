//! Banners and greyscale: what follows at once, what follows bit by bit, and what is never written for them.

use std::collections::BTreeSet;

use domain::{SiteLabel, StreamId, column::Archive};
use journeys::clock::far_off;
use project::Projector;
use serde_json::json;
use views::{DirtyWork, Lane, NoPurge, Prefix};

use super::town::Town;

/// Whole keys of pages whose bytes hold `words`.
async fn showing(town: &Town, words: &str) -> BTreeSet<String> {
    let pages = town.pages().await.into_iter();
    pages.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(words)).map(|(key, _)| key).collect()
}

async fn html(town: &Town) -> BTreeSet<String> {
    town.pages().await.into_keys().filter(|key| key.ends_with(".html")).collect()
}

/// What the function does when the doorbell of an appearance rings.
async fn ring(projector: &Projector, site: Option<&str>) {
    let site: Option<SiteLabel> = site.map(|label| label.parse().unwrap());
    let stream = StreamId::appearance(site.as_ref());
    let record = json!({
        "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "local",
        "dynamodb": { "Keys": { "pk": { "S": stream.as_str() }, "sk": { "N": "1" } }, "SequenceNumber": "1", "SizeBytes": 12,
            "StreamViewType": "KEYS_ONLY", "ApproximateCreationDateTime": 1_700_000_000 }
    });
    let event = serde_json::from_value(json!({ "Records": [record] })).unwrap();
    let answer = projector.handle(event).await.unwrap();
    assert!(answer.batch_item_failures.is_empty());
}

async fn furnished() -> Town {
    let town = Town::found().await;
    for (name, column) in [("water", "jyj.tzgg"), ("road", "www.zwgk.tzgg"), ("gone", "jyj.tzgg")] {
        town.published(name, column, Archive::Month).await;
    }
    town.withdraw("gone").await.unwrap();
    town.settle(1).await;
    town
}

#[tokio::test]
async fn a_banner_of_all_sites_stands_on_homes_and_columns_when_the_doorbell_is_answered_and_on_the_rest_in_bulk() {
    let town = furnished().await;
    let projector = town.projector(1);
    let before = town.pages().await;
    town.dress(None, Some("台风红色预警"), None).await.unwrap();
    ring(&projector, None).await;

    let first = showing(&town, "台风红色预警").await;
    let sections: BTreeSet<String> = html(&town).await.into_iter().filter(|key| key.ends_with("/index.html")).collect();
    // Pages of departments, of answers, of statistics and of disclosure are no sections of a site: they follow with the rest.
    let folders = ["/bm/", "/gkfg/", "/gkml/", "/gknb/", "/gkzn/", "/tongji/", "/zhaocuo/"];
    let later = |key: &&String| folders.iter().any(|folder| key.contains(folder));
    let expected: BTreeSet<&String> = sections.iter().filter(|key| !later(key)).collect();
    assert!(expected.len() >= 5, "{expected:?}");
    assert_eq!(first.iter().collect::<BTreeSet<_>>(), expected, "home and column pages, and nothing else");
    let prefix = Prefix(projector.worker().views().registry().await.unwrap().unwrap().active);
    let left = projector.worker().views().dirty(&prefix, 100).await.unwrap();
    assert_eq!(left.len(), 2, "one bulk scope a site is left: {left:?}");
    assert!(left.iter().all(|row| matches!(&row.work, DirtyWork::Scope(scope) if scope.lane == Lane::Bulk)));

    town.settle(1).await;
    assert_eq!(showing(&town, "台风红色预警").await, html(&town).await, "every page, 404 and 410 included");
    assert_eq!(town.differences(1).await, []);

    town.dress(None, None, None).await.unwrap();
    town.settle(1).await;
    assert_eq!(showing(&town, "class=\"banner").await, BTreeSet::new());
    let after = town.pages().await;
    let untouched = |key: &&String| !key.ends_with(".html");
    for key in before.keys().filter(untouched) {
        assert_eq!(
            before[key], after[key],
            "{key}: feeds, sitemaps and JSON have no banner and are never written for one"
        );
    }
    town.rebuild(1).await;
    assert_eq!(town.pages().await, after, "a rebuild gives the same bytes");
}

#[tokio::test]
async fn a_page_shows_the_banner_of_all_sites_and_its_own() {
    let town = furnished().await;
    let projector = town.projector(1);
    town.dress(None, Some("台风红色预警"), None).await.unwrap();
    town.dress(Some("jyj"), Some("全市停课"), None).await.unwrap();
    ring(&projector, Some("jyj")).await;
    ring(&projector, None).await;
    let own = showing(&town, "全市停课").await;
    assert!(own.contains("jyj/index.html") && own.contains("jyj/tzgg/index.html"), "{own:?}");
    assert!(own.iter().all(|key| key.starts_with("jyj/")), "{own:?}");
    assert!(own.is_subset(&showing(&town, "台风红色预警").await));
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
    // Another site's banner is no news for this one.
    let before = town.pages().await;
    town.dress(Some("jyj"), None, None).await.unwrap();
    town.settle(1).await;
    for (key, bytes) in town.pages().await {
        assert_eq!(bytes == before[&key], !(key.starts_with("jyj/") && key.ends_with(".html")), "{key}");
    }
}

#[tokio::test]
async fn a_site_opened_and_a_document_published_under_a_banner_carry_it() {
    let town = furnished().await;
    town.dress(None, Some("台风红色预警"), None).await.unwrap();
    town.settle(1).await;
    town.published("later", "jyj.tzgg", Archive::Month).await;
    town.open_site("swj").await.unwrap();
    let projector = town.projector(1);
    let streams = BTreeSet::from([Town::document("later").stream(), "site:swj".parse().unwrap()]);
    projector.worker().batch(&streams).await.unwrap();
    let shown = showing(&town, "台风红色预警").await;
    assert!(shown.iter().any(|key| key.ends_with("/later.html")), "{shown:?}");
    assert!(shown.contains("swj/index.html") && shown.contains("swj/404.html"), "{shown:?}");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn grey_comes_with_one_stylesheet_a_site_and_no_page_is_written_for_it() {
    let town = furnished().await;
    let projector = town.projector(1);
    let grey = "grayscale(1)";
    let before = town.pages().await;
    town.dress(None, None, Some("全国哀悼日")).await.unwrap();
    ring(&projector, None).await;
    let styles: BTreeSet<String> = ["jyj/site.css", "www/site.css"].map(str::to_owned).into();
    assert_eq!(showing(&town, grey).await, styles);
    for (key, bytes) in town.pages().await {
        assert_eq!(bytes == before[&key], !styles.contains(&key), "{key}");
    }
    // One site mourns longer than the others.
    town.dress(Some("jyj"), None, Some("悼念")).await.unwrap();
    town.dress(None, None, None).await.unwrap();
    ring(&projector, Some("jyj")).await;
    ring(&projector, None).await;
    assert_eq!(showing(&town, grey).await, BTreeSet::from(["jyj/site.css".to_owned()]));
    assert_eq!(showing(&town, "全国哀悼日").await, BTreeSet::new(), "why is kept, not shown");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn the_homes_of_all_sites_come_before_the_columns_of_any_however_many_sites_there_are() {
    let town = furnished().await;
    // One more than a walk takes in one slice.
    for number in 0..99 {
        town.open_site(&format!("s{number:02}")).await.unwrap();
    }
    town.settle(1).await;
    town.dress(None, Some("台风红色预警"), Some("哀悼")).await.unwrap();
    let projector = town.projector(1);
    projector.worker().batch(&BTreeSet::from([StreamId::appearance(None)])).await.unwrap();
    projector.worker().sweep(4).await.unwrap();
    let shown = showing(&town, "台风红色预警").await;
    assert_eq!(shown.iter().filter(|key| key.matches('/').count() == 1).count(), 101, "{shown:?}");
    assert_eq!(shown.len(), 101, "homes and nothing else");
    assert_eq!(showing(&town, "grayscale(1)").await.len(), 101);
}

#[tokio::test]
async fn what_a_projector_that_died_left_to_be_done_at_once_is_done_first_by_whoever_comes_next() {
    let town = furnished().await;
    town.dress(None, Some("台风红色预警"), None).await.unwrap();
    let projector = town.projector(1);
    // It dies right after its batch.
    let report = projector.worker().batch(&BTreeSet::from([StreamId::appearance(None)])).await.unwrap();
    assert!(report.at_once);
    assert_eq!(showing(&town, "台风红色预警").await, BTreeSet::new());
    let at_once = projector.worker().sweep_at_once(far_off()).await.unwrap();
    assert!(showing(&town, "台风红色预警").await.contains("jyj/tzgg/index.html"));
    assert!(at_once.pages > 0 && at_once.failed == 0);
    projector.worker().send_purges(&NoPurge, 10).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}
