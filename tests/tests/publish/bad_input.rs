//! Bad input: each a problem with a stable code and a helpful sentence, and nothing written.

use std::collections::BTreeMap;

use anyhow::Result;
use domain::staff::Role;
use journeys::{
    app::{Answer, Call, TestApp, draft},
    tokens,
};
use serde_json::{Value, json};

/// Sends what must be refused, and sees that it is, and that nothing was written.
async fn refused(app: &TestApp, call: Call<'_>, status: u16, code: &str) -> Result<Answer> {
    let before: BTreeMap<_, _> = app.written().await?;
    let answer = call.send().await?;
    assert_eq!(answer.told(), (status, code.to_owned()), "{}", answer.text());
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["type"], format!("/api/publish/problems/{code}"));
    assert_eq!(problem["status"], status);
    for told in ["title", "title_en", "detail", "detail_en", "instance", "request"] {
        assert!(problem[told].as_str().is_some_and(|text| !text.is_empty()), "{told}: {problem}");
    }
    assert_eq!(app.written().await?, before, "something was written");
    Ok(answer)
}

fn post_draft<'a>(app: &'a TestApp, body: &Value) -> Call<'a> {
    app.post("/documents").staff("editor", "jyj").key("bad").json(body)
}

fn pointer(answer: &Answer) -> (String, String) {
    let error = answer.json()["errors"][0].clone();
    (error["pointer"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn malformed_json() -> Result<()> {
    let app = TestApp::town().await?;
    for body in ["", "{", "{\"column\":", "nonsense", "{\"a\":1}}", "{'a':1}"] {
        let call = app.post("/documents").staff("editor", "jyj").key("bad").raw(body);
        let answer = refused(&app, call, 400, "malformed-json").await?;
        assert!(answer.json()["detail"].as_str().unwrap().contains("行"), "{}", answer.text());
    }
    Ok(())
}

#[tokio::test]
async fn unknown_fields_on_every_level() -> Result<()> {
    let app = TestApp::town().await?;
    let mut outer = draft("jyj.tzgg", "标题", "<p>正</p>");
    outer["publish_at"] = json!("2020-01-01");
    let answer = refused(&app, post_draft(&app, &outer), 422, "unknown-field").await?;
    assert_eq!(pointer(&answer).0, "/publish_at");
    let mut inner = draft("jyj.tzgg", "标题", "<p>正</p>");
    inner["content"]["author"] = json!("x");
    let answer = refused(&app, post_draft(&app, &inner), 422, "unknown-field").await?;
    assert_eq!(pointer(&answer).0, "/content/author");
    Ok(())
}

#[tokio::test]
async fn a_body_of_ten_megabytes() -> Result<()> {
    let app = TestApp::town().await?;
    let body = draft("jyj.tzgg", "标题", &"a".repeat(10_000_000));
    refused(&app, post_draft(&app, &body), 413, "body-too-large").await?;
    Ok(())
}

#[tokio::test]
async fn another_media_type() -> Result<()> {
    let app = TestApp::town().await?;
    let call = post_draft(&app, &draft("jyj.tzgg", "标题", "<p>正</p>")).header("content-type", "text/plain");
    refused(&app, call, 415, "unsupported-media-type").await?;
    Ok(())
}

#[tokio::test]
async fn a_title_of_a_million_characters() -> Result<()> {
    let app = TestApp::town().await?;
    // A million characters of one byte fit into a body of 1 MB: it is the title that is refused.
    let body = draft("jyj.tzgg", &"a".repeat(1_000_000), "<p>正</p>");
    let answer = refused(&app, post_draft(&app, &body), 422, "invalid-field").await?;
    assert_eq!(pointer(&answer), ("/content/title".to_owned(), "text-too-long".to_owned()));
    assert!(answer.json()["errors"][0]["detail"].as_str().unwrap().contains("1000000"));
    // A million Chinese characters do not.
    let body = draft("jyj.tzgg", &"标".repeat(1_000_000), "<p>正</p>");
    refused(&app, post_draft(&app, &body), 413, "body-too-large").await?;
    Ok(())
}

#[tokio::test]
async fn nul_and_bidirectional_characters() -> Result<()> {
    let app = TestApp::town().await?;
    for hostile in ["a\0b", "a\u{202E}b", "a\u{2066}b", "a\u{200F}b", "a\u{FEFF}b", "a\nb"] {
        let answer =
            refused(&app, post_draft(&app, &draft("jyj.tzgg", hostile, "<p>正</p>")), 422, "invalid-field").await?;
        assert_eq!(
            pointer(&answer),
            ("/content/title".to_owned(), "text-forbidden-character".to_owned()),
            "{hostile:?}"
        );
    }
    for hostile in ["<p>a\0b</p>", "<p>a\u{202E}b</p>", "<p>a\u{2066}b</p>"] {
        let answer = refused(&app, post_draft(&app, &draft("jyj.tzgg", "标题", hostile)), 422, "invalid-field").await?;
        assert_eq!(
            pointer(&answer),
            ("/content/body_html".to_owned(), "text-forbidden-character".to_owned()),
            "{hostile:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn html_of_which_nothing_is_left() -> Result<()> {
    let app = TestApp::town().await?;
    for html in ["", "<p> </p>", "<p>&nbsp;</p>", "<font></font>"] {
        let answer = refused(&app, post_draft(&app, &draft("jyj.tzgg", "标题", html)), 422, "invalid-field").await?;
        assert_eq!(pointer(&answer), ("/content/body_html".to_owned(), "html-empty".to_owned()), "{html}");
    }
    Ok(())
}

#[tokio::test]
async fn all_wrong_fields_are_named_at_once() -> Result<()> {
    let app = TestApp::town().await?;
    let body = json!({ "column": "JYJ/tzgg", "content": { "title": "", "body_html": "", "document_number": "5号", "written_on": "2026-02-30", "keywords": ["好", ""] } });
    let answer = refused(&app, post_draft(&app, &body), 422, "invalid-field").await?;
    let errors = answer.json()["errors"].clone();
    let pointers: Vec<&str> =
        errors.as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(
        pointers,
        [
            "/column",
            "/content/title",
            "/content/body_html",
            "/content/document_number",
            "/content/written_on",
            "/content/keywords/1"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn an_expired_token() -> Result<()> {
    let app = TestApp::town().await?;
    let mut claims = tokens::claims("editor.jyj");
    claims["exp"] = json!(1_700_000_000);
    let call = post_draft(&app, &draft("jyj.tzgg", "标题", "<p>正</p>")).bearer(tokens::sign(&claims)?);
    let answer = refused(&app, call, 401, "token-expired").await?;
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
    let read = app.get("/departments/jyj").bearer(tokens::sign(&claims)?);
    refused(&app, read, 401, "token-expired").await?;
    Ok(())
}

#[tokio::test]
async fn a_forged_or_absent_token() -> Result<()> {
    let app = TestApp::town().await?;
    let body = draft("jyj.tzgg", "标题", "<p>正</p>");
    let claims = tokens::claims("editor.jyj");
    let mut other = claims.clone();
    other["aud"] = json!("another");
    for token in
        [tokens::forge(&claims)?, tokens::sign(&other)?, "nonsense".to_owned(), format!("{}x", tokens::sign(&claims)?)]
    {
        refused(&app, post_draft(&app, &body).bearer(token), 401, "token-invalid").await?;
    }
    refused(&app, app.post("/documents").key("bad").json(&body), 401, "token-missing").await?;
    let basic = app.post("/documents").key("bad").json(&body).header("authorization", "Basic YTpi");
    refused(&app, basic, 401, "token-missing").await?;
    Ok(())
}

#[tokio::test]
async fn another_departments_site() -> Result<()> {
    let app = TestApp::town().await?;
    refused(&app, post_draft(&app, &draft("czj.tzgg", "标题", "<p>正</p>")), 403, "forbidden").await?;
    let mut disguised = draft("czj.tzgg", "标题", "<p>正</p>");
    disguised["department"] = json!("czj");
    let answer = refused(&app, post_draft(&app, &disguised), 403, "forbidden").await?;
    assert!(answer.json()["detail"].as_str().unwrap().contains("editor"), "{}", answer.text());
    let id = app.published("jyj", "jyj.tzgg", "moving").await?;
    let call = app.post(&format!("/documents/{id}/move")).staff("publisher", "jyj").key("bad").if_match(4);
    refused(&app, call.json(&json!({ "column": "czj.tzgg" })), 403, "forbidden").await?;
    Ok(())
}

#[tokio::test]
async fn a_reused_key_with_another_body() -> Result<()> {
    let app = TestApp::town().await?;
    let call = |body: &Value| app.post("/documents").staff("editor", "jyj").key("twice").json(body);
    let first = draft("jyj.tzgg", "标题", "<p>正</p>");
    let drafted = call(&first).send().await?;
    assert_eq!(drafted.status, 201);
    // The same body again puts no new object, so the store stays as it is.
    refused(&app, call(&draft("jyj.xw", "标题", "<p>正</p>")), 422, "key-reused").await?;
    let id = drafted.json()["id"].as_str().unwrap().to_owned();
    let submit = |body: &str| {
        app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("s").if_match(1).raw(body.to_owned())
    };
    assert_eq!(submit("{}").send().await?.status, 200);
    refused(&app, submit("{\"a\":1}"), 422, "unknown-field").await?;
    Ok(())
}

#[tokio::test]
async fn a_stale_or_absent_etag() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let submit = || app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("bad").json(&json!({}));
    refused(&app, submit(), 428, "if-match-missing").await?;
    let answer = refused(&app, submit().if_match(7), 412, "stale").await?;
    assert_eq!(answer.json()["version"], 1);
    assert_eq!(answer.headers["etag"], "\"1\"");
    for malformed in ["1", "*", "W/\"1\"", "\"one\"", "\"1\", \"2\"", "\"-1\""] {
        refused(&app, submit().header("if-match", malformed), 400, "if-match-malformed").await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_absent_or_malformed_key() -> Result<()> {
    let app = TestApp::town().await?;
    let body = draft("jyj.tzgg", "标题", "<p>正</p>");
    let call = app.post("/documents").staff("editor", "jyj").json(&body);
    refused(&app, call, 400, "idempotency-key-missing").await?;
    for malformed in ["", "a b", &"k".repeat(121)] {
        let call = app.post("/documents").staff("editor", "jyj").key(malformed).json(&body);
        refused(&app, call, 400, "idempotency-key-malformed").await?;
    }
    for malformed in ["yesterday", "", "2026-11-23", "2026-02-30T00:00:00Z"] {
        let call = post_draft(&app, &body).header("idempotency-first-sent", malformed);
        refused(&app, call, 400, "first-sent-malformed").await?;
    }
    let call = post_draft(&app, &body).header("idempotency-first-sent", "2099-01-01T00:00:00Z");
    refused(&app, call, 422, "first-sent-ahead").await?;
    Ok(())
}

#[tokio::test]
async fn a_path_already_taken() -> Result<()> {
    let app = TestApp::town().await?;
    app.published("jyj", "jyj.tzgg", "water").await?;
    let id = app.approved("jyj", "jyj.tzgg", "另一份").await?;
    let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("bad").if_match(3);
    let answer = refused(&app, call.json(&json!({ "slug": "water" })), 409, "path-taken").await?;
    assert!(answer.json()["detail"].as_str().unwrap().contains("/tzgg/2026/11/23/water.html"));
    let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("good").if_match(3);
    let published = call.json(&json!({ "slug": "other" })).send().await?;
    assert_eq!(published.json()["index_number"], "014006438/2026-00002", "the refusal used up no number");
    Ok(())
}

#[tokio::test]
async fn a_slug_that_is_none() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "标题").await?;
    for slug in ["../x", "A", "", "a/b", "停水", &"a".repeat(41)] {
        let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("bad").if_match(3);
        let answer = refused(&app, call.json(&json!({ "slug": slug })), 422, "invalid-field").await?;
        assert_eq!(pointer(&answer).0, "/slug");
    }
    Ok(())
}

#[tokio::test]
async fn a_publish_of_what_was_not_approved() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let publish = |version| {
        let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("bad").if_match(version);
        call.json(&json!({}))
    };
    refused(&app, publish(1), 409, "not-approved").await?;
    let submit = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("s").if_match(1);
    assert_eq!(submit.json(&json!({})).send().await?.status, 200);
    refused(&app, publish(2), 409, "not-approved").await?;
    Ok(())
}

#[tokio::test]
async fn steps_out_of_turn() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let document = format!("/documents/{id}");
    let view = app.get(&document).staff("editor", "jyj").send().await?.json();
    let revision = view["draft"]["revision"].clone();
    let post = |verb: &str, role: &str, version: u64, body: &Value| {
        app.post(&format!("{document}/{verb}")).staff(role, "jyj").key("bad").if_match(version).json(body)
    };
    refused(&app, post("approve", "reviewer", 1, &json!({ "revision": revision })), 409, "not-submitted").await?;
    refused(&app, post("approve", "reviewer", 1, &json!({ "revision": "ab".repeat(32) })), 409, "other-revision")
        .await?;
    refused(&app, post("approve", "reviewer", 1, &json!({ "revision": "xyz" })), 422, "invalid-field").await?;
    refused(
        &app,
        post("return", "reviewer", 1, &json!({ "revision": revision, "remark": "改" })),
        409,
        "not-submitted",
    )
    .await?;
    refused(&app, post("correct", "publisher", 1, &json!({ "note": "更正" })), 409, "not-public").await?;
    refused(&app, post("withdraw", "publisher", 1, &json!({})), 409, "not-public").await?;
    refused(&app, post("move", "editor", 1, &json!({ "column": "jyj.tzgg" })), 409, "same-column").await?;
    refused(&app, post("move", "editor", 1, &json!({ "column": "jyj.none" })), 422, "column-unknown").await?;
    let same = json!({ "content": { "title": "标题", "body_html": "<p>正文。</p>" } });
    let call = app.put(&format!("{document}/draft")).staff("editor", "jyj").key("bad").if_match(1).json(&same);
    refused(&app, call, 409, "unchanged").await?;
    assert_eq!(post("submit", "editor", 1, &json!({})).send().await?.status, 200);
    let again = app.post(&format!("{document}/submit")).staff("editor", "jyj").key("again").if_match(2);
    refused(&app, again.json(&json!({})), 409, "already-submitted").await?;
    Ok(())
}

#[tokio::test]
async fn nobody_approves_what_he_edited() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Reviewer, "jyj", "")]).await?;
    let both = tokens::of("both")?;
    let call = app.post("/documents").bearer(&both).key("d").json(&draft("jyj.tzgg", "标题", "<p>正</p>"));
    let drafted = call.send().await?.json();
    let id = drafted["id"].as_str().unwrap();
    let submit = app.post(&format!("/documents/{id}/submit")).bearer(&both).key("s").if_match(1);
    assert_eq!(submit.json(&json!({})).send().await?.status, 200);
    let approve = app.post(&format!("/documents/{id}/approve")).bearer(&both).key("bad").if_match(2);
    refused(&app, approve.json(&json!({ "revision": drafted["revision"] })), 403, "own-edit").await?;
    Ok(())
}

#[tokio::test]
async fn things_that_do_not_exist() -> Result<()> {
    let app = TestApp::town().await?;
    let absent = "a".repeat(26);
    for id in [absent.as_str(), "x", "..%2F..", "%00"] {
        refused(&app, app.get(&format!("/documents/{id}")).staff("editor", "jyj"), 404, "document-not-found").await?;
        let call = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("bad").if_match(1);
        refused(&app, call.json(&json!({})), 404, "document-not-found").await?;
    }
    refused(&app, post_draft(&app, &draft("jyj.none", "标题", "<p>正</p>")), 422, "column-unknown").await?;
    // An editor of all departments could name one that nobody registered.
    app.enrol("everywhere", &[(Role::Editor, "", "")]).await?;
    let mut nobodys = draft("jyj.tzgg", "标题", "<p>正</p>");
    nobodys["department"] = json!("none");
    let call = app.post("/documents").bearer(&tokens::of("everywhere")?).key("bad").json(&nobodys);
    let answer = refused(&app, call, 422, "department-unknown").await?;
    assert_eq!(pointer(&answer), ("/department".to_owned(), "department-unknown".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_malformed_name_is_told_in_both_languages() -> Result<()> {
    let app = TestApp::town().await?;
    let mut body = draft("jyj.tzgg", "标题", "<p>正</p>");
    body["department"] = json!("J!");
    let answer = refused(&app, post_draft(&app, &body), 422, "invalid-field").await?;
    assert_eq!(pointer(&answer), ("/department".to_owned(), "name-malformed".to_owned()));
    let error = answer.json()["errors"][0].clone();
    assert_eq!(error["detail"], "“J!”格式不对，应为：部门代码（1–40 位，小写字母、数字和“-”）。");
    assert_eq!(error["detail_en"], "`J!` is not a department code: 1-40 of a-z, 0-9 and -.");
    Ok(())
}
