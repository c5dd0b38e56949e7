//! Which cached copies are told to go, and why: a withdrawal reaches every page that ever showed the document (ADR 007).

use std::{
    collections::BTreeSet,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{column::Archive, document::RelationKind};
use project::Projector;
use tokio::sync::Notify;
use views::{
    Cause, Copies, DirtyWork, NoPurge, PageKey, ParkedWork, Phase, Prefix, PurgeError, PurgeRow, Purger, Unfoldable,
};

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
const SHOWED: [&str; 16] = [
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
    "www/zwgk/",
    "www/zwgk/tzgg/",
    "www/zwgk/tzgg/2026-11.html",
    "www/zwgk/tzgg/2026/11/23/water.html",
    "www/zwgk/tzgg/feed.xml",
];

/// These pages and the JSON beside each that is HTML.
fn showed() -> BTreeSet<String> {
    let twin = |page: &str| match page.strip_suffix(".html") {
        Some(stem) => Some(format!("{stem}.json")),
        None => page.ends_with('/').then(|| format!("{page}index.json")),
    };
    SHOWED.iter().flat_map(|page| [Some((*page).to_owned()), twin(page)]).flatten().collect()
}

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
    assert!(waiting(&projector, Cause::Changed).await.is_superset(&showed()));

    town.withdraw("water").await.unwrap();
    project(&projector, "water").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, showed());

    // A later act on the same lists hides nothing.
    town.published("fire", "www.zwgk.tzgg", Archive::Month).await;
    project(&projector, "fire").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, showed());
}

/// The page of a document that another one repealed showed the other's title, wherever it stands by now.
#[tokio::test]
async fn a_withdrawal_purges_the_page_of_the_document_it_was_related_to() {
    let town = Town::found().await;
    town.published("policy", "www.zwgk.tzgg", Archive::Month).await;
    town.draft("newer", "www.zwgk.tzgg", "newer").await.unwrap();
    town.relate("newer", &[(RelationKind::Repeals, "policy")]).await.unwrap();
    town.review("newer").await.unwrap();
    town.publish("newer", Archive::Month).await.unwrap();
    town.relocate("policy", "jyj.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    let projector = town.projector(1);
    assert!(waiting(&projector, Cause::Withdrawn).await.is_empty(), "nothing was withdrawn");
    town.withdraw("newer").await.unwrap();
    project(&projector, "newer").await;
    projector.worker().sweep(10).await.unwrap();
    let gone = waiting(&projector, Cause::Withdrawn).await;
    for page in ["www/zwgk/tzgg/2026/11/23/policy.html", "jyj/tzgg/2026/11/23/policy.html"] {
        assert!(gone.contains(page), "{page}: {gone:?}");
    }
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

/// Every copy there is, and no page by itself.
fn everything() -> BTreeSet<String> {
    BTreeSet::from(["everything".to_owned()])
}

/// A town with a document that everybody has seen, and no purge that waits.
async fn seen(name: &str) -> (Town, Projector) {
    let town = Town::found().await;
    town.published(name, "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let projector = town.projector(1);
    assert_eq!(projector.worker().views().purges(1).await.unwrap(), []);
    (town, projector)
}

/// The doorbell comes to a prefix that a rebuild has already filled: it finds nothing to do, and the page pass cannot tell a withdrawal from a change.
#[tokio::test]
async fn a_rebuild_that_is_faster_than_a_withdrawals_doorbell_purges_every_copy() {
    let (town, projector) = seen("water").await;
    town.withdraw("water").await.unwrap();
    let report = town.rebuild(1).await;
    assert!(report.purged_all, "{report:?}");
    project(&projector, "water").await;
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, everything());
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_rebuild_purges_no_copy_for_withdrawals_that_were_told_before() {
    let (town, projector) = seen("water").await;
    town.published("fire", "www.zwgk.tzgg", Archive::Month).await;
    town.withdraw("water").await.unwrap();
    project(&projector, "water").await;
    // What follows in bulk has followed.
    projector.worker().sweep(100).await.unwrap();
    projector.worker().send_purges(&NoPurge, usize::MAX).await.unwrap();
    let report = town.rebuild(1).await;
    assert!(!report.purged_all && report.written > 0, "{report:?}");
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, BTreeSet::new());
    assert!(!waiting(&projector, Cause::Changed).await.is_empty());
}

/// What a dirty or a parked page of the old prefix was left for is not told, and the rows go with the prefix.
#[tokio::test]
async fn a_rebuild_purges_every_copy_for_pages_that_were_dirty_or_parked_before() {
    let (town, projector) = seen("water").await;
    let views = projector.worker().views();
    let page = PageKey { site: "www".to_owned(), path: "/".to_owned(), kind: "home".to_owned(), about: String::new() };
    let active = async || Prefix(views.registry().await.unwrap().unwrap().active);
    views.mark_dirty(&active().await, DirtyWork::Page(page.clone())).await.unwrap();
    assert!(town.rebuild(1).await.purged_all);
    views.park(&active().await, ParkedWork::Page(page), "a fault".to_owned()).await.unwrap();
    assert!(town.rebuild(1).await.purged_all);
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, everything());
    assert!(!town.rebuild(1).await.purged_all);
}

/// The page of the document that the withdrawn one repealed waits as a scope; the sweep that would purge it works the old prefix no more.
#[tokio::test]
async fn a_rebuild_purges_every_copy_for_scopes_of_withdrawals() {
    let (town, projector) = seen("policy").await;
    town.draft("newer", "www.zwgk.tzgg", "newer").await.unwrap();
    town.relate("newer", &[(RelationKind::Repeals, "policy")]).await.unwrap();
    town.review("newer").await.unwrap();
    town.publish("newer", Archive::Month).await.unwrap();
    town.relocate("policy", "jyj.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    town.withdraw("newer").await.unwrap();
    project(&projector, "newer").await;
    projector.worker().send_purges(&NoPurge, usize::MAX).await.unwrap();
    let report = town.rebuild(1).await;
    assert!(report.purged_all, "{report:?}");
}

/// An object that nothing produces was readable until now.
#[tokio::test]
async fn a_rebuild_purges_every_copy_when_it_closes_an_orphan() {
    let (town, projector) = seen("water").await;
    let put = town.app.clients.s3.put_object().bucket(&town.app.config.buckets.pages).key("www/stray.html");
    put.if_none_match("*").body(aws_sdk_s3::primitives::ByteStream::from_static(b"stray")).send().await.unwrap();
    let report = town.rebuild(1).await;
    assert_eq!((report.orphans.as_slice(), report.purged_all), (["www/stray.html".to_owned()].as_slice(), true));
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, everything());
}

/// The sweep writes what the rebuild did not, as changes; then every copy goes, and not before.
#[tokio::test]
async fn a_rebuild_that_dies_after_the_switch_leaves_the_purge_of_a_withdrawal_to_the_sweep() {
    let (town, projector) = seen("water").await;
    town.withdraw("water").await.unwrap();
    let switched = Arc::new(Notify::new());
    let told = Arc::clone(&switched);
    let progress = Arc::new(move |phase| {
        if phase == Phase::Switched {
            told.notify_one();
        }
    });
    let rebuild = projector.worker().rebuild(Unfoldable::Refuse, std::future::pending(), progress);
    tokio::select! {
        _ = rebuild => panic!("it waits for ever"),
        () = switched.notified() => {}
    }
    project(&projector, "water").await;
    projector.worker().sweep(usize::MAX).await.unwrap();
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, BTreeSet::new(), "its word holds: it may be at work");
    town.app.clock.pass(std::time::Duration::from_secs(31 * 60));
    projector.worker().sweep(2).await.unwrap();
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, BTreeSet::new(), "pages are not written yet");
    let report = projector.worker().sweep(usize::MAX).await.unwrap();
    assert_eq!(report.dirty, 0);
    assert_eq!(waiting(&projector, Cause::Withdrawn).await, everything());
    assert_eq!(town.differences(1).await, []);
}
