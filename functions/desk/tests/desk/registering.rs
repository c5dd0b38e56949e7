//! What came on paper is registered at the desk, without script: what decides first, then all that is asked because of it, then the slip.

use http::StatusCode;
use serde_json::json;

use crate::{
    cases,
    fake::{Desk, Shown, problem},
    requests::{self, CODE},
};

/// Where.
pub(crate) const NEW: &str = "/api/desk/requests/new";
/// With what decides.
pub(crate) const DECIDED: &str =
    "/api/desk/requests/new?q-applicant=citizen&q-document=identity-card&q-way=online&next=1";

/// What stands on paper.
pub(crate) const FILLED: [(&str, &str); 11] = [
    ("form_version", "2"),
    ("q-applicant", "citizen"),
    ("q-document", "identity-card"),
    ("q-way", "online"),
    ("arrival", "post"),
    ("received_on", "2026-11-27"),
    ("site", "www"),
    ("q-name", "陈先生"),
    ("q-card-number", "11010519491231002X"),
    ("q-description", "滨湖路管网改造的合同\n2025年度"),
    ("q-phone", "13900000000"),
];

async fn desk() -> Desk {
    let desk = Desk::signed_in().await;
    desk.api.answer("GET /staff/me", 200, cases::handles());
    desk
}

async fn filled(desk: &mut Desk, fields: &[(&str, &str)]) -> Shown {
    let shown = desk.get(DECIDED).await;
    desk.fill(NEW, &shown, fields).await
}

#[tokio::test]
async fn who_handles_cases_is_led_there_and_an_auditor_is_not() {
    let link = format!("href=\"{NEW}\"");
    assert!(desk().await.get("/api/desk/cases").await.html.contains(&link));
    let mut auditor = Desk::signed_in().await;
    auditor.api.answer("GET /staff/me", 200, cases::audits());
    assert!(!auditor.get("/api/desk/cases").await.html.contains(&link));
}

#[tokio::test]
async fn what_decides_is_chosen_first_and_what_lacks_is_told() {
    let mut desk = desk().await;
    let first = desk.get(NEW).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.html.contains("“申请人是”选公民的填写。"), "{}", first.html);
    for asked in ["q-applicant", "q-document", "q-way"] {
        assert!(first.html.contains(&format!("id=\"{asked}\"")), "{asked}");
    }
    assert!(!first.html.contains("q-name") && !first.html.contains("name=\"arrival\""), "{}", first.html);
    let lacking = desk.get(&format!("{NEW}?q-applicant=citizen&q-way=online&next=1")).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.html.contains("href=\"#q-document\"") && !lacking.html.contains("href=\"#q-way\""));
    let organisation = desk.get(&format!("{NEW}?q-applicant=organisation&q-way=post&next=1")).await;
    for (asked, is_asked) in [("q-organisation", true), ("q-address-for-delivery", true), ("q-card-number", false)] {
        assert_eq!(organisation.html.contains(&format!("id=\"{asked}\"")), is_asked, "{asked}");
    }
    let changed = desk.get(&format!("{DECIDED}&change=1")).await;
    assert!(changed.html.contains("<option value=\"citizen\" selected>"), "{}", changed.html);
}

#[tokio::test]
async fn it_is_sent_as_it_stands_on_paper_and_answered_with_a_slip_that_is_nowhere_else() {
    let mut desk = desk().await;
    let slip = filled(&mut desk, &[&FILLED[..], &[("q-number", " ")]].concat()).await;
    assert_eq!(slip.status, StatusCode::OK, "{}", slip.html);
    for told in [CODE, "YG-20261129-204416", "http://www.cheng.example/form/disclosure/status", "自次日起算"] {
        assert!(slip.html.contains(told), "{told}: {}", slip.html);
    }
    assert_eq!(slip.headers["cache-control"], "no-store");
    let command = desk.api.commands().remove(0);
    assert!(!command.header("idempotency-key").is_empty());
    let answers = json!({
        "applicant": "citizen", "document": "identity-card", "way": "online", "name": "陈先生", "card-number": "11010519491231002X",
        "description": "滨湖路管网改造的合同\n2025年度", "phone": "13900000000",
    });
    let sent =
        json!({"site": "www", "channel": "post", "received_on": "2026-11-27", "form_version": 2, "answers": answers});
    assert_eq!(command.json(), sent);
    assert!(!desk.get(&requests::page("")).await.html.contains(CODE));
}

#[tokio::test]
async fn number_and_code_are_shown_whatever_else_cannot_be_read() {
    let mut desk = desk().await;
    let shown = desk.get(DECIDED).await;
    let gone = problem("case-damaged", "案件密钥缺失或损坏", "x", json!([]));
    desk.api.answer(&format!("GET {}", requests::at("")), 500, gone);
    let slip = desk.fill(NEW, &shown, &FILLED).await;
    assert!(slip.html.contains(CODE) && slip.html.contains("YG-20261129-204416"), "{}", slip.html);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_all_that_was_typed_stays() {
    let mut desk = desk().await;
    let error =
        |pointer: &str, detail: &str| json!({"pointer": pointer, "code": "x", "detail": detail, "detail_en": "x"});
    let errors = json!([
        error("/answers/card-number", "居民身份证号码有误。"),
        error("/received_on", "应在 2026-05-29 至 2026-11-29 之间。")
    ]);
    let wrong = problem("invalid-field", "字段不合规", "以下字段不合规。", errors);
    desk.api.answer("POST /api/disclosure/requests", 422, wrong);
    let again = filled(&mut desk, &FILLED).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "href=\"#q-card-number\"",
        "href=\"#received_on\"",
        "居民身份证号码有误。",
        "value=\"11010519491231002X\"",
        "滨湖路管网改造的合同",
        "value=\"2026-11-27\"",
        "<option value=\"post\" selected>",
        "<option value=\"www\" selected>",
        "name=\"q-applicant\" value=\"citizen\"",
    ] {
        assert!(again.html.contains(told), "{told}: {}", again.html);
    }
    // What the form itself does not ask is missed here.
    let fields: Vec<_> = FILLED.into_iter().filter(|(name, _)| !["arrival", "site"].contains(name)).collect();
    let before = desk.api.commands().len();
    let lacking = desk.fill(NEW, &again, &fields).await;
    assert!(lacking.html.contains("href=\"#arrival\"") && lacking.html.contains("href=\"#site\""));
    assert!(lacking.html.contains("陈先生") && desk.api.commands().len() == before, "{}", lacking.html);
}

#[tokio::test]
async fn a_form_whose_fate_is_unknown_goes_again_under_its_key_and_one_that_was_refused_does_not() {
    let mut desk = desk().await;
    let shown = desk.get(DECIDED).await;
    let key = shown.hidden("key");
    desk.api.answer(
        "POST /api/disclosure/requests",
        503,
        problem("vault-unavailable", "暂时无法打开案件", "x", json!([])),
    );
    let again = desk.fill(NEW, &shown, &FILLED).await;
    assert_eq!((again.status, again.hidden("key")), (StatusCode::SERVICE_UNAVAILABLE, key.clone()));
    desk.api.answer("POST /api/disclosure/requests", 422, problem("day-outside", "日期不合适", "x", json!([])));
    assert_ne!(desk.fill(NEW, &again, &FILLED).await.hidden("key"), key);
}
