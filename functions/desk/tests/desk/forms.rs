//! Forms: what they send, what they keep, and what they refuse.

use axum::{body::Body, extract::Request};
use http::StatusCode;
use serde_json::json;

use crate::{
    fake::{Desk, problem},
    world::{self, ID, OTHER, revision},
};

fn at(rest: &str) -> String {
    format!("/api/desk/documents/{ID}{rest}")
}

#[tokio::test]
async fn an_act_carries_its_key_its_version_and_what_was_filled_in() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/return")).await;
    let answer =
        desk.fill(&at("/act/return"), &shown, &[("revision", &revision('b')), ("remark", " 请补充\r\n电话 ")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with(&format!("/api/desk/documents/{ID}?said=")));
    let commands = desk.api.commands();
    let command = commands.first().unwrap();
    assert_eq!(command.path, format!("/documents/{ID}/return"));
    assert_eq!(command.header("idempotency-key"), shown.hidden("key"));
    assert_eq!(command.header("if-match"), "\"7\"");
    assert_eq!(command.json(), json!({"revision": revision('b'), "remark": "请补充 电话"}));
    let location = answer.location().to_owned();
    assert!(desk.get(&location).await.html.contains("<div class=\"said\" role=\"status\"><p>已退回编辑。</p>"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_command() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/approve")).await;
    for _ in 0..2 {
        desk.fill(&at("/act/approve"), &shown, &[("revision", &revision('b'))]).await;
    }
    let keys: Vec<String> =
        desk.api.commands().iter().map(|command| command.header("idempotency-key").to_owned()).collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], desk.get(&at("/act/approve")).await.hidden("key"));
}

#[tokio::test]
async fn a_key_is_kept_where_nobody_knows_what_became_of_its_command() {
    for (code, status, is_kept) in [
        ("unavailable", 503, true),
        ("conflict", 409, true),
        ("earlier-try-open", 409, true),
        ("own-edit", 403, false),
        ("key-reused", 422, false),
    ] {
        let mut desk = Desk::signed_in().await;
        let shown = desk.get(&at("/act/approve")).await;
        desk.api.answer(&format!("POST /documents/{ID}/approve"), status, problem(code, "x", "x", json!([])));
        let again = desk.fill(&at("/act/approve"), &shown, &[("revision", &revision('b'))]).await;
        assert_eq!(again.status.as_u16(), status);
        assert_eq!(again.hidden("key") == shown.hidden("key"), is_kept, "{code}");
    }
}

#[tokio::test]
async fn who_was_overtaken_can_send_what_he_typed_on_the_newer_version() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/edit")).await;
    let mut stale = problem("stale", "版本已更新", "自版本 7 以来：lisi 修改了草稿。", json!([]));
    stale["version"] = json!(9);
    desk.api.answer(&format!("PUT /documents/{ID}/draft"), 412, stale);
    let typed = [("title", "我的标题"), ("markup", "markup"), ("body", "我的正文")];
    let again = desk.fill(&at("/edit"), &shown, &typed).await;
    assert_eq!(again.status, StatusCode::PRECONDITION_FAILED);
    assert!(again.html.contains("value=\"我的标题\"") && again.html.contains(">\n我的正文</textarea>"));
    assert_eq!((again.hidden("version"), again.hidden("key") == shown.hidden("key")), ("7".to_owned(), false));
    desk.api.answer(&format!("PUT /documents/{ID}/draft"), 200, world::receipt());
    let done = desk
        .fill(&at("/edit"), &again, &[("over", "9"), ("title", "我的标题"), ("markup", "markup"), ("body", "我的正文")])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.api.commands().last().unwrap().header("if-match"), "\"9\"");
}

#[tokio::test]
async fn what_is_opened_and_saved_is_what_it_was() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/edit")).await;
    let (_, rest) = shown.html.split_once("name=\"body\"").unwrap();
    let (_, body) = rest.split_once(">\n").unwrap();
    let body = body.split("</textarea>").next().unwrap();
    let body = body.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    assert!(body.contains("## 一、时间\n\n") && body.contains("- 滨湖路\n  - 1—99 号\n- 湖心巷"), "{body}");
    assert!(body.contains("![停水范围示意图](/_files/") && body.contains("\\*\\*不是加粗\\*\\*"), "{body}");
    let body = body.replace('\n', "\r\n");
    desk.fill(&at("/edit"), &shown, &[("title", "停水"), ("markup", "markup"), ("body", &body), ("then", "preview")])
        .await;
    let commands = desk.api.commands();
    let sent = commands.first().unwrap().json();
    let stored = world::document("submitted")["draft"]["content"]["body_html"].clone();
    assert_eq!(sent["content"]["body_html"], stored);
}

#[tokio::test]
async fn what_did_not_change_is_told_and_can_be_looked_at() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/edit")).await;
    desk.api.answer(&format!("PUT /documents/{ID}/draft"), 409, problem("unchanged", "内容没有变化", "x", json!([])));
    let answer = desk.fill(&at("/edit"), &shown, &[("title", "停水"), ("then", "preview")]).await;
    assert!(answer.location().starts_with(&at("/preview?said=")), "{}", answer.location());
}

#[tokio::test]
async fn a_new_document_is_drafted_where_it_was_meant_to_stand() {
    let mut desk = Desk::signed_in().await;
    let path = "/api/desk/documents/new";
    let shown = desk.get(path).await;
    assert!(shown.html.contains("<option value=\"www.zwgk.tzgg\">政务公开 › 通知公告</option>"));
    let fields = [
        ("column", "www.zwgk.tzgg"),
        ("department", ""),
        ("title", "停水"),
        ("markup", "markup"),
        ("body", "停水。"),
        ("kind", "article"),
    ];
    let answer = desk.fill(path, &shown, &fields).await;
    assert!(answer.location().starts_with(&at("?said=")), "{}", answer.location());
    let commands = desk.api.commands();
    let (command, sent) = (commands.first().unwrap(), commands.first().unwrap().json());
    assert_eq!((command.path.as_str(), command.header("if-match")), ("/documents", ""));
    assert_eq!((&sent["column"], &sent["content"]["body_html"]), (&json!("www.zwgk.tzgg"), &json!("<p>停水。</p>")));
    assert!(sent.get("department").is_none());
}

#[tokio::test]
async fn a_file_is_taken_in_and_stands_behind_the_others() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/attach")).await;
    let token = shown.hidden("token");
    let field = format!("--x\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"报名表.pdf\"\r\ncontent-type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n";
    let form = field + file;
    let request =
        Request::post(at("/files")).header("content-type", "multipart/form-data; boundary=x").body(Body::from(form));
    let answer = desk.send(request.unwrap()).await;
    let named = at(&format!("/attach?file={}&title=%E6%8A%A5%E5%90%8D%E8%A1%A8", revision('e')));
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, &*named), "{}", answer.html);
    let shown = desk.get(&named).await;
    let file = revision('e');
    let fields = [("file", &*file), ("title", "报名表")];
    let answer = desk.fill(&at("/attach"), &shown, &fields).await;
    assert!(answer.location().starts_with(&at("/edit?said=")) && answer.location().ends_with("#attachments"));
    let commands = desk.api.commands();
    assert_eq!(commands[0].path, "/files?name=%E6%8A%A5%E5%90%8D%E8%A1%A8.pdf");
    assert_eq!((commands[0].header("content-type"), &*commands[0].body), ("application/octet-stream", &b"%PDF"[..]));
    let sent = commands[1].json();
    assert_eq!(sent["content"]["attachments"][2], json!({"file": revision('e'), "title": "报名表"}));
    assert_eq!(sent["content"]["attachments"].as_array().unwrap().len(), 3);
    assert_eq!(
        (commands[1].header("if-match"), commands[1].header("idempotency-key")),
        ("\"7\"", &*shown.hidden("key"))
    );
}

#[tokio::test]
async fn whoever_answers_for_a_finding_says_so_with_a_reason() {
    let mut desk = Desk::signed_in().await;
    desk.api.answer(&format!("GET /documents/{ID}"), 200, world::fresh("editing"));
    desk.api.answer(&format!("GET /documents/{ID}/checks"), 200, world::checks(false));
    let shown = desk.get(&at("/act/submit")).await;
    let fields = [("finding", "dead-link@body.7"), ("override_reason", "热线页面正在改版")];
    desk.fill(&at("/act/submit"), &shown, &fields).await;
    let sent = desk.api.commands().first().unwrap().json();
    assert_eq!(sent, json!({"override": {"findings": ["dead-link@body.7"], "reason": "热线页面正在改版"}}));
}

#[tokio::test]
async fn each_act_sends_what_the_api_takes() {
    let cases = [
        (
            "publish-urgently",
            "editing",
            vec![("reason", "台风"), ("note", "更新电话")],
            json!({"reason": "台风", "note": "更新电话"}),
        ),
        ("correct", "approved", vec![("note", "更正时间")], json!({"note": "更正时间"})),
        ("withdraw", "approved", vec![("reason", "内容有误")], json!({"reason": "内容有误"})),
        (
            "set-expiry",
            "approved",
            vec![("at", "2027-01-01T00:00"), ("reason", "")],
            json!({"at": "2027-01-01T00:00:00+08:00", "reason": ""}),
        ),
        ("clear-expiry", "approved", vec![], json!({})),
        ("move", "approved", vec![("column", "www.xw"), ("slug", "")], json!({"column": "www.xw"})),
        (
            "schedule",
            "approved",
            vec![("at", "2026-12-01T09:00"), ("note", "更正时间"), ("revision", "r")],
            json!({"revision": "r", "at": "2026-12-01T09:00:00+08:00", "note": "更正时间"}),
        ),
    ];
    for (verb, stage, fields, wanted) in cases {
        let mut desk = Desk::signed_in().await;
        desk.api.answer(&format!("GET /documents/{ID}"), 200, world::document(stage));
        let path = at(&format!("/act/{verb}"));
        let shown = desk.get(&path).await;
        assert_eq!(shown.status, StatusCode::OK, "{verb}");
        assert_eq!(desk.fill(&path, &shown, &fields).await.status, StatusCode::SEE_OTHER, "{verb}");
        assert_eq!(desk.api.commands().first().unwrap().json(), wanted, "{verb}");
    }
}

#[tokio::test]
async fn a_form_of_another_person_or_address_is_refused() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/approve")).await;
    assert_eq!(desk.fill(&at("/act/withdraw"), &shown, &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);
    desk.sign_in("other").await;
    assert_eq!(desk.fill(&at("/act/approve"), &shown, &[("revision", "x")]).await.status, StatusCode::FORBIDDEN);
    assert!(desk.api.commands().is_empty());
}

#[tokio::test]
async fn what_was_typed_outlives_the_session_and_is_sent_once_somebody_has_signed_in_again() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/return")).await;
    desk.wait(3_600);
    let held =
        desk.fill(&at("/act/return"), &shown, &[("revision", &revision('b')), ("remark", "请补充\"联系\"电话")]).await;
    assert_eq!(held.status, StatusCode::UNAUTHORIZED);
    assert!(held.html.contains("name=\"remark\" value=\"请补充&quot;联系&quot;电话\""));
    let (token, key, revision) = (held.hidden("token"), held.hidden("key"), revision('b'));
    assert_eq!((&token, &key), (&shown.hidden("token"), &shown.hidden("key")));
    let fields = [
        ("token", token.as_str()),
        ("key", &key),
        ("version", "7"),
        ("revision", &revision),
        ("remark", "请补充\"联系\"电话"),
    ];
    assert_eq!(desk.post(&at("/act/return"), &fields).await.status, StatusCode::UNAUTHORIZED, "still nobody");
    desk.sign_in("other").await;
    assert_eq!(desk.post(&at("/act/return"), &fields).await.status, StatusCode::FORBIDDEN, "somebody else");
    desk.sign_in("good").await;
    assert_eq!(desk.post(&at("/act/approve"), &fields).await.status, StatusCode::FORBIDDEN, "another address");
    assert!(desk.api.commands().is_empty());
    assert_eq!(desk.post(&at("/act/return"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.api.commands().first().unwrap().header("idempotency-key"), key);
}

#[tokio::test]
async fn a_form_outlives_the_session_it_was_opened_in() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/act/return")).await;
    desk.wait(3_600);
    desk.sign_in("good").await;
    let fields = [("revision", &*revision('b')), ("remark", "请补充")];
    assert_eq!(desk.fill(&at("/act/return"), &shown, &fields).await.status, StatusCode::SEE_OTHER);
}

/// Where a form is, at which stage of the document, and what is filled in.
type Sent<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

#[tokio::test]
async fn the_same_form_is_the_same_command_whatever_became_of_the_document() {
    let document = format!("GET /documents/{ID}");
    let mut desk = Desk::signed_in().await;
    // Nothing is public yet; the second time the document is, and its text is another.
    let cases: [Sent<'_>; 3] = [
        ("/act/publish-urgently", "editing", &[("reason", "台风"), ("slug", "tktz")]),
        ("/act/publish", "approved", &[("slug", "tktz")]),
        (
            "/edit",
            "editing",
            &[("title", "停课"), ("body", "见[外站](https://x.example/)。"), ("kind", "article"), ("markup", "markup")],
        ),
    ];
    for (path, stage, filled) in cases {
        let mut before = world::fresh(stage);
        before["draft"]["content"]["body_html"] = json!("<p>原来。</p>");
        let seen = before["draft"]["revision"].as_str().unwrap().to_owned();
        let text = json!({"id": ID, "version": 7, "revision": seen, "number": 1, "commit": "x", "at": "2026-11-22T01:00:00Z", "actor": "zhangsan", "content": before["draft"]["content"]});
        desk.api.answer(&format!("GET /documents/{ID}/revisions/{seen}"), 200, text);
        desk.api.answer(&document, 200, before);
        let shown = desk.get(&at(path)).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        let sent = desk.api.commands().len();
        assert_eq!(desk.fill(&at(path), &shown, filled).await.status, StatusCode::SEE_OTHER, "{path}");
        let mut after = world::document("submitted");
        after["draft"]["revision"] = json!(revision('9'));
        after["draft"]["content"]["body_html"] =
            json!("<p>见<a href=\"https://x.example/\" rel=\"noopener\">外站</a>。</p>");
        desk.api.answer(&document, 200, after);
        assert_eq!(desk.fill(&at(path), &shown, filled).await.status, StatusCode::SEE_OTHER, "{path}");
        let commands = desk.api.commands();
        assert_eq!(commands[sent].json(), commands[sent + 1].json(), "{path}");
        assert_eq!(commands[sent].header("idempotency-key"), commands[sent + 1].header("idempotency-key"), "{path}");
    }
}

#[tokio::test]
async fn what_was_refused_as_a_whole_can_be_sent_again_by_one_button() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/").await;
    desk.api.answer(
        "POST /decisions",
        503,
        crate::fake::problem("unavailable", "暂时不可用", "请稍后再试。", json!([])),
    );
    let name = format!("revision-{ID}");
    let fields = [("pick", ID), ("decision", "approve"), (&*name, &*revision('b'))];
    let held = desk.fill("/api/desk/decisions", &shown, &fields).await;
    assert_eq!((held.status, held.hidden("key")), (StatusCode::SERVICE_UNAVAILABLE, shown.hidden("key")));
    assert!(held.html.contains(&format!("name=\"pick\" value=\"{ID}\"")));
}

#[tokio::test]
async fn a_refused_form_of_a_new_document_still_has_its_text_and_its_site() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/documents/new?site=www").await;
    desk.api.answer("POST /documents", 422, crate::fake::problem("invalid-field", "字段不合规", "栏目。", json!([])));
    let many: Vec<_> = (0..14)
        .map(|n| json!({"label": if n == 0 { "www".to_owned() } else { format!("s{n}") }, "name": "站", "url": "x"}))
        .collect();
    desk.api.answer("GET /sites", 200, json!({"sites": many}));
    let fields = [("site", "www"), ("column", ""), ("title", "停水"), ("body", "一整页。")];
    let again = desk.fill("/api/desk/documents/new", &shown, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html.contains("一整页。") && again.html.contains("www.zwgk.tzgg"));
}

#[tokio::test]
async fn many_decisions_name_the_revisions_that_were_shown() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/").await;
    desk.api.answer("POST /decisions", 200, json!({"accepted": 0, "refused": 0, "outcomes": []}));
    let name = format!("revision-{ID}");
    let fields = [("pick", ID), ("decision", "approve"), (&*name, &*revision('b'))];
    assert_eq!(desk.fill("/api/desk/decisions", &shown, &fields).await.status, StatusCode::OK);
    let sent = desk.api.commands().first().unwrap().json();
    assert_eq!(sent, json!({"decisions": [{"document": ID, "decision": "approve", "revision": revision('b')}]}));
    assert_eq!(
        desk.fill("/api/desk/decisions", &shown, &[("decision", "approve")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        desk.fill("/api/desk/decisions", &shown, &[("pick", ID), ("decision", "x")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn what_is_no_form_of_the_desk_gets_a_page_with_the_right_status() {
    let mut desk = Desk::signed_in().await;
    let token = desk.get(&at("/act/approve")).await.hidden("token");
    for fields in [
        vec![("token", token.as_str())],
        vec![("token", &token), ("key", "a b")],
        vec![("token", &token), ("key", "k"), ("version", "x")],
    ] {
        assert_eq!(desk.post(&at("/act/approve"), &fields).await.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    let json = Request::post(at("/act/approve")).header("content-type", "application/json").body(Body::from("{}"));
    assert_eq!(desk.send(json.unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let huge = Request::post(at("/attach"))
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(vec![0; 4_600_000]));
    assert_eq!(desk.send(huge.unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let put = Request::put(at("/edit")).body(Body::empty()).unwrap();
    assert_eq!(desk.send(put).await.status, StatusCode::METHOD_NOT_ALLOWED);
    for nowhere in ["/api/desk/documents/%FF", "/api/desk/style.0000.css", "/api/desk/x/y"] {
        assert_eq!(desk.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    assert!(desk.api.commands().is_empty());
}

#[tokio::test]
async fn a_document_is_opened_by_whatever_holds_its_id() {
    let mut desk = Desk::signed_in().await;
    let opened = desk.get(&format!("/api/desk/open?which=document%3A{OTHER}%20x")).await;
    assert_eq!(opened.location(), format!("/api/desk/documents/{OTHER}"));
    assert_eq!(
        desk.get(&format!("/api/desk/documents/{}/files/{}", world::ID, world::PICTURE)).await.location(),
        "https://s3.example/x?sign=1"
    );
}
