//! message-db on PostgreSQL: its own SQL functions, driven by pgbench with a connection per client.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result};
use xtask::{process, tools::peers};

use super::{
    corpus::{Corpus, Workload},
    event_json,
    postgres::Postgres,
};

/// The database that message-db's script makes.
const DATABASE: &str = "message_store";

/// Commands of one round for each of the others': a session's first ones prepare their statements.
const AT_ONCE: u32 = 5;

/// A table of how long the streams are becomes the messages.
const FILL: &str = "
    INSERT INTO message_store.messages (stream_name, position, type, data)
    SELECT 'department-d' || stream, position, 'DepartmentProfileChanged', '{event}'::jsonb
    FROM lengths, generate_series(0, length - 1) AS position;
    VACUUM ANALYZE message_store.messages;
    CHECKPOINT;
";

/// Fetches a stream whole, then writes at the version seen; nobody else writes to it.
const COMMAND: &str = "
    SELECT position, data FROM get_stream_messages('department-d' || :stream, 0, -1);
    SELECT write_message(gen_random_uuid()::varchar, 'department-d' || :stream, 'DepartmentProfileChanged',
        '{event}'::jsonb, NULL, coalesce(stream_version('department-d' || :stream), -1));
";

/// message-db in a cluster of its own.
pub(super) struct MessageDb {
    postgres: Postgres,
    /// Commits acknowledged since it was filled.
    pub(super) appended: u64,
}

impl MessageDb {
    /// Installs what is missing, starts a cluster, brings message-db and the corpus into it.
    pub(super) fn open(root: &Path, corpus: &Corpus) -> Result<Self> {
        let sql = peers::message_db(root)?;
        let postgres = Postgres::start()?;
        // The database's user may not enter the repository.
        let copy = postgres.folder().join("message-db");
        process::read(root, "cp", &["-r", &sql.display().to_string(), &copy.display().to_string()])?;
        postgres.run_as_user("bash", [copy.join("install.sh").display().to_string().as_str()])?;
        let rows: String = corpus.streams().map(|(stream, length)| format!("{stream}\t{length}\n")).collect();
        let fill = FILL.replace("{event}", &event_json(1)?);
        let text =
            format!("CREATE TABLE lengths (stream int, length int);\nCOPY lengths FROM stdin;\n{rows}\\.\n{fill}");
        let file = postgres.folder().join("fill.sql");
        fs::write(&file, text)?;
        postgres.read("psql", ["-q", "-v", "ON_ERROR_STOP=1", "-f", &file.display().to_string(), DATABASE])?;
        Ok(Self { postgres, appended: 0 })
    }

    /// The time in which as many commands as one round of `work` has are carried out, connecting left out.
    pub(super) fn round(&mut self, work: &Workload) -> Result<Duration> {
        let script = self.postgres.folder().join("command.sql");
        fs::write(&script, work.pgbench() + &COMMAND.replace("{event}", &event_json(2)?))?;
        let (clients, each) = (work.clients, work.each * AT_ONCE);
        let told = self.postgres.read(
            "pgbench",
            [
                "--no-vacuum",
                "--protocol=prepared",
                &format!("--client={clients}"),
                &format!("--jobs={}", clients.min(2)),
                &format!("--transactions={each}"),
                "--file",
                &script.display().to_string(),
                DATABASE,
            ],
        )?;
        self.appended += u64::from(clients * each);
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
        Ok(Duration::from_secs_f64(f64::from(work.commands()) / rate.context("pgbench tells no rate")?))
    }

    /// Commits in the store.
    pub(super) fn commits(&self) -> Result<u64> {
        let count = "SELECT count(*) FROM message_store.messages";
        Ok(self.postgres.read("psql", ["-At", "-c", count, DATABASE])?.parse()?)
    }
}
