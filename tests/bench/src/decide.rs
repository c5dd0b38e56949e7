//! B2: load 20, 200 and 2,000 events, decide, append one; and many writers on one stream.

mod contest;
mod eventsourcing;

use anyhow::Result;

use crate::{
    store::{Corpus, Figures, ROUNDS, Stores, Workload},
    table::{ABSENT, Side, Table},
};
use eventsourcing::Eventsourcing;

/// Commits of a stream before the first round, and streams that a round appends to, each once.
const LENGTHS: [(u32, u32); 3] = [(20, 100), (200, 40), (2000, 8)];

/// Runs the benchmark and prints its tables.
///
/// # Errors
/// A store cannot start, refuses, or holds another number of commits than it acknowledged.
pub async fn run() -> Result<()> {
    let root = xtask::tree::root()?;
    let head = [&["events"], &Figures::HEAD[..], &["pyeventsourcing /s", "ledger ÷ pyeventsourcing"]].concat();
    let mut table = Table::new("decide (B2)", &head);
    let mut contest = None;
    let mut missing = Vec::new();
    for (length, streams) in LENGTHS {
        let mut stores = Stores::open(&root, &Corpus::even(streams, length)).await?;
        let figures = stores.measure(&Workload::in_turn(streams)).await?;
        let python = match Eventsourcing::start(&root, streams, length).and_then(Eventsourcing::measure) {
            Ok(side) => side,
            Err(error) => {
                missing.push(format!("pyeventsourcing is not measured: {error:#}."));
                Side::default()
            }
        };
        let beside = if python.rounds() == 0 { ABSENT.to_owned() } else { python.rate(streams) };
        let cells = [length.to_string()].into_iter().chain(figures.cells());
        table.row(cells.chain([beside, figures.times(&python, streams)]));
        stores.check().await?;
        missing.append(&mut stores.missing);
        if contest.is_none() {
            contest = Some(contest::run(&stores).await?);
        }
    }
    table.note(format!(
        "One client: load a stream of so many commits, fold it, append one. {ROUNDS} interleaved rounds, medians with the best in brackets."
    ));
    table.note(
        "Bars: at most 1.15 times the bare calls at 20 events; at least twice pyeventsourcing (SQLite file, WAL, measured right after, no snapshots).",
    );
    missing.sort();
    missing.dedup();
    missing.iter().for_each(|sentence| table.note(sentence));
    table.print();
    if let Some(contest) = contest {
        contest.print();
    }
    Ok(())
}
