//! A reader adds pictures to his report: they wait as ciphertext, come with the case, are saved by its handler, and are never acknowledged by halves.

use std::time::Duration;

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use http::Method;
use journeys::{
    app::{Answer, TestApp},
    cases::hidden,
};
use local::cloud::{
    faults::{Fault, Faults},
    tables,
};
use serde_json::json;

use super::{
    follower::Follower,
    town::{WROTE, fields, only_case, queue, receipt, token, town},
};

const FILES: &str = "/form/letter/correction/files";

/// What a camera wrote into the picture: stored nowhere, for pictures are drawn anew.
const CANARY: &str = "canary-0599-7654321";

/// Four pixels with a comment.
const PNG: &str = "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001b74455874436f6d6d656e740063616e6172792d30353939\
    2d373635343332316bc9b1e6000000134944415478da63f8cfc0c000c20cff393939011a2a03195ac4b1e50000000049454e44ae426082";

fn png() -> Result<Vec<u8>> {
    Ok(HEXLOWER.decode(PNG.as_bytes())?)
}

/// Adds a picture to the form of `token`; the page that comes back.
async fn add(app: &TestApp, token: &str, added: &[String], name: &str) -> Result<Answer> {
    let mut sent = fields(token, WROTE);
    sent.retain(|(name, _)| !["_at", "_go"].contains(name));
    sent.extend([("_at", "pictures"), ("_go", "add")]);
    sent.extend(added.iter().map(|file| ("pictures", file.as_str())));
    app.form(Method::POST, "jyj", FILES).parts(&sent, ("pictures", name, &png()?)).send().await
}

/// What the form carries once a picture was added.
async fn added(app: &TestApp, token: &str, name: &str) -> Result<Vec<String>> {
    let page = add(app, token, &[], name).await?;
    assert_eq!(page.status, 200, "{}", page.text());
    Ok(hidden(&page.text(), "pictures"))
}

/// Sends the report with what was added.
async fn send(app: &TestApp, token: &str, added: &[String]) -> Result<Answer> {
    let mut sent = fields(token, WROTE);
    sent.extend(added.iter().map(|file| ("pictures", file.as_str())));
    app.form(Method::POST, "jyj", "/form/letter/correction").fields(&sent).send().await
}

#[tokio::test]
async fn a_picture_comes_with_the_report_and_is_saved_by_its_handler() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let first = added(&app, &token, "路灯.png").await?;
    let page = add(&app, &token, &first, "街角.png").await?;
    let both = hidden(&page.text(), "pictures");
    assert_eq!(both.len(), 2, "{}", page.text());
    let waiting = app.objects(tables::QUARANTINE).await?;
    assert!(waiting.len() == 2 && waiting.iter().all(|key| key.starts_with("form/2026-11-23/")), "{waiting:?}");
    receipt(&send(&app, &token, &both).await?)?;
    let id = only_case(&app, "jyj").await?;

    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    let told = view.field("files");
    assert_eq!((told[0]["file"].as_str(), told[1]["kind"].as_str()), (Some("file-1"), Some("png")), "{told}");
    assert!(told[0].get("name").is_none(), "what it is called is somebody's word: {told}");
    let open = app.letter(Method::POST, &format!("/corrections/{id}/open")).staff("handler", "jyj");
    let opened = open.json(&json!({ "reason": "核实并答复" })).send().await?;
    let files = opened.field("files");
    assert_eq!((files[0]["name"].as_str(), files[1]["name"].as_str()), (Some("路灯.png"), Some("街角.png")), "{files}");
    assert_eq!(
        (files[0]["question"].as_str(), files[0]["label"].as_str()),
        (Some("pictures"), Some("网页错误的截图或者照片"))
    );

    let saved = app.letter(Method::POST, &format!("/corrections/{id}/files/file-2")).staff("handler", "jyj");
    let saved = saved.json(&json!({ "reason": "看清错在哪里" })).send().await?;
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert!(saved.body.starts_with(b"\x89PNG") && !saved.text().contains(CANARY), "it is drawn anew");
    assert_eq!(Some(saved.body.len() as u64), files[1]["bytes"].as_u64());
    let header = |name: &str| saved.headers[name].to_str().unwrap_or_default().to_owned();
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"file-2.png\"; filename*=UTF-8''%E8%A1%97%E8%A7%92.png"
    );
    assert_eq!(
        ["content-type", "x-content-type-options", "content-security-policy", "cache-control"].map(header),
        ["image/png", "nosniff", "default-src 'none'; sandbox", "private, no-store"]
    );

    let readings =
        app.letter(Method::GET, &format!("/corrections/{id}/readings")).staff("auditor", "jyj").send().await?;
    let last = readings.field("readings")[0].clone();
    assert_eq!((&last["fields"], &last["why"]), (&json!(["file-2", "file-2-name"]), &json!("看清错在哪里")));
    for other in ["file-3", "file-0", "content", "file-01"] {
        let none = app.letter(Method::POST, &format!("/corrections/{id}/files/{other}")).staff("handler", "jyj");
        let none = none.json(&json!({ "reason": "核实" })).send().await?;
        assert_eq!(none.told(), (404, "case-file-not-found".to_owned()), "{other}");
    }
    let unreasoned = app.letter(Method::POST, &format!("/corrections/{id}/files/file-1")).staff("handler", "jyj");
    assert_eq!(unreasoned.json(&json!({ "reason": " " })).send().await?.status, 422);
    Ok(())
}

#[tokio::test]
async fn nothing_of_a_picture_is_readable_but_with_the_case_key() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let files = added(&app, &token, "王小明家门口.png").await?;
    let waits = app.everything().await?;
    receipt(&send(&app, &token, &files).await?)?;
    queue(&app, "jyj").await?;
    let kept = app.everything().await?;
    for all in [waits, kept] {
        for secret in [CANARY, "王小明家门口", "IHDR", files[0].split('.').nth(3).context("a key")?] {
            assert!(!all.contains(secret), "{secret} is readable");
        }
    }
    Ok(())
}

#[tokio::test]
async fn sent_twice_it_has_one_receipt_though_the_quarantine_is_empty_by_then() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let files = added(&app, &token, "路灯.png").await?;
    let first = receipt(&send(&app, &token, &files).await?)?;
    let before = app.written().await?;
    app.empty_quarantine().await?;
    let again = receipt(&send(&app, &token, &files).await?)?;
    assert_eq!((first.number, first.code), (again.number, again.code));
    assert!(app.written().await? == before, "nothing is written a second time");
    let without = send(&app, &token, &[]).await?;
    assert_eq!(without.status, 409, "without the picture it is another report");
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_picture_that_waited_too_long_is_asked_for_again_and_everything_else_stays() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let files = added(&app, &token, "路灯.png").await?;
    app.empty_quarantine().await?;
    let before = app.written().await?;
    let told = send(&app, &token, &files).await?;
    assert_eq!(told.status, 422, "{}", told.text());
    for part in ["data-code=\"files-gone\"", "“路灯.png”等文件", WROTE, "王小明"] {
        assert!(told.text().contains(part), "{part}: {}", told.text());
    }
    assert!(hidden(&told.text(), "pictures").is_empty() && app.written().await? == before);
    // The same form once more: with another picture, under the same key.
    let files = added(&app, &token, "再拍.png").await?;
    receipt(&send(&app, &token, &files).await?)?;
    Ok(())
}

/// A process dies when the pictures lie among the bodies and the case does not stand: nobody was told anything, and what lies there is nothing.
#[tokio::test]
async fn who_dies_between_the_bodies_and_the_commit_has_acknowledged_nothing() -> Result<()> {
    let faults = Faults::script((1..=100).map(|nth| ("TransactWriteItems", nth, Fault::InternalError)))?;
    faults.pause();
    let app = TestApp::start_with(faults.clone()).await?;
    app.found_town().await?;
    Follower::of(&app).await?;
    let token = token(&app).await?;
    let files = added(&app, &token, "路灯.png").await?;
    let before = app.objects(tables::BODIES).await?.len();
    faults.resume();
    let died = tokio::time::timeout(Duration::from_secs(2), send(&app, &token, &files)).await;
    faults.pause();
    if let Ok(answer) = died {
        assert_eq!(answer?.status, 503, "whoever hears anything hears that it was not received");
    }
    assert_eq!(app.objects(tables::BODIES).await?.len(), before + 1, "its body was stored first");
    assert!(queue(&app, "jyj").await?.is_empty());
    let all = app.everything().await?;
    assert!(!all.contains(CANARY) && !all.contains("IHDR"));
    receipt(&send(&app, &token, &files).await?)?;
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    let id = only_case(&app, "jyj").await?;
    let saved = app.letter(Method::POST, &format!("/corrections/{id}/files/file-1")).staff("handler", "jyj");
    assert_eq!(saved.json(&json!({ "reason": "核实" })).send().await?.status, 200);
    Ok(())
}
