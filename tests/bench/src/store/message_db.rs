//! message-db on PostgreSQL: its own SQL functions, a connection per client.

use std::path::Path;

use anyhow::{Context, Result};
use async_trait::async_trait;
use serde_json::Value;
use tokio_postgres::{Client, NoTls, Statement};
use xtask::tools::peers;

use super::{Answer, Corpus, MOST_CLIENTS, RELOADS, Store, event_json, postgres::Postgres};

/// message-db in a cluster of its own.
pub(super) struct MessageDb {
    clients: Vec<Prepared>,
    _postgres: Postgres,
}

struct Prepared {
    client: Client,
    load: Statement,
    write: Statement,
}

impl MessageDb {
    /// Installs what is missing, starts a cluster, brings message-db and the corpus into it.
    pub(super) async fn open(root: &Path, corpus: &Corpus) -> Result<Self> {
        let sql = peers::message_db(root)?;
        let postgres = Postgres::start()?;
        // The database user may not enter the repository.
        let copy = postgres.folder().join("message-db");
        xtask::process::read(root, "cp", &["-r", &sql.display().to_string(), &copy.display().to_string()])?;
        postgres.run_as_user("bash", [copy.join("install.sh").display().to_string().as_str()])?;
        let mut clients = Vec::new();
        for _ in 0..MOST_CLIENTS {
            clients.push(Prepared::connect(&postgres).await?);
        }
        let filler = clients.first().context("there is no client")?;
        const FILL: &str = "INSERT INTO message_store.messages (stream_name, position, type, data)
            SELECT 'department-d' || (place - 1), position, 'DepartmentProfileChanged', $1::text::jsonb
            FROM unnest($2::int[]) WITH ORDINALITY AS corpus (length, place), generate_series(0, length - 1) AS position";
        filler.client.execute(FILL, &[&event_json(1)?, &corpus.lengths()]).await?;
        filler.client.batch_execute("VACUUM ANALYZE message_store.messages; CHECKPOINT").await?;
        Ok(Self { clients, _postgres: postgres })
    }
}

impl Prepared {
    async fn connect(postgres: &Postgres) -> Result<Self> {
        let mut settings = tokio_postgres::Config::new();
        settings.host_path(postgres.folder()).user("postgres").dbname("message_store");
        settings.options("-c search_path=message_store,public");
        let (client, connection) = settings.connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("PostgreSQL hung up: {error}");
            }
        });
        let load = client.prepare("SELECT position, data FROM get_stream_messages($1::varchar, 0, -1)").await?;
        let write = client
            .prepare(
                "SELECT write_message(gen_random_uuid()::varchar, $1::varchar, 'DepartmentProfileChanged',
                 $2::text::jsonb, NULL, $3::bigint)",
            )
            .await?;
        Ok(Self { client, load, write })
    }

    /// The position of the last message; every event is parsed, as one that decides must.
    async fn load(&self, stream: &str) -> Result<i64> {
        let mut last = -1;
        for row in self.client.query(&self.load, &[&stream]).await? {
            last = row.try_get(0)?;
            std::hint::black_box(serde_json::from_str::<Value>(row.try_get(1)?)?);
        }
        Ok(last)
    }
}

#[async_trait]
impl Store for MessageDb {
    async fn command(&self, client: u32, stream: u32, command: u64) -> Result<Answer> {
        let prepared = self.clients.get(usize::try_from(client)?).context("there are not so many clients")?;
        let stream = format!("department-d{stream}");
        for _ in 0..=RELOADS {
            let seen = prepared.load(&stream).await?;
            let written = prepared.client.query(&prepared.write, &[&stream, &event_json(command)?, &seen]).await;
            match written {
                Ok(_) => return Ok(Answer::Accepted),
                Err(error) if is_conflict(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Answer::Conflict)
    }

    async fn commits(&self) -> Result<u64> {
        let prepared = self.clients.first().context("there is no client")?;
        let row = prepared.client.query_one("SELECT count(*) FROM message_store.messages", &[]).await?;
        Ok(u64::try_from(row.try_get::<_, i64>(0)?)?)
    }
}

fn is_conflict(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|told| told.message().starts_with("Wrong expected version"))
}
