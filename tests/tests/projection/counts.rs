//! What an act costs does not grow with the city.

use std::collections::BTreeSet;

use domain::{column::Archive, document::Genre};
use local::cloud::faults::Faults;
use views::{PageKey, Prefix, Read, Row, RowKey, city};

use super::town::{Outcome, Town};

const SUBJECT: &str = "科技、教育\\教育";

/// What the catalogue files, or does not.
#[derive(Debug, Clone, Copy)]
enum Filed {
    Not,
    UnderSubjectAndGenre,
}

/// Objects that each act writes, in the order publish, correct, move, withdraw.
async fn written_per_act(town: &Town, probe: &str, filed: Filed) -> [usize; 4] {
    let projector = town.projector(1);
    let stream = Town::document(probe).stream();
    let after = async |outcome: Outcome| {
        outcome.unwrap();
        let report = projector.worker().batch(&BTreeSet::from([stream.clone()])).await.unwrap();
        let written = report.pages.iter().filter(|(_, outcome)| **outcome == views::Outcome::Written);
        let (twins, pages): (BTreeSet<PageKey>, BTreeSet<PageKey>) =
            written.map(|(page, _)| page.clone()).partition(|page| city::twin::page_of(page).is_some());
        // One JSON for each HTML page, and none else.
        assert_eq!(pages.iter().filter_map(city::twin::of).collect::<BTreeSet<_>>(), twins);
        pages.len() + twins.len()
    };
    let revise = async |title: &str| {
        match filed {
            Filed::Not => town.revise(probe, title).await.unwrap(),
            Filed::UnderSubjectAndGenre => town.file(probe, title, Some(SUBJECT), Some(Genre::Notice)).await.unwrap(),
        };
        town.review(probe).await.unwrap();
    };
    town.draft(probe, "www.zwgk.tzgg", "草稿").await.unwrap();
    revise("新文件").await;
    let published = after(town.publish(probe, Archive::Month).await).await;
    revise("新文件更正").await;
    let corrected = after(town.correct(probe).await).await;
    let moved = after(town.relocate(probe, "jyj.xw", Archive::Day).await).await;
    let withdrawn = after(town.withdraw(probe).await).await;
    [published, corrected, moved, withdrawn]
}

#[tokio::test]
async fn objects_written_per_act_are_equal_in_a_small_and_a_larger_city() {
    let mut counts = Vec::new();
    for documents in [24, 72] {
        let town = Town::found().await;
        for at in 0..documents {
            town.published(&format!("d{at}"), "www.zwgk.tzgg", Archive::Month).await;
            if at < 12 {
                town.published(&format!("x{at}"), "jyj.xw", Archive::Day).await;
            }
        }
        // The first of a list opens pages of its own; the one that is counted is not the first.
        for at in 0..documents / 12 {
            let name = format!("f{at}");
            town.draft(&name, "www.zwgk.tzgg", "草稿").await.unwrap();
            town.file(&name, "入目录", Some(SUBJECT), Some(Genre::Notice)).await.unwrap();
            town.review(&name).await.unwrap();
            town.publish(&name, Archive::Month).await.unwrap();
        }
        town.settle(1).await;
        let unfiled = written_per_act(&town, "probe", Filed::Not).await;
        let filed = written_per_act(&town, "filed", Filed::UnderSubjectAndGenre).await;
        // Head and part of four lists, each with its JSON.
        assert_eq!(filed, unfiled.map(|objects| objects + 16));
        counts.push((unfiled, filed));
        // Coverage and reports follow in bulk.
        town.settle(1).await;
        assert_eq!(town.differences(1).await, []);
    }
    assert_eq!(counts[0], counts[1]);
    println!(
        "objects written per publish, correct, move, withdraw, of what is not filed and of what is: {:?}",
        counts[0]
    );
}

/// Every withdrawal of a purge of old documents reads the list's head anew: request by request, hundreds of tombstones would be dozens of requests.
#[tokio::test]
async fn a_list_whose_newest_were_all_withdrawn_is_read_in_few_requests() {
    let faults = Faults::none();
    let town = Town::found_with(faults.clone()).await;
    let views = town.projector(1).worker().views().clone();
    let (prefix, slice) = (Prefix("v1".to_owned()), "list|www.many");
    for at in 0..400 {
        let body = (at < 8).then(|| "{}".to_owned());
        let row = Row { at: RowKey::new(slice, format!("{at:04}")), version: 1, body };
        views.put_row(&prefix, &row).await.unwrap();
    }
    let read = Read::Newest { slice: slice.to_owned(), live: 8 };
    faults.reset_counters();
    let rows = views.read(&prefix, &read).await.unwrap();
    assert_eq!((rows.len(), rows.iter().filter(|row| row.is_live()).count()), (400, 8));
    // 12, 24, 48, 96, 192 and what is left.
    assert_eq!(faults.counters().of("Query").requests, 6);
}
