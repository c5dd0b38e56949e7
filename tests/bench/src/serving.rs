//! B7: pages from the local CDN of a real process, beside nginx with the same bytes.

mod check;
mod nginx;
mod site;
mod wrk;

use std::time::Duration;

use anyhow::{Context, Result};
use xtask::product::Product;

use crate::table::{ABSENT, Side, Table};
use check::Checked;
use nginx::Nginx;
use site::{Page, Site};
use wrk::{Asked, Told};

/// Rounds of each side and seconds of one.
const ROUNDS: u32 = 7;
const SECONDS: u32 = 3;

/// Sizes, in bytes, that the measured pages come nearest to.
const SIZES: [usize; 2] = [3_400, 20_000];

/// What a request may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Plain,
    Brotli,
    NotModified,
}

impl Mode {
    const ALL: [Self; 3] = [Self::Plain, Self::Brotli, Self::NotModified];

    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Brotli => "brotli",
            Self::NotModified => "304 by ETag",
        }
    }

    /// The header that asks for it; `etag` is the one of the page as stored.
    fn header(self, etag: &str) -> String {
        match self {
            Self::Plain => "Accept-Encoding: identity".to_owned(),
            Self::Brotli => "Accept-Encoding: br".to_owned(),
            Self::NotModified => format!("If-None-Match: {etag}"),
        }
    }
}

/// Rounds of one server in one mode.
#[derive(Debug, Default)]
struct Rounds {
    each: Side,
    half: Side,
    most: Side,
}

impl Rounds {
    fn push(&mut self, told: &Told) {
        self.each.push(told.each);
        self.half.push(told.half);
        self.most.push(told.most);
    }

    fn latency(&self) -> String {
        if self.half.rounds() == 0 {
            return ABSENT.to_owned();
        }
        format!("{:.2} / {:.2}", self.half.median() * 1000.0, self.most.median() * 1000.0)
    }
}

/// Runs the benchmark and prints its table.
///
/// # Errors
/// The product does not come up, or answers a page with wrong headers.
pub async fn run() -> Result<()> {
    let head = ["page", "asked", "taihu /s", "taihu p50 / p99 ms", "nginx /s", "nginx p50 / p99 ms"];
    let mut table = Table::new("serving (B7)", &head);
    xtask::tools::peers::wrk().context("nothing can be measured without wrk")?;
    let folder = tempfile::tempdir()?;
    let (binary, home) = (std::env::current_exe()?.with_file_name("taihu"), folder.path().to_owned());
    // Everything of the product's start is waiting.
    let product = tokio::task::spawn_blocking(move || Product::run(binary, &home)).await??;
    let site = Site::open(&product)?;
    let pages = site.pages().await?;
    let checked = check::all(&site, &pages).await?;
    let measured = nearest(&checked);
    let nginx = match Nginx::start(&site, &measured).await {
        Ok(nginx) => Some(nginx),
        Err(error) => {
            table.note(format!("nginx is not measured: {error:#}."));
            None
        }
    };
    for page in measured {
        for mode in Mode::ALL {
            let (ours, peer) = measure(&site, page, nginx.as_ref(), mode).await?;
            table.row([
                format!("{:.1} KB", Duration::from_millis(page.length as u64).as_secs_f64()),
                mode.name().to_owned(),
                ours.each.rate(1),
                ours.latency(),
                peer.each.rate(1),
                peer.latency(),
            ]);
        }
    }
    table.note(format!(
        "`wrk -t1 -c32` on the same two cores, {ROUNDS} interleaved rounds of {SECONDS} s, medians with the best in brackets. Bar: at least 5,000 requests a second."
    ));
    table.note("Both send the same bytes and the same headers; nginx sends files with `sendfile`, brotli from files made before.");
    table.note(check::sentence(&checked));
    table.print();
    Ok(())
}

/// The pages whose sizes come nearest to [`SIZES`].
fn nearest(checked: &[Checked]) -> Vec<&Checked> {
    let html = || checked.iter().filter(|one| one.status == 200 && one.content_type.starts_with("text/html"));
    SIZES.iter().filter_map(|size| html().min_by_key(|one| one.length.abs_diff(*size))).collect()
}

async fn measure(site: &Site, page: &Checked, nginx: Option<&Nginx>, mode: Mode) -> Result<(Rounds, Rounds)> {
    let Page { host, path } = &page.page;
    let ours = Asked { url: format!("{}{path}", site.address()), host: host.clone(), header: mode.header(&page.etag) };
    let peer = match nginx {
        Some(nginx) => {
            let url = nginx.url(page);
            Some(Asked { url, host: "localhost".to_owned(), header: mode.header(nginx.etag(page)?) })
        }
        None => None,
    };
    let (mut our_rounds, mut peer_rounds) = (Rounds::default(), Rounds::default());
    for _ in 0..ROUNDS {
        our_rounds.push(&ours.run(SECONDS).await?);
        if let Some(peer) = &peer {
            peer_rounds.push(&peer.run(SECONDS).await?);
        }
    }
    Ok((our_rounds, peer_rounds))
}
