//! What is personal in a case ends: when its time is over, or when its citizen asks.

use anyhow::Result;
use http::Method;
use journeys::{app::TestApp, cases::Receipt};
use serde_json::json;

use super::{
    follower::Follower,
    town::{WROTE, act, answer, only_case, reported, status, town},
};

async fn answered(app: &TestApp) -> Result<(Receipt, String)> {
    let receipt = reported(app).await?;
    let id = only_case(app, "jyj").await?;
    let answered = answer(app, &id, 1).staff("handler", "jyj").send().await?;
    assert_eq!(answered.status, 200, "{}", answered.text());
    Ok((receipt, id))
}

#[tokio::test]
async fn a_year_after_its_end_nobody_can_open_it_and_its_history_stands() -> Result<()> {
    let app = town().await?;
    let (Receipt { number, code, .. }, id) = answered(&app).await?;
    app.clock.set("2027-11-23T15:00:00Z".parse()?);
    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?.woken, 0, "the last day is not over");
    app.clock.set("2027-11-23T16:00:00Z".parse()?);
    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?.woken, 1);
    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?.erased, 1);
    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?, casework::WakeReport::default(), "nothing is left to do");

    let open = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
    let open = open.json(&json!({ "reason": "复核" })).send().await?;
    assert_eq!(open.told(), (410, "case-erased".to_owned()));
    let page = status(&app, &number, &code).await?.text();
    assert!(page.contains("个人信息的密钥已销毁") && page.contains("日期已更正为11月25日。"), "{page}");
    assert_eq!(app.vault_rows(&format!("correction:{id}")).await?, 0, "no row of his is left");
    assert!(!app.everything().await?.contains(WROTE));
    Ok(())
}

#[tokio::test]
async fn whoever_asks_need_not_wait_but_his_case_must_be_closed() -> Result<()> {
    let app = town().await?;
    reported(&app).await?;
    let id = only_case(&app, "jyj").await?;
    let body = json!({ "reason": "本人要求" });
    let open = act(&app, &id, "erase", 1, &body).staff("supervisor", "jyj").send().await?;
    assert_eq!(open.told(), (409, "case-not-closed".to_owned()));
    assert_eq!(answer(&app, &id, 1).staff("handler", "jyj").send().await?.status, 200);
    let handler = act(&app, &id, "erase", 2, &body).staff("handler", "jyj").send().await?;
    assert_eq!(handler.told(), (403, "forbidden".to_owned()));
    let erased = act(&app, &id, "erase", 2, &body).staff("supervisor", "jyj").send().await?;
    assert_eq!(erased.status, 200, "{}", erased.text());
    Follower::of(&app).await?;
    assert_eq!(letter::keep_time(&app.letters).await?.erased, 1);
    assert_eq!(app.vault_rows(&format!("correction:{id}")).await?, 0);
    Ok(())
}

/// What was promised to be kept until yesterday nobody reads today, whether or not the clock came by.
#[tokio::test]
async fn the_end_of_what_is_kept_holds_with_the_clock_dead() -> Result<()> {
    let app = town().await?;
    let (_, id) = answered(&app).await?;
    let open = || app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
    app.clock.set("2027-11-23T15:59:00Z".parse()?);
    assert_eq!(open().json(&json!({ "reason": "复核" })).send().await?.status, 200);
    app.clock.set("2027-11-23T16:00:00Z".parse()?);
    assert_eq!(open().json(&json!({ "reason": "复核" })).send().await?.told(), (410, "case-erased".to_owned()));
    let noted = act(&app, &id, "notes", 2, &json!({ "text": "补记" })).staff("handler", "jyj").send().await?;
    assert_eq!(noted.told(), (410, "case-erased".to_owned()));
    Ok(())
}
