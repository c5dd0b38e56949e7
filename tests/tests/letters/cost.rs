//! What a command on a case asks of DynamoDB, request by request: the floor, pinned.

use anyhow::Result;
use http::Method;
use journeys::{app::TestApp, cases::Receipt};
use serde_json::json;

use super::{
    follower::Follower,
    town::{WROTE, act, answer, fields, only_case, reported, send, status, token, town},
};

/// The requests since the counters were reset.
fn asked(app: &TestApp) -> String {
    let counters = app.cloud.faults.counters();
    let told: Vec<String> =
        counters.requests().iter().map(|(operation, count)| format!("{operation} {count}")).collect();
    told.join(", ")
}

#[tokio::test]
async fn a_report_costs_its_transaction_what_it_reads_and_the_count_of_its_sender() -> Result<()> {
    let app = town().await?;
    // The keys of the server and of the department are made for the first one.
    reported(&app).await?;
    let token = token(&app).await?;
    app.cloud.faults.reset_counters();
    let sent = send(&app, &token, "另一处").await?;
    assert_eq!(sent.status, 200, "{}", sent.text());
    // The site, whether the page stands, and the stream before its sender is counted; then site and page once more, the calendar, the stream and its keys; the transaction; and
    // what was received.
    assert_eq!(asked(&app), "GetItem 5, Query 6, TransactWriteItems 1, UpdateItem 2");
    Ok(())
}

#[tokio::test]
async fn an_act_costs_three_reads_and_one_put() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    app.cloud.faults.reset_counters();
    assert_eq!(act(&app, &id, "take", 1, &json!({})).staff("handler", "jyj").send().await?.status, 200);
    assert_eq!(asked(&app), "PutItem 1, Query 3", "who acts, the calendar, the case; and its commit");
    app.cloud.faults.reset_counters();
    assert_eq!(answer(&app, &id, 2).staff("handler", "jyj").send().await?.status, 200);
    assert_eq!(asked(&app), "PutItem 1, Query 3");
    app.cloud.faults.reset_counters();
    assert_eq!(status(&app, &number, &code).await?.status, 200);
    // Two counts taken and two given back, the number's holder, the case, its department's name, the calendar.
    assert_eq!(asked(&app), "GetItem 1, Query 3, UpdateItem 4");
    Ok(())
}

/// A report from an address of its own: one sends only so many an hour.
async fn reported_by(app: &TestApp, reader: u8) -> Result<()> {
    let token = token(app).await?;
    let call = app
        .form(Method::POST, "jyj", "/form/letter/correction")
        .header("x-taihu-address", &format!("198.51.100.{reader}"));
    let sent = call.fields(&fields(&token, WROTE)).send().await?;
    assert_eq!(sent.status, 200, "{}", sent.text());
    Ok(())
}

#[tokio::test]
async fn a_round_of_the_clock_reads_what_is_due_and_nothing_else() -> Result<()> {
    let app = town().await?;
    for reader in 1..=3 {
        reported_by(&app, reader).await?;
    }
    Follower::of(&app).await?;
    app.cloud.faults.reset_counters();
    assert_eq!(letter::keep_time(&app.letters).await?, casework::WakeReport::default());
    let idle = asked(&app);
    for reader in 4..=12 {
        reported_by(&app, reader).await?;
    }
    Follower::of(&app).await?;
    app.cloud.faults.reset_counters();
    assert_eq!(letter::keep_time(&app.letters).await?, casework::WakeReport::default());
    assert_eq!(asked(&app), idle, "as many requests whatever else is open");
    let open = app.letter(Method::GET, "/cases").staff("handler", "jyj").send().await?;
    assert_eq!(open.field("entries").as_array().map(Vec::len), Some(12));
    Ok(())
}
