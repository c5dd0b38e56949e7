//! Commits that arrive while everything is rebuilt.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::column::Archive;
use tokio::sync::Notify;
use views::{Phase, Unfoldable};

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
        projector.worker().rebuild(views::Unfoldable::Refuse, async {}, Arc::new(|_| {})).await.unwrap();
    }
    writer.await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
    assert_eq!(town.rebuild(1).await.written, 0);
}

/// A slice of a sweep is no batch, yet it renders from the prefix that was active when it began: a page from half-dropped rows would stay for good.
#[tokio::test]
async fn a_rebuild_waits_for_a_sweep_that_began_before_the_switch() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    town.change_site("www", "澄湖市新站名").await.unwrap();
    let projector = town.projector(1);
    projector.worker().batch(&town.streams().await).await.unwrap();

    let mut sweep = Box::pin(projector.worker().sweep(usize::MAX));
    // Begun, and waiting for its first answer.
    assert!(std::future::poll_fn(|context| std::task::Poll::Ready(sweep.as_mut().poll(context).is_pending())).await);
    let (switched, swept, waited) = (Notify::new(), AtomicBool::new(false), AtomicBool::new(false));
    let switched = Arc::new(switched);
    let told = Arc::clone(&switched);
    let progress = Arc::new(move |phase| {
        if phase == Phase::Switched {
            told.notify_one();
        }
    });
    // Asked last of those that a rebuild waits for.
    let elsewhere = async { waited.store(swept.load(Ordering::SeqCst), Ordering::SeqCst) };
    let rebuild = projector.worker().rebuild(Unfoldable::Refuse, elsewhere, progress);
    let sweeping = async {
        switched.notified().await;
        sweep.await.unwrap();
        swept.store(true, Ordering::SeqCst);
    };
    let (rebuilt, ()) = tokio::join!(rebuild, sweeping);
    rebuilt.unwrap();
    assert!(waited.load(Ordering::SeqCst), "the rebuild went on while a sweep worked from the old prefix");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}
