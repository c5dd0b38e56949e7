//! From the answer that accepts a banner of all sites to its standing on every home and column page, in a city of 117 sites.
//!
//! The city is served in this process as `taihu serve` does, and a reader asks the local CDN for page after page until each has another entity tag than before.

use std::time::Instant;

use anyhow::{Result, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use local::serve::running::Running;
use serde_json::json;

use crate::{
    client::Client,
    editor::{LOOK, PATIENCE},
    rebuild,
    registrar::Registrar,
    table::{Side, Table},
};

/// Sites of the city.
const SITES: usize = 117;

/// Columns of each site.
const COLUMNS: usize = 8;

/// Banners that are raised and measured; each is another one than that before it.
const ROUNDS: u64 = 12;

/// Reads at once, before a round.
const CONCURRENT: usize = 16;

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// A command is refused, or a page does not follow.
pub async fn bench() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let running = Running::start(&rebuild::options(folder.path())).await?;
    let registrar = Registrar::of(&running).await?;
    let pages = found(&registrar).await?;
    let mut side = Side::default();
    for round in 0..ROUNDS {
        registrar.settled().await?;
        let before = tags(&registrar.client, &pages).await?;
        let banner = json!({ "level": "emergency", "text": format!("台风红色预警第 {round} 号：请留在室内。") });
        registrar.put("appearance", round, json!({ "banner": banner })).await?;
        let accepted = Instant::now();
        for ((site, path), old) in pages.iter().zip(&before) {
            while registrar.client.get(site, path).await?.etag == *old {
                ensure!(accepted.elapsed() < PATIENCE, "{site}{path} carries no banner");
                tokio::time::sleep(LOOK).await;
            }
        }
        side.push(accepted.elapsed());
    }
    running.stop().await;
    let head = ["sites", "home and column pages", "p50", "p95", "longest"];
    let mut table = Table::new("a banner of all sites on every home and column page", &head);
    let seconds = |percent| format!("{:.2} s", side.below(percent));
    table.row([SITES.to_string(), pages.len().to_string(), seconds(50), seconds(95), seconds(100)]);
    table.note(format!("{} banners, each raised when the pages of the one before had all followed.", side.rounds()));
    table.note("Bar: at most 5 s.");
    table.print();
    Ok(())
}

/// Opens the city; gives its home and column pages.
async fn found(registrar: &Registrar) -> Result<Vec<(String, String)>> {
    registrar.department().await?;
    let mut pages = Vec::new();
    for number in 0..SITES {
        let label = if number == 0 { "www".to_owned() } else { format!("s{number:03}") };
        registrar.site(&label, &format!("第{number}站")).await?;
        pages.push((label.clone(), "/".to_owned()));
        for column in 0..COLUMNS {
            registrar.column(&format!("{label}.c{column}"), &format!("栏目{column}")).await?;
            pages.push((label.clone(), format!("/c{column}/")));
        }
    }
    Ok(pages)
}

async fn tags(client: &Client, pages: &[(String, String)]) -> Result<Vec<String>> {
    let tags = stream::iter(pages).map(|(site, path)| async move { Ok(client.get(site, path).await?.etag) });
    tags.buffered(CONCURRENT).try_collect().await
}
