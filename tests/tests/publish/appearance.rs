//! The emergency banner and greyscale, of one site and of all.

use std::collections::BTreeSet;

use anyhow::Result;
use domain::StreamId;
use journeys::{
    app::{Call, TestApp},
    clock::far_off,
};
use serde_json::{Value, json};

use super::follower::Follower;

fn change<'a>(app: &'a TestApp, path: &str, version: u64, body: &Value) -> Call<'a> {
    app.put(path).key(&format!("look-{version}")).if_match(version).json(body)
}

fn storm() -> Value {
    json!({
        "level": "emergency", "text": "台风红色预警：请留在室内。",
        "link": { "name": "查看避险指引", "address": "https://www.chenghu.gov.cn/yjgl/" }
    })
}

#[tokio::test]
async fn a_banner_is_raised_and_lowered_and_what_is_left_out_ends() -> Result<()> {
    let app = TestApp::town().await?;
    let look = || app.get("/appearance").staff("editor", "jyj").send();
    assert_eq!(look().await?.json(), json!({ "version": 0 }), "nobody has to begin it");
    let body = json!({ "banner": storm(), "greyscale": { "reason": "全国哀悼日" } });
    let raised = change(&app, "/appearance", 0, &body).subject("registrar").send().await?;
    assert_eq!(raised.status, 200, "{}", raised.text());
    assert_eq!(raised.json()["commit"], "appearance:city:1");
    assert_eq!(raised.json()["links"]["self"], "/api/publish/appearance");
    let mut banner = storm();
    banner["since"] = json!("2026-11-23T01:00:00Z");
    let grey = json!({ "reason": "全国哀悼日", "since": "2026-11-23T01:00:00Z" });
    assert_eq!(look().await?.json(), json!({ "version": 1, "banner": banner, "greyscale": grey }));

    let same = change(&app, "/appearance", 1, &body).subject("registrar").send().await?;
    assert_eq!(same.told(), (409, "unchanged".to_owned()));
    let stale = change(&app, "/appearance", 0, &json!({})).key("other").subject("registrar").send().await?;
    assert_eq!(stale.told(), (412, "stale".to_owned()));
    assert!(stale.text().contains("挂出"), "it tells what happened since: {}", stale.text());
    let lowered = change(&app, "/appearance", 1, &json!({})).key("down").subject("registrar").send().await?;
    assert_eq!(lowered.status, 200, "{}", lowered.text());
    assert_eq!(look().await?.json(), json!({ "version": 2 }));
    let commit = app.get("/commits/appearance:city:2").staff("editor", "jyj").send().await?;
    assert_eq!(commit.json()["events"], json!(["BannerLowered", "GreyscaleEnded"]));
    assert_eq!(commit.json()["wide"], true);
    Ok(())
}

#[tokio::test]
async fn a_site_has_a_look_of_its_own_that_its_registrar_changes() -> Result<()> {
    let app = TestApp::town().await?;
    let body = json!({ "banner": { "level": "notice", "text": "今晚系统维护。" } });
    let path = "/sites/jyj/appearance";
    for (role, department) in [("editor", "jyj"), ("publisher", "jyj"), ("administrator", "jyj"), ("registrar", "czj")]
    {
        let answer = change(&app, path, 0, &body).staff(role, department).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{role} {department}");
    }
    let raised = change(&app, path, 0, &body).staff("registrar", "jyj").send().await?;
    assert_eq!(raised.status, 200, "{}", raised.text());
    assert_eq!(raised.json()["links"]["self"], "/api/publish/sites/jyj/appearance");
    let view = app.get(path).staff("editor", "czj").send().await?.json();
    assert_eq!((&view["site"], &view["banner"]["text"]), (&json!("jyj"), &json!("今晚系统维护。")));
    let all = change(&app, "/appearance", 0, &body).staff("registrar", "jyj").send().await?;
    assert_eq!(all.told(), (403, "forbidden".to_owned()), "one site is not all");
    let none = change(&app, "/sites/none/appearance", 0, &body).subject("registrar").send().await?;
    assert_eq!(none.told(), (404, "site-not-found".to_owned()));
    assert_eq!(app.get("/sites/none/appearance").subject("registrar").send().await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn what_everybody_will_read_is_looked_at_first_and_all_that_is_wrong_is_told_at_once() -> Result<()> {
    let app = TestApp::town().await?;
    let send = |body: Value| change(&app, "/appearance", 0, &body).subject("registrar").send();
    let wrong = json!({
        "banner": { "level": "emergency", "text": "", "link": { "name": "看", "address": "javascript:alert(1)" } },
        "greyscale": { "reason": "" }
    });
    let answer = send(wrong).await?;
    assert_eq!(answer.told(), (422, "invalid-field".to_owned()));
    let answer = answer.json();
    let pointers: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/banner/text", "/banner/link/address", "/greyscale/reason"]);
    let personal = json!({ "banner": { "level": "notice", "text": "联系 13812345678 张先生。" } });
    let answer = send(personal).await?;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["errors"][0]["pointer"], "/banner/text");
    assert!(!answer.text().contains("13812345678"), "what was found is masked");
    let loud = json!({ "banner": { "level": "loud", "text": "响" } });
    assert_eq!(send(loud).await?.told(), (422, "invalid-field".to_owned()));
    assert_eq!(send(json!({ "banners": [] })).await?.told(), (422, "unknown-field".to_owned()));
    assert_eq!(app.get("/appearance").subject("registrar").send().await?.json(), json!({ "version": 0 }));
    Ok(())
}

#[tokio::test]
async fn wide_changes_tell_what_waits_until_nothing_does() -> Result<()> {
    let app = TestApp::town().await?;
    let told = || app.get("/wide-changes").staff("editor", "jyj").send();
    assert_eq!(told().await?.json(), json!({ "waiting": [], "more": false, "parked": 0 }));
    assert_eq!(app.get("/wide-changes").subject("nobody").send().await?.status, 403);
    let follower = Follower::of(&app).await?;
    let body = json!({ "banner": storm() });
    assert_eq!(change(&app, "/appearance", 0, &body).subject("registrar").send().await?.status, 200);
    let moved = BTreeSet::from([StreamId::appearance(None)]);
    follower.projector.worker().batch(&moved).await?;
    let homes = told().await?.json()["waiting"].clone();
    assert_eq!(homes, json!([{ "pages": "homes", "lane": "at-once", "done": 0 }]));
    follower.projector.worker().sweep_at_once(far_off()).await?;
    let waiting = told().await?.json()["waiting"].clone();
    let bulk: Vec<_> =
        waiting.as_array().unwrap().iter().map(|row| (&row["pages"], &row["site"], &row["lane"])).collect();
    assert!(bulk.contains(&(&json!("site"), &json!("jyj"), &json!("bulk"))), "{waiting}");
    follower.catch_up().await?;
    assert_eq!(told().await?.json(), json!({ "waiting": [], "more": false, "parked": 0 }));
    Ok(())
}
