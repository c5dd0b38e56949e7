//! Events of newer code (QUALITY.md section 3, F6): a stream that this code cannot read parks itself, and goes on once the code can.

use std::{collections::BTreeSet, sync::Arc};

use domain::{StreamId, column::Archive};
use ledger::Commit;
use project::City;
use views::{
    Composition, FoldFailure, Missing, PageKey, PageObject, ParkedWork, Prefix, Projection, Provenance, Reads, Row,
    Scope, Worker,
};

use super::town::Town;

/// The city as code would read it that does not know corrections.
struct Older(City);

/// The commits, with a name that this code does not know in the place of a correction's.
fn unread(commits: &[Commit]) -> Vec<Commit> {
    let mut commits = commits.to_vec();
    for event in commits.iter_mut().flat_map(|commit| &mut commit.events) {
        if event.name == "DocumentCorrected" {
            "DocumentMended".clone_into(&mut event.name);
        }
    }
    commits
}

impl Projection for Older {
    type Model = <City as Projection>::Model;

    fn fold(&self, stream: &StreamId, commits: &[Commit]) -> Result<Vec<Row>, FoldFailure> {
        self.0.fold(stream, &unread(commits))
    }

    fn withdraws(&self, commit: &Commit) -> bool {
        self.0.withdraws(commit)
    }

    fn touched(&self, row: &Row) -> Vec<PageKey> {
        self.0.touched(row)
    }

    fn wide(&self, row: &Row) -> Vec<Scope> {
        self.0.wide(row)
    }

    fn pages_of(&self, row: &Row) -> Vec<PageKey> {
        self.0.pages_of(row)
    }

    fn all_pages_of(&self, row: &Row) -> Vec<PageKey> {
        self.0.all_pages_of(row)
    }

    fn sites(&self) -> String {
        self.0.sites()
    }

    fn pages_of_site(&self, row: &Row) -> Scope {
        self.0.pages_of_site(row)
    }

    fn compose(&self, page: &PageKey, reads: &Reads) -> Result<Composition<Self::Model>, Missing> {
        self.0.compose(page, reads)
    }

    fn render(&self, page: &PageKey, model: Self::Model, provenance: &Provenance) -> Result<PageObject, String> {
        self.0.render(page, model, provenance)
    }
}

const PAGE: &str = "www/zwgk/tzgg/2026/11/23/a.html";

#[tokio::test]
async fn an_event_of_newer_code_parks_its_stream_where_it_stood_until_the_code_is_there() {
    let town = Town::found().await;
    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    let newer = town.projector(1).worker().clone();
    let views = newer.views().clone();
    let older = Older(newer.projection().clone());
    let older = Worker::new(town.app.ledger.clone(), views.clone(), newer.objects().clone(), Arc::new(older), 1);
    let prefix = Prefix(views.registry().await.unwrap().unwrap().active);
    let stream = Town::document("a").stream();
    let shown = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().contains("更正后");
    let page = || async { newer.objects().get(PAGE).await.unwrap().unwrap().object.bytes };
    let stood = views.checkpoint(&prefix, &stream).await.unwrap();

    town.revise("a", "更正后").await.unwrap();
    town.review("a").await.unwrap();
    town.correct("a").await.unwrap();
    town.published("b", "www.zwgk.tzgg", Archive::Month).await;
    let streams = BTreeSet::from([stream.clone(), Town::document("b").stream()]);
    let report = older.batch(&streams).await.unwrap();

    // What it cannot read waits with its reason, before its checkpoint; the other stream went on.
    assert!(report.failed.is_empty(), "a parked stream is handled: {report:?}");
    assert!(report.parked[&stream].contains("`DocumentMended` version"), "{report:?}");
    assert_eq!(views.checkpoint(&prefix, &stream).await.unwrap(), stood);
    assert!(!shown(page().await), "the page is as it was");
    assert!(newer.objects().get(&PAGE.replace("a.html", "b.html")).await.unwrap().is_some());
    older.retry_parked().await.unwrap();
    let parked = ParkedWork::Stream(stream.to_string());
    assert!(views.parked_for(&prefix, &parked).await.unwrap().is_some(), "older code keeps it parked");

    town.settle(1).await;
    assert!(views.parked_for(&prefix, &parked).await.unwrap().is_none());
    assert!(shown(page().await), "the code that knows it went on");
    assert_eq!(town.differences(1).await, []);
}
