//! Messages that cannot be delivered: bounded attempts, dead letters, what the case tells, and sending again.

use anyhow::{Context, Result};
use http::Method;
use jiff::{SignedDuration, Timestamp};
use journeys::{app::TestApp, cases::Receipt};
use react::{React, channels::Uncarried};
use serde_json::{Value, json};

use super::{
    carrier::{Bag, items, pairs, standings},
    follower::Follower,
    town::{act, answer, only_case, reported, status, town, version},
};

fn failed() -> Option<Uncarried> {
    Some(Uncarried::Failed("Throttling".to_owned()))
}

/// A report whose receipt nobody takes.
async fn unreceived(trouble: Option<Uncarried>) -> Result<(TestApp, Bag, React, Receipt)> {
    let app = town().await?;
    let bag = Bag::default();
    bag.refuse(trouble);
    let react = bag.react(&app);
    react.tick().await?;
    let receipt = reported(&app).await?;
    react.tick().await?;
    Ok((app, bag, react, receipt))
}

/// Lets a day and a half pass, a minute after each pause.
async fn pass(app: &TestApp, react: &React) -> Result<()> {
    let mut now: Timestamp = "2026-11-23T01:00:00Z".parse()?;
    let end = now + SignedDuration::from_hours(36);
    while now < end {
        now += SignedDuration::from_mins(61);
        app.clock.set(now);
        react.tick().await?;
    }
    Ok(())
}

async fn listed(app: &TestApp, state: &str, role: &str, department: &str) -> Result<Vec<Value>> {
    let answer = app.messages(Method::GET, &format!("/messages?state={state}")).staff(role, department).send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Ok(answer.field("messages").as_array().cloned().unwrap_or_default())
}

#[tokio::test]
async fn a_carrier_that_fails_for_a_day_leaves_a_dead_letter_and_its_case_tells_so() -> Result<()> {
    let (app, bag, react, Receipt { number, code, .. }) = unreceived(failed()).await?;
    assert_eq!((bag.tried(), standings(&app).await?), (1, pairs(&[("received", "waiting")])));
    assert_eq!(react.tick().await?.messages, outbox::SendReport::default(), "not before its pause is over");
    pass(&app, &react).await?;
    assert_eq!((bag.tried(), standings(&app).await?), (7, pairs(&[("received", "dead")])));
    let id = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    let lost = view.field("undelivered");
    assert_eq!((&lost[0]["notice"], &lost[0]["to"]), (&json!("收件通知"), &json!("诉求人")), "{}", view.text());
    assert_eq!(lost.as_array().map(Vec::len), Some(1));
    assert!(status(&app, &number, &code).await?.text().contains("收件通知未送达"));
    pass(&app, &react).await?;
    assert_eq!((bag.tried(), bag.carried().len()), (7, 0), "what is dead is left alone");
    Ok(())
}

#[tokio::test]
async fn what_is_refused_for_good_is_dead_after_one_attempt() -> Result<()> {
    let (app, bag, ..) = unreceived(Some(Uncarried::Refused("MessageRejected".to_owned()))).await?;
    assert_eq!((bag.tried(), standings(&app).await?), (1, pairs(&[("received", "dead")])));
    let dead = listed(&app, "dead", "supervisor", "jyj").await?;
    assert_eq!(dead.len(), 1);
    assert_eq!((&dead[0]["reason"], &dead[0]["recipient"]), (&json!("MessageRejected"), &json!("citizen")));
    Ok(())
}

#[tokio::test]
async fn a_dead_message_is_sent_again_by_a_supervisor_once_for_each_request() -> Result<()> {
    let (app, bag, react, _) = unreceived(Some(Uncarried::Refused("MessageRejected".to_owned()))).await?;
    let dead = listed(&app, "dead", "supervisor", "jyj").await?;
    let id = dead[0]["id"].as_str().context("an id")?.to_owned();
    let retry = |role: &str, department: &str, key: &str| {
        let call = app.messages(Method::POST, &format!("/messages/{id}/retry")).staff(role, department).key(key);
        call.json(&json!({})).send()
    };
    for (role, department) in [("supervisor", "czj"), ("handler", "jyj"), ("auditor", "jyj")] {
        assert_eq!(
            retry(role, department, "again").await?.told(),
            (403, "forbidden".to_owned()),
            "{role} {department}"
        );
    }
    let first = retry("supervisor", "jyj", "again").await?;
    assert_eq!(
        (first.status.as_u16(), first.field("standing"), first.field("round")),
        (200, json!("waiting"), json!(1))
    );
    let resent = retry("supervisor", "jyj", "again").await?;
    assert_eq!(resent.body, first.body, "a resend gets the first answer");
    assert_eq!(retry("supervisor", "jyj", "other").await?.told(), (409, "message-not-dead".to_owned()));

    assert_eq!(react.tick().await?.messages.dead, 1, "refused once more, told once more");
    bag.refuse(None);
    let again = retry("administrator", "jyj", "third").await?;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(react.tick().await?.messages.sent, 1);
    assert_eq!((bag.tried(), bag.rules()), (3, vec!["received"]));
    assert_eq!(listed(&app, "dead", "supervisor", "jyj").await?.len(), 0);
    assert_eq!(listed(&app, "sent", "supervisor", "jyj").await?.len(), 1);
    let case = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{case}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.field("undelivered").as_array().map(Vec::len), Some(2), "once for each round");
    Ok(())
}

#[tokio::test]
async fn lists_show_each_department_its_own_messages_in_bounded_pages() -> Result<()> {
    let (app, _, react, _) = unreceived(Some(Uncarried::Refused("MessageRejected".to_owned()))).await?;
    // An hour apart, as many as one address may send.
    for hour in 2..6 {
        app.clock.set(format!("2026-11-23T0{hour}:30:00Z").parse()?);
        reported(&app).await?;
        react.tick().await?;
    }
    assert_eq!(listed(&app, "dead", "supervisor", "jyj").await?.len(), 5);
    assert_eq!(listed(&app, "dead", "administrator", "jyj").await?.len(), 5);
    assert_eq!(listed(&app, "dead", "supervisor", "czj").await?.len(), 0, "another department's");
    let refused = app.messages(Method::GET, "/messages").staff("handler", "jyj").send().await?;
    assert_eq!(refused.told(), (403, "forbidden".to_owned()));

    let mut seen = Vec::new();
    let mut after = String::new();
    for _ in 0..3 {
        let behind = if after.is_empty() { String::new() } else { format!("&after={after}") };
        let path = format!("/messages?state=dead&limit=2{behind}");
        let page = app.messages(Method::GET, &path).staff("supervisor", "jyj").send().await?;
        let part = page.field("messages").as_array().cloned().unwrap_or_default();
        assert!(part.len() <= 2);
        seen.extend(part.iter().map(|message| message["id"].to_string()));
        after = page.field("next").as_str().unwrap_or_default().to_owned();
    }
    assert_eq!((seen.len(), after.as_str()), (5, ""));
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 5, "each once");
    let malformed = app.messages(Method::GET, "/messages?limit=0").staff("supervisor", "jyj").send().await?;
    assert_eq!(malformed.status, 400, "{}", malformed.text());
    let unknown =
        app.messages(Method::GET, "/messages/b2l5s7k3qj4yx6tmr2v7hcnz5e").staff("supervisor", "jyj").send().await?;
    assert_eq!(unknown.told(), (404, "message-not-found".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_sender_that_died_after_giving_up_is_made_good_by_the_next_round() -> Result<()> {
    let (app, bag, react, _) = unreceived(failed()).await?;
    // As a sender leaves it that died between marking and telling.
    let key = items(&app).await?.into_keys().find(|key| key.starts_with("message#")).context("a row")?;
    let pk = key.split(' ').next().unwrap_or_default().to_owned();
    let s = |text: &str| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned());
    let update = app.clients.dynamodb.update_item().table_name(local::cloud::tables::OUTBOX);
    let update = update.key("pk", s(&pk)).key("sk", s("-")).update_expression("SET #s = :s, work_sk = :w");
    let update = update.expression_attribute_names("#s", "standing").expression_attribute_values(":s", s("given-up"));
    update.expression_attribute_values(":w", s("2026-11-23T09:00:00.000/x")).send().await?;
    assert_eq!(react.tick().await?.messages.dead, 1);
    assert_eq!((bag.tried(), standings(&app).await?), (1, pairs(&[("received", "dead")])));
    let case = only_case(&app, "jyj").await?;
    let view = app.letter(Method::GET, &format!("/corrections/{case}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.field("undelivered").as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test]
async fn what_is_not_so_any_more_when_it_can_be_told_is_told_to_nobody_and_listed() -> Result<()> {
    let (app, bag, react, _) = unreceived(None).await?;
    let id = only_case(&app, "jyj").await?;
    bag.refuse(failed());
    app.clock.set("2026-11-27T01:00:00Z".parse()?);
    Follower::of(&app).await?;
    letter::keep_time(&app.letters).await?;
    react.tick().await?;
    assert_eq!(standings(&app).await?, pairs(&[("overdue", "waiting"), ("received", "sent")]));
    let answered = answer(&app, &id, version(&app, &id).await?).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    bag.refuse(None);
    app.clock.set("2026-11-27T01:05:00Z".parse()?);
    let report = react.tick().await?;
    assert_eq!((report.messages.overtaken, report.messages.sent), (1, 1), "the answer is told");
    assert_eq!(bag.rules(), ["received", "answered"]);
    let listed = listed(&app, "overtaken", "supervisor", "jyj").await?;
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((&listed[0]["rule"], &listed[0]["standing"]), (&json!("overdue"), &json!("overtaken")));
    Ok(())
}

#[tokio::test]
async fn after_a_hand_over_a_dead_letter_is_the_affair_of_the_department_that_answers_now() -> Result<()> {
    let (app, ..) = unreceived(Some(Uncarried::Refused("MessageRejected".to_owned()))).await?;
    let id = only_case(&app, "jyj").await?;
    let over = json!({ "department": "czj", "reason": "属于财政局职责" });
    let at = version(&app, &id).await?;
    let assigned = act(&app, &id, "assign", at, &over).staff("handler", "jyj").send().await?;
    assert_eq!(assigned.status, 200, "{}", assigned.text());
    assert_eq!(listed(&app, "dead", "supervisor", "jyj").await?.len(), 0);
    let dead = listed(&app, "dead", "supervisor", "czj").await?;
    assert_eq!((dead.len(), &dead[0]["department"]), (1, &json!("jyj")), "where it stood then");
    let message = dead[0]["id"].as_str().context("an id")?;
    let retry = |department: &str| {
        let call = app.messages(Method::POST, &format!("/messages/{message}/retry")).staff("supervisor", department);
        call.key("again").json(&json!({})).send()
    };
    assert_eq!(retry("jyj").await?.told(), (403, "forbidden".to_owned()));
    let again = retry("czj").await?;
    assert_eq!((again.status.as_u16(), again.field("standing")), (200, json!("waiting")), "{}", again.text());
    Ok(())
}
