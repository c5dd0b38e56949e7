//! Who takes applications for information at a department.

use http::{Method, StatusCode};
use serde_json::json;

use crate::{
    fake::{Desk, problem},
    world,
};

const AT: &str = "/api/desk/departments/sswj/disclosure";

async fn on_duty() -> Desk {
    let desk = Desk::signed_in().await;
    desk.api.answer("GET /staff/me", 200, world::on_duty());
    desk
}

#[tokio::test]
async fn who_takes_applications_is_asked_for_without_the_rest_of_the_profile() {
    let mut desk = on_duty().await;
    let shown = desk.get(AT).await;
    assert!(shown.html.contains("value=\"0598-8213039\""), "{}", shown.html);
    let fields = [("office_name", "政务公开科"), ("office_address", "澄江路27号\r\n205 室"), ("mailbox", " ")];
    let done = desk.fill(AT, &shown, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let commands = desk.api.commands();
    assert_eq!((commands.len(), commands[0].method.clone(), commands[0].header("if-match")), (1, Method::PUT, "\"3\""));
    assert!(commands[0].path.ends_with("/departments/sswj/disclosure-office"), "{}", commands[0].path);
    let office = json!({
        "name": "政务公开科", "address": "澄江路27号\n205 室", "office_hours": "", "telephone": "", "fax": "", "mailbox": "",
    });
    assert_eq!(commands[0].json(), json!({ "office": office }));
}

#[tokio::test]
async fn an_empty_form_names_nobody() {
    let mut desk = on_duty().await;
    let shown = desk.get(AT).await;
    desk.fill(AT, &shown, &[("office_name", " ")]).await;
    assert_eq!(desk.api.commands()[0].json(), json!({ "office": null }));
}

#[tokio::test]
async fn who_comes_too_late_is_shown_what_a_colleague_registered() {
    let mut desk = on_duty().await;
    let shown = desk.get(AT).await;
    let mut now = world::department();
    now["version"] = json!(4);
    now["profile"]["disclosure"]["fax"] = json!("0598-8213040");
    now["profile"]["disclosure"]["mailbox"] = json!("");
    desk.api.answer("GET /departments/sswj", 200, now);
    let stale = problem("stale", "版本已更新", "自版本 3 以来有改动。", json!([]));
    desk.api.answer("PUT /departments/sswj/disclosure-office", 412, stale);
    let typed = [
        ("office_name", "政务公开科"),
        ("office_address", "澄江路27号 203 室"),
        ("fax", "0598-8213039"),
        ("mailbox", "gk@sswj.example"),
    ];
    let again = desk.fill(AT, &shown, &typed).await;
    assert_eq!((again.status, again.hidden("version")), (StatusCode::PRECONDITION_FAILED, "4".to_owned()));
    for (field, said) in [
        ("office_name", "现在登记的是“办公室”。"),
        ("fax", "现在登记的是“0598-8213040”。"),
        ("mailbox", "现在没有登记。"),
    ] {
        let beside = format!("id=\"{field}-error\"><span class=\"unseen\">错误：</span>{said}");
        assert!(again.html.contains(&beside), "{field}: {}", again.html);
    }
    assert!(!again.html.contains("id=\"office_address-error\""), "what is the same is not told");
    assert!(again.html.contains("value=\"0598-8213039\""), "nothing typed is lost");
}

#[tokio::test]
async fn only_departments_that_somebody_may_change_are_offered_and_the_rest_is_shown() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/departments").await;
    assert!(!shown.html.contains("/disclosure\""), "{}", shown.html);
    let shown = desk.get(AT).await;
    assert!(shown.html.contains("只能查看") && !shown.html.contains("name=\"office_name\""), "{}", shown.html);
    assert!(!desk.get("/api/desk/").await.html.contains("/api/desk/departments"), "linked for who may");
    let mut role = world::on_duty();
    role["may"][0]["department"] = json!("sswj");
    desk.api.answer("GET /staff/me", 200, role);
    let shown = desk.get("/api/desk/departments").await;
    assert_eq!(shown.html.matches("/disclosure\"").count(), 1, "{}", shown.html);
    assert!(desk.get("/api/desk/").await.html.contains("href=\"/api/desk/departments\""));
}
