//! Real records through `taihu import documents`: how fast they come in with their pages, and whether those say what the records say.
//!
//! The records are in no repository: they lie where `--records` says. In every round two cities begin, one in a folder that nobody serves meanwhile and one that is served in
//! this process as `taihu serve --empty` does. Into each come both collections, and then both once more.

mod city;
mod markup;
mod pages;
mod records;

use std::path::Path;

use anyhow::{Context, Result};

use crate::{
    Options,
    table::{Side, Table},
};
use city::{City, Way};
use pages::Told;
use records::{COLLECTIONS, Record};

/// Cities of each way.
const ROUNDS: usize = 3;

/// The bar, in documents a second with their pages.
const BAR: f64 = 50.0;

/// What the cities of one way came to.
#[derive(Debug, Default)]
struct Seen {
    /// From the first request to the last page, as the reports tell it.
    made: Side,
    /// From the start of the command to its end.
    whole: Side,
    /// Of the last round.
    last: Round,
}

/// What one city came to.
#[derive(Debug, Default)]
struct Round {
    imported: u64,
    rejects: Vec<String>,
    /// What the second import committed.
    again: u64,
    /// What `taihu verify` said.
    verified: String,
    told: Told,
    /// What the markup checker said, if it was asked.
    markup: Option<Vec<String>>,
}

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// A command fails for another reason than a row.
pub async fn bench(options: &Options) -> Result<()> {
    let head = [
        "city",
        "documents",
        "rejects",
        "documents/s with pages",
        "whole command, documents/s",
        "pages",
        "索引号 right",
        "文号 right",
        "second import, commits",
    ];
    let mut table = Table::new("imports of real records", &head);
    let Some(records) = records::read(&options.records)? else {
        table.note(format!("Not measured: there are no records in `{}`.", options.records.display()));
        table.print();
        return Ok(());
    };
    let mut seen: [(Way, Seen); 2] = [Way::Alone, Way::Served].map(|way| (way, Seen::default()));
    for round in 1..=ROUNDS {
        for (way, seen) in &mut seen {
            seen.last = one(*way, options, &records, seen).await?;
            eprintln!("round {round}, {}: {:.1} s with pages", way.name(), seen.made.below(100));
        }
    }
    for (way, seen) in &seen {
        row(&mut table, *way, seen)?;
    }
    notes(&mut table, &seen, &records);
    table.print();
    Ok(())
}

/// One city: both collections, everything compared, both collections again.
async fn one(way: Way, options: &Options, records: &[Record], seen: &mut Seen) -> Result<Round> {
    let folder = tempfile::tempdir()?;
    let city = City::begin(way, folder.path()).await?;
    let mut round = Round::default();
    let (mut made, mut whole) = (0.0, std::time::Duration::ZERO);
    for collection in &COLLECTIONS {
        let (report, wall) = city.import(collection, &options.records).await?;
        round.imported += report.imported;
        round.rejects.extend(report.rejects);
        made += report.seconds;
        whole += wall;
    }
    seen.made.push(std::time::Duration::from_secs_f64(made));
    seen.whole.push(whole);
    let verified = city.verify().await?;
    for collection in &COLLECTIONS {
        let (report, _) = city.import(collection, &options.records).await?;
        round.rejects.extend(report.rejects.into_iter().map(|reject| format!("again: {reject}")));
    }
    let after = city.verify().await?;
    round.again = after.commits.saturating_sub(verified.commits);
    round.verified = if after.is_fine { after.sentence } else { format!("NOT clean: {}", after.sentence) };
    let running = city.open().await?;
    let pages = pages::read(&running).await?;
    running.stop().await;
    round.told = Told::compare(&pages, records);
    if let Some(jar) = &options.vnu {
        round.markup = Some(markup::check(jar, &pages, &folder.path().join("pages"))?);
    }
    Ok(round)
}

fn row(table: &mut Table, way: Way, seen: &Seen) -> Result<()> {
    let Seen { made, whole, last } = seen;
    let imported = u32::try_from(last.imported).context("few documents")?;
    table.row([
        way.name().to_owned(),
        last.imported.to_string(),
        last.rejects.len().to_string(),
        made.rate(imported),
        whole.rate(imported),
        last.told.pages.to_string(),
        last.told.index_numbers.to_string(),
        last.told.document_numbers.to_string(),
        last.again.to_string(),
    ]);
    Ok(())
}

fn notes(table: &mut Table, seen: &[(Way, Seen)], records: &[Record]) {
    let sizes: Vec<String> = COLLECTIONS
        .iter()
        .map(|collection| format!("{} of `{}`", of(records, collection.name), collection.name))
        .collect();
    table.note(format!(
        "{}; {ROUNDS} cities of each way, medians with the best in brackets. With pages: from the first request until the last page is written; the whole \
         command also reads its file, begins the city and ends it.",
        sizes.join(" and then ")
    ));
    table.note("Alone: an empty folder, which the command serves itself. Served: the city of another process, through its door.");
    table.note(
        "Right: page and JSON show what the record has, and nothing where it has none; each record stands on one page, under its title.",
    );
    table.note(format!("Bar: at least {BAR} documents a second with pages; no reject without a reason; 0 commits."));
    for (way, Seen { last, .. }) in seen {
        table.note(format!("{}: `taihu verify` afterwards: {}.", way.name(), last.verified));
        match &last.markup {
            None => table.note(format!("{}: markup was not checked (`--vnu`).", way.name())),
            Some(found) => {
                let html = last.told.html;
                table.note(format!(
                    "{}: vnu on all {html} HTML pages: {} errors and warnings.",
                    way.name(),
                    found.len()
                ));
                markup::shown(found).iter().for_each(|one| table.note(format!("vnu: {one}")));
            }
        }
        last.rejects.iter().for_each(|reject| table.note(format!("{}: rejected: {reject}", way.name())));
        last.told.wrong.iter().for_each(|wrong| table.note(format!("{}: {wrong}", way.name())));
    }
}

/// How many records are of a collection.
fn of(records: &[Record], collection: &str) -> usize {
    records.iter().filter(|record| record.collection == collection).count()
}

/// A file of a collection in the folder of records.
fn file(folder: &Path, collection: &str) -> std::path::PathBuf {
    folder.join(format!("{collection}.jsonl"))
}
