//! Rows that nothing becomes of: they keep nobody behind them waiting.

use anyhow::Result;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{MessageId, StreamId, case::Notice};
use http::Method;
use jiff::Timestamp;
use journeys::app::TestApp;
use local::cloud::tables;
use outbox::{Channel, Message, Outbox, Recipient, Row, Standing};

use super::{
    carrier::{Bag, standings},
    town::{reported, town},
};

const EARLY: &str = "2026-11-22T01:00:00Z";

fn outbox(app: &TestApp) -> Outbox {
    Outbox::new(app.clients.dynamodb.clone(), tables::OUTBOX)
}

/// A row of `stream` that was given up early, and is not told yet.
fn given_up(stream: &str, number: u64) -> Result<Row> {
    let (stream, at): (StreamId, Timestamp) = (stream.parse()?, EARLY.parse()?);
    let (notice, recipient, channel) = (Notice::Answered, Recipient::Citizen, Channel::EmailElseText);
    let id = MessageId::derive(&stream, number, 0, notice.as_str(), &recipient.to_string(), channel.as_str());
    let department = "jyj".parse()?;
    let message = Message { id, stream, number, index: 0, notice, recipient, channel, department, at };
    Ok(Row { standing: Standing::GivenUp { at }, ..Row::new(message, at) })
}

/// An item in the index of `partition`, with no more than its key.
pub(crate) async fn damaged(app: &TestApp, name: &str, partition: &str, id: Option<&str>) -> Result<()> {
    let s = |text: &str| AttributeValue::S(text.to_owned());
    let put = app.clients.dynamodb.put_item().table_name(tables::OUTBOX);
    let put = put.item("pk", s(&format!("message#{name}"))).item("sk", s("-"));
    let put = put.item("work_pk", s(partition)).item("work_sk", s(&format!("2026-11-22T09:00:00.000/{name}")));
    let put = id.into_iter().fold(put, |put, id| put.item("id", s(id)));
    put.send().await?;
    Ok(())
}

#[tokio::test]
async fn fifty_rows_that_nothing_becomes_of_keep_no_message_waiting() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    // Of streams that are no cases: they can never be told.
    for number in 1..=60 {
        outbox(&app).put(&given_up("document:b2l5s7k3qj4yx6tmr2v7hcnz5e", number)?).await?;
    }
    reported(&app).await?;
    let report = react.tick().await?;
    assert_eq!((report.messages.sent, report.messages.left), (1, 60));
    assert_eq!(bag.rules(), ["received"]);
    Ok(())
}

#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_no_other_waiting_and_hides_none_in_lists() -> Result<()> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    damaged(&app, "nameless", "due", None).await?;
    damaged(&app, "b2l5s7k3qj4yx6tmr2v7hcnz5e", "due", Some("b2l5s7k3qj4yx6tmr2v7hcnz5e")).await?;
    damaged(&app, "dead", "dead", None).await?;
    bag.refuse(Some(react::channels::Uncarried::Refused("MessageRejected".to_owned())));
    reported(&app).await?;
    assert_eq!(react.tick().await?.messages.dead, 1);
    for (state, count) in [("dead", 1), ("pending", 0)] {
        let path = format!("/messages?state={state}&limit=1");
        let first = app.messages(Method::GET, &path).staff("supervisor", "jyj").send().await?;
        assert_eq!(first.status, 200, "{}", first.text());
        let next = first.field("next").as_str().unwrap_or_default().to_owned();
        let path = format!("{path}&after={next}");
        let second = app.messages(Method::GET, &path).staff("supervisor", "jyj").send().await?;
        let found: usize =
            [first, second].iter().map(|page| page.field("messages").as_array().map_or(0, Vec::len)).sum();
        assert_eq!(count, found, "{state}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_of_no_case_any_more_is_buried_for_good() -> Result<()> {
    let app = town().await?;
    let react = Bag::default().react(&app);
    react.tick().await?;
    // As a ledger leaves it that was restored to before its case.
    outbox(&app).put(&given_up("correction:b2l5s7k3qj4yx6tmr2v7hcnz5e", 1)?).await?;
    assert_eq!(react.tick().await?.messages.dead, 1);
    assert_eq!(standings(&app).await?, [("answered".to_owned(), "dead".to_owned())]);
    assert_eq!(react.tick().await?, react::TickReport::default());
    Ok(())
}
