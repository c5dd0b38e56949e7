//! Commits that arrive while everything is rebuilt.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use domain::column::Archive;
use tokio::sync::Notify;
use views::{Phase, RebuildError, Unfoldable};

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

/// Between any two of a verification's reads something may be committed and projected.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_at_work_is_at_worst_behind() {
    let town = Arc::new(Town::found().await);
    town.settle(1).await;
    let projector = town.projector(1);
    let is_over = Arc::new(AtomicBool::new(false));
    let writer = {
        let (town, projector, is_over) = (Arc::clone(&town), projector.clone(), Arc::clone(&is_over));
        tokio::spawn(async move {
            for at in 0..12 {
                let name = format!("new-{at}");
                town.published(&name, "jyj.xw", Archive::Day).await;
                let stream = BTreeSet::from([Town::document(&name).stream()]);
                projector.worker().batch(&stream).await.unwrap();
                if at % 2 == 0 {
                    town.withdraw(&name).await.unwrap();
                    projector.worker().batch(&stream).await.unwrap();
                }
            }
            is_over.store(true, Ordering::SeqCst);
        })
    };
    let mut rounds = 0;
    while !is_over.load(Ordering::SeqCst) {
        let differences = town.differences(1).await;
        let wrong: Vec<_> = differences.into_iter().filter(|difference| !difference.is_behind()).collect();
        assert_eq!(wrong, [], "round {rounds}");
        rounds += 1;
    }
    writer.await.unwrap();
    assert!(rounds > 1, "{rounds}");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// The first entry of a list on a day brings constants, which are rows of version 1: they wait with their stream.
#[tokio::test]
async fn what_is_published_and_not_projected_is_behind_and_nothing_of_it_is_missing() {
    let town = Town::found().await;
    town.draft("a", "jyj.xw", "一稿").await.unwrap();
    town.settle(1).await;
    town.review("a").await.unwrap();
    town.publish("a", Archive::Day).await.unwrap();
    let differences = town.differences(1).await;
    assert!(!differences.is_empty() && differences.iter().all(views::Difference::is_behind), "{differences:?}");
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// Work that waits excuses the pages that it leads to, and no others.
#[tokio::test]
async fn a_forged_page_is_told_whatever_else_waits() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let key = "www/zwgk/tzgg/2026/11/23/a.html";
    let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.pages).key(key);
    let stored = town.projector(1).worker().objects().get(key).await.unwrap().unwrap();
    let put = put.if_match(stored.etag.0).metadata("status", "200").metadata("digest", "another");
    put.metadata("generation", "1")
        .body(aws_sdk_s3::primitives::ByteStream::from_static(b"forged"))
        .send()
        .await
        .unwrap();
    town.published("b", "jyj.xw", Archive::Day).await;
    let differences = town.differences(1).await;
    let told: Vec<_> = differences.iter().filter(|difference| !difference.is_behind()).collect();
    assert!(matches!(told.as_slice(), [views::Difference::Page { object, .. }] if object == key), "{differences:?}");
}

/// Puts an object that no row produces, as workers of a generation write.
async fn stray(town: &Town, key: &str, generation: u64) {
    let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.pages).key(key);
    let put = put.if_none_match("*").metadata("generation", generation.to_string());
    put.body(aws_sdk_s3::primitives::ByteStream::from_static(b"stray")).send().await.unwrap();
}

/// A deployment beside a long rebuild may have pages of kinds that the rebuild's code has never heard of.
#[tokio::test]
async fn a_rebuild_leaves_alone_what_newer_code_wrote_though_no_row_of_its_own_produces_it() {
    let town = Town::found().await;
    town.settle(1).await;
    stray(&town, "www/new.html", 2).await;
    stray(&town, "www/old.html", 1).await;
    let report = town.rebuild(1).await;
    assert_eq!(
        (report.orphans, report.orphans_left),
        (vec!["www/old.html".to_owned()], vec!["www/new.html".to_owned()])
    );
    let object = town.projector(1).worker().objects().get("www/new.html").await.unwrap().unwrap().object;
    assert_eq!((object.status, object.bytes.as_slice()), (views::Status::Ok, b"stray".as_slice()));
}

/// Thousands of objects may be closed, one after the other; meanwhile the rebuild is still at work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuilds_word_holds_while_it_closes_what_nothing_produces() {
    use ledger::Clock;
    let town = Town::found().await;
    town.settle(1).await;
    stray(&town, "www/old.html", 1).await;
    let (projector, clock) = (town.projector(1), town.app.clock.clone());
    let (views, word) = (projector.worker().views().clone(), Arc::new(AtomicI64::new(0)));
    let seen = Arc::clone(&word);
    let progress = Arc::new(move |phase| match phase {
        Phase::Pages(done, of) if done == of => clock.pass(std::time::Duration::from_secs(25 * 60)),
        Phase::Dropping => {
            let registry = views.registry();
            let read = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(registry));
            let left = read.unwrap().unwrap().rebuild_until - clock.now().as_millisecond();
            seen.store(left / 60_000, Ordering::SeqCst);
        }
        _ => {}
    });
    projector.worker().rebuild(Unfoldable::Refuse, async {}, progress).await.unwrap();
    assert!(word.load(Ordering::SeqCst) >= 20, "it is good for {} minutes more", word.load(Ordering::SeqCst));
}

/// A deployment may change the registry under a rebuild, which stops then: nobody has to wait until its word runs out.
#[tokio::test]
async fn a_rebuild_that_meets_a_deployment_gives_up_its_word() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let projector = town.projector(1);
    let views = projector.worker().views();
    let deployed = async {
        let mut registry = views.registry().await.unwrap().unwrap();
        assert!(registry.rebuild_until > 0);
        registry.revision += 1;
        assert!(views.swap_registry(&registry).await.unwrap());
    };
    let raced = projector.worker().rebuild(Unfoldable::Refuse, deployed, Arc::new(|_| {})).await;
    assert!(matches!(raced, Err(RebuildError::Raced)), "{raced:?}");
    assert_eq!(views.registry().await.unwrap().unwrap().rebuild_until, 0);
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// The one that was faster is at work, and everything from before its switch may still be.
#[tokio::test]
async fn a_rebuild_that_meets_another_leaves_it_its_word() {
    let town = Town::found().await;
    town.settle(1).await;
    let projector = town.projector(1);
    let views = projector.worker().views();
    let other = async {
        town.app.clock.pass(std::time::Duration::from_secs(1));
        let mut registry = views.registry().await.unwrap().unwrap();
        registry.revision += 1;
        registry.rebuild_until += 1_000;
        assert!(views.swap_registry(&registry).await.unwrap());
    };
    let raced = projector.worker().rebuild(Unfoldable::Refuse, other, Arc::new(|_| {})).await;
    assert!(matches!(raced, Err(RebuildError::Raced)), "{raced:?}");
    assert!(views.registry().await.unwrap().unwrap().rebuild_until > 0);
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
    let (switched, waited) = (Arc::new(Notify::new()), AtomicBool::new(false));
    let told = Arc::clone(&switched);
    let progress = Arc::new(move |phase| {
        if phase == Phase::Switched {
            told.notify_one();
        }
    });
    // Asked last of those that a rebuild waits for, and in the very poll that told of the switch if it waits for nobody else.
    let elsewhere = async { waited.store(true, Ordering::SeqCst) };
    let rebuild = projector.worker().rebuild(Unfoldable::Refuse, elsewhere, progress);
    let sweeping = async {
        switched.notified().await;
        assert!(!waited.load(Ordering::SeqCst), "the rebuild went on while a sweep worked from the old prefix");
        sweep.await.unwrap();
    };
    let (rebuilt, ()) = tokio::join!(rebuild, sweeping);
    rebuilt.unwrap();
    assert!(waited.load(Ordering::SeqCst));
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

/// A rebuild that died after the switch, before its page pass: every page is dirty until somebody has written it.
#[tokio::test]
async fn a_rebuild_that_dies_after_the_switch_leaves_no_page_behind() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let projector = town.projector(1);
    // Its doorbell is lost: the rebuild brings its rows and its checkpoint into the new prefix, but no page.
    town.published("b", "jyj.xw", Archive::Day).await;
    let switched = Arc::new(Notify::new());
    let told = Arc::clone(&switched);
    let progress = Arc::new(move |phase| {
        if phase == Phase::Switched {
            told.notify_one();
        }
    });
    // Never ends: the rebuild is dropped while it waits after the switch.
    let rebuild = projector.worker().rebuild(Unfoldable::Refuse, std::future::pending(), progress);
    tokio::select! {
        _ = rebuild => panic!("it waits for ever"),
        () = switched.notified() => {}
    }
    let registry = projector.worker().views().registry().await.unwrap().unwrap();
    assert_eq!((registry.active.as_str(), registry.prefixes.len()), ("v2", 2));
    // For as long as a worker from before the switch may live, nobody touches what it may use.
    assert!(!projector.worker().drop_left_prefixes(usize::MAX).await.unwrap());
    town.app.clock.pass(std::time::Duration::from_secs(31 * 60));
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
    let registry = projector.worker().views().registry().await.unwrap().unwrap();
    assert_eq!(registry.prefixes.len(), 1, "batches would feed the old prefix for ever");
    assert_eq!(town.rebuild(1).await.written, 0);
}
