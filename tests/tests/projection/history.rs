//! The public versions of a document, as its readers compare them.

use domain::column::Archive;

use super::town::Town;

const COLUMN: &str = "www.zwgk.tzgg";
const PAGE: &str = "www/zwgk/tzgg/2026/11/23/water.html";
const HISTORY: &str = "www/zwgk/tzgg/2026/11/23/water.history.html";

/// The object's bytes and what readers are answered with; nothing where there is none.
async fn object(town: &Town, key: &str) -> (u16, String) {
    let stored = town.projector(1).worker().objects().get(key).await.unwrap();
    stored.map_or((0, String::new()), |stored| {
        (stored.object.status.code(), String::from_utf8(stored.object.bytes).unwrap())
    })
}

async fn corrected(town: &Town, title: &str) {
    town.revise("water", title).await.unwrap();
    town.review("water").await.unwrap();
    town.correct("water").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

async fn published() -> Town {
    let town = Town::found().await;
    town.draft("water", COLUMN, "停水通知").await.unwrap();
    town.review("water").await.unwrap();
    town.publish("water", Archive::Month).await.unwrap();
    town.settle(1).await;
    town
}

#[tokio::test]
async fn a_corrected_document_shows_what_each_version_changed() {
    let town = published().await;
    assert_eq!(object(&town, HISTORY).await, (0, String::new()), "one version is nothing to compare");
    assert!(!object(&town, PAGE).await.1.contains("history.html"));
    corrected(&town, "停水公告").await;
    corrected(&town, "停水公告（二）").await;
    let (status, page) = object(&town, HISTORY).await;
    assert_eq!(status, 200);
    let places = ["第 3 版 现行版本", "第 2 版", "第 1 版"].map(|version| page.find(version));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "newest first: {places:?}");
    assert!(page.contains("停水<del>通知</del><ins>公告</ins>") && page.contains("<ins>（二）</ins>"), "{page}");
    let document = object(&town, PAGE).await.1;
    assert!(document.contains("href=\"/zwgk/tzgg/2026/11/23/water.history.html\"") && document.contains("第 3 版"));
}

#[tokio::test]
async fn what_was_withdrawn_is_never_shown_again_by_a_later_publication() {
    let town = published().await;
    corrected(&town, "停水公告").await;
    town.withdraw("water").await.unwrap();
    town.settle(1).await;
    let (status, gone) = object(&town, HISTORY).await;
    assert!(status == 410 && gone.contains("内容有误") && !gone.contains("<del>"), "{status} {gone}");
    town.revise("water", "恢复供水").await.unwrap();
    town.review("water").await.unwrap();
    town.publish("water", Archive::Month).await.unwrap();
    town.settle(1).await;
    let (status, page) = object(&town, HISTORY).await;
    assert!(status == 200 && !page.contains("停水"), "{page}");
    corrected(&town, "恢复供水了").await;
    let (_, page) = object(&town, HISTORY).await;
    assert!(page.contains("第 4 版 现行版本") && page.contains("第 3 版") && !page.contains("第 2 版"), "{page}");
    assert!(!page.contains("停水"), "{page}");
}

#[tokio::test]
async fn the_versions_move_with_their_document() {
    let town = published().await;
    corrected(&town, "停水公告").await;
    town.relocate("water", "jyj.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    let (status, left) = object(&town, HISTORY).await;
    assert!(status == 301 && left.contains("http://jyj.localhost:8080/tzgg/2026/11/23/water.history.html"), "{left}");
    let (status, page) = object(&town, "jyj/tzgg/2026/11/23/water.history.html").await;
    assert!(status == 200 && page.contains("<ins>公告</ins>"), "{page}");
    assert_eq!(town.differences(1).await, []);
}

/// A place that was left before the first correction: a rebuild and a batch must agree on what stands there.
#[tokio::test]
async fn a_correction_after_a_move_writes_the_versions_page_of_the_former_place_too() {
    let town = published().await;
    town.relocate("water", "jyj.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    // The same title: the row of the former place does not change.
    let (projector, stream) = (town.projector(1), Town::document("water").stream());
    town.rewrite("water", "停水通知", "<p>时间改为周三。</p>").await.unwrap();
    town.review("water").await.unwrap();
    town.correct("water").await.unwrap();
    projector.worker().batch(&[stream].into()).await.unwrap();
    assert_eq!(object(&town, HISTORY).await.0, 301);
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn notes_of_a_withdrawn_life_are_not_shown_again() {
    let town = published().await;
    corrected(&town, "停水公告").await;
    let note = "更正日期";
    assert!(object(&town, PAGE).await.1.contains(note), "it is shown while the text is public");
    town.withdraw("water").await.unwrap();
    town.revise("water", "恢复供水").await.unwrap();
    town.review("water").await.unwrap();
    town.publish("water", Archive::Month).await.unwrap();
    town.settle(1).await;
    let (status, page) = object(&town, PAGE).await;
    assert!(status == 200 && !page.contains(note), "{page}");
}
