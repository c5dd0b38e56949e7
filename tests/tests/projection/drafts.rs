//! A draft has one row, which lies where it lies however often it is saved, and no page.

use std::collections::BTreeSet;

use domain::column::Archive;
use views::{
    Prefix, Read, Row,
    city::{DraftRow, slice},
};

use super::town::Town;

/// Every row of drafts of jyj that there ever was, tombstones included.
async fn rows(town: &Town) -> Vec<Row> {
    let views = town.projector(1).worker().views().clone();
    let registry = views.registry().await.unwrap().unwrap();
    views.read(&Prefix(registry.active), &Read::all(slice::drafts("jyj"))).await.unwrap()
}

#[tokio::test]
async fn saving_a_draft_writes_its_row_in_place_and_touches_no_page() {
    let town = Town::found().await;
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let projector = town.projector(1);
    let before = town.pages().await;
    for (name, title) in
        [("water", "停水通知更正"), ("water", "停水通知再更正"), ("fresh", "新稿"), ("fresh", "新稿二")]
    {
        match town.revise(name, title).await {
            Ok(_) => {}
            Err(_) => drop(town.draft(name, "jyj.tzgg", title).await.unwrap()),
        }
        let stream = Town::document(name).stream();
        let report = projector.worker().batch(&BTreeSet::from([stream])).await.unwrap();
        assert!(report.pages.is_empty(), "{title}: {:?}", report.pages);
        let row = rows(&town).await.into_iter().find(|row| row.at.key == Town::document(name).to_string()).unwrap();
        let content: DraftRow = row.content().unwrap();
        assert_eq!((content.title.as_str(), content.public), (title, name == "water"));
    }
    assert_eq!(rows(&town).await.len(), 2, "one row each, and no tombstones");
    town.settle(1).await;
    assert_eq!(town.pages().await, before);
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn what_is_public_or_thrown_away_leaves_one_tombstone_that_the_next_draft_takes() {
    let town = Town::found().await;
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    let states = async |expected: &[bool]| {
        town.settle(1).await;
        let rows = rows(&town).await;
        assert_eq!(rows.iter().map(Row::is_live).collect::<Vec<_>>(), expected);
        assert_eq!(rows.iter().map(Row::is_open).collect::<Vec<_>>(), expected);
    };
    states(&[false]).await;
    town.revise("water", "停水通知更正").await.unwrap();
    states(&[true]).await;
    town.discard("water").await.unwrap();
    states(&[false]).await;
    town.revise("water", "停水通知再更正").await.unwrap();
    states(&[true]).await;
    assert_eq!(town.differences(1).await, []);
    let before = town.pages().await;
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.pages().await, before);
    states(&[true]).await;
}
