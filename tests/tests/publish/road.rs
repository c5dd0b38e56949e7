//! A document from its first draft to the public, and back.

use std::collections::HashMap;

use anyhow::Result;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::StaffId;
use journeys::{
    app::TestApp,
    tokens::{REGISTRAR, city_registrar},
};
use local::cloud::tables;
use serde_json::json;

/// The whole road: every step's answer names the next `If-Match`.
#[tokio::test]
async fn a_document_goes_from_draft_to_public_and_back() -> Result<()> {
    let app = TestApp::town().await?;
    let body = json!({ "column": "jyj.tzgg", "content": {
        "title": "  关于停水的通知 ", "body_html": "<p>停水。</p>", "summary": "停水", "document_number": "澄教发[2026]5号",
        "written_on": "2026-11-20", "source": "教育局", "keywords": ["停水", "通知"] } });
    let drafted = app.post("/documents").staff("editor", "jyj").key("1").json(&body).send().await?;
    assert_eq!(drafted.status, 201, "{}", drafted.text());
    let id = drafted.json()["id"].as_str().unwrap().to_owned();
    let revision = drafted.json()["revision"].clone();
    assert_eq!(drafted.headers["location"], format!("/api/publish/documents/{id}").as_str());
    assert_eq!(drafted.headers["etag"], "\"1\"");
    assert_eq!(drafted.headers["taihu-commit"], format!("document:{id}:1").as_str());

    let document = format!("/documents/{id}");
    let view = app.get(&document).staff("editor", "jyj").send().await?;
    assert_eq!(view.headers["etag"], "\"1\"");
    assert_eq!(view.json()["draft"]["content"]["title"], "关于停水的通知");
    assert_eq!(view.json()["draft"]["content"]["body_html"], "<p>停水。</p>");
    assert_eq!(view.json()["draft"]["content"]["document_number"], "澄教发〔2026〕5号");
    assert_eq!(view.json()["draft"]["stage"], "editing");

    let step = async |verb: &str, role: &str, version: u64, body: serde_json::Value| {
        let call = app.post(&format!("{document}/{verb}")).staff(role, "jyj").key(&format!("{verb}-{version}"));
        let answer = call.if_match(version).json(&body).send().await?;
        assert_eq!(answer.status, 200, "{verb}: {}", answer.text());
        assert_eq!(answer.json()["version"], version + 1);
        anyhow::Ok(answer.json())
    };
    step("submit", "editor", 1, json!({})).await?;
    step("return", "reviewer", 2, json!({ "revision": revision, "remark": "请补充联系电话" })).await?;
    step("submit", "editor", 3, json!({})).await?;
    step("approve", "reviewer", 4, json!({ "revision": revision })).await?;
    let published = step("publish", "publisher", 5, json!({ "slug": "water" })).await?;
    assert_eq!(published["path"], "/tzgg/2026/11/23/water.html");
    assert_eq!(published["site"], "jyj");
    assert_eq!(published["index_number"], "014006438/2026-00001");

    let revised = json!({ "content": { "title": "关于停水的通知", "body_html": "<p>停水，更正。</p>" } });
    let call = app.put(&format!("{document}/draft")).staff("editor", "jyj").key("revise").if_match(6);
    let revised = call.json(&revised).send().await?;
    assert_eq!(revised.status, 200, "{}", revised.text());
    let revision = revised.json()["revision"].clone();
    step("submit", "editor", 7, json!({})).await?;
    step("approve", "reviewer", 8, json!({ "revision": revision })).await?;
    step("correct", "publisher", 9, json!({ "note": "更正停水时间" })).await?;
    let moved = step("move", "publisher", 10, json!({ "column": "jyj.xw" })).await?;
    assert_eq!(moved["path"], "/xw/2026/11/23/water.html");
    step("withdraw", "publisher", 11, json!({ "reason": "内容有误" })).await?;

    let view = app.get(&document).staff("auditor", "czj").send().await?.json();
    assert_eq!(view["version"], 12);
    assert_eq!(view["withdrawn"]["reason"], "内容有误");
    assert_eq!(view["index_number"], "014006438/2026-00001");
    assert_eq!(view["notes"][0]["note"], "更正停水时间");
    assert_eq!(
        view["places"],
        json!([
            "http://jyj.localhost:8080/tzgg/2026/11/23/water.html",
            "http://jyj.localhost:8080/xw/2026/11/23/water.html"
        ])
    );
    let history = app.get(&format!("{document}/history")).staff("reviewer", "jyj").send().await?.json();
    let names: Vec<&str> =
        history["commits"].as_array().unwrap().iter().map(|c| c["events"][0]["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 12);
    assert_eq!((names[0], names[5], names[11]), ("DocumentDrafted", "DocumentPublished", "DocumentWithdrawn"));
    Ok(())
}

/// A withdrawn document keeps its place and its number when it is published again.
#[tokio::test]
async fn a_document_published_again_keeps_path_and_index_number() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "again").await?;
    let document = format!("/documents/{id}");
    let post = |verb: &str, role: &str| app.post(&format!("{document}/{verb}")).staff(role, "jyj").key(verb);
    post("withdraw", "publisher").if_match(4).json(&json!({})).send().await?;
    let content = json!({ "content": { "title": "新稿", "body_html": "<p>新稿。</p>" } });
    let revise = app.put(&format!("{document}/draft")).staff("editor", "jyj").key("revise").if_match(5);
    let revision = revise.json(&content).send().await?.json()["revision"].clone();
    post("submit", "editor").if_match(6).json(&json!({})).send().await?;
    post("approve", "reviewer").if_match(7).json(&json!({ "revision": revision })).send().await?;
    let again = post("publish", "publisher").if_match(8).json(&json!({})).send().await?;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(again.json()["path"], "/tzgg/2026/11/23/again.html");
    assert_eq!(again.json()["index_number"], "014006438/2026-00001");
    Ok(())
}

/// A place that belongs to another document keeps nobody from moving, nor from coming back: a slug may be given.
#[tokio::test]
async fn a_taken_place_has_a_way_out() -> Result<()> {
    let app = TestApp::town().await?;
    app.published("jyj", "jyj.xw", "water").await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    let document = format!("/documents/{id}");
    let post = |verb: &str, key: &str, role: &str, version: u64, body: &serde_json::Value| {
        app.post(&format!("{document}/{verb}")).staff(role, "jyj").key(key).if_match(version).json(body)
    };
    let taken = post("move", "m1", "publisher", 4, &json!({ "column": "jyj.xw" })).send().await?;
    assert_eq!(taken.told(), (409, "path-taken".to_owned()), "{}", taken.text());
    assert!(taken.json()["detail"].as_str().unwrap().contains("slug"), "{}", taken.text());
    let malformed = post("move", "m2", "publisher", 4, &json!({ "column": "jyj.xw", "slug": "a/b" })).send().await?;
    assert_eq!(malformed.json()["errors"][0]["pointer"], "/slug", "{}", malformed.text());
    let moved = post("move", "m3", "publisher", 4, &json!({ "column": "jyj.xw", "slug": "water-2" })).send().await?;
    assert_eq!(moved.json()["path"], "/xw/2026/11/23/water-2.html", "{}", moved.text());

    let back = post("move", "m4", "publisher", 5, &json!({ "column": "jyj.tzgg", "slug": "water-3" })).send().await?;
    assert_eq!(back.json()["path"], "/tzgg/2026/11/23/water-3.html");
    assert_eq!(post("withdraw", "w", "publisher", 6, &json!({})).send().await?.status, 200);
    let slug_for_nothing = json!({ "column": "jyj.xw", "slug": "x" });
    let refused = post("move", "m5", "editor", 7, &slug_for_nothing).send().await?;
    assert_eq!(refused.told(), (409, "not-public".to_owned()));
    let content = json!({ "content": { "title": "新稿", "body_html": "<p>新稿。</p>" } });
    let revise = app.put(&format!("{document}/draft")).staff("editor", "jyj").key("r").if_match(7).json(&content);
    let revision = revise.send().await?.json()["revision"].clone();
    post("submit", "s", "editor", 8, &json!({})).send().await?;
    post("approve", "a", "reviewer", 9, &json!({ "revision": revision })).send().await?;
    let again = post("publish", "p", "publisher", 10, &json!({ "slug": "water-4" })).send().await?;
    assert_eq!(again.json()["path"], "/tzgg/2026/11/23/water-4.html", "{}", again.text());
    assert_eq!(again.json()["index_number"], "014006438/2026-00002");
    let view = app.get(&document).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["places"].as_array().unwrap().len(), 4, "{view}");
    Ok(())
}

/// An approval is given for a text in a column: its editor cannot carry it elsewhere.
#[tokio::test]
async fn an_approved_draft_that_moves_is_reviewed_again() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "标题").await?;
    let document = format!("/documents/{id}");
    let post = |verb: &str, key: &str, role: &str, version: u64, body: &serde_json::Value| {
        app.post(&format!("{document}/{verb}")).staff(role, "jyj").key(key).if_match(version).json(body)
    };
    let moved = post("move", "m", "editor", 3, &json!({ "column": "jyj.xw" })).send().await?;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let refused = post("publish", "p", "publisher", 4, &json!({})).send().await?;
    assert_eq!(refused.told(), (409, "not-approved".to_owned()));
    let view = app.get(&document).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["draft"]["stage"], "editing");
    assert_eq!(post("submit", "s", "editor", 4, &json!({})).send().await?.status, 200);
    Ok(())
}

/// The slug may be left out: it is made from the id.
#[tokio::test]
async fn a_path_without_a_slug_is_made_from_the_id() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "无名").await?;
    let call = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("p").if_match(3);
    let published = call.json(&json!({})).send().await?;
    assert_eq!(published.json()["path"], format!("/tzgg/2026/11/23/{}.html", &id[..10]));
    Ok(())
}

/// The floor: a Query for who asks, one for what it is about, and one Put, with the bytes and the capacity units of the bare SDK calls for the same items.
#[tokio::test]
async fn a_plain_command_costs_what_the_bare_calls_cost() -> Result<()> {
    let app = TestApp::town().await?;
    app.cloud.faults.reset_counters();
    let call = app.put("/departments/jyj").bearer(city_registrar()?).key("s").if_match(1);
    let profile = json!({ "name": "教育局", "organisation_code": "014006438", "telephone": "0599-1234567" });
    assert_eq!(call.json(&json!({ "profile": profile })).send().await?.status, 200);
    let command = app.cloud.faults.counters();
    assert_eq!(command.requests(), [("PutItem", 1), ("Query", 2)]);

    let mut items = query(&app, "department:jyj").await?;
    // The same items once more, in a stream whose name is as long.
    let twin = "department:jyk".to_owned();
    items.iter_mut().for_each(|item| drop(item.insert("pk".to_owned(), AttributeValue::S(twin.clone()))));
    let [first, second] = <[Item; 2]>::try_from(items).expect("a registration and its change");
    put(&app, first).await?;
    let sender = StaffId::of(&REGISTRAR.parse()?).stream();
    app.cloud.faults.reset_counters();
    query(&app, sender.as_str()).await?;
    query(&app, &twin).await?;
    put(&app, second).await?;
    assert_eq!(command, app.cloud.faults.counters());
    Ok(())
}

type Item = HashMap<String, AttributeValue>;

async fn query(app: &TestApp, stream: &str) -> Result<Vec<Item>> {
    let query = app.clients.dynamodb.query().table_name(tables::LEDGER).consistent_read(true);
    let query = query.key_condition_expression("pk = :stream");
    let found = query.expression_attribute_values(":stream", AttributeValue::S(stream.to_owned())).send().await?;
    Ok(found.items.unwrap_or_default())
}

async fn put(app: &TestApp, item: Item) -> Result<()> {
    let put = app.clients.dynamodb.put_item().table_name(tables::LEDGER).set_item(Some(item));
    let put = put.condition_expression("attribute_not_exists(pk)");
    put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld).send().await?;
    Ok(())
}

/// A read that names the version it knows is answered without a body.
#[tokio::test]
async fn a_known_version_is_not_sent_again() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "已知").await?;
    let call = app.get(&format!("/documents/{id}")).staff("editor", "jyj").header("if-none-match", "\"1\"");
    let answer = call.send().await?;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0));
    Ok(())
}
