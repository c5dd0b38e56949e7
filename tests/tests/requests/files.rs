//! An applicant adds a document: it is read by nobody on its way, by his handlers while the case is kept, and by nobody once it is erased.

use anyhow::{Context, Result};
use http::Method;
use journeys::{
    app::{Answer, TestApp},
    cases::{Receipt, hidden, token_in},
};
use local::cloud::tables;
use serde_json::json;

use super::{
    follower::Follower,
    town::{Case, WROTE, fields, queue, send, text, token, town},
};

/// What stands in the document: found nowhere but under its keys.
const CANARY: &str = "身份证明金丝雀甲乙丙丁戊己庚辛";
/// What it is called.
const NAME: &str = "王小明的居住证明.txt";

const FILES: &str = "/form/disclosure/information-request/files";

/// Adds the document to the form of `token`; what the form carries then.
async fn added(app: &TestApp, token: &str) -> Result<Vec<String>> {
    let mut sent = fields(token, WROTE);
    sent.retain(|(name, _)| !["_at", "_go"].contains(name));
    sent.extend([("_at", "enclosures"), ("_go", "add")]);
    let text = format!("{CANARY}\n{}", "第二行。\n".repeat(2_000));
    let call = app.form(Method::POST, "jyj", FILES).parts(&sent, ("enclosures", NAME, text.as_bytes()));
    let page = call.send().await?;
    assert_eq!(page.status, 200, "{}", page.text());
    Ok(hidden(&page.text(), "enclosures"))
}

async fn filed(app: &TestApp) -> Result<Case<'_>> {
    let token = token(app).await?;
    let files = added(app, &token).await?;
    let mut sent = fields(&token, WROTE);
    sent.extend(files.iter().map(|file| ("enclosures", file.as_str())));
    let receipt = Receipt::read(&send(app, &token, &sent).await?, "YG")?;
    let queue = queue(app, "jyj").await?;
    let stream = queue.first().and_then(|entry| entry["stream"].as_str()).unwrap_or_default();
    let id = stream.trim_start_matches("request:").to_owned();
    Ok(Case { app, id, receipt })
}

async fn saved(case: &Case<'_>) -> Result<Answer> {
    saved_as(case, "file-1").await
}

async fn saved_as(case: &Case<'_>, file: &str) -> Result<Answer> {
    let call = case.app.disclosure(Method::POST, &format!("/requests/{}/files/{file}", case.id));
    call.staff("handler", "jyj").json(&json!({ "reason": "核对身份" })).send().await
}

#[tokio::test]
async fn a_form_that_is_never_sent_leaves_what_nobody_can_read() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    added(&app, &token).await?;
    let all = app.everything().await?;
    assert_eq!(app.objects(tables::QUARANTINE).await?.len(), 1);
    for secret in [CANARY, "第二行", NAME, "居住证明"] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    Ok(())
}

#[tokio::test]
async fn a_document_is_read_while_the_case_is_kept_and_by_nobody_once_it_is_erased() -> Result<()> {
    let app = town().await?;
    let case = filed(&app).await?;
    app.empty_quarantine().await?;
    let opened = case.opened().await?;
    assert_eq!(opened.field("files")[0]["name"], NAME, "{}", opened.text());
    let file = saved(&case).await?;
    assert_eq!((file.status.as_u16(), file.headers["content-type"].to_str()?), (200, "application/octet-stream"));
    assert!(file.text().starts_with(CANARY));
    assert!(!app.everything().await?.contains(CANARY), "it is readable without the key");

    case.done("withdraw", &json!({ "reason": "电话说明不再需要", "shown_by": "call" })).await?;
    case.done("erase", &json!({ "reason": "本人要求" })).await?;
    assert_eq!(saved(&case).await?.told(), (410, "case-erased".to_owned()));
    Follower::of(&app).await?;
    assert_eq!(disclosure::keep_time(&app.requests).await?.erased, 1);
    assert_eq!(saved(&case).await?.told(), (410, "case-erased".to_owned()));
    assert_eq!(app.vault_rows(&case.stream()).await?, 0);
    let all = app.everything().await?;
    for secret in [CANARY, NAME, "居住证明", WROTE] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    // That there was one stays; what it was called does not.
    let told = case.view().await?.field("files");
    assert_eq!((told[0]["kind"].as_str(), told[0].get("name")), (Some("text"), None), "{told}");
    Ok(())
}

/// Another department answers for it: what came with the case comes with it.
#[tokio::test]
async fn a_department_that_is_handed_the_case_reads_its_files_and_the_former_one_does_not() -> Result<()> {
    let app = town().await?;
    let case = filed(&app).await?;
    case.done("assign", &json!({ "department": "czj", "reason": "属财政局职责" })).await?;
    assert_eq!(saved(&case).await?.told(), (403, "forbidden".to_owned()));
    let call = app.disclosure(Method::POST, &format!("/requests/{}/files/file-1", case.id));
    let file = call.staff("handler", "czj").json(&json!({ "reason": "核对身份" })).send().await?;
    assert!(file.status == 200 && file.text().starts_with(CANARY), "{}", file.text());
    Ok(())
}

/// The applicant completes his application with a document: it comes as one of the form does, and is not asked for twice.
#[tokio::test]
async fn a_completion_brings_a_document_that_is_kept_and_erased_as_those_of_the_form_are() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请补交居住证明。")).await?;
    let page = case.page().await?;
    let form =
        page.split("<form ").find(|form| form.contains("name=\"act\" value=\"complete\"")).context(page.clone())?;
    let token = token_in(form)?;
    let (number, code) = (case.receipt.number.as_str(), case.receipt.code.as_str());
    let own = [("_token", &*token), ("act", "complete"), ("number", number), ("complete-text", "见附件。")];
    let document = format!("{CANARY}\n{}", "第二行。\n".repeat(2_000));
    let adding = [&own[..], &[("_go", "add")]].concat();
    let call = app.form(Method::POST, "jyj", "/form/disclosure/act/files");
    let page = call.parts(&adding, ("complete-files", NAME, document.as_bytes())).send().await?;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains(NAME) && page.text().contains("见附件。"), "{}", page.text());
    let files = hidden(&page.text(), "complete-files");
    let mut sent = [&own[..], &[("complete-code", code)]].concat();
    sent.extend(files.iter().map(|file| ("complete-files", file.as_str())));
    for _ in 0..2 {
        let done = app.form(Method::POST, "jyj", "/form/disclosure/act").fields(&sent).send().await?;
        assert!(done.status == 200 && done.text().contains("答复期限重新计算"), "{}", done.text());
        // Sent again it is recognised by what was sent, wherever that is by now.
        app.empty_quarantine().await?;
    }
    let opened = case.opened().await?.field("files");
    assert_eq!(
        (&opened[0]["file"], &opened[0]["name"], &opened[0]["label"]),
        (&json!("complete-1"), &json!(NAME), &json!("申请人的补正")),
        "{opened}"
    );
    assert!(saved_as(&case, "complete-1").await?.text().starts_with(CANARY));
    let given = json!({ "outcome": { "kind": "does-not-exist" }, "text": "没有。", "files": ["complete-1"] });
    assert_eq!(case.told("draft-reply", &given).await?, (422, "reply-files".to_owned()), "it is his own");
    assert!(!app.everything().await?.contains(CANARY), "it is readable without the key");

    case.done("withdraw", &json!({ "reason": "电话说明不再需要", "shown_by": "call" })).await?;
    case.done("erase", &json!({ "reason": "本人要求" })).await?;
    assert_eq!(saved_as(&case, "complete-1").await?.told(), (410, "case-erased".to_owned()));
    Follower::of(&app).await?;
    assert_eq!(disclosure::keep_time(&app.requests).await?.erased, 1);
    let all = app.everything().await?;
    assert!(!all.contains(CANARY) && !all.contains("居住证明"), "it is readable");
    Ok(())
}

/// The form in which the applicant completes his application, with the document added and the text and the code in it.
async fn completion(case: &Case<'_>, page: &str) -> Result<Vec<(&'static str, String)>> {
    let form =
        page.split("<form ").find(|form| form.contains("name=\"act\" value=\"complete\"")).context(page.to_owned())?;
    let token = token_in(form)?;
    let own =
        [("_token", &*token), ("act", "complete"), ("number", &*case.receipt.number), ("complete-text", "见附件。")];
    let adding = [&own[..], &[("_go", "add")]].concat();
    let call = case.app.form(Method::POST, "jyj", "/form/disclosure/act/files");
    let page = call.parts(&adding, ("complete-files", NAME, CANARY.as_bytes())).send().await?;
    let mut sent: Vec<_> = own.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    sent.push(("complete-code", case.receipt.code.clone()));
    sent.extend(hidden(&page.text(), "complete-files").into_iter().map(|file| ("complete-files", file)));
    Ok(sent)
}

async fn completes(app: &TestApp, sent: &[(&'static str, String)]) -> Result<Answer> {
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.form(Method::POST, "jyj", "/form/disclosure/act").fields(&fields).send().await
}

/// Two days pass between adding and sending: what has gone is told, and the rest of the form stays.
#[tokio::test]
async fn a_document_that_waited_too_long_is_asked_for_again_and_nothing_is_completed() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请补交居住证明。")).await?;
    let sent = completion(&case, &case.page().await?).await?;
    app.empty_quarantine().await?;
    let gone = completes(&app, &sent).await?;
    assert_eq!(gone.status, 422, "{}", gone.text());
    assert!(gone.text().contains("data-code=\"files-gone\"") && gone.text().contains("见附件。"), "{}", gone.text());
    assert_eq!(case.view().await?.field("completion"), "awaited");
    Ok(())
}

/// Given that no completion is awaited any more, when one is sent with a document again and again, then nothing of it is stored; and its sender is told so, not that his files are gone.
#[tokio::test]
async fn a_document_of_a_completion_that_is_refused_is_laid_nowhere() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    case.done("ask-completion", &text("请补交居住证明。")).await?;
    let sent = completion(&case, &case.page().await?).await?;
    case.done("withdraw", &json!({ "reason": "电话说明不再需要", "shown_by": "call" })).await?;
    let stored = app.objects(tables::BODIES).await?.len();
    for _ in 0..2 {
        let refused = completes(&app, &sent).await?;
        assert!(refused.status == 409 && refused.text().contains("状态已经变化"), "{}", refused.text());
        assert_eq!(app.objects(tables::BODIES).await?.len(), stored, "it was stored for nothing");
        // What was added has gone from quarantine: it is the case that refuses, and nobody adds anew for nothing.
        app.empty_quarantine().await?;
    }
    Ok(())
}
