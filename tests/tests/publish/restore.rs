//! An earlier text becomes the draft again.

use anyhow::{Result, ensure};
use domain::{document::BodyHash, staff::Role};
use journeys::app::{Answer, Call, TestApp, draft};
use local::cloud::tables;
use serde_json::{Value, json};

fn revise<'a>(app: &'a TestApp, id: &str, version: u64, content: &Value) -> Call<'a> {
    let call = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").if_match(version);
    call.key(&format!("revise-{version}")).json(&json!({ "content": content }))
}

fn restore<'a>(app: &'a TestApp, id: &str, version: u64, revision: &str) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/restore")).staff("editor", "jyj").if_match(version);
    call.key(&format!("restore-{version}")).json(&json!({ "revision": revision }))
}

async fn view(app: &TestApp, id: &str) -> Result<Value> {
    Ok(app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json())
}

/// The revision of the draft.
async fn revision(app: &TestApp, id: &str) -> Result<String> {
    Ok(view(app, id).await?["draft"]["revision"].as_str().unwrap().to_owned())
}

/// A document drafted with more than a title and a body, then revised: its id, and the first revision.
async fn revised(app: &TestApp) -> Result<(String, String)> {
    let mut body = draft("jyj.tzgg", "第一稿", "<p>第一。</p>");
    body["content"]["keywords"] = json!(["停水"]);
    body["content"]["form"] = json!({ "kind": "question", "reviewed_on": "2026-11-20" });
    let answer = app.post("/documents").staff("editor", "jyj").key("first").json(&body).send().await?;
    ensure!(answer.status == 201, "{}", answer.text());
    let (id, first) = (answer.field("id"), answer.field("revision"));
    let id = id.as_str().unwrap().to_owned();
    let second = revise(app, &id, 1, &json!({ "title": "第二稿", "body_html": "<p>第二。</p>" })).send().await?;
    ensure!(second.status == 200, "{}", second.text());
    Ok((id, first.as_str().unwrap().to_owned()))
}

async fn act(app: &TestApp, id: &str, role: &str, verb: &str, version: u64, body: &Value) -> Result<Answer> {
    let call = app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").key(&format!("{verb}-{version}"));
    let answer = call.if_match(version).json(body).send().await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer)
}

#[tokio::test]
async fn an_earlier_text_comes_back_whole_and_its_approval_does_not() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, first) = revised(&app).await?;
    let before = view(&app, &id).await?;
    act(&app, &id, "editor", "submit", 2, &json!({})).await?;
    act(&app, &id, "reviewer", "approve", 3, &json!({ "revision": before["draft"]["revision"] })).await?;
    let restored = restore(&app, &id, 4, &first).send().await?;
    assert_eq!(restored.status, 200, "{}", restored.text());
    assert_eq!((&restored.field("revision"), &restored.field("version")), (&json!(first), &json!(5)));
    let draft = view(&app, &id).await?["draft"].clone();
    assert_eq!(
        (&draft["revision"], &draft["stage"], &draft["approved_by"]),
        (&json!(first), &json!("editing"), &json!([]))
    );
    assert_eq!(
        (&draft["content"]["title"], &draft["content"]["body_html"]),
        (&json!("第一稿"), &json!("<p>第一。</p>"))
    );
    assert_eq!(
        (&draft["content"]["keywords"], &draft["content"]["form"]["kind"]),
        (&json!(["停水"]), &json!("question"))
    );

    let publish = app.post(&format!("/documents/{id}/publish")).staff("publisher", "jyj").key("p").if_match(5);
    assert_eq!(publish.json(&json!({})).send().await?.told(), (409, "not-approved".to_owned()));
    assert_eq!(restore(&app, &id, 4, &first).send().await?, restored, "a resend gets the first answer");
    let list = app.get(&format!("/documents/{id}/revisions")).staff("editor", "jyj").send().await?.json();
    assert_eq!((&list["revisions"][2]["restores"], &list["revisions"][2]["number"]), (&json!(1), &json!(5)));
    Ok(())
}

/// What was to become public by the clock does not, once an earlier text is the draft; the history says what was planned.
#[tokio::test]
async fn a_schedule_is_void_with_the_approval() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, first) = revised(&app).await?;
    let second = revision(&app, &id).await?;
    act(&app, &id, "editor", "submit", 2, &json!({})).await?;
    act(&app, &id, "reviewer", "approve", 3, &json!({ "revision": second })).await?;
    let schedule = json!({ "revision": second, "at": "2026-12-01T09:00:00+08:00", "slug": "text" });
    act(&app, &id, "publisher", "schedule", 4, &schedule).await?;
    let late = restore(&app, &id, 4, &first).send().await?;
    assert_eq!(late.told(), (412, "stale".to_owned()));
    assert_eq!(late.field("changes")[0]["events"], json!(["PublicationScheduled"]), "{}", late.text());
    assert_eq!(restore(&app, &id, 5, &first).send().await?.status, 200);
    let draft = view(&app, &id).await?["draft"].clone();
    assert_eq!((draft.get("scheduled"), &draft["stage"]), (None, &json!("editing")));
    let history = app.get(&format!("/documents/{id}/history")).staff("editor", "jyj").send().await?.json();
    let planned = &history["commits"][4]["events"][0];
    assert_eq!((&planned["due"], &planned["revision"]), (&json!("2026-12-01T01:00:00Z"), &json!(second)));
    Ok(())
}

/// Who brings a text back edits it: he cannot approve it.
#[tokio::test]
async fn who_restores_is_an_editor() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Reviewer, "jyj", "")]).await?;
    let (id, first) = revised(&app).await?;
    assert_eq!(restore(&app, &id, 2, &first).subject("both").send().await?.status, 200);
    act(&app, &id, "editor", "submit", 3, &json!({})).await?;
    let approve = app.post(&format!("/documents/{id}/approve")).subject("both").key("a").if_match(4);
    let refused = approve.json(&json!({ "revision": first })).send().await?;
    assert_eq!(refused.told(), (403, "own-edit".to_owned()), "{}", refused.text());
    Ok(())
}

/// Beside a public text an earlier one becomes a draft; after a withdrawal too. The public text itself changes nothing.
#[tokio::test]
async fn an_earlier_text_becomes_a_draft_beside_the_public_one() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, first) = revised(&app).await?;
    let second = revision(&app, &id).await?;
    act(&app, &id, "editor", "submit", 2, &json!({})).await?;
    act(&app, &id, "reviewer", "approve", 3, &json!({ "revision": second })).await?;
    act(&app, &id, "publisher", "publish", 4, &json!({ "slug": "text" })).await?;
    let same = restore(&app, &id, 5, &second).send().await?;
    assert_eq!(same.told(), (409, "unchanged".to_owned()), "{}", same.text());
    assert_eq!(restore(&app, &id, 5, &first).send().await?.status, 200);
    let standing = view(&app, &id).await?;
    assert_eq!((&standing["live"]["revision"], &standing["draft"]["revision"]), (&json!(second), &json!(first)));
    let difference = app.get(&format!("/documents/{id}/diff")).staff("reviewer", "jyj").send().await?.json();
    assert_eq!(
        difference["fields"][0],
        json!({ "field": "/title", "name_zh": "名称", "from": "第二稿", "to": "第一稿" })
    );
    act(&app, &id, "publisher", "withdraw", 6, &json!({})).await?;
    assert_eq!(restore(&app, &id, 7, &second).send().await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn what_cannot_come_back_is_refused_and_nothing_is_written() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, first) = revised(&app).await?;
    let second = revision(&app, &id).await?;
    let elsewhere = app.drafted("jyj", "jyj.tzgg", "别的文件").await?;
    let foreign = revision(&app, &elsewhere).await?;
    let before = app.written().await?;
    let refusals = [
        (restore(&app, &id, 2, &second), 409, "unchanged"),
        (restore(&app, &id, 2, &foreign), 404, "revision-not-found"),
        (restore(&app, &id, 2, &"ab".repeat(32)), 404, "revision-not-found"),
        (restore(&app, &id, 2, "xyz"), 422, "invalid-field"),
        (restore(&app, &id, 2, &first.to_uppercase()), 422, "invalid-field"),
        (restore(&app, &id, 2, &first).raw("{}"), 422, "missing-field"),
        (restore(&app, &id, 1, &first), 412, "stale"),
        (restore(&app, &id, 9, &first), 412, "stale"),
        (restore(&app, &id, 2, &first).header("if-match", "x"), 400, "if-match-malformed"),
        (restore(&app, &id, 2, &first).staff("reviewer", "jyj"), 403, "forbidden"),
        (restore(&app, &id, 2, &first).staff("editor", "czj"), 403, "forbidden"),
        (restore(&app, &id, 2, "xyz").staff("editor", "czj"), 403, "forbidden"),
        (restore(&app, &"a".repeat(26), 2, &first), 404, "document-not-found"),
        (restore(&app, "x", 2, &first), 404, "document-not-found"),
    ];
    for (place, (call, status, code)) in refusals.into_iter().enumerate() {
        let answer = call.send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{place}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before, "something was written");
    let key = format!("body/{}", BodyHash::of("<p>第一。</p>".as_bytes()));
    app.clients.s3.delete_object().bucket(tables::BODIES).key(key).send().await?;
    let erased = restore(&app, &id, 2, &first).send().await?;
    assert_eq!(erased.told(), (409, "body-erased".to_owned()), "{}", erased.text());
    assert_eq!(view(&app, &id).await?["version"], 2);
    Ok(())
}

/// A text that says what the document is to another comes back only by who may revise both today.
#[tokio::test]
async fn what_an_earlier_text_said_of_others_is_permitted_anew() -> Result<()> {
    let app = TestApp::town().await?;
    let other = app.published("czj", "czj.tzgg", "policy").await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Editor, "czj", "")]).await?;
    let mut body = draft("jyj.tzgg", "解读", "<p>解读。</p>");
    body["content"]["relations"] = json!([{ "kind": "interprets", "document": other }]);
    body["department"] = json!("jyj");
    let answer = app.post("/documents").subject("both").key("d").json(&body).send().await?;
    ensure!(answer.status == 201, "{}", answer.text());
    let (id, first) = (answer.field("id"), answer.field("revision"));
    let (id, first) = (id.as_str().unwrap(), first.as_str().unwrap());
    assert_eq!(
        revise(&app, id, 1, &json!({ "title": "解读", "body_html": "<p>无关。</p>" }))
            .subject("both")
            .send()
            .await?
            .status,
        200
    );
    let refused = restore(&app, id, 2, first).send().await?;
    assert_eq!(refused.told(), (403, "forbidden".to_owned()), "{}", refused.text());
    let restored = restore(&app, id, 2, first).subject("both").send().await?;
    assert_eq!(restored.status, 200, "{}", restored.text());
    assert_eq!(view(&app, id).await?["draft"]["content"]["relations"][0]["document"], other);
    Ok(())
}
