//! From the answer that accepts a publication to the new bytes of every page that shows it, beside Hugo building the same site anew.
//!
//! The city of the corpus is loaded and rebuilt, then served in this process as `taihu serve` does. A reader asks the local CDN for every page of
//! the dependency set until each has another entity tag than before; the commands before the publication are not measured.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use domain::shanghai;
use futures::future::try_join_all;
use http::StatusCode;
use jiff::Timestamp;
use journeys::corpus::{Corpus, Text};
use local::serve::{keys::Claims, options::PORTAL, running::Running};
use serde_json::{Value, json};

use crate::{
    Options,
    client::{Client, Got, Order},
    hugo::Hugo,
    rebuild,
    table::{Side, Table},
};

/// Publications that are measured.
const PUBLICATIONS: u32 = 200;

/// Publications before the first that is measured: connections, caches.
const WARM_UP: u32 = 5;

/// Builds of Hugo, spread over the publications.
const BUILDS: u32 = 5;

/// Pause between two looks at a page.
const LOOK: Duration = Duration::from_millis(2);

/// How long a page may take before the benchmark fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// A side fails, or other pages were rewritten than those that show the document.
pub async fn bench(options: Options) -> Result<()> {
    let now = Timestamp::now();
    let corpus = Corpus::new(options.documents, now);
    let folder = tempfile::tempdir()?;
    let hugo = Hugo::prepare(&folder.path().join("hugo"), &corpus)?;
    let data = folder.path().join("data");
    let door = rebuild::found(&data, &corpus).await?;
    rebuild::rebuild(&data)?;
    hugo.build()?;

    // Links carry the port: on another one every page would have to be written anew.
    let running = Running::start(&local::serve::Options { port: door.port(), ..rebuild::options(&data) }).await?;
    let projector = &running.machine.projector;
    projector.send_purges(usize::MAX).await?;
    let mut editor = Editor { client: Client::new(running.address()), running: &running, tokens: BTreeMap::new() };
    let (mut visible, mut built) = (Side::default(), Side::default());
    // Texts that the corpus has not published: those that a larger one has after it, in columns that stand on the home page.
    let fresh = Corpus::new(options.documents * 2, now).texts().skip(options.documents as usize);
    let fresh = fresh.filter(|text| text.column.prominence.on_home()).take((WARM_UP + PUBLICATIONS) as usize);
    for (turn, text) in (0..).zip(fresh) {
        let took = editor.publish(&Text { public_at: Timestamp::now(), ..text.clone() }).await?;
        if turn >= WARM_UP {
            visible.push(took);
        }
        hugo.add(&Text { public_at: Timestamp::now(), ..text }, 50_000 + turn)?;
        if turn % (PUBLICATIONS / BUILDS) == WARM_UP {
            built.push(hugo.build()?.wall);
        }
    }
    running.stop().await;
    print(&options, &visible, &built);
    Ok(())
}

fn print(options: &Options, visible: &Side, built: &Side) {
    let head = ["documents", "ours p50", "ours p95", "ours longest", "Hugo, whole site", "Hugo / ours, in time"];
    let mut table = Table::new("publication to new bytes of every page (B3)", &head);
    let millis = |percent| format!("{:.1} ms", visible.below(percent) * 1_000.0);
    table.row([
        options.documents.to_string(),
        millis(50),
        millis(95),
        millis(100),
        format!("{:.2} s", built.median()),
        format!("{:.0}", built.median() / visible.median()),
    ]);
    table.note(format!(
        "{} publications over HTTP, from the 201 to new bytes of all pages that show the document; the pages rewritten are exactly those.",
        visible.rounds()
    ));
    table.note("Bar: p95 at most 150 ms.");
    table.print();
}

/// Who drafts, reviews and publishes, and then reads.
struct Editor<'a> {
    client: Client,
    running: &'a Running,
    /// By department, role and site.
    tokens: BTreeMap<(&'static str, &'static str, &'static str), String>,
}

/// Pages that a new document changes.
struct Dependencies {
    /// Site and path of each, the document's own first.
    pages: Vec<(String, String)>,
}

impl Dependencies {
    /// The document, its column's head, archive page and feed, the home page, the department's page and the month's sitemap; the index of sitemaps
    /// where the month is new.
    fn of(text: &Text, month_is_new: bool) -> Self {
        let (site, column) = (text.column.site().to_owned(), text.column.path());
        let month = shanghai::month(text.public_at);
        let on_site = [
            text.path(),
            column.clone(),
            format!("{column}{}.html", text.archive()),
            format!("{column}feed.xml"),
            "/".to_owned(),
            format!("/sitemap-{month}.xml"),
        ];
        let index = month_is_new.then(|| "/sitemap.xml".to_owned());
        let mut pages: Vec<_> = on_site.into_iter().chain(index).map(|path| (site.clone(), path)).collect();
        pages.push((PORTAL.to_owned(), format!("/bm/{}/", text.department.code)));
        Self { pages }
    }
}

impl Editor<'_> {
    /// Publishes a text; gives the time from the answer until a reader had new bytes of every page that shows it.
    async fn publish(&mut self, text: &Text) -> Result<Duration> {
        let (document, version) = self.approved(text).await?;
        let sitemap = format!("/sitemap-{}.xml", shanghai::month(text.public_at));
        let month_is_new = self.client.get(text.column.site(), &sitemap).await?.status == StatusCode::NOT_FOUND;
        let Dependencies { pages } = Dependencies::of(text, month_is_new);
        let mut before = Vec::new();
        for (site, path) in &pages {
            before.push(self.client.get(site, path).await?);
        }
        self.quiet().await?;
        let puts = self.puts();

        let path = format!("documents/{document}/publish");
        let body = json!({ "slug": text.slug });
        self.order(text, "publisher", &path, Some(version), body).await?;
        let accepted = Instant::now();
        try_join_all(pages.iter().zip(before).map(|(page, old)| changed(&self.client, page, old))).await?;
        let took = accepted.elapsed();

        self.quiet().await?;
        let written = self.puts() - puts;
        ensure!(written == pages.len() as u64, "{written} pages were rewritten, {} show {}", pages.len(), text.path());
        Ok(took)
    }

    /// Drafts and has approved a text; gives its id and version.
    async fn approved(&mut self, text: &Text) -> Result<(String, u64)> {
        let draft = json!({ "column": text.column.id, "content": {
            "title": text.title, "body_html": text.body, "summary": text.summary, "keywords": text.keywords } });
        let drafted = self.order(text, "editor", "documents", None, draft).await?;
        let id = field(&drafted, "id")?.to_owned();
        let submitted = self.order(text, "editor", &format!("documents/{id}/submit"), Some(1), json!({})).await?;
        let revision = json!({ "revision": field(&submitted, "revision")? });
        self.order(text, "reviewer", &format!("documents/{id}/approve"), Some(2), revision).await?;
        Ok((id, 3))
    }

    async fn order(
        &mut self,
        text: &Text,
        role: &'static str,
        path: &str,
        version: Option<u64>,
        body: Value,
    ) -> Result<Value> {
        let token = self.token(text.department.code, role, text.column.site())?;
        let key = format!("bench-{}-{}", text.number, path.rsplit('/').next().unwrap_or_default());
        self.client.order(Order { path, token: &token, key, version, body }).await
    }

    /// A token that names the site: on the portal's columns stand documents of every department.
    fn token(&mut self, department: &'static str, role: &'static str, site: &'static str) -> Result<String> {
        if let Some(token) = self.tokens.get(&(department, role, site)) {
            return Ok(token.clone());
        }
        let claims = Claims {
            sub: format!("{department}.{role}"),
            name: format!("{department} {role}"),
            roles: vec![role.to_owned()],
            department: department.to_owned(),
            sites: Some(vec![site.to_owned()]),
            scope: None,
        };
        let token = self.running.machine.issuer.token(&claims, Timestamp::now(), 12)?;
        self.tokens.insert((department, role, site), token.clone());
        Ok(token)
    }

    /// Objects put so far.
    fn puts(&self) -> u64 {
        self.running.machine.cloud.faults.counters().of("PutObject").requests
    }

    /// Waits until the projector has nothing to do.
    async fn quiet(&self) -> Result<()> {
        let begun = Instant::now();
        while self.running.machine.bell.counts().waiting() > 0 {
            ensure!(begun.elapsed() < PATIENCE, "the projector does not come to rest");
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

/// Waits until a reader gets other bytes than before.
async fn changed(client: &Client, (site, path): &(String, String), old: Got) -> Result<()> {
    let begun = Instant::now();
    loop {
        let got = client.get(site, path).await?;
        if got.status == StatusCode::OK && got.etag != old.etag {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "{site}{path} does not change: {got:?}");
        tokio::time::sleep(LOOK).await;
    }
}

fn field<'a>(answer: &'a Value, name: &str) -> Result<&'a str> {
    answer.get(name).and_then(Value::as_str).with_context(|| format!("`{name}` in {answer}"))
}
