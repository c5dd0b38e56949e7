//! A draft has a row under its department and one under each of its editors, which move to the newest end at each save, and no page.

use std::collections::BTreeSet;

use domain::column::Archive;
use views::{
    Prefix, Read, Row,
    city::{DraftRow, slice},
};

use super::town::Town;

/// Every row of drafts of jyj that there ever was, tombstones included; the same lie under their editor.
async fn rows(town: &Town) -> Vec<Row> {
    let views = town.projector(1).worker().views().clone();
    let prefix = Prefix(views.registry().await.unwrap().unwrap().active);
    let rows = views.read(&prefix, &Read::all(slice::drafts("jyj"))).await.unwrap();
    let of_editor = views.read(&prefix, &Read::all(slice::edited("editor"))).await.unwrap();
    let told = |rows: &[Row]| rows.iter().map(|row| (row.at.key.clone(), row.body.clone())).collect::<Vec<_>>();
    assert_eq!(told(&rows), told(&of_editor));
    rows
}

#[tokio::test]
async fn saving_a_draft_moves_its_row_to_the_newest_end_and_touches_no_page() {
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
        let row = rows(&town).await.pop().unwrap();
        let content: DraftRow = row.content().unwrap();
        assert_eq!((content.title.as_str(), content.public), (title, name == "water"));
        assert!(row.at.key.ends_with(&format!("/{}", Town::document(name))), "{}", row.at.key);
    }
    let live = rows(&town).await.iter().filter(|row| row.is_live()).count();
    assert_eq!(live, 2, "one row each; what was saved before left tombstones");
    town.settle(1).await;
    assert_eq!(town.pages().await, before);
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn what_is_public_or_thrown_away_has_no_live_row() {
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
    states(&[false, true]).await;
    town.discard("water").await.unwrap();
    states(&[false, false]).await;
    town.revise("water", "停水通知再更正").await.unwrap();
    states(&[false, false, true]).await;
    // To say again what is public is a draft, too, and nobody's loss to throw away.
    town.revise("water", "water").await.unwrap();
    states(&[false, false, false, true]).await;
    let row: DraftRow = rows(&town).await.pop().unwrap().content().unwrap();
    assert_eq!((row.public, row.same_as_public), (true, true));
    assert_eq!(town.differences(1).await, []);
    let before = town.pages().await;
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.pages().await, before);
    states(&[false, false, false, true]).await;
}
