//! From the answer that accepts a banner of all sites to its standing on every home and column page, in a city of 117 sites.
//!
//! The city is served in this process as `taihu serve` does, and a reader asks the local CDN for page after page until each has another entity tag than before.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use http::Method;
use jiff::Timestamp;
use local::serve::{
    api::Api,
    running::Running,
    staff::{self, Person, Stands},
};
use serde_json::{Value, json};

use crate::{
    client::{Client, Order},
    editor::{LOOK, PATIENCE},
    rebuild,
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
    let pages = registrar.found().await?;
    let mut side = Side::default();
    for round in 0..ROUNDS {
        registrar.settled().await?;
        let before = registrar.tags(&pages).await?;
        let banner = json!({ "level": "emergency", "text": format!("台风红色预警第 {round} 号：请留在室内。") });
        registrar.order(Method::PUT, "appearance", Some(round), json!({ "banner": banner })).await?;
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

/// Who opens the city and raises banners.
struct Registrar {
    client: Client,
    token: String,
}

impl Registrar {
    async fn of(running: &Running) -> Result<Self> {
        let machine = &running.machine;
        let person = Person::within(
            &[domain::staff::Role::named("registrar").context("a role")?],
            "zf",
            &[domain::staff::Scope::CITY],
        )?;
        let stands = staff::ensure(&mut Api::now(machine)?, &person).await.map_err(anyhow::Error::msg)?;
        ensure!(stands == Stands::Ready, "{} is {stands:?}", person.subject);
        let token = machine.issuer.token(person.subject.as_str(), Timestamp::now(), 12)?;
        Ok(Self { client: Client::new(running.address()), token })
    }

    async fn order(&self, method: Method, path: &str, version: Option<u64>, body: Value) -> Result<Value> {
        let key = format!("bench-{path}-{}-{}", version.unwrap_or_default(), body.to_string().len());
        self.client.order(Order { method, path, token: &self.token, key, version, body }).await
    }

    /// Opens the city; gives its home and column pages.
    async fn found(&self) -> Result<Vec<(String, String)>> {
        let department =
            json!({ "code": "zf", "profile": { "name": "人民政府办公室", "organisation_code": "014006400" } });
        self.order(Method::POST, "departments", None, department).await?;
        let mut pages = Vec::new();
        for number in 0..SITES {
            let label = if number == 0 { "www".to_owned() } else { format!("s{number:03}") };
            let profile = json!({ "name": format!("第{number}站"), "identification_code": "3299010001", "sponsor": "办公室",
                "contact": "0599-1234567", "icp": "澄ICP备00000001号" });
            let site = json!({ "label": label, "department": "zf", "profile": profile });
            self.order_as(&label, "sites", site).await?;
            pages.push((label.clone(), "/".to_owned()));
            for column in 0..COLUMNS {
                let id = format!("{label}.c{column}");
                let profile = json!({ "name": format!("栏目{column}") });
                let body = json!({ "column": id, "department": "zf", "kind": "notices", "profile": profile });
                self.order_as(&id, "columns", body).await?;
                pages.push((label.clone(), format!("/c{column}/")));
            }
        }
        Ok(pages)
    }

    async fn order_as(&self, key: &str, path: &str, body: Value) -> Result<Value> {
        let order =
            Order { method: Method::POST, path, token: &self.token, key: format!("found-{key}"), version: None, body };
        self.client.order(order).await
    }

    /// Waits until no wide change waits.
    async fn settled(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let told = self.client.read("wide-changes", &self.token).await?;
            if told.get("waiting").and_then(Value::as_array).is_some_and(Vec::is_empty) {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE * 10, "wide changes do not come to rest");
            tokio::time::sleep(LOOK * 50).await;
        }
    }

    async fn tags(&self, pages: &[(String, String)]) -> Result<Vec<String>> {
        let tags = stream::iter(pages).map(|(site, path)| async move { Ok(self.client.get(site, path).await?.etag) });
        tags.buffered(CONCURRENT).try_collect().await
    }
}
