//! Stores that carry out the same command: load a stream, decide, append one event at the version seen.

mod bare;
mod corpus;
mod message_db;
mod own;
mod postgres;
mod sqlite;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use async_trait::async_trait;
use domain::{
    department::{DepartmentEvent, Profile},
    text::{Line, Prose},
};
use tokio::task::JoinSet;

pub(crate) use corpus::{Corpus, Workload};

use message_db::MessageDb;

use crate::{
    machine::{PRESSED, press},
    table::{ABSENT, Side},
};

/// Rounds of each side.
pub(crate) const ROUNDS: u32 = 9;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The event is in the store.
    Accepted,
    /// Others were faster each time; nothing was written.
    Conflict,
    /// The request's time was over.
    OutOfTime,
}

/// Reloads after which a command gives up: the ledger's own number, so that every store is as patient.
const RELOADS: u32 = 3;

/// A store that holds a [`Corpus`].
#[async_trait]
pub(crate) trait Store: Send + Sync {
    /// Loads `stream`, decides and appends one event, as client number `client`; `command` is never given twice.
    async fn command(&self, client: u32, stream: u32, command: u64) -> Result<Answer>;

    /// Commits in the store.
    async fn commits(&self) -> Result<u64>;
}

/// The event every side appends, as commit `number`.
fn profile(number: u64) -> Result<Profile> {
    Ok(Profile {
        name: Line::new("教育局")?,
        organisation_code: Line::new("014006438")?,
        duties: Prose::new(&format!("负责全市教育工作的统筹规划和综合管理，第{number}次修订。"))?,
        address: Prose::new("澄湖市湖滨路一号")?,
        telephone: Prose::new("0510-88001234")?,
        office_hours: Prose::new("工作日上午九时至下午五时")?,
        leaders: Vec::new(),
        disclosure: None,
    })
}

fn event(number: u64) -> Result<DepartmentEvent> {
    Ok(DepartmentEvent::DepartmentProfileChanged { profile: profile(number)? })
}

/// The same event as JSON text, for stores that take it so.
pub(crate) fn event_json(number: u64) -> Result<String> {
    Ok(serde_json::to_string(&event(number)?)?)
}

/// One store and how many commits it acknowledged since it was filled.
struct Measured {
    store: Arc<dyn Store>,
    appended: u64,
}

/// The ledger and what is measured beside it, on one disk, each with the same corpus.
pub(crate) struct Stores {
    own: Measured,
    bare: Measured,
    message_db: Option<MessageDb>,
    sqlite: Measured,
    folder: tempfile::TempDir,
    held: u64,
    given: u64,
    /// What could not be had, and why.
    pub(crate) missing: Vec<String>,
}

/// Figures of one workload, a [`Side`] per store and one of the disk.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    own: Side,
    bare: Side,
    message_db: Side,
    sqlite: Side,
    disk: Side,
    commands: u32,
}

impl Stores {
    /// Opens and fills all stores.
    pub(crate) async fn open(root: &Path, corpus: &Corpus) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let cloud = own::open(&folder.path().join("cloud")).await?;
        own::fill(&cloud, corpus).await?;
        let mut missing = Vec::new();
        let message_db = match message_db::MessageDb::open(root, corpus) {
            Ok(store) => Some(store),
            Err(error) => {
                eprintln!("message-db is not measured: {error:#}");
                missing.push(format!("message-db is not measured: {error:#}."));
                None
            }
        };
        Ok(Self {
            bare: measured(bare::Bare::new(Arc::clone(&cloud))?),
            own: measured(own::Own(cloud)),
            message_db,
            sqlite: measured(sqlite::Sqlite::open(folder.path(), corpus)?),
            folder,
            held: corpus.commits(),
            given: 0,
            missing,
        })
    }

    /// Measures every store, interleaved, in another order each round.
    pub(crate) async fn measure(&mut self, work: &Workload) -> Result<Figures> {
        let mut figures = Figures::default();
        for number in 0..=ROUNDS {
            let plan = work.plan(number);
            figures.commands = work.commands();
            let mut sides = [
                (&mut self.own, &mut figures.own),
                (&mut self.bare, &mut figures.bare),
                (&mut self.sqlite, &mut figures.sqlite),
            ];
            sides.rotate_left(usize::try_from(number)? % 3);
            for (measured, side) in sides {
                side.push(round(&measured.store, &plan, self.given).await?);
                measured.appended += u64::from(figures.commands);
            }
            self.given += u64::from(figures.commands);
            if let Some(message_db) = &mut self.message_db {
                figures.message_db.push(message_db.round(work)?);
            }
            figures.disk.push(press(self.folder.path())?);
            if number == 0 {
                // Connections and caches of the first round are nobody's merit.
                figures = Figures::default();
            }
        }
        Ok(figures)
    }

    /// That each store holds what it was given, nothing less and nothing twice.
    pub(crate) async fn check(&self) -> Result<()> {
        let mut held = Vec::new();
        for measured in [&self.own, &self.bare, &self.sqlite] {
            held.push((measured.store.commits().await?, measured.appended));
        }
        if let Some(message_db) = &self.message_db {
            held.push((message_db.commits()?, message_db.appended));
        }
        for (found, appended) in held {
            let wanted = self.held + appended;
            ensure!(found == wanted, "a store holds {found} commits where {wanted} were acknowledged");
        }
        Ok(())
    }

    /// The stores in which writers may meet on one stream, by name.
    pub(crate) fn contended(&self) -> [(&'static str, &Arc<dyn Store>); 2] {
        [("ledger", &self.own.store), ("bare calls", &self.bare.store)]
    }
}

impl Figures {
    /// Names of the columns that [`cells`](Self::cells) fills.
    pub(crate) const HEAD: [&'static str; 6] =
        ["ledger /s", "bare calls /s", "time ÷ bare calls", "message-db /s", "SQLite FULL /s", "fdatasync /s"];

    /// Rates, medians with the best in brackets.
    pub(crate) fn cells(&self) -> [String; 6] {
        [
            self.own.rate(self.commands),
            self.bare.rate(self.commands),
            self.own.over(&self.bare),
            self.message_db.rate(self.commands),
            self.sqlite.rate(self.commands),
            self.disk.rate(PRESSED),
        ]
    }

    /// The ledger's rate beside another side's, as a factor; rounds of both did `each` things a round.
    pub(crate) fn times(&self, peer: &Side, each: u32) -> String {
        if peer.rounds() == 0 {
            return ABSENT.to_owned();
        }
        let own = f64::from(self.commands) / self.own.median();
        format!("{:.1}", own * peer.median() / f64::from(each))
    }
}

fn measured(store: impl Store + 'static) -> Measured {
    Measured { store: Arc::new(store), appended: 0 }
}

/// The time from the first command of the first client to the last answer of the last.
async fn round(store: &Arc<dyn Store>, plan: &[Vec<u32>], given: u64) -> Result<Duration> {
    let mut clients = JoinSet::new();
    let mut next = given;
    let started = Instant::now();
    for (client, streams) in plan.iter().enumerate() {
        let (store, streams, first) = (Arc::clone(store), streams.clone(), next);
        next += streams.len() as u64;
        let client = u32::try_from(client)?;
        clients.spawn(async move {
            for (command, stream) in (first..).zip(streams) {
                let answer = store.command(client, stream, command).await?;
                ensure!(answer == Answer::Accepted, "a command with a stream of its own ended in {answer:?}");
            }
            Ok(())
        });
    }
    while let Some(done) = clients.join_next().await {
        done.context("a client fell over")??;
    }
    Ok(started.elapsed())
}
