//! New templates: every page once more, older workers keep off.

use domain::column::Archive;

use views::WorkerError;

use super::town::Town;

#[tokio::test]
async fn a_new_generation_renders_every_page_and_a_rebuild_agrees() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let before = town.pages().await;
    town.settle(2).await;
    let after = town.pages().await;
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before.iter().all(|(key, bytes)| after[key] != *bytes), "a page kept its old generation");
    assert_eq!(town.differences(2).await, []);
    assert_eq!(town.rebuild(2).await.written, 0);
}

#[tokio::test]
async fn a_worker_of_an_older_generation_leaves_newer_pages_to_newer_workers() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(2).await;
    town.withdraw("a").await.unwrap();
    let old = town.projector(1);
    let report = old.worker().batch(&town.streams().await).await.unwrap();
    assert_eq!(report.written(), 0, "{report:?}");
    assert!(report.pages.values().any(|outcome| *outcome == views::Outcome::Newer));
    assert!(!town.differences(2).await.is_empty());
    town.settle(2).await;
    assert_eq!(town.differences(2).await, []);
}

/// Thousands of differences would say less: everything is as other code wants it.
#[tokio::test]
async fn older_code_says_once_that_it_cannot_verify_a_newer_city() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let (verifier, views) = (town.projector(1), town.projector(2).worker().views().clone());

    // A page of newer templates, in a city that is not yet said to be of them.
    let page = views::PageKey {
        site: "www".into(),
        path: "/zwgk/tzgg/2026/11/23/a.html".into(),
        kind: "document".into(),
        about: String::new(),
    };
    let prefix = views::Prefix(views.registry().await.unwrap().unwrap().active);
    views.mark_dirty(&prefix, views::DirtyWork::Page(page.clone())).await.unwrap();
    town.projector(2).worker().sweep(1).await.unwrap();
    let newer = verifier.worker().verify().await.unwrap_err();
    assert!(
        matches!(&newer, WorkerError::NewerGeneration { what, found: 2, ours: 1 } if what.contains(&page.object_key()))
    );
    assert!(!town.projector(2).worker().verify().await.unwrap().differences.is_empty());

    town.settle(2).await;
    let newer = verifier.worker().verify().await.unwrap_err();
    assert_eq!(newer.to_string(), "the city is of generation 2, this code is of 1; use the code that is deployed");

    let mut registry = views.registry().await.unwrap().unwrap();
    registry.revision += 1;
    registry.prefixes[0].fold += 1;
    assert!(views.swap_registry(&registry).await.unwrap());
    let other = town.projector(2).worker().verify().await.unwrap_err();
    assert!(matches!(other, WorkerError::OtherFold { .. }), "{other}");
}

#[tokio::test]
async fn renamed_columns_and_new_feet_reach_every_page_in_slices() {
    let town = Town::found().await;
    for name in ["a", "b", "c"] {
        town.published(name, "www.zwgk.tzgg", Archive::Month).await;
    }
    town.settle(1).await;
    town.rename_column("www.zwgk", "政务公开新名", 2).await.unwrap();
    town.change_site("www", "澄湖市新站名").await.unwrap();
    town.change_department("jyj", "教育体育局").await.unwrap();
    town.settle(1).await;
    let pages = town.pages().await;
    let of_people = |key: &str| key.ends_with(".html") || key.ends_with(".json");
    for (key, bytes) in pages.iter().filter(|(key, _)| key.starts_with("www/") && of_people(key)) {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("澄湖市新站名"), "{key} has the old foot");
    }
    let document = String::from_utf8_lossy(&pages["www/zwgk/tzgg/2026/11/23/b.html"]).into_owned();
    assert!(document.contains("教育体育局") && document.contains("政务公开新名"));
    // The lists beside these name no department, the feeds do.
    for feed in ["index.json", "2026-11.json", "feed.xml"] {
        let feed = String::from_utf8_lossy(&pages[&format!("www/zwgk/tzgg/{feed}")]);
        assert!(feed.contains("教育体育局"), "{feed}");
    }
    assert_eq!(town.differences(1).await, []);
}
