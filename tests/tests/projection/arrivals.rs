//! Commits that arrive while everything is rebuilt.

use std::{collections::BTreeSet, sync::Arc};

use domain::column::Archive;

use super::town::Town;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_during_a_rebuild_are_neither_lost_nor_shown_wrongly() {
    let town = Arc::new(Town::found().await);
    for at in 0..6 {
        town.published(&format!("old-{at}"), "www.zwgk.tzgg", Archive::Month).await;
    }
    town.settle(1).await;
    let projector = town.projector(1);
    let writer = {
        let (town, projector) = (Arc::clone(&town), projector.clone());
        tokio::spawn(async move {
            for at in 0..8 {
                let name = format!("new-{at}");
                town.published(&name, "jyj.xw", Archive::Day).await;
                let mut rung = BTreeSet::from([Town::document(&name).stream()]);
                if at < 6 {
                    let old = format!("old-{at}");
                    town.withdraw(&old).await.unwrap();
                    rung.insert(Town::document(&old).stream());
                }
                // Every third doorbell is lost.
                if at % 3 != 2 {
                    projector.worker().batch(&rung).await.unwrap();
                }
            }
        })
    };
    for _ in 0..2 {
        let drained = projector.clone();
        let drain = async move { drained.drain().await };
        projector.worker().rebuild(views::Unfoldable::Refuse, drain, Arc::new(|_| {})).await.unwrap();
    }
    writer.await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
    assert_eq!(town.rebuild(1).await.written, 0);
}
