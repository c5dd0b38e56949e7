//! What a city with 10,000 open cases takes: to receive one more over HTTP, to be told how one stands, and for the clock to come by.
//!
//! The city is served in this process as `taihu serve` does. Its open cases come in through the same front door, past the CDN and at instants of their own, so
//! that a few are due while the others are not.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use axum::{Router, body::Body};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client as Legacy, connect::HttpConnector},
    rt::TokioExecutor,
};
use jiff::{SignedDuration, Timestamp};
use journeys::clock::SetClock;
use letter::LetterState;
use local::serve::running::Running;
use tower::ServiceExt;

use crate::{
    rebuild,
    registrar::Registrar,
    table::{Side, Table},
};

/// Cases that are open all the while.
const OPEN: u32 = 10_000;

/// Of these, those to which something is to be done when the clock comes by.
const DUE: u32 = 100;

/// Reports that are measured, and those before the first of them.
const REPORTS: u32 = 300;
const WARM_UP: u32 = 10;

/// Rounds of the clock that find nothing to do.
const ROUNDS: u32 = 20;

/// Cases that come in at once while the city is filled.
const CONCURRENT: usize = 8;

/// When the many come in, seen from those that are due.
const LATER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// When the clock comes by: what is due has been for a few days, and nothing of the many is.
const COMES_BY: SignedDuration = SignedDuration::from_hours(15 * 24);

/// The form of error reports.
const FORM: &str = "/form/letter/correction";

/// Where a case is asked for.
const STATUS: &str = "/form/letter/status";

/// Runs the benchmark and prints its rows.
///
/// # Errors
/// The front door refuses what it should receive, or a round of the clock does other than it should.
pub async fn bench() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let running = Running::start(&rebuild::options(folder.path())).await?;
    let registrar = Registrar::of(&running).await?;
    registrar.department().await?;
    registrar.site("www", "门户").await?;
    let now = Timestamp::now();
    let few = function(&running, now)?;
    fill(&letter::router(few), 0..DUE).await?;
    fill(&letter::router(function(&running, now + LATER)?), DUE..OPEN).await?;
    settled(&running).await?;

    let (mut receives, mut tells) = (Side::default(), Side::default());
    for turn in 0..WARM_UP + REPORTS {
        let (received, told) = report(running.address(), turn).await?;
        if turn >= WARM_UP {
            receives.push(received);
            tells.push(told);
        }
    }
    settled(&running).await?;

    let state = function(&running, now + COMES_BY)?;
    let begun = Instant::now();
    let report = letter::keep_time(&state).await?;
    let busy = begun.elapsed();
    // Those that were measured are due by then, too.
    let due = u64::from(DUE + WARM_UP + REPORTS);
    ensure!(report.woken == due && report.waiting == 0, "of {due} cases that are due: {report:?}");
    settled(&running).await?;
    let mut idle = Side::default();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let report = letter::keep_time(&state).await?;
        idle.push(begun.elapsed());
        ensure!(report.woken == 0, "nothing is due: {report:?}");
    }
    running.stop().await;
    print(&receives, &tells, busy, &idle);
    Ok(())
}

fn print(receives: &Side, tells: &Side, busy: Duration, idle: &Side) {
    let head = ["open cases", "what", "p50", "p95", "longest"];
    let mut table = Table::new("cases", &head);
    let row = |what: &str, side: &Side| {
        let millis = |percent| format!("{:.1} ms", side.below(percent) * 1_000.0);
        [OPEN.to_string(), what.to_owned(), millis(50), millis(95), millis(100)]
    };
    table.row(row("a report is sent, until its receipt", receives));
    table.row(row("how it stands is asked for", tells));
    table.row(row("the clock comes by and nothing is due", idle));
    let due = DUE + WARM_UP + REPORTS;
    let busy = format!("{:.2} s", busy.as_secs_f64());
    table.row([OPEN.to_string(), format!("the clock comes by and {due} are due"), busy.clone(), busy.clone(), busy]);
    table.note(format!(
        "{} reports over HTTP through the local CDN, each from an address of its own.",
        receives.rounds()
    ));
    table.note("Bars: a report at most 50 ms (p95), a round of the clock at most 2 s.");
    table.print();
}

/// The function of letters on the stores of the city, at an instant that stands still.
fn function(running: &Running, at: Timestamp) -> Result<LetterState> {
    let mut config = running.machine.config.clone();
    // It is asked past the CDN.
    config.origin_secret = None;
    Ok(LetterState::new(&config, &running.machine.clients, Arc::new(SetClock::at(at)))?)
}

/// An address of its own for every reader: one may send only so much.
fn address(number: u32) -> Ipv4Addr {
    let [_, a, b, c] = number.to_be_bytes();
    Ipv4Addr::new(127, a.saturating_add(1), b, c.saturating_add(1))
}

/// Sends reports past the CDN.
async fn fill(door: &Router, numbers: std::ops::Range<u32>) -> Result<()> {
    let reports = stream::iter(numbers).map(|number| async move {
        let ask = |method: Method, body: String| async move {
            let request = Request::builder()
                .method(method)
                .uri(FORM)
                .header("x-taihu-site", "www")
                .header("x-taihu-address", address(number).to_string())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body))?;
            let answer = door.clone().oneshot(request).await?;
            let status = answer.status();
            let text = String::from_utf8_lossy(&answer.into_body().collect().await?.to_bytes()).into_owned();
            ensure!(status == StatusCode::OK, "{status}: {text}");
            Ok(text)
        };
        let token = token(&ask(Method::GET, String::new()).await?)?.to_owned();
        receipt(&ask(Method::POST, fields(&token)).await?).map(drop)
    });
    reports.buffer_unordered(CONCURRENT).try_collect().await
}

/// Sends a report over HTTP and asks how it stands; gives how long each took.
async fn report(door: SocketAddr, turn: u32) -> Result<(Duration, Duration)> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_local_address(Some(address(OPEN + turn).into()));
    let client: Legacy<_, Full<Bytes>> = Legacy::builder(TokioExecutor::new()).build(connector);
    let ask = |method: Method, path: &'static str, body: String| {
        let client = client.clone();
        async move {
            let host = format!("www.localhost:{}", door.port());
            let request = Request::builder()
                .method(method)
                .uri(format!("http://{door}{path}"))
                .header(header::ORIGIN, format!("http://{host}"))
                .header(header::HOST, host)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Full::from(body))?;
            let answer = client.request(request).await?;
            let status = answer.status();
            let text = String::from_utf8_lossy(&answer.into_body().collect().await?.to_bytes()).into_owned();
            ensure!(status == StatusCode::OK, "{status}: {text}");
            Ok(text)
        }
    };
    let token = token(&ask(Method::GET, FORM, String::new()).await?)?.to_owned();
    let begun = Instant::now();
    let page = ask(Method::POST, FORM, fields(&token)).await?;
    let received = begun.elapsed();
    let (number, code) = receipt(&page)?;
    let begun = Instant::now();
    let page = ask(Method::POST, STATUS, format!("number={number}&code={code}")).await?;
    ensure!(page.contains(&number), "another case: {page}");
    Ok((received, begun.elapsed()))
}

fn token(page: &str) -> Result<&str> {
    let (_, rest) = page.split_once("name=\"_token\" value=\"").context("a form without a token")?;
    rest.split('"').next().context("a token")
}

/// A report as the last page of the form sends it.
fn fields(token: &str) -> String {
    let text = "%E6%97%A5%E6%9C%9F%E6%9C%89%E8%AF%AF".repeat(20);
    format!(
        "_token={token}&_at=check&_go=send&page=%2F&mistake=content&text-place={text}&right={text}&name={}&phone=13800138000",
        "%E7%8E%8B%E5%B0%8F%E6%98%8E"
    )
}

/// Number and query code of a receipt.
fn receipt(page: &str) -> Result<(String, String)> {
    let number = page.split("ZC-").nth(1).and_then(|rest| rest.get(..15)).context("a receipt without a number")?;
    let words = page.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'));
    let mut codes = words.filter(|word| word.len() == 19 && word.split('-').all(|group| group.len() == 4));
    Ok((format!("ZC-{number}"), codes.next().context("a receipt without a code")?.to_owned()))
}

/// Waits until the views tell everything.
async fn settled(running: &Running) -> Result<()> {
    let begun = Instant::now();
    loop {
        if running.machine.bell.counts().waiting() == 0 {
            return Ok(());
        }
        ensure!(begun.elapsed() < Duration::from_secs(300), "the views do not come to rest");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
