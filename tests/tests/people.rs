//! A person asks that his data be erased: all his closed cases, of whatever kind, and nobody else's.

#![expect(clippy::indexing_slicing, reason = "helpers of tests stop at the first surprise, as the tests do")]

#[path = "publish/follower.rs"]
mod follower;
#[path = "letters/town.rs"]
#[expect(dead_code, reason = "more is made there than is asked for here")]
mod letters;
#[path = "requests/town.rs"]
#[expect(dead_code, reason = "more is made there than is asked for here")]
mod requests;

use anyhow::{Context, Result};
use follower::Follower;
use http::Method;
use journeys::app::{Answer, TestApp};
use serde_json::{Value, json};

/// Asks for it, by what the person left.
async fn erase(app: &TestApp, role: &str, department: &str, key: &str, by: (&str, &str)) -> Result<Answer> {
    let (name, value) = by;
    let body = json!({ (name): value, "reason": "本人到窗口提出" });
    app.letter(Method::POST, "/people/erase").key(key).json(&body).staff(role, department).send().await
}

/// Status and code of what became of each case, by its number.
fn outcome(answer: &Answer, number: &str) -> Result<(u64, Option<String>)> {
    let outcomes = answer.field("outcomes").as_array().cloned().unwrap_or_default();
    let found = outcomes.iter().find(|outcome| outcome["number"] == number).with_context(|| answer.text())?;
    let code = found.pointer("/problem/code").and_then(Value::as_str).map(str::to_owned);
    Ok((found["status"].as_u64().context("a status")?, code))
}

#[tokio::test]
async fn every_closed_case_of_a_person_is_erased_whatever_its_kind_and_no_open_one() -> Result<()> {
    let app = requests::town().await?;
    let first = letters::reported(&app).await?;
    let answered = letters::only_case(&app, "jyj").await?;
    assert_eq!(letters::answer(&app, &answered, 1).staff("handler", "jyj").send().await?.status, 200);
    let second = letters::reported(&app).await?;
    let open = letters::only_case(&app, "jyj").await?;
    let application = requests::Case::filed(&app).await?;
    let requests_receipt = &application.receipt;
    let page = requests::status(&app, &requests_receipt.number, &requests_receipt.code).await?.text();
    let withdrawn =
        requests::act(&app, &page, "withdraw", &requests_receipt.number, &requests_receipt.code, "").await?;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());

    let handler = erase(&app, "handler", "jyj", "k0", ("phone", letters::PHONE)).await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()));
    let elsewhere = erase(&app, "supervisor", "czj", "k0", ("phone", letters::PHONE)).await?;
    assert_eq!((elsewhere.status.as_u16(), elsewhere.field("outcomes")), (200, json!([])), "{}", elsewhere.text());

    let erased = erase(&app, "supervisor", "jyj", "k1", ("phone", "+86 138-0013-8000")).await?;
    assert_eq!((erased.field("erased"), erased.field("left")), (json!(2), json!(1)), "{}", erased.text());
    assert_eq!(outcome(&erased, &first.number)?, (200, None));
    assert_eq!(outcome(&erased, &requests_receipt.number)?, (200, None));
    assert_eq!(outcome(&erased, &second.number)?, (409, Some("case-not-closed".to_owned())));

    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?.erased, 1);
    assert_eq!(disclosure::keep_time(&app.requests).await?.erased, 1);
    for gone in [format!("correction:{answered}"), application.stream()] {
        assert_eq!(app.vault_rows(&gone).await?, 0, "{gone}");
    }
    assert!(app.vault_rows(&format!("correction:{open}")).await? > 0, "the open one is needed");

    // Once the last one is answered, the same request under the same key comes to it, too.
    assert_eq!(letters::answer(&app, &open, 1).staff("handler", "jyj").send().await?.status, 200);
    let again = erase(&app, "supervisor", "jyj", "k1", ("phone", letters::PHONE)).await?;
    assert_eq!((again.field("erased"), again.field("left")), (json!(1), json!(0)), "{}", again.text());
    Ok(())
}

#[tokio::test]
async fn a_person_is_found_by_his_document_and_what_finds_nobody_is_told() -> Result<()> {
    let app = requests::town().await?;
    let application = requests::Case::filed(&app).await?;
    let found = erase(&app, "supervisor", "jyj", "k1", ("id_number", requests::CARD)).await?;
    assert_eq!(outcome(&found, &application.receipt.number)?, (409, Some("case-not-closed".to_owned())));
    let nobody = erase(&app, "supervisor", "jyj", "k2", ("phone", "13900139000")).await?;
    assert_eq!(nobody.field("outcomes"), json!([]));
    for body in [
        json!({ "reason": "本人提出" }),
        json!({ "phone": "13900139000", "id_number": requests::CARD, "reason": "本人提出" }),
        json!({ "phone": "王小明", "reason": "本人提出" }),
        json!({ "phone": "13900139000", "reason": "" }),
    ] {
        let call = app.letter(Method::POST, "/people/erase").key("k3").json(&body).staff("supervisor", "jyj");
        let refused = call.send().await?;
        assert_eq!(refused.status, 422, "{body}: {}", refused.text());
    }
    assert!(!app.everything().await?.contains("13900139000"), "what is asked for is stored nowhere");
    Ok(())
}
