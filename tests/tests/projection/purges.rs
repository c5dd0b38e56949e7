//! Which cached copies are told to go, and why: a withdrawal reaches every page that ever showed the document (ADR 007).

use std::{
    collections::BTreeSet,
    future::Future,
    pin::Pin,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::column::Archive;
use project::Projector;
use views::{Cause, Copies, DirtyWork, PageKey, ParkedWork, Prefix, PurgeError, PurgeRow, Purger};

use super::town::Town;

/// A CDN that remembers what it was told, and can refuse.
#[derive(Debug, Default)]
struct Cdn {
    refuses: AtomicBool,
    told: Mutex<Vec<PurgeRow>>,
}

impl Purger for Cdn {
    fn purge<'a>(&'a self, rows: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>> {
        Box::pin(async move {
            if self.refuses.load(Ordering::SeqCst) {
                return Err(PurgeError("too many are under way".to_owned()));
            }
            self.told.lock().unwrap().extend(rows.iter().cloned());
            Ok(())
        })
    }
}

/// Projects what one document's doorbell names.
async fn project(projector: &Projector, name: &str) {
    let report = projector.worker().batch(&BTreeSet::from([Town::document(name).stream()])).await.unwrap();
    assert!(report.failed.is_empty());
}

/// URLs whose copies wait to be purged for this cause.
async fn waiting(projector: &Projector, cause: Cause) -> BTreeSet<String> {
    let rows = projector.worker().views().purges(1000).await.unwrap();
    let urls = rows.into_iter().filter(|row| row.cause == cause).map(|row| match row.copies {
        Copies::Page { site, path } => format!("{site}{path}"),
        Copies::All => "everything".to_owned(),
    });
    urls.collect()
}

/// Pages that showed a document which stood in `www.zwgk.tzgg` and then in `jyj.xw`.
const SHOWED: [&str; 15] = [
    "jyj/",
    "jyj/sitemap-2026-11.xml",
    "jyj/sitemap.xml",
    "jyj/xw/",
    "jyj/xw/2026-11-23.html",
    "jyj/xw/2026/11/23/water.html",
    "jyj/xw/feed.xml",
    "www/",
    "www/bm/jyj/",
    "www/sitemap-2026-11.xml",
    "www/sitemap.xml",
    "www/zwgk/tzgg/",
    "www/zwgk/tzgg/2026-11.html",
    "www/zwgk/tzgg/2026/11/23/water.html",
    "www/zwgk/tzgg/feed.xml",
];

#[tokio::test]
async fn a_withdrawal_purges_every_page_that_ever_showed_the_document() {
    let town = Town::found().await;
    town.settle(1).await;
    let projector = town.projector(1);
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    project(&projector, "water").await;
    town.relocate("water", "jyj.xw", Archive::Day).await.unwrap();
    project(&projector, "water").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, BTreeSet::new(), "nothing was withdrawn");
    assert!(waiting(&projector, Cause::Changed).await.is_superset(&SHOWED.map(str::to_owned).into()));

    town.withdraw("water").await.unwrap();
    project(&projector, "water").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, SHOWED.map(str::to_owned).into());

    // A later act on the same lists hides nothing.
    town.published("fire", "www.zwgk.tzgg", Archive::Month).await;
    project(&projector, "fire").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, SHOWED.map(str::to_owned).into());
}

#[tokio::test]
async fn a_withdrawal_counts_though_the_document_was_published_again_before_anyone_looked() {
    let town = Town::found().await;
    town.settle(1).await;
    let projector = town.projector(1);
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    project(&projector, "water").await;
    town.withdraw("water").await.unwrap();
    town.revise("water", "更正后的通知").await.unwrap();
    town.review("water").await.unwrap();
    town.publish("water", Archive::Month).await.unwrap();
    project(&projector, "water").await;
    assert!(waiting(&projector, Cause::Withdrawn).await.contains("www/zwgk/tzgg/2026/11/23/water.html"));
}

#[tokio::test]
async fn refused_purges_wait_and_go_with_the_next_try() {
    let town = Town::found().await;
    town.settle(1).await;
    let projector = town.projector(1);
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    town.withdraw("water").await.unwrap();
    project(&projector, "water").await;
    let rows = projector.worker().views().purges(1000).await.unwrap();
    let cdn = Cdn { refuses: true.into(), ..Cdn::default() };
    let report = projector.worker().send_purges(&cdn, usize::MAX).await.unwrap();
    assert_eq!((report.taken, report.refused), (0, rows.len() as u64));
    assert_eq!(projector.worker().views().purges(1000).await.unwrap(), rows);
    cdn.refuses.store(false, Ordering::SeqCst);
    let report = projector.worker().send_purges(&cdn, usize::MAX).await.unwrap();
    assert_eq!((report.taken, report.refused), (rows.len() as u64, 0));
    assert_eq!(*cdn.told.lock().unwrap(), rows);
    assert_eq!(projector.worker().views().purges(1000).await.unwrap(), []);
}

#[tokio::test]
async fn a_projector_without_a_cdn_leaves_purges_to_the_clock() {
    let town = Town::found().await;
    town.settle(1).await;
    let config = gateway::Config { generation: 1, ..town.app.config.clone() };
    let projector = Projector::new(&config, &town.app.clients, town.app.clock.clone(), None);
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    project(&projector, "water").await;
    assert_eq!(projector.send_purges(1).await.unwrap().taken, 0);
    assert!(!waiting(&projector, Cause::Changed).await.is_empty());
    let clock = town.projector(1);
    assert!(clock.send_purges(1).await.unwrap().taken > 0);
    assert_eq!(waiting(&projector, Cause::Changed).await, BTreeSet::new());
}

#[tokio::test]
async fn a_page_left_dirty_or_parked_is_purged_as_if_something_was_withdrawn() {
    let town = Town::found().await;
    town.settle(1).await;
    let projector = town.projector(1);
    town.published("water", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let views = projector.worker().views();
    let prefix = Prefix(views.registry().await.unwrap().unwrap().active);
    let page = |path: &str, kind: &str| PageKey {
        site: "www".to_owned(),
        path: path.to_owned(),
        kind: kind.to_owned(),
        about: String::new(),
    };
    views.mark_dirty(&prefix, DirtyWork::Page(page("/", "home"))).await.unwrap();
    projector.worker().sweep(1).await.unwrap();
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, BTreeSet::from(["www/".to_owned()]));
    views.park(&prefix, ParkedWork::Page(page("/map.html", "map")), "a fault".to_owned()).await.unwrap();
    projector.worker().retry_parked().await.unwrap();
    let both = ["www/", "www/map.html"].map(str::to_owned);
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, both.into());
}
