//! A reader says what he thinks of the answer: once, with his code, while its time lasts.

use anyhow::{Context, Result};
use http::Method;
use journeys::{
    app::{Answer, TestApp},
    cases::{Receipt, token_in},
};
use serde_json::json;

use super::town::{WROTE, act, answer, only_case, reported, status, town, version};

/// What he writes: found nowhere but under the key of his case.
const SAYS: &str = "等了三天才改，谢谢甲乙丙。";

async fn answered(app: &TestApp) -> Result<(Receipt, String)> {
    let receipt = reported(app).await?;
    let id = only_case(app, "jyj").await?;
    let answered = answer(app, &id, 1).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    Ok((receipt, id))
}

/// The token of the form that a page of the case offers.
fn offered(page: &str) -> Result<String> {
    let form = page.split("<form ").find(|form| form.contains("name=\"act\" value=\"rate\""));
    token_in(form.with_context(|| format!("no rating on the page: {page}"))?)
}

async fn rates(app: &TestApp, token: &str, receipt: &Receipt, said: &[(&str, &str)]) -> Result<Answer> {
    let own = [("_token", token), ("act", "rate"), ("number", &*receipt.number), ("rate-code", &*receipt.code)];
    app.form(Method::POST, "jyj", "/form/letter/act").fields(&[&own[..], said].concat()).send().await
}

#[tokio::test]
async fn a_reader_rates_his_answer_once_and_its_handler_sees_what_he_says() -> Result<()> {
    let app = town().await?;
    let (receipt, id) = answered(&app).await?;
    let page = status(&app, &receipt.number, &receipt.code).await?.text();
    let token = offered(&page)?;
    let nothing = rates(&app, &token, &receipt, &[]).await?;
    assert!(nothing.status == 422 && nothing.text().contains("data-code=\"missing\""), "{}", nothing.text());
    let made_up = rates(&app, &token, &receipt, &[("rate-satisfaction", "delighted")]).await?;
    assert!(made_up.status == 422 && made_up.text().contains("data-code=\"not-a-choice\""), "{}", made_up.text());

    let said =
        [("rate-satisfaction", "basically"), ("rate-reasons", "slow"), ("rate-reasons", "other"), ("rate-text", SAYS)];
    for _ in 0..2 {
        let done = rates(&app, &token, &receipt, &said).await?;
        assert_eq!(done.status, 200, "{}", done.text());
        for told in ["已收到您的评价", "您的评价：基本满意", "办理时间长、其他"] {
            assert!(done.text().contains(told), "{told}: {}", done.text());
        }
        assert!(offered(&done.text()).is_err() && !done.text().contains(SAYS), "{}", done.text());
    }
    let other = rates(&app, &token, &receipt, &[("rate-satisfaction", "satisfied")]).await?;
    assert_eq!(other.status, 409, "{}", other.text());

    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    let rating = view.field("rating");
    assert_eq!(
        (&rating["satisfaction"], &rating["reasons"], &rating["written"]),
        (&json!("basically"), &json!(["slow", "other"]), &json!(true))
    );
    assert!(!view.text().contains(SAYS) && !app.everything().await?.contains(SAYS));
    let opened = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
    let opened = opened.json(&json!({ "reason": "看评价" })).send().await?;
    assert!(opened.text().contains(SAYS) && opened.text().contains(WROTE), "{}", opened.text());
    Ok(())
}

#[tokio::test]
async fn nothing_is_rated_before_it_is_answered_after_its_time_or_by_whoever_has_no_code() -> Result<()> {
    let app = town().await?;
    let fresh = reported(&app).await?;
    assert!(offered(&status(&app, &fresh.number, &fresh.code).await?.text()).is_err(), "there is no answer");
    let id = only_case(&app, "jyj").await?;
    assert_eq!(answer(&app, &id, 1).staff("handler", "jyj").send().await?.status, 200);
    let token = offered(&status(&app, &fresh.number, &fresh.code).await?.text())?;
    let wrong = Receipt { code: "AAAA-AAAA-AAAA-AAAA".to_owned(), ..fresh.clone() };
    let satisfied = [("rate-satisfaction", "satisfied")];
    assert_eq!(rates(&app, &token, &wrong, &satisfied).await?.status, 422);
    assert_eq!(version(&app, &id).await?, 2, "nothing was said");

    // Answered on 23 November, it may be rated until 23 December.
    app.clock.set("2026-12-23T15:59:00Z".parse()?);
    let page = status(&app, &fresh.number, &fresh.code).await?.text();
    let last = offered(&page)?;
    app.clock.set("2026-12-23T16:00:00Z".parse()?);
    assert!(offered(&status(&app, &fresh.number, &fresh.code).await?.text()).is_err(), "its time is over");
    let late = rates(&app, &last, &fresh, &satisfied).await?;
    assert!(late.status == 409 && late.text().contains("data-code=\"not-rateable\""), "{}", late.text());
    Ok(())
}

#[tokio::test]
async fn what_was_said_of_an_answer_goes_with_the_case_and_another_answer_is_rated_anew() -> Result<()> {
    let app = town().await?;
    let (receipt, id) = answered(&app).await?;
    let page = status(&app, &receipt.number, &receipt.code).await?.text();
    let said = [("rate-satisfaction", "dissatisfied"), ("rate-text", SAYS)];
    assert_eq!(rates(&app, &offered(&page)?, &receipt, &said).await?.status, 200);
    let withdrawn = act(&app, &id, "withdraw-answer", 3, &json!({ "reason": "有误" }));
    assert_eq!(withdrawn.staff("supervisor", "jyj").send().await?.status, 200);
    app.clock.pass(std::time::Duration::from_secs(60));
    assert_eq!(answer(&app, &id, 4).staff("handler", "jyj").send().await?.status, 200);
    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.field("rating")["earlier"], true, "it is said of the answer that was withdrawn");
    let page = status(&app, &receipt.number, &receipt.code).await?.text();
    let token = offered(&page)?;
    assert_eq!(rates(&app, &token, &receipt, &[("rate-satisfaction", "satisfied")]).await?.status, 200);
    let erased = act(&app, &id, "erase", 6, &json!({ "reason": "本人要求" })).staff("supervisor", "jyj").send().await?;
    assert_eq!(erased.status, 200, "{}", erased.text());
    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    assert_eq!(view.field("rating")["satisfaction"], "satisfied", "what was chosen stays");
    assert_eq!(view.field("rating")["earlier"], false);
    Ok(())
}

/// Given a page that shows one answer, when that is withdrawn and another one stands, then neither its form nor the one that replaces it after a day rates what its reader has not seen.
#[tokio::test]
async fn an_old_page_rates_no_answer_that_it_does_not_show() -> Result<()> {
    let app = town().await?;
    let (receipt, id) = answered(&app).await?;
    let old = offered(&status(&app, &receipt.number, &receipt.code).await?.text())?;
    let withdrawn = act(&app, &id, "withdraw-answer", 2, &json!({ "reason": "有误" }));
    assert_eq!(withdrawn.staff("supervisor", "jyj").send().await?.status, 200);
    assert_eq!(answer(&app, &id, 3).staff("handler", "jyj").send().await?.status, 200);

    let satisfied = [("rate-satisfaction", "satisfied")];
    let unseen = rates(&app, &old, &receipt, &satisfied).await?;
    assert!(unseen.status == 409 && unseen.text().contains("data-code=\"not-rateable\""), "{}", unseen.text());
    app.clock.pass(std::time::Duration::from_secs(24 * 60 * 60));
    let renewed = rates(&app, &old, &receipt, &satisfied).await?;
    assert!(renewed.status == 409 && renewed.text().contains("打开已超过 24 小时"), "{}", renewed.text());
    let unseen = rates(&app, &offered(&renewed.text())?, &receipt, &satisfied).await?;
    assert!(unseen.status == 409 && unseen.text().contains("data-code=\"not-rateable\""), "{}", unseen.text());
    assert_eq!(version(&app, &id).await?, 4, "nothing was said");

    let seen = offered(&status(&app, &receipt.number, &receipt.code).await?.text())?;
    assert_eq!(rates(&app, &seen, &receipt, &satisfied).await?.status, 200);

    // Sent again when the time of its form is over, it is told as done.
    app.clock.pass(std::time::Duration::from_secs(24 * 60 * 60));
    let again = rates(&app, &seen, &receipt, &satisfied).await?;
    assert!(again.status == 200 && again.text().contains("已收到您的评价"), "{}", again.text());
    assert_eq!(version(&app, &id).await?, 5, "once");
    Ok(())
}
