//! Mail that was taken and came back: SES tells of it by the tag of the message, and its case tells that nobody was reached.

use anyhow::{Context, Result};
use http::Method;
use journeys::app::TestApp;
use react::{React, channels::Uncarried};
use serde_json::{Value, json};

use super::{
    carrier::{Bag, items, pairs, standings},
    follower::Follower,
    stuck::damaged,
    town::{only_case, reported, status, town},
};

/// What SES says of a letter that no mailbox took; its queue hands it on as it is.
fn bounce(message: &str, kind: &str, subtype: &str) -> Value {
    batch(&[record("1", message, 0, kind, subtype)])
}

/// What SES says of a letter of this sending, for good.
fn lost(message: &str, round: u32) -> Value {
    batch(&[record("1", message, round, "Permanent", "General")])
}

fn batch(records: &[Value]) -> Value {
    json!({ "Records": records })
}

fn record(id: &str, message: &str, round: u32, kind: &str, subtype: &str) -> Value {
    let told = json!({
        "eventType": "Bounce",
        "bounce": {
            "bounceType": kind, "bounceSubType": subtype, "timestamp": "2026-11-23T02:00:00.000Z", "feedbackId": "0100",
            "bouncedRecipients": [{ "emailAddress": "wang.xm@example.cn", "status": "5.1.1", "action": "failed" }],
        },
        "mail": { "messageId": "0100", "destination": ["wang.xm@example.cn"], "tags": { "message": [message], "round": [round.to_string()] } },
    });
    json!({ "messageId": id, "eventSource": "aws:sqs", "body": told.to_string() })
}

/// A report whose receipt was taken; the id of the message.
async fn received() -> Result<(TestApp, Bag, React, journeys::cases::Receipt, String)> {
    let app = town().await?;
    let bag = Bag::default();
    let react = bag.react(&app);
    react.tick().await?;
    let receipt = reported(&app).await?;
    react.tick().await?;
    let id = bag.carried().first().context("a letter")?.id.clone();
    Ok((app, bag, react, receipt, id))
}

#[tokio::test]
async fn mail_that_comes_back_is_a_dead_letter_that_its_case_tells_of_once() -> Result<()> {
    let (app, bag, react, receipt, id) = received().await?;
    // He left a telephone, so it went as a text message: nothing of it comes back by mail.
    react.handle(bounce(&id, "Permanent", "General")).await?;
    assert_eq!(standings(&app).await?, pairs(&[("received", "sent")]));
    drop((app, bag, react, receipt));

    let (app, react, receipt, id) = by_mail().await?;
    for _ in 0..2 {
        react.handle(bounce(&id, "Permanent", "General")).await?;
        assert_eq!(standings(&app).await?, pairs(&[("received", "dead")]));
    }
    Follower::of(&app).await?;
    let case = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{case}")).staff("handler", "jyj").send().await?;
    let lost = view.field("undelivered");
    assert_eq!(lost.as_array().map(Vec::len), Some(1), "once: {}", view.text());
    assert_eq!((&lost[0]["notice"], &lost[0]["to"]), (&json!("收件通知"), &json!("诉求人")));
    assert!(status(&app, &receipt.number, &receipt.code).await?.text().contains("收件通知未送达"));
    let dead = app.messages(Method::GET, "/messages?state=dead").staff("supervisor", "jyj").send().await?;
    assert_eq!(dead.field("messages")[0]["reason"], "bounce-permanent", "{}", dead.text());
    assert!(!app.everything().await?.contains("wang.xm"), "no address is written down");
    Ok(())
}

#[tokio::test]
async fn whoever_is_away_has_his_mail_and_what_is_of_no_message_changes_nothing() -> Result<()> {
    let (app, react, _, id) = by_mail().await?;
    react.handle(bounce(&id, "Transient", "General")).await?;
    react.handle(bounce("b2l5s7k3qj4yx6tmr2v7hcnz5e", "Permanent", "General")).await?;
    react.handle(bounce("no id", "Permanent", "General")).await?;
    assert_eq!(standings(&app).await?, pairs(&[("received", "sent")]));
    Ok(())
}

/// As [`received`], of somebody who left a mailbox.
async fn by_mail() -> Result<(TestApp, React, journeys::cases::Receipt, String)> {
    let (app, _, react, receipt, id) = by_mail_after(None).await?;
    Ok((app, react, receipt, id))
}

/// The same, where the carrier says this of the first attempt.
async fn by_mail_after(trouble: Option<Uncarried>) -> Result<(TestApp, Bag, React, journeys::cases::Receipt, String)> {
    let app = town().await?;
    let bag = Bag::default();
    bag.refuse(trouble);
    let react = bag.react(&app);
    react.tick().await?;
    let token = super::town::token(&app).await?;
    let mut fields = super::town::fields(&token, super::town::WROTE);
    fields.push(("email", "wang.xm@example.cn"));
    let sent = app.form(Method::POST, "jyj", "/form/letter/correction").fields(&fields).send().await?;
    let receipt = super::town::receipt(&sent)?;
    react.tick().await?;
    let key = items(&app).await?.into_keys().find(|key| key.starts_with("message#")).context("a message")?;
    let id = key.trim_start_matches("message#").trim_end_matches(" -").to_owned();
    Ok((app, bag, react, receipt, id))
}

/// Given a message that was raised after its mail came back, when that is told once more, then the new letter stands as sent; when that one comes back, it is told by itself.
#[tokio::test]
async fn mail_of_a_former_sending_does_not_take_back_the_next_one() -> Result<()> {
    let (app, react, _, id) = by_mail().await?;
    react.handle(lost(&id, 0)).await?;
    assert_eq!(standings(&app).await?, pairs(&[("received", "dead")]));
    let raise = app.messages(Method::POST, &format!("/messages/{id}/retry")).staff("supervisor", "jyj").key("again");
    assert_eq!(raise.json(&json!({})).send().await?.status, 200);
    assert_eq!(react.tick().await?.messages.sent, 1);
    react.handle(lost(&id, 0)).await?;
    assert_eq!(standings(&app).await?, pairs(&[("received", "sent")]), "the second letter did not come back");
    react.handle(lost(&id, 1)).await?;
    assert_eq!(standings(&app).await?, pairs(&[("received", "dead")]));
    let case = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{case}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.field("undelivered").as_array().map(Vec::len), Some(2), "once for each sending: {}", view.text());
    Ok(())
}

/// Given a letter that was taken though its sender does not know, when it is told that it came back, then the queue is to say so again, until it is known.
#[tokio::test]
async fn mail_that_comes_back_before_it_is_marked_as_sent_is_heard_of_again() -> Result<()> {
    let trouble = Some(Uncarried::Failed("timeout".to_owned()));
    let (app, bag, react, _, id) = by_mail_after(trouble).await?;
    let again = json!({ "batchItemFailures": [{ "itemIdentifier": "1" }] });
    assert_eq!(react.handle(lost(&id, 0)).await?, again);
    assert_eq!(standings(&app).await?, pairs(&[("received", "waiting")]));
    bag.refuse(None);
    app.clock.pass(std::time::Duration::from_secs(180));
    assert_eq!(react.tick().await?.messages.sent, 1);
    assert_eq!(react.handle(lost(&id, 0)).await?, json!({ "batchItemFailures": [] }));
    assert_eq!(standings(&app).await?, pairs(&[("received", "dead")]));
    Ok(())
}

/// Given a row that cannot be read, when a batch names it before another one, then that one is heard, and the batch does not come again.
#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_no_returned_mail_waiting() -> Result<()> {
    const DAMAGED: &str = "b2l5s7k3qj4yx6tmr2v7hcnz5e";
    let (app, react, _, id) = by_mail().await?;
    damaged(&app, DAMAGED, "due", Some(DAMAGED)).await?;
    let of = |record_: &str, message: &str| record(record_, message, 0, "Permanent", "General");
    let answer = react.handle(batch(&[of("1", DAMAGED), of("2", &id)])).await?;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    assert_eq!(standings(&app).await?, pairs(&[("received", "dead")]));
    Ok(())
}
