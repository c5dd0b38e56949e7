//! The people of the corpus's departments, who act through the API of a city that is served in this process.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use domain::staff::{Role, Scope};
use http::Method;
use jiff::Timestamp;
use journeys::corpus::Text;
use local::{
    cloud::{objects::ListRequest, tables},
    serve::{
        api::Api,
        running::Running,
        staff::{self, Person, Stands},
    },
};
use serde_json::{Value, json};

use crate::client::{Client, Order};

/// Pause between two looks at a page.
pub(crate) const LOOK: Duration = Duration::from_millis(2);

/// How long a page may take before the benchmark fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Who drafts, reviews and publishes, and then reads.
pub(crate) struct Editor<'a> {
    pub(crate) client: Client,
    running: &'a Running,
    /// By department, role and site.
    tokens: BTreeMap<(&'static str, &'static str, &'static str), String>,
}

impl<'a> Editor<'a> {
    /// The people of `running`.
    pub(crate) fn of(running: &'a Running) -> Self {
        Self { client: Client::new(running.address()), running, tokens: BTreeMap::new() }
    }

    /// Drafts and has approved a text; gives its id and version.
    pub(crate) async fn approved(&mut self, text: &Text) -> Result<(String, u64)> {
        let draft = json!({ "column": text.column.id, "content": content(text) });
        let drafted = self.order(text, "editor", Method::POST, "documents", None, draft).await?;
        let id = field(&drafted, "id")?.to_owned();
        Ok((id.clone(), self.reviewed(text, &id, 1).await?))
    }

    /// Replaces the draft by what `text` says now and has it approved; gives the new version.
    pub(crate) async fn revised(&mut self, text: &Text, id: &str, version: u64) -> Result<u64> {
        let body = json!({ "content": content(text) });
        self.order(text, "editor", Method::PUT, &format!("documents/{id}/draft"), Some(version), body).await?;
        self.reviewed(text, id, version + 1).await
    }

    async fn reviewed(&mut self, text: &Text, id: &str, version: u64) -> Result<u64> {
        let submitted = self.act(text, "editor", id, "submit", version, json!({})).await?;
        let revision = json!({ "revision": field(&submitted, "revision")? });
        self.act(text, "reviewer", id, "approve", version + 1, revision).await?;
        Ok(version + 2)
    }

    /// One act on a document.
    pub(crate) async fn act(
        &mut self,
        text: &Text,
        role: &'static str,
        id: &str,
        act: &str,
        version: u64,
        body: Value,
    ) -> Result<Value> {
        self.order(text, role, Method::POST, &format!("documents/{id}/{act}"), Some(version), body).await
    }

    async fn order(
        &mut self,
        text: &Text,
        role: &'static str,
        method: Method,
        path: &str,
        version: Option<u64>,
        body: Value,
    ) -> Result<Value> {
        let token = self.token(text.department.code, role, text.column.site()).await?;
        let act = path.rsplit('/').next().unwrap_or_default();
        let key = format!("bench-{}-{act}-{}", text.number, version.unwrap_or_default());
        self.client.order(Order { method, path, token: &token, key, version, body }).await
    }

    /// The token of somebody whose role names the site: on the portal's columns stand documents of every department.
    async fn token(&mut self, department: &'static str, role: &'static str, site: &'static str) -> Result<String> {
        if let Some(token) = self.tokens.get(&(department, role, site)) {
            return Ok(token.clone());
        }
        let machine = &self.running.machine;
        let held = Role::named(role).with_context(|| format!("there is no role `{role}`"))?;
        let person = Person::within(&[held], department, &[Scope::on(&department.parse()?, &site.parse()?)])?;
        let stands = staff::ensure(&mut Api::now(machine)?, &person).await.map_err(anyhow::Error::msg)?;
        ensure!(stands == Stands::Ready, "{} is {stands:?}", person.subject);
        let token = machine.issuer.token(person.subject.as_str(), Timestamp::now(), 12)?;
        self.tokens.insert((department, role, site), token.clone());
        Ok(token)
    }

    /// Puts of objects asked for so far.
    pub(crate) fn puts(&self) -> u64 {
        self.running.machine.cloud.faults.counters().of("PutObject").requests
    }

    /// Pages that were written at `since` or later: a put that another worker forestalled writes nothing.
    pub(crate) async fn written_since(&self, since: Timestamp) -> Result<usize> {
        let request = ListRequest { limit: usize::MAX, ..ListRequest::default() };
        let pages = self.running.machine.cloud.objects.list(tables::PAGES, request).await?;
        Ok(pages.keys.iter().filter(|page| page.modified >= since.as_millisecond()).count())
    }

    /// Waits until the projector has nothing to do.
    pub(crate) async fn quiet(&self) -> Result<()> {
        let begun = Instant::now();
        while self.running.machine.bell.counts().waiting() > 0 {
            ensure!(begun.elapsed() < PATIENCE, "the projector does not come to rest");
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

fn content(text: &Text) -> Value {
    json!({ "title": text.title, "body_html": text.body, "summary": text.summary, "keywords": text.keywords })
}

fn field<'a>(answer: &'a Value, name: &str) -> Result<&'a str> {
    answer.get(name).and_then(Value::as_str).with_context(|| format!("`{name}` in {answer}"))
}
