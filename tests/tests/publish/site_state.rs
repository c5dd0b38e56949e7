//! Sites that are put right, stop for good, and return.

use anyhow::Result;
use journeys::app::{Call, TestApp, draft};
use serde_json::{Value, json};

fn state<'a>(app: &'a TestApp, version: u64, body: &Value) -> Call<'a> {
    let call = app.put("/sites/jyj/state").staff("registrar", "jyj").if_match(version);
    call.key(&format!("state-{version}")).json(body)
}

fn rectifying(until: &str) -> Value {
    json!({ "state": "rectifying", "until": until, "reason": "按检查通报要求整改" })
}

/// The test's clock stands at 2026-11-23: sixty days lead to 2027-01-22.
#[tokio::test]
async fn a_rectification_lasts_sixty_days_once_a_year_and_the_refusal_names_the_rule() -> Result<()> {
    let app = TestApp::town().await?;
    for until in ["2027-01-23", "2026-11-23", "2026-01-01"] {
        let answer = state(&app, 1, &rectifying(until)).send().await?;
        assert_eq!(answer.told(), (422, "rectification-span".to_owned()), "{until}");
        for detail in ["detail", "detail_en"] {
            let told = answer.json()[detail].as_str().unwrap().to_owned();
            assert!(told.contains("G12") && told.contains("60") && told.contains("2027-01-22"), "{told}");
        }
    }
    let begun = state(&app, 1, &rectifying("2027-01-22")).send().await?;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let view = app.get("/sites/jyj").staff("editor", "czj").send().await?.json();
    assert_eq!(
        view["state"],
        json!({ "state": "rectifying", "since": "2026-11-23T01:00:00Z", "until": "2027-01-22", "reason": "按检查通报要求整改" })
    );
    let twice = state(&app, 2, &rectifying("2027-01-20")).send().await?;
    assert_eq!(twice.told(), (409, "site-rectifying".to_owned()));
    let live = json!({ "state": "live", "reason": "整改完成" });
    assert_eq!(state(&app, 2, &live).send().await?.status, 200);
    assert_eq!(state(&app, 3, &live).send().await?.told(), (409, "unchanged".to_owned()));
    let again = state(&app, 3, &rectifying("2026-12-31")).send().await?;
    assert_eq!(again.told(), (409, "rectified-this-year".to_owned()));
    assert!(again.json()["detail"].as_str().unwrap().contains("G12"), "{}", again.text());
    app.clock.set("2026-12-31T16:00:00Z".parse()?);
    assert_eq!(state(&app, 3, &rectifying("2027-02-28")).send().await?.status, 200, "another year in the city");
    Ok(())
}

#[tokio::test]
async fn nothing_new_appears_on_an_archived_site_and_what_is_there_can_still_go() -> Result<()> {
    let app = TestApp::town().await?;
    let public = app.published("jyj", "jyj.tzgg", "old").await?;
    let approved = app.approved("jyj", "jyj.tzgg", "待发").await?;
    let elsewhere = app.published("czj", "czj.tzgg", "moving").await?;
    let archived = state(&app, 1, &json!({ "state": "archived", "reason": "机构改革" })).send().await?;
    assert_eq!(archived.status, 200, "{}", archived.text());

    let publish = || {
        let call = app.post(&format!("/documents/{approved}/publish")).staff("publisher", "jyj").key("p").if_match(3);
        call.json(&json!({}))
    };
    assert_eq!(publish().send().await?.told(), (409, "site-archived".to_owned()));
    app.enrol("mover", &[(domain::staff::Role::Publisher, "", "")]).await?;
    let call = app.post(&format!("/documents/{elsewhere}/move")).subject("mover").key("m").if_match(4);
    let moved = call.json(&json!({ "column": "jyj.xw" })).send().await?;
    assert_eq!(moved.told(), (409, "site-archived".to_owned()));
    let column = json!({ "column": "jyj.new", "department": "jyj", "kind": "news", "profile": { "name": "新" } });
    let opened = app.post("/columns").staff("registrar", "jyj").key("c").json(&column).send().await?;
    assert_eq!(opened.told(), (409, "site-archived".to_owned()));
    assert_eq!(state(&app, 2, &rectifying("2026-12-31")).send().await?.told(), (409, "site-archived".to_owned()));

    let call = app.post(&format!("/documents/{public}/withdraw")).staff("publisher", "jyj").key("w").if_match(4);
    assert_eq!(call.json(&json!({ "reason": "有误" })).send().await?.status, 200);
    assert_eq!(state(&app, 2, &json!({ "state": "live", "reason": "恢复" })).send().await?.status, 200);
    let published = publish().send().await?;
    assert_eq!(published.status, 200, "{}", published.text());
    Ok(())
}

#[tokio::test]
async fn only_a_registrar_of_the_site_changes_its_state_and_only_sensibly() -> Result<()> {
    let app = TestApp::town().await?;
    let archive = json!({ "state": "archived", "reason": "归档" });
    for (role, department) in [("editor", "jyj"), ("administrator", "jyj"), ("registrar", "czj")] {
        let answer = state(&app, 1, &archive).staff(role, department).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{role} {department}");
    }
    for (body, pointer) in [
        (json!({ "state": "rectifying", "reason": "整改" }), "/until"),
        (json!({ "state": "archived", "reason": "归档", "until": "2026-12-31" }), "/until"),
        (json!({ "state": "rectifying", "reason": "整改", "until": "soon" }), "/until"),
        (json!({ "state": "gone", "reason": "无" }), "/state"),
        (json!({ "state": "archived", "reason": "" }), "/reason"),
    ] {
        let answer = state(&app, 1, &body).send().await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{body}");
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{body}");
    }
    let none = app.put("/sites/none/state").subject("registrar").key("s").if_match(1).json(&archive).send().await?;
    assert_eq!(none.told(), (404, "site-not-found".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_site_and_a_column_keep_what_the_register_has_to_say_of_them() -> Result<()> {
    let app = TestApp::town().await?;
    let mut profile = json!({ "name": "澄湖市教育局", "identification_code": "3299010001", "domain": "jyj.chenghu.gov.cn",
        "languages": ["zh-Hans", "en"], "theme": "pine", "sponsor": "澄湖市教育局", "contact": "0599-1234567",
        "icp": "澄ICP备00000001号", "police": "" });
    let change = |version: u64, profile: &Value| {
        let call = app.put("/sites/jyj").staff("registrar", "jyj").key(&format!("site-{version}")).if_match(version);
        call.json(&json!({ "profile": profile }))
    };
    assert_eq!(change(1, &profile).send().await?.status, 200);
    assert_eq!(app.get("/sites/jyj").staff("editor", "jyj").send().await?.json()["profile"], profile);
    for (field, value) in [("domain", json!("jyj.com")), ("languages", json!(["en"])), ("languages", json!([]))] {
        profile[field] = value;
        let answer = change(2, &profile).send().await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{field}");
    }
    let review = json!({ "levels": [{}, { "department": "czj" }], "publisher": {} });
    let mut column = json!({ "name": "通知公告", "description": "", "position": 0, "prominence": "plain",
        "update_duty": { "every": 6, "unit": "month" }, "review": review });
    let change = |version: u64, profile: &Value| {
        let call = app.put("/columns/jyj.tzgg").staff("registrar", "jyj");
        call.key(&format!("column-{version}")).if_match(version).json(&json!({ "profile": profile }))
    };
    assert_eq!(change(1, &column).send().await?.status, 200);
    assert_eq!(app.get("/columns/jyj.tzgg").staff("editor", "jyj").send().await?.json()["profile"], column);
    column["review"]["levels"][1]["department"] = json!("none");
    assert_eq!(change(2, &column).send().await?.told(), (422, "department-unknown".to_owned()));
    column["review"]["levels"] = json!([]);
    assert_eq!(change(2, &column).send().await?.told(), (422, "invalid-field".to_owned()));
    let body = draft("jyj.tzgg", "标题", "<p>正</p>");
    assert_eq!(app.post("/documents").staff("editor", "jyj").key("d").json(&body).send().await?.status, 201);
    Ok(())
}
