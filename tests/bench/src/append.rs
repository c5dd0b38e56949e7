//! B1: one event appended to one of a hundred thousand streams, by 1, 8 and 32 clients.

use crate::{
    store::{Corpus, Figures, ROUNDS, Stores, Workload},
    table::Table,
};
use anyhow::Result;

/// Streams, and commits over all of them before the first round.
const STREAMS: u32 = 100_000;
const COMMITS: u32 = 100_000;

/// Clients at once, and commands of each in one round.
const CLIENTS: [(u32, u32); 3] = [(1, 400), (8, 100), (32, 40)];

/// Runs the benchmark and prints its table.
///
/// # Errors
/// A store cannot start, refuses, or holds another number of commits than it acknowledged.
pub async fn run() -> Result<()> {
    let root = xtask::tree::root()?;
    let corpus = Corpus::skewed(STREAMS, COMMITS);
    let mut stores = Stores::open(&root, &corpus).await?;
    let mut table = Table::new("append (B1)", &[&["clients"], &Figures::HEAD[..]].concat());
    for (clients, each) in CLIENTS {
        let figures = stores.measure(&Workload::skewed(clients, each, STREAMS)).await?;
        table.row([clients.to_string()].into_iter().chain(figures.cells()));
    }
    stores.check().await?;
    table.note(format!(
        "Load, decide, append one event of about 500 bytes at the version seen. {COMMITS} commits over {STREAMS} streams before the first round \
         (Zipf with exponent ½, the longest has {}); {ROUNDS} interleaved rounds, medians with the best in brackets.",
        corpus.longest()
    ));
    table.note("Each store holds exactly the commits it acknowledged: none lost, none doubled.");
    table.note("Bar: at most 1.15 times the bare calls (one Query, one conditional Put through the same SDK, on the same store).");
    table.note(
        "SQLite is one connection in this process behind a lock; message-db one connection per client over a socket.",
    );
    stores.missing.iter().for_each(|sentence| table.note(sentence));
    table.print();
    Ok(())
}
