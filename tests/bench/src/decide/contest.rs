//! Many writers on one stream: every command ends with an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use tokio::task::JoinSet;

use crate::{
    store::{Answer, Store, Stores},
    table::Table,
};

/// Writers at once.
const WRITERS: u32 = 32;

/// How long commands are offered.
const OFFERED_FOR: Duration = Duration::from_secs(10);

/// Where the commands' numbers begin, past all rounds.
const FIRST: u64 = 1 << 40;

/// What became of a store's commands.
#[derive(Debug, Default)]
struct Outcome {
    accepted: u32,
    conflicts: u32,
    out_of_time: u32,
    slowest: Duration,
}

/// Runs the contest on each store in turn.
pub(super) async fn run(stores: &Stores) -> Result<Table> {
    let head =
        ["store", "offered", "accepted", "accepted /s", "conflict (409)", "out of time (503)", "slowest answer, s"];
    let mut table = Table::new("decide: 32 writers on one stream (B2)", &head);
    for (name, store) in stores.contended() {
        let before = store.commits().await?;
        let Outcome { accepted, conflicts, out_of_time, slowest } = contend(store).await?;
        let written = store.commits().await? - before;
        anyhow::ensure!(written == u64::from(accepted), "{name} acknowledged {accepted} commits and holds {written}");
        table.row([
            name.to_owned(),
            (accepted + conflicts + out_of_time).to_string(),
            accepted.to_string(),
            format!("{:.0}", f64::from(accepted) / OFFERED_FOR.as_secs_f64()),
            conflicts.to_string(),
            out_of_time.to_string(),
            format!("{:.2}", slowest.as_secs_f64()),
        ]);
    }
    table.note(format!(
        "{WRITERS} writers offer commands to one stream of 20 commits for {} s; each command is tried again at most three times, everywhere. \
         Every command ended with an answer, and the stream holds exactly the accepted ones.",
        OFFERED_FOR.as_secs()
    ));
    table.note("The bare calls try again at once, the ledger after a random pause: fewer tries meet, and fewer requests are spent.");
    Ok(table)
}

async fn contend(store: &Arc<dyn Store>) -> Result<Outcome> {
    let mut writers = JoinSet::new();
    let end = Instant::now() + OFFERED_FOR;
    for client in 0..WRITERS {
        let store = Arc::clone(store);
        writers.spawn(async move {
            let mut outcome = Outcome::default();
            let mut command = FIRST + (u64::from(client) << 24);
            while Instant::now() < end {
                let offered = Instant::now();
                match store.command(client, 0, command).await? {
                    Answer::Accepted => outcome.accepted += 1,
                    Answer::Conflict => outcome.conflicts += 1,
                    Answer::OutOfTime => outcome.out_of_time += 1,
                }
                outcome.slowest = outcome.slowest.max(offered.elapsed());
                command += 1;
            }
            anyhow::Ok(outcome)
        });
    }
    let mut all = Outcome::default();
    while let Some(one) = writers.join_next().await {
        let one = one.context("a writer fell over")??;
        all.accepted += one.accepted;
        all.conflicts += one.conflicts;
        all.out_of_time += one.out_of_time;
        all.slowest = all.slowest.max(one.slowest);
    }
    Ok(all)
}
