//! A role that is gone is gone with the next command; what was accepted before keeps its answer.

use anyhow::Result;
use domain::{StaffId, staff::Role};
use http::Method;
use journeys::{
    app::{TestApp, draft},
    tokens::ADMINISTRATOR,
};
use serde_json::{Value, json};

use super::staff::{about, person, role};

#[tokio::test]
async fn a_revoked_role_refuses_the_next_command_and_a_resend_gets_the_first_answer() -> Result<()> {
    let app = TestApp::town().await?;
    let send = |key: &str, title: &str| {
        app.post("/documents").staff("editor", "jyj").key(key).json(&draft("jyj.tzgg", title, "<p>正</p>"))
    };
    let first = send("one", "甲").send().await?;
    assert_eq!(first.status, 201, "{}", first.text());
    let revoked = about(&app, ADMINISTRATOR, "editor.jyj", "revoke", 1, &role("editor", "jyj")).send().await?;
    assert_eq!(revoked.status, 200, "{}", revoked.text());

    let before = app.written().await?;
    assert_eq!(send("two", "乙").send().await?.told(), (403, "forbidden".to_owned()));
    assert_eq!(send("one", "甲").send().await?, first);
    assert_eq!(send("one", "丙").send().await?.told(), (422, "key-reused".to_owned()));
    assert_eq!(app.written().await?, before);

    let granted = about(&app, ADMINISTRATOR, "editor.jyj", "grant", 2, &role("editor", "jyj")).send().await?;
    assert_eq!(granted.status, 200, "{}", granted.text());
    assert_eq!(send("two", "乙").send().await?.status, 201);
    Ok(())
}

/// Reads too, and every kind of command, whatever else is wrong with it.
#[tokio::test]
async fn a_disabled_person_is_refused_everything_and_a_resend_gets_the_first_answer() -> Result<()> {
    let app = TestApp::town().await?;
    let every: Vec<_> = Role::ALL.iter().map(|role| (*role, "", "")).collect();
    app.enrol("deputy", &every).await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    let drafting = || app.post("/documents").subject("deputy").key("d");
    let mine = drafting().json(&draft("jyj.tzgg", "标题", "<p>正</p>"));
    // Without a department an editor of the whole city is asked whose document it is.
    assert_eq!(mine.send().await?.told().1, "invalid-field");
    let mut body = draft("jyj.tzgg", "标题", "<p>正</p>");
    body["department"] = json!("jyj");
    let first = drafting().json(&body).send().await?;
    assert_eq!(first.status, 201, "{}", first.text());

    let reason = json!({ "reason": "账号疑似被盗用" });
    let disabled = about(&app, ADMINISTRATOR, "deputy", "disable", 1, &reason).send().await?;
    assert_eq!(disabled.status, 200, "{}", disabled.text());
    let before = app.written().await?;
    assert_eq!(drafting().json(&body).send().await?, first);

    let document = format!("/documents/{id}");
    let other = person("editor.jyj");
    let none = json!({});
    let commands = [
        ("POST", "/documents".to_owned(), body.clone()),
        ("PUT", format!("{document}/draft"), json!({ "content": body["content"] })),
        ("POST", format!("{document}/submit"), none.clone()),
        ("POST", format!("{document}/approve"), json!({ "revision": "ab".repeat(32) })),
        ("POST", format!("{document}/return"), json!({ "revision": "ab".repeat(32), "remark": "改" })),
        ("POST", format!("{document}/publish"), none.clone()),
        ("POST", format!("{document}/correct"), json!({ "note": "更正" })),
        ("POST", format!("{document}/move"), json!({ "column": "jyj.xw" })),
        ("POST", format!("{document}/withdraw"), none),
        (
            "PUT",
            "/departments/jyj".to_owned(),
            json!({ "profile": { "name": "局", "organisation_code": "014006438" } }),
        ),
        ("PUT", "/sites/jyj/state".to_owned(), json!({ "state": "archived", "reason": "归档" })),
        ("PUT", "/columns/jyj.xw".to_owned(), json!({ "profile": { "name": "新闻动态" } })),
        ("POST", "/staff".to_owned(), json!({ "subject": "friend", "roles": [{ "role": "editor" }], "reason": "无" })),
        ("POST", format!("{other}/grant"), role("auditor", "jyj")),
        ("POST", format!("{other}/revoke"), role("editor", "jyj")),
        ("POST", format!("{other}/disable"), reason.clone()),
        ("POST", format!("{}/enable", person("deputy")), reason.clone()),
        ("POST", "/staff/administrator".to_owned(), reason.clone()),
    ];
    for (method, path, body) in commands {
        for version in [1, 4, 9] {
            let call = app.call(method.parse::<Method>()?, &path).subject("deputy").if_match(version);
            let answer = call.key(&format!("after-{version}")).json(&body).send().await?;
            assert_eq!(answer.told(), (403, "staff-disabled".to_owned()), "{method} {path}: {}", answer.text());
        }
    }
    for path in [
        document,
        "/departments/jyj".to_owned(),
        "/sites/jyj".to_owned(),
        "/columns/jyj.xw".to_owned(),
        "/commits/site:jyj:1".to_owned(),
        "/staff/me".to_owned(),
        "/staff".to_owned(),
        person("deputy"),
    ] {
        let answer = app.get(&path).subject("deputy").send().await?;
        assert_eq!(answer.told(), (403, "staff-disabled".to_owned()), "{path}");
    }
    assert_eq!(app.written().await?, before);

    let enabled = about(&app, ADMINISTRATOR, "deputy", "enable", 2, &reason).send().await?;
    assert_eq!(enabled.status, 200, "{}", enabled.text());
    assert_eq!(app.get("/staff/me").subject("deputy").send().await?.status, 200);
    Ok(())
}

/// Both at once: whoever loses sees that his own stream has moved, and is refused.
#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_who_disable_each_other_do_not_both_succeed() -> Result<()> {
    let app = TestApp::town().await?;
    let every: Vec<_> = Role::ALL.iter().map(|role| (*role, "", "")).collect();
    for round in 0..6 {
        let names = [format!("left-{round}"), format!("right-{round}")];
        for name in &names {
            app.enrol(name, &every).await?;
        }
        let reason = json!({ "reason": "争执" });
        let [left, right] = &names;
        let (one, two) = tokio::join!(
            about(&app, left, right, "disable", 1, &reason).send(),
            about(&app, right, left, "disable", 1, &reason).send(),
        );
        let (one, two) = (one?, two?);
        let succeeded = [&one, &two].iter().filter(|answer| answer.status == 200).count();
        assert!(succeeded <= 1, "{} {}", one.text(), two.text());
        let mut able = 0;
        for name in &names {
            let (state, _, _) = app.ledger.read::<domain::staff::Staff>(&StaffId::of(&name.parse()?).stream()).await?;
            able += usize::from(state.disabled.is_none());
        }
        assert!(able >= 1, "nobody is left");
    }
    Ok(())
}

/// A command about roles is a transaction with the sender's own stream; any other stays one put.
#[tokio::test]
async fn what_a_command_about_roles_asks_of_the_store() -> Result<()> {
    let app = TestApp::town().await?;
    app.cloud.faults.reset_counters();
    let granted = about(&app, ADMINISTRATOR, "editor.jyj", "grant", 1, &role("auditor", "jyj")).send().await?;
    assert_eq!(granted.status, 200, "{}", granted.text());
    assert_eq!(app.cloud.faults.counters().requests(), [("Query", 2), ("TransactWriteItems", 1)]);
    // A token that has expired is not looked up: its owner can only be told what he was told before.
    let mut claims = journeys::tokens::claims("editor.jyj");
    claims["exp"] = Value::from(1_700_000_000);
    app.cloud.faults.reset_counters();
    let body = draft("jyj.tzgg", "标题", "<p>正</p>");
    let call = app.post("/documents").bearer(journeys::tokens::sign(&claims)?).key("x").json(&body);
    assert_eq!(call.send().await?.told().1, "token-expired");
    assert_eq!(app.cloud.faults.counters().requests(), [("Query", 1)]);
    Ok(())
}
