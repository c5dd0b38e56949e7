//! Kinds of content, the catalogue's classification and relations, as editors tell them and read them back.

use anyhow::{Result, ensure};
use domain::staff::Role;
use journeys::app::{Answer, TestApp, draft};
use serde_json::{Value, json};

fn with(field: &str, value: Value) -> Value {
    let mut body = draft("jyj.tzgg", "标题", "<p>正文。</p>");
    body["content"][field] = value;
    body
}

async fn drafted(app: &TestApp, key: &str, body: &Value) -> Result<Answer> {
    app.post("/documents").staff("editor", "jyj").key(key).json(body).send().await
}

fn wrong(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = answer.field("errors");
    errors.as_array().unwrap().iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

#[tokio::test]
async fn what_an_editor_tells_is_read_back() -> Result<()> {
    let app = TestApp::town().await?;
    let catalogue = json!({ "subject": "科技、教育\\教育", "genre": "public-notice", "class": "key-work", "terms": ["招生"],
        "validity": "in-force", "expires_on": "2031-12-31", "office": "基础教育科" });
    let forms = [
        json!({ "kind": "article" }),
        json!({ "kind": "question", "reviewed_on": "2026-11-20" }),
        json!({ "kind": "leader", "post": "局长", "duties": "主持全面工作。" }),
        json!({ "kind": "link", "address": "https://www.example.cn/a?b=c" }),
    ];
    for (place, form) in forms.iter().enumerate() {
        let mut body = with("catalogue", catalogue.clone());
        body["content"]["form"] = form.clone();
        let answer = drafted(&app, &format!("form-{place}"), &body).await?;
        ensure!(answer.status == 201, "{}", answer.text());
        let id = answer.field("id");
        let view = app.get(&format!("/documents/{}", id.as_str().unwrap())).staff("editor", "jyj").send().await?.json();
        assert_eq!((&view["draft"]["content"]["catalogue"], &view["draft"]["content"]["form"]), (&catalogue, form));
    }
    Ok(())
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named_and_nothing_is_written() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let id = "a".repeat(26);
    let relation = json!({ "kind": "interprets", "document": id });
    for (field, value, pointer, code) in [
        ("catalogue", json!({ "subject": "教育" }), "catalogue/subject", "name-malformed"),
        ("catalogue", json!({ "terms": ["a", "b", "c", "d", "e", "f"] }), "catalogue/terms", "list-too-long"),
        ("catalogue", json!({ "terms": [" "] }), "catalogue/terms/0", "text-empty"),
        ("catalogue", json!({ "expires_on": "2031-02-30" }), "catalogue/expires_on", "date-malformed"),
        ("catalogue", json!({ "office": "" }), "catalogue/office", "text-empty"),
        ("form", json!({ "kind": "question", "reviewed_on": "昨天" }), "form/reviewed_on", "date-malformed"),
        ("form", json!({ "kind": "leader", "post": "" }), "form/post", "text-empty"),
        ("form", json!({ "kind": "link", "address": "javascript:alert(1)" }), "form/address", "name-malformed"),
        ("form", json!({ "kind": "link", "address": "https://某地.cn" }), "form/address", "name-malformed"),
        ("relations", json!([{ "kind": "repeals", "document": "x" }]), "relations/0/document", "name-malformed"),
        ("relations", json!(vec![relation; 11]), "relations", "list-too-long"),
    ] {
        let answer =
            drafted(&app, &format!("{}-{code}", pointer.replace('/', "-")), &with(field, value.clone())).await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{value}: {}", answer.text());
        assert_eq!(wrong(&answer), [(format!("/content/{pointer}"), code.to_owned())], "{value}");
    }
    for (field, value) in [
        ("catalogue", json!({ "genre": "poem" })),
        ("catalogue", json!({ "topic": "a" })),
        ("form", json!({ "kind": "poem" })),
        ("form", json!({ "kind": "question" })),
        ("relations", json!([{ "kind": "loves", "document": id }])),
    ] {
        let answer = drafted(&app, &format!("shape-{field}"), &with(field, value.clone())).await?;
        assert!(answer.status.is_client_error(), "{value}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before, "something was written");
    Ok(())
}

/// The draft of `title` in the department's column, which is so to `other`.
fn relating(department: &str, title: &str, kind: &str, other: &str) -> Value {
    let mut body = draft(&format!("{department}.tzgg"), title, "<p>正文。</p>");
    body["content"]["relations"] = json!([{ "kind": kind, "document": other }]);
    body
}

#[tokio::test]
async fn who_says_what_a_document_is_to_another_may_revise_both() -> Result<()> {
    let app = TestApp::town().await?;
    let policy = app.published("jyj", "jyj.tzgg", "policy").await?;
    let before = app.written().await?;
    let body = relating("czj", "废止", "repeals", &policy);
    let foreign = app.post("/documents").staff("editor", "czj").key("foreign").json(&body).send().await?;
    assert_eq!(foreign.told(), (403, "forbidden".to_owned()), "{}", foreign.text());
    let nobody = relating("jyj", "废止", "repeals", &"a".repeat(26));
    let unknown = drafted(&app, "unknown", &nobody).await?;
    assert_eq!(unknown.told(), (422, "related-unknown".to_owned()));
    assert_eq!(wrong(&unknown), [("/content/relations/0/document".to_owned(), "related-unknown".to_owned())]);
    let mut twice = relating("jyj", "废止", "repeals", &policy);
    let said = twice["content"]["relations"][0].clone();
    twice["content"]["relations"] = json!([said, said]);
    assert_eq!(drafted(&app, "twice", &twice).await?.told(), (422, "related-twice".to_owned()));
    let mut written = app.written().await?;
    written.retain(|name, _| !name.starts_with("body"));
    assert!(written.iter().all(|(name, item)| before.get(name) == Some(item)), "only a body may be left");
    let own = drafted(&app, "own", &relating("jyj", "废止", "repeals", &policy)).await?;
    assert_eq!(own.status, 201, "{}", own.text());
    Ok(())
}

/// Reviews and publishes the draft `id`; gives the publication's answer.
async fn publish(app: &TestApp, id: &str, key: &str) -> Result<Answer> {
    let on = |verb: &str, role: &str, version: u64| {
        app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").key(&format!("{verb}-{key}")).if_match(version)
    };
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    if view["version"] == 1 {
        let answer = on("submit", "editor", 1).json(&json!({})).send().await?;
        let approval = json!({ "revision": answer.field("revision") });
        on("approve", "reviewer", 2).json(&approval).send().await?;
    }
    on("publish", "publisher", 3).json(&json!({})).send().await
}

#[tokio::test]
async fn a_document_becomes_public_after_those_it_relates_to() -> Result<()> {
    let app = TestApp::town().await?;
    let policy = app.approved("jyj", "jyj.tzgg", "policy").await?;
    let answer = drafted(&app, "interpretation", &relating("jyj", "解读", "interprets", &policy)).await?;
    let interpretation = answer.field("id").as_str().unwrap().to_owned();
    let early = publish(&app, &interpretation, "early").await?;
    assert_eq!(early.told(), (409, "related-not-public".to_owned()), "{}", early.text());
    assert!(early.text().contains(&policy));
    let call = app.post(&format!("/documents/{policy}/publish")).staff("publisher", "jyj").key("policy").if_match(3);
    assert_eq!(call.json(&json!({})).send().await?.status, 200);
    let then = publish(&app, &interpretation, "then").await?;
    assert_eq!(then.status, 200, "{}", then.text());
    Ok(())
}

/// Who says something of another department's document, or says it no more, may revise that document; who merely keeps what was said need not.
#[tokio::test]
async fn a_relation_is_kept_by_any_editor_and_dropped_by_those_only_who_could_tell_it() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Editor, "czj", "")]).await?;
    let policy = app.published("czj", "czj.tzgg", "policy").await?;
    let mut body = relating("jyj", "废止", "repeals", &policy);
    body["department"] = json!("jyj");
    let drafted = app.post("/documents").subject("both").key("draft").json(&body).send().await?;
    assert_eq!(drafted.status, 201, "{}", drafted.text());
    let id = drafted.json()["id"].as_str().unwrap().to_owned();
    let revise = |subject: &str, version: u64, content: Value| {
        let call = app.put(&format!("/documents/{id}/draft")).subject(subject).key(&format!("{subject}-{version}"));
        call.if_match(version).json(&json!({ "content": content }))
    };
    let mut kept = body["content"].clone();
    kept["title"] = json!("废止（改）");
    let answer = revise("editor.jyj", 1, kept.clone()).send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut dropped = kept;
    dropped["relations"] = json!([]);
    let answer = revise("editor.jyj", 2, dropped.clone()).send().await?;
    assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{}", answer.text());
    assert_eq!(revise("both", 2, dropped).send().await?.status, 200);
    Ok(())
}

/// A repealed text is often withdrawn later; that must not keep the one that repealed it from being corrected.
#[tokio::test]
async fn what_relates_to_a_document_that_was_withdrawn_since_can_be_corrected() -> Result<()> {
    let app = TestApp::town().await?;
    let policy = app.published("jyj", "jyj.tzgg", "policy").await?;
    let answer = drafted(&app, "repeal", &relating("jyj", "废止", "repeals", &policy)).await?;
    let id = answer.field("id").as_str().unwrap().to_owned();
    let answer = publish(&app, &id, "repeal").await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let withdraw = app.post(&format!("/documents/{policy}/withdraw")).staff("publisher", "jyj").key("w").if_match(4);
    assert_eq!(withdraw.json(&json!({})).send().await?.status, 200);

    let on = |verb: &str, role: &str, version: u64| {
        app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").key(&format!("{verb}-2")).if_match(version)
    };
    let mut content = relating("jyj", "废止（改）", "repeals", &policy)["content"].clone();
    content["body_html"] = json!("<p>更正日期。</p>");
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("revise").if_match(4);
    assert_eq!(revise.json(&json!({ "content": content })).send().await?.status, 200);
    let submitted = on("submit", "editor", 5).json(&json!({})).send().await?;
    on("approve", "reviewer", 6).json(&json!({ "revision": submitted.field("revision") })).send().await?;
    let corrected = on("correct", "publisher", 7).json(&json!({ "note": "更正日期" })).send().await?;
    assert_eq!(corrected.status, 200, "{}", corrected.text());
    Ok(())
}

#[tokio::test]
async fn a_document_is_never_related_to_itself() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let mut body = relating("jyj", "标题", "amends", &id);
    body.as_object_mut().unwrap().remove("column");
    let call = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("itself").if_match(1);
    assert_eq!(call.json(&body).send().await?.told(), (422, "related-to-itself".to_owned()));
    Ok(())
}
