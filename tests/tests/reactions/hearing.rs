//! Doorbells that are lost, doubled, late, of other things, or of what this code cannot read.

use anyhow::Result;
use http::Method;
use local::cloud::tables;
use serde_json::json;

use super::{
    carrier::{Bag, items, pairs, ring, standings},
    town::{only_case, reported, town},
};

#[tokio::test]
async fn a_doorbell_that_rings_ten_times_makes_one_message() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    reported(&app).await?;
    let stream = format!("correction:{}", only_case(&app, "jyj").await?);
    for _ in 0..5 {
        ring(&react, &[&stream, &stream, "document:b2l5s7k3qj4yx6tmr2v7hcnz5e", "site:jyj"]).await?;
        react.tick().await?;
    }
    let (one, two) = (bag.react(&app), bag.react(&app));
    let streams = [stream.as_str()];
    let both = tokio::join!(ring(&one, &streams), ring(&two, &streams));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(bag.rules(), ["received"]);
    Ok(())
}

#[tokio::test]
async fn a_case_whose_doorbell_was_lost_is_found_days_later() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    reported(&app).await?;
    app.clock.set("2026-11-29T09:00:00Z".parse()?);
    let report = react.tick().await?;
    assert_eq!((report.behind, report.found, report.messages.sent), (1, 1, 1));
    assert_eq!(bag.rules(), ["received"]);
    let again = react.tick().await?;
    assert_eq!(again, react::TickReport::default());
    let low = items(&app).await?.remove("repair -").unwrap_or_default();
    assert!(low.contains("2026-11-28"), "days that are over for good are walked no more: {low}");
    Ok(())
}

#[tokio::test]
async fn a_case_that_this_code_cannot_read_is_parked_by_its_doorbell_and_keeps_nobody_waiting() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    reported(&app).await?;
    let broken = format!("correction:{}", only_case(&app, "jyj").await?);
    // A commit without its chain: no code of ours wrote it.
    let put = app.clients.dynamodb.put_item().table_name(tables::LEDGER);
    let text = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    let bytes =
        |value: &[u8]| aws_sdk_dynamodb::types::AttributeValue::B(aws_sdk_dynamodb::primitives::Blob::new(value));
    let number = |value: &str| aws_sdk_dynamodb::types::AttributeValue::N(value.to_owned());
    let put = put.item("pk", text(&broken)).item("sk", number("2")).item("id", text("x")).item("at", number("1"));
    put.item("bytes", bytes(b"{}")).item("hash", bytes(&[0; 32])).item("day", text("2026-11-23.0")).send().await?;
    reported(&app).await?;
    let answer = ring(&react, &[&broken]).await?;
    assert_eq!(answer, json!({"batchItemFailures": []}), "ringing again would help nothing");
    let parked = items(&app).await?.remove(&format!("parked {broken}")).unwrap_or_default();
    assert!(parked.contains("stream-damaged"), "{parked}");
    let report = react.tick().await?;
    assert_eq!((report.parked, report.found, report.messages.sent), (1, 1, 1), "the other one is told");
    assert_eq!(standings(&app).await?, pairs(&[("received", "sent")]));
    Ok(())
}

#[tokio::test]
async fn what_the_function_is_called_for_is_told_apart_by_the_event() -> Result<()> {
    let app = town().await?;
    let react = Bag::default().react(&app);
    let tick = react.handle(json!({"task": "tick"})).await?;
    assert_eq!(tick["messages"]["sent"], 0);
    assert!(react.handle(json!({"Records": "none"})).await.is_err());
    let health = app.messages(Method::GET, "/health").send().await?;
    assert_eq!((health.status.as_u16(), health.field("status")), (200, json!("ok")));
    Ok(())
}
