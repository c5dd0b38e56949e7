//! A shared document is an entry: it shows what its document tells now, wherever it is listed, and nothing of what is withdrawn.

use std::collections::BTreeSet;

use domain::{ColumnId, StreamId, column::Archive};
use journeys::clock::far_off;
use project::Projector;
use views::{Cause, Copies, DirtyWork, Prefix};

use super::town::Town;

async fn project(projector: &Projector, stream: StreamId) {
    let report = projector.worker().batch(&BTreeSet::from([stream])).await.unwrap();
    assert!(report.failed.is_empty() && report.parked.is_empty());
}

fn sharing(column: &str, name: &str) -> StreamId {
    let column: ColumnId = column.parse().unwrap();
    StreamId::sharing(&column, &Town::document(name))
}

/// Keys of pages whose bytes hold `words`.
async fn showing(town: &Town, words: &str) -> BTreeSet<String> {
    let pages = town.pages().await.into_iter();
    pages.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(words)).map(|(key, _)| key).collect()
}

fn keys(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// HTML and feed of the lists that show what `www.zwgk.tzgg` lists in its month.
const LISTS: [&str; 8] = [
    "www/index.html",
    "www/index.json",
    "www/zwgk/index.html",
    "www/zwgk/tzgg/2026-11.html",
    "www/zwgk/tzgg/2026-11.json",
    "www/zwgk/tzgg/feed.xml",
    "www/zwgk/tzgg/index.html",
    "www/zwgk/tzgg/index.json",
];

/// The lists of columns of the portal whose bytes hold `words`: no document's page, no department's.
async fn in_lists(town: &Town, words: &str) -> BTreeSet<String> {
    let is_list = |key: &String| key.starts_with("www/") && !key.starts_with("www/bm/") && !key.contains("/2026/11/");
    showing(town, words).await.into_iter().filter(is_list).collect()
}

#[tokio::test]
async fn a_shared_document_is_listed_under_its_source_and_leads_to_its_one_page() {
    let town = Town::found().await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.settle(1).await;
    let before = town.pages().await.len();
    town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    project(&town.projector(1), sharing("www.zwgk.tzgg", "water")).await;
    let lists = in_lists(&town, "http://jyj.localhost:8080/tzgg/2026/11/").await;
    assert_eq!(lists, keys(&LISTS));
    let head = town.pages().await["www/zwgk/tzgg/index.html"].clone();
    assert!(String::from_utf8_lossy(&head).contains("来源：教育局"));
    assert_eq!(town.pages().await.len(), before + 2, "a page of the month and its JSON, and no copy");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_correction_a_move_and_a_withdrawal_reach_every_list_and_nothing_shows_what_is_gone() {
    let town = Town::found().await;
    let projector = town.projector(1);
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    town.revise("water", "新的标题").await.unwrap();
    town.review("water").await.unwrap();
    town.correct("water").await.unwrap();
    town.settle(1).await;
    assert_eq!(in_lists(&town, "新的标题").await, keys(&LISTS));
    town.relocate("water", "jyj.xw", Archive::Day).await.unwrap();
    town.settle(1).await;
    assert_eq!(in_lists(&town, "http://jyj.localhost:8080/xw/").await, keys(&LISTS));
    assert_eq!(in_lists(&town, "http://jyj.localhost:8080/tzgg/").await, keys(&[]));

    town.withdraw("water").await.unwrap();
    // What the function does when the document's doorbell rings: no clock is waited for.
    project(&projector, Town::document("water").stream()).await;
    projector.worker().sweep_at_once(far_off()).await.unwrap();
    assert_eq!(in_lists(&town, "新的标题").await, keys(&[]));
    let purges = projector.worker().views().purges(1000).await.unwrap();
    let gone = purges.into_iter().filter(|row| row.cause == Cause::Withdrawn).filter_map(|row| match row.copies {
        Copies::Page { site, path } => Some(format!("{site}{path}")),
        Copies::All => None,
    });
    let gone: BTreeSet<String> = gone.collect();
    for key in LISTS {
        assert!(gone.contains(key.trim_end_matches("index.html")), "{key} in {gone:?}");
    }
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
    let before = town.pages().await;
    town.rebuild(1).await;
    assert_eq!(town.pages().await, before);
}

#[tokio::test]
async fn whoever_comes_second_sees_what_came_first() {
    for document_first in [true, false] {
        let town = Town::found().await;
        town.published("water", "jyj.tzgg", Archive::Month).await;
        town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
        let projector = town.projector(1);
        let streams = [Town::document("water").stream(), sharing("www.zwgk.tzgg", "water")];
        // The register is there; these two come in either order.
        let register: BTreeSet<StreamId> =
            town.streams().await.into_iter().filter(|stream| !streams.contains(stream)).collect();
        projector.worker().batch(&register).await.unwrap();
        let [one, two] = streams;
        let (first, second) = if document_first { (one, two) } else { (two, one) };
        project(&projector, first).await;
        project(&projector, second).await;
        projector.worker().sweep(10).await.unwrap();
        assert_eq!(in_lists(&town, "来源：教育局").await.len(), 4, "document first: {document_first}");
        town.settle(1).await;
        assert_eq!(town.differences(1).await, []);
    }
}

#[tokio::test]
async fn one_that_is_shared_no_more_or_came_to_stand_there_itself_is_listed_once_at_most() {
    let town = Town::found().await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.share("water", "jyj.xw", Archive::Day).await.unwrap();
    town.relocate("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(in_lists(&town, "来源：教育局").await, keys(&[]), "it is the column's own now");
    let head = town.pages().await["www/zwgk/tzgg/index.html"].clone();
    assert_eq!(String::from_utf8_lossy(&head).matches("/water.html").count(), 1);
    let of_the_other = async || {
        let shown = showing(&town, "<span>来源：教育局</span>").await;
        shown.into_iter().filter(|key| key.starts_with("jyj/")).collect::<BTreeSet<_>>()
    };
    assert!(of_the_other().await.contains("jyj/xw/index.html"), "the other column lists it still");
    town.end_sharing("water", "jyj.xw").await.unwrap();
    town.settle(1).await;
    assert_eq!(of_the_other().await, keys(&[]));
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn what_was_withdrawn_and_published_again_is_listed_when_it_is_shared_anew() {
    let town = Town::found().await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.withdraw("water").await.unwrap();
    town.revise("water", "另一件事").await.unwrap();
    town.review("water").await.unwrap();
    town.publish("water", Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(in_lists(&town, "另一件事").await, keys(&[]));
    town.share("water", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(in_lists(&town, "另一件事").await, keys(&LISTS));
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_publication_that_nobody_shares_leaves_no_work() {
    let town = Town::found().await;
    town.settle(1).await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    let projector = town.projector(1);
    project(&projector, Town::document("water").stream()).await;
    let prefix = Prefix(projector.worker().views().registry().await.unwrap().unwrap().active);
    let left = projector.worker().views().dirty(&prefix, 10).await.unwrap().into_iter();
    // Coverage and reports follow every publication in bulk.
    let in_bulk = ["covered|www", "reported|www"];
    let left =
        left.filter(|one| !matches!(&one.work, DirtyWork::Scope(scope) if in_bulk.contains(&scope.slice.as_str())));
    assert_eq!(left.collect::<Vec<_>>(), []);
}
