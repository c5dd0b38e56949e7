//! A text that may not even be kept: said by an event, and gone from the store after two sweeps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::{
    ActorId, ColumnId, CommitId, DepartmentCode, DocumentId,
    document::{self, BodyHash, Content, Document},
    staff::Role,
    text::Line,
};
use jiff::{SignedDuration, Timestamp};
use journeys::app::{Answer, Call, TestApp, draft};
use ledger::{Command, Sweep, Swept};
use local::cloud::tables;
use serde_json::{Value, json};

/// Everything is old and rested: the store's clock is not the app's.
const ALL: Sweep =
    Sweep { age: SignedDuration::MIN, rest: SignedDuration::MIN, lifetime: Duration::ZERO, dry_run: false };

fn erase<'a>(app: &'a TestApp, id: &str, version: u64, revision: &Value) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/erase")).staff("administrator", "jyj").if_match(version);
    call.key(&format!("erase-{version}")).json(&json!({ "revision": revision, "reason": "误发，含个人信息" }))
}

async fn act(app: &TestApp, id: &str, role: &str, verb: &str, version: u64, body: &Value) -> Result<Answer> {
    let call = app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").key(&format!("{verb}-{version}"));
    let answer = call.if_match(version).json(body).send().await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer)
}

/// A document with this text: its id, its revision, and the text's hash.
async fn drafted(app: &TestApp, key: &str, html: &str) -> Result<(String, Value, BodyHash)> {
    let body = draft("jyj.tzgg", key, html);
    let answer = app.post("/documents").staff("editor", "jyj").key(key).json(&body).send().await?;
    ensure!(answer.status == 201, "{}", answer.text());
    let id = answer.field("id").as_str().context("no id")?.to_owned();
    Ok((id, answer.field("revision"), BodyHash::of(html.as_bytes())))
}

async fn revise(app: &TestApp, id: &str, version: u64, html: &str) -> Result<()> {
    let call = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").if_match(version);
    let content = json!({ "content": { "title": "改后", "body_html": html } });
    let answer = call.key(&format!("revise-{version}")).json(&content).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(())
}

async fn swept(app: &TestApp) -> Result<Swept> {
    Ok(app.ledger.sweep(ALL).await?)
}

fn key(hash: &BodyHash) -> String {
    format!("body/{hash}")
}

#[tokio::test]
async fn a_text_that_was_erased_is_gone_after_two_sweeps_and_everything_else_stays() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, revision, hash) = drafted(&app, "list", "<p>甲的电话。</p>").await?;
    assert_eq!(erase(&app, &id, 1, &revision).send().await?.told(), (409, "text-in-use".to_owned()));
    revise(&app, &id, 1, "<p>没有电话。</p>").await?;
    assert_eq!(swept(&app).await?, Swept { looked_at: 2, ..Swept::default() }, "all of it is named");

    let erased = erase(&app, &id, 2, &revision).send().await?;
    assert_eq!((erased.status.as_u16(), erased.field("erased")), (200, json!([hash.to_string()])), "{}", erased.text());
    assert_eq!(erase(&app, &id, 2, &revision).send().await?, erased, "a resend gets the first answer");
    assert_eq!(erase(&app, &id, 3, &revision).send().await?.told(), (409, "text-erased-before".to_owned()));
    let restore = app.post(&format!("/documents/{id}/restore")).staff("editor", "jyj").key("r").if_match(3);
    let restored = restore.json(&json!({ "revision": revision })).send().await?;
    assert_eq!(restored.told(), (409, "body-erased".to_owned()));
    let read = async |path: String| Ok::<_, anyhow::Error>(app.get(&path).staff("editor", "jyj").send().await?.json());
    let text = revision.as_str().context("no revision")?;
    let told = read(format!("/documents/{id}/revisions/{text}")).await?;
    assert_eq!(told["content"]["body_html"], Value::Null, "nobody is shown it before the sweep either: {told}");
    let list = read(format!("/documents/{id}/revisions")).await?;
    assert_eq!((&list["revisions"][0]["erased"], &list["revisions"][1]["erased"]), (&json!(true), &Value::Null));
    let difference = read(format!("/documents/{id}/diff?from={text}")).await?;
    assert_eq!(difference["body"]["erased"], true, "{difference}");

    assert_eq!(swept(&app).await?, Swept { looked_at: 2, set_aside: vec![key(&hash)], ..Swept::default() });
    assert!(!app.ledger.has_body(&hash).await?);
    assert_eq!(swept(&app).await?, Swept { looked_at: 1, deleted: vec![key(&hash)], ..Swept::default() });
    assert_eq!(swept(&app).await?, Swept { looked_at: 1, ..Swept::default() });
    let standing = read(format!("/documents/{id}")).await?;
    assert_eq!(standing["draft"]["content"]["body_html"], "<p>没有电话。</p>");
    Ok(())
}

/// A table that was sent as `POST /files` takes it.
async fn taken(app: &TestApp, who: &str) -> Result<String> {
    let call = app.post("/files?name=a.csv").subject(who).raw("甲,0599-1234567\n");
    let answer = call.header("content-type", "application/octet-stream").send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.field("file").as_str().context("no name")?.to_owned())
}

/// A document with a file, public and withdrawn: its id and revision. Version 5.
async fn withdrawn_with(app: &TestApp, file: &str) -> Result<(String, Value)> {
    let mut body = draft("jyj.tzgg", "名单", "<p>见附件。</p>");
    body["content"]["attachments"] = json!([{ "file": file, "title": "名单" }]);
    let answer = app.post("/documents").subject("zhang.san").key("filed").json(&body).send().await?;
    ensure!(answer.status == 201, "{}", answer.text());
    let (id, revision) = (answer.field("id").as_str().context("no id")?.to_owned(), answer.field("revision"));
    act(app, &id, "editor", "submit", 1, &json!({})).await?;
    act(app, &id, "reviewer", "approve", 2, &json!({ "revision": revision })).await?;
    act(app, &id, "publisher", "publish", 3, &json!({ "slug": "mingdan" })).await?;
    act(app, &id, "publisher", "withdraw", 4, &json!({ "reason": "误发" })).await?;
    Ok((id, revision))
}

/// Until the sweep its bytes lie there, and the record of whoever took it in.
#[tokio::test]
async fn a_file_that_was_erased_is_handed_to_nobody_and_attached_to_no_later_text() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("zhang.san", &[(Role::Editor, "jyj", "")]).await?;
    let file = taken(&app, "zhang.san").await?;
    let (id, revision) = withdrawn_with(&app, &file).await?;
    let path = format!("/documents/{id}/files/{file}");
    let given = async || Ok::<_, anyhow::Error>(app.get(&path).staff("reviewer", "jyj").send().await?.status.as_u16());
    assert_eq!(given().await?, 200, "what readers had is looked at by whoever may read the document");
    assert_eq!(erase(&app, &id, 5, &revision).send().await?.status, 200);
    assert_eq!(given().await?, 404);

    let naming =
        json!({ "title": "名单", "body_html": "<p>见附件。</p>", "attachments": [{ "file": file, "title": "表" }] });
    let path = format!("/documents/{id}/draft");
    let saved = |who: &str, content: &Value| {
        let call = app.put(&path).if_match(6).key(&format!("again-{who}")).json(&json!({ "content": content }));
        call.subject(who).send()
    };
    let before = app.written().await?;
    assert_eq!(taken(&app, "zhang.san").await?, file, "he sends it once more");
    for who in ["zhang.san", "editor.jyj"] {
        let refused = saved(who, &naming).await?;
        assert_eq!(refused.told(), (409, "file-erased".to_owned()), "{who}: {}", refused.text());
    }
    let restore = app.post(&format!("/documents/{id}/restore")).staff("editor", "jyj").key("r").if_match(6);
    let restored = restore.json(&json!({ "revision": revision })).send().await?;
    assert_eq!(restored.told(), (409, "body-erased".to_owned()));
    assert_eq!(app.written().await?, before, "something was written");

    let plain = json!({ "title": "名单", "body_html": "<p>附件已删去。</p>" });
    assert_eq!(saved("zhang.san", &plain).await?.status, 200);
    let gone = swept(&app).await?.set_aside;
    let of_file = gone.iter().filter(|key| key.contains(&file)).count();
    assert_eq!((of_file, gone.len()), (2, 3), "the text, the file, and what was told of it: {gone:?}");
    assert_eq!(swept(&app).await?.deleted.len(), 3);
    let own = app.get(&format!("/files/{file}")).subject("zhang.san").send().await?;
    assert_eq!(own.told(), (404, "file-not-found".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_text_that_another_document_has_stays_and_one_that_is_written_again_comes_back() -> Result<()> {
    let app = TestApp::town().await?;
    let (id, revision, hash) = drafted(&app, "first", "<p>同样的话。</p>").await?;
    drafted(&app, "second", "<p>同样的话。</p>").await?;
    revise(&app, &id, 1, "<p>别的话。</p>").await?;
    ensure!(erase(&app, &id, 2, &revision).send().await?.status == 200);
    assert_eq!(swept(&app).await?.set_aside, Vec::<String>::new(), "another document says the same");

    let (id, revision, hash_alone) = drafted(&app, "third", "<p>只此一处。</p>").await?;
    revise(&app, &id, 1, "<p>改了。</p>").await?;
    ensure!(erase(&app, &id, 2, &revision).send().await?.status == 200);
    assert_eq!(swept(&app).await?.set_aside, [key(&hash_alone)]);
    revise(&app, &id, 3, "<p>只此一处。</p>").await?;
    let back = swept(&app).await?;
    assert_eq!((back.put_back.as_slice(), back.deleted.len()), ([key(&hash_alone)].as_slice(), 0));
    assert!(app.ledger.has_body(&hash_alone).await? && app.ledger.has_body(&hash).await?);
    Ok(())
}

#[tokio::test]
async fn what_was_never_saved_goes_when_it_is_old_and_a_dry_run_only_tells() -> Result<()> {
    let app = TestApp::town().await?;
    let unsaved = app.ledger.put_body("<p>从未保存。</p>".as_bytes(), "text/html; charset=utf-8").await?;
    let young = app.ledger.sweep(Sweep { age: SignedDuration::MAX, ..ALL }).await?;
    assert_eq!(young, Swept { looked_at: 1, ..Swept::default() });
    let dry = app.ledger.sweep(Sweep { dry_run: true, ..ALL }).await?;
    assert_eq!((dry.set_aside.as_slice(), app.ledger.has_body(&unsaved).await?), ([key(&unsaved)].as_slice(), true));
    assert_eq!(swept(&app).await?.set_aside, [key(&unsaved)]);
    let resting = app.ledger.sweep(Sweep { rest: SignedDuration::MAX, ..ALL }).await?;
    assert_eq!((resting.resting.as_slice(), resting.deleted.len()), ([key(&unsaved)].as_slice(), 0));
    // A run that dies between copy and deletion leaves both; nothing is lost by it.
    app.ledger.put_body("<p>从未保存。</p>".as_bytes(), "text/html; charset=utf-8").await?;
    let again = swept(&app).await?;
    assert_eq!(
        (again.deleted.as_slice(), again.set_aside.as_slice()),
        ([key(&unsaved)].as_slice(), [key(&unsaved)].as_slice())
    );
    assert_eq!(swept(&app).await?.deleted, [key(&unsaved)]);
    let left = app.clients.s3.list_objects_v2().bucket(tables::BODIES).send().await?;
    assert_eq!(left.contents().len(), 0);
    Ok(())
}

/// Two take the same file in, a month apart; a sweep comes between the second and the text that is to name it.
#[tokio::test]
async fn a_file_is_as_old_as_when_it_was_last_taken_in_and_no_text_names_one_that_was_swept() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("li.si", &[(Role::Editor, "jyj", "")]).await?;
    let file = taken(&app, "editor.jyj").await?;
    // The store tells whole seconds.
    let second = async || tokio::time::sleep(Duration::from_millis(1100)).await;
    second().await;
    let between = Timestamp::now();
    second().await;
    assert_eq!(taken(&app, "li.si").await?, file);
    // The ages are told by the app's clock, the times by the store's.
    let month = Sweep { age: app.ledger.now().duration_since(between), ..ALL };
    let earlier = app.ledger.sweep(month).await?;
    assert_eq!((earlier.looked_at, earlier.set_aside.len()), (3, 1), "the first record alone: {earlier:?}");
    let hash: BodyHash = file.clone().try_into()?;
    assert!(app.ledger.has_body(&hash).await?, "somebody took it in since");

    // Whatever becomes of its record, bytes that are gone are named by no text.
    app.clients.s3.delete_object().bucket(tables::BODIES).key(key(&hash)).send().await?;
    let mut body = draft("jyj.tzgg", "名单", "<p>见附件。</p>");
    body["content"]["attachments"] = json!([{ "file": file, "title": "名单" }]);
    let save = || app.post("/documents").subject("li.si").key("late").json(&body).send();
    let refused = save().await?;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.json()["errors"][0]["code"], "file-unknown", "{}", refused.text());
    assert_eq!(taken(&app, "li.si").await?, file, "it is taken in again");
    let saved = save().await?;
    assert_eq!(saved.status, 201, "{}", saved.text());
    assert!(app.ledger.has_body(&hash).await?);
    Ok(())
}

/// Names a body that somebody found in the store before.
async fn name(app: &TestApp, hash: &BodyHash) -> Result<()> {
    let actor: ActorId = "editor.jyj".parse()?;
    let id = CommitId::derive(&actor, "draft", "new", 0, "late");
    let document = DocumentId::derive(&id);
    let (stream, started) = (document.stream(), Instant::now());
    let command = Command { stream, id, actor, fingerprint: None, expected: None, holds: Vec::new(), started };
    let (column, department): (ColumnId, DepartmentCode) = ("jyj.tzgg".parse()?, "jyj".parse()?);
    let content = Content::new(Line::new("名单")?, hash.clone());
    let draft = |standing: &Document, context: &domain::Context| {
        let (document, column, department) = (document.clone(), column.clone(), department.clone());
        document::draft(standing, document, column, department, content.clone(), context)
    };
    app.ledger.execute(&command, draft).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(())
}

/// A command that found the body before a sweep set it aside, and names it after: a month may pass until the next sweep.
#[tokio::test]
async fn what_was_named_while_it_was_set_aside_is_back_when_the_sweep_ends() -> Result<()> {
    let app = TestApp::town().await?;
    let html = "text/html; charset=utf-8";
    let hash = app.ledger.put_body("<p>正好在这时。</p>".as_bytes(), html).await?;
    let unnamed = app.ledger.put_body("<p>从未保存。</p>".as_bytes(), html).await?;
    let sweep = Sweep { lifetime: Duration::from_secs(3), ..ALL };
    let ledger = app.ledger.clone();
    let sweep = tokio::spawn(async move { ledger.sweep(sweep).await });
    while app.ledger.has_body(&hash).await? {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    name(&app, &hash).await?;
    let told = sweep.await??;
    assert_eq!(
        (told.put_back.as_slice(), told.set_aside.as_slice()),
        ([key(&hash)].as_slice(), [key(&unnamed)].as_slice())
    );
    assert!(app.ledger.has_body(&hash).await? && !app.ledger.has_body(&unnamed).await?);
    assert_eq!(swept(&app).await?, Swept { looked_at: 1, deleted: vec![key(&unnamed)], ..Swept::default() });
    Ok(())
}

#[tokio::test]
async fn a_public_text_is_withdrawn_before_it_is_erased_and_only_an_administrator_says_so() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "mingdan").await?;
    let live = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    let (revision, version) = (live["live"]["revision"].clone(), live["version"].as_u64().context("no version")?);
    let before = app.written().await?;
    for (place, (call, status, code)) in [
        (erase(&app, &id, version, &revision), 409, "text-in-use"),
        (erase(&app, &id, version, &revision).staff("publisher", "jyj"), 403, "forbidden"),
        (erase(&app, &id, version, &revision).staff("administrator", "czj"), 403, "forbidden"),
        (erase(&app, &id, version, &json!("ab".repeat(32))), 404, "revision-not-found"),
        (erase(&app, &id, version, &json!("x")), 422, "invalid-field"),
        (
            erase(&app, &id, version, &revision).json(&json!({ "revision": revision, "reason": " " })),
            422,
            "invalid-field",
        ),
        (erase(&app, &id, 1, &revision), 412, "stale"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = call.send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{place}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before, "something was written");
    act(&app, &id, "publisher", "withdraw", version, &json!({ "reason": "误发" })).await?;
    let erased = erase(&app, &id, version + 1, &revision).send().await?;
    assert_eq!(erased.status, 200, "{}", erased.text());
    Ok(())
}
