//! From the answer that accepts a publication to the new bytes of every page that shows it, beside Hugo building the same site anew.
//!
//! The city of the corpus is loaded and rebuilt, then served in this process as `taihu serve` does. A reader asks the local CDN for every page of
//! the dependency set until each has another entity tag than before; the commands before the publication are not measured.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::shanghai;
use futures::future::try_join_all;
use http::StatusCode;
use jiff::Timestamp;
use journeys::corpus::{Corpus, Text};
use local::serve::{options::PORTAL, running::Running};
use serde_json::json;

use crate::{
    Options,
    client::{Client, Got},
    editor::{Editor, LOOK, PATIENCE},
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
    let mut editor = Editor::of(&running);
    let (mut visible, mut built) = (Side::default(), Side::default());
    // Texts that the corpus has not published: those that a larger one has after it, in columns that stand on the home page.
    let fresh = Corpus::new(options.documents * 2, now).texts().skip(options.documents as usize);
    let fresh = fresh.filter(|text| text.column.prominence.on_home()).take((WARM_UP + PUBLICATIONS) as usize);
    for (turn, text) in (0..).zip(fresh) {
        let took = publish(&mut editor, &Text { public_at: Timestamp::now(), ..text.clone() }).await?;
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

/// Pages that a new document changes.
struct Dependencies {
    /// Site and path of each, the document's own first.
    pages: Vec<(String, String)>,
}

impl Dependencies {
    /// The document, its column's head and archive page, the heads of the columns above, the home page and the department's page, each with the JSON beside it; the column's feed and
    /// the month's sitemap; the index of sitemaps where the month is new.
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
        // The columns above show what is newest below them.
        let above = column.trim_end_matches('/').match_indices('/').skip(1);
        let above = above.filter_map(|(end, _)| Some(column.get(..=end)?.to_owned()));
        let mut pages: Vec<_> =
            on_site.into_iter().chain(index).chain(above).map(|path| (site.clone(), path)).collect();
        pages.push((PORTAL.to_owned(), format!("/bm/{}/", text.department.code)));
        let twins: Vec<_> = pages.iter().filter_map(|(site, path)| Some((site.clone(), twin(path)?))).collect();
        pages.extend(twins);
        Self { pages }
    }
}

/// The JSON beside a page, if it is HTML.
fn twin(path: &str) -> Option<String> {
    match path.strip_suffix(".html") {
        Some(stem) => Some(format!("{stem}.json")),
        None => path.ends_with('/').then(|| format!("{path}index.json")),
    }
}

/// Publishes a text; gives the time from the answer until a reader had new bytes of every page that shows it.
async fn publish(editor: &mut Editor<'_>, text: &Text) -> Result<Duration> {
    let (document, version) = editor.approved(text).await?;
    let client = editor.client.clone();
    let sitemap = format!("/sitemap-{}.xml", shanghai::month(text.public_at));
    let month_is_new = client.get(text.column.site(), &sitemap).await?.status == StatusCode::NOT_FOUND;
    let Dependencies { pages } = Dependencies::of(text, month_is_new);
    let mut before = Vec::new();
    for (site, path) in &pages {
        before.push(client.get(site, path).await?);
    }
    editor.quiet().await?;
    let puts = editor.puts();

    editor.act(text, "publisher", &document, "publish", version, json!({ "slug": text.slug })).await?;
    let accepted = Instant::now();
    try_join_all(pages.iter().zip(before).map(|(page, old)| changed(&client, page, old))).await?;
    let took = accepted.elapsed();

    editor.quiet().await?;
    let written = editor.puts() - puts;
    ensure!(written == pages.len() as u64, "{written} pages were rewritten, {} show {}", pages.len(), text.path());
    Ok(took)
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
