//! Files that staff put into a case, and those that its applicant is given with the reply.

use anyhow::{Context, Result};
use http::Method;
use journeys::app::{Answer, TestApp};
use serde_json::{Value, json};

use super::town::{Case, town};

/// What stands in the list: found nowhere but under the key of the case.
const CANARY: &str = "改造清单金丝雀子丑寅卯";
/// What it is called.
const NAME: &str = "2025年改造清单.txt";

/// Puts a file into the case as it stands; what it is asked for by.
async fn added(case: &Case<'_>, name: &str, text: &str) -> Result<String> {
    let answer = adding(case, name, text).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Ok(answer.field("file").as_str().context("a name")?.to_owned())
}

async fn adding(case: &Case<'_>, name: &str, text: &str) -> Result<Answer> {
    let version = case.view().await?.field("version").as_u64().context("a version")?;
    sent(case, name, text, version, &format!("files-{version}")).await
}

async fn sent(case: &Case<'_>, name: &str, text: &str, version: u64, key: &str) -> Result<Answer> {
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let call = case.app.disclosure(Method::POST, &format!("/requests/{}/files?name={encoded}", case.id));
    call.key(key).if_match(version).octets(text.to_owned()).staff("handler", "jyj").send().await
}

fn reply(files: &[&str]) -> Value {
    json!({ "outcome": { "kind": "provided", "extent": { "kind": "whole" } }, "text": "予以公开，清单见附件。", "files": files })
}

/// What whoever shows this code is given.
async fn given(app: &TestApp, number: &str, code: &str, file: &str) -> Result<Answer> {
    let fields = [("number", number), ("file-code", code), ("file", file)];
    app.form(Method::POST, "jyj", "/form/disclosure/file").fields(&fields).send().await
}

#[tokio::test]
async fn an_applicant_is_given_the_files_of_the_reply_once_it_is_approved_and_no_others() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let list = added(&case, NAME, CANARY).await?;
    let memo = added(&case, "内部说明.txt", "只供承办人参考").await?;
    let opened = case.opened().await?;
    let called: Vec<_> =
        opened.field("files").as_array().into_iter().flatten().map(|file| file["name"].clone()).collect();
    assert_eq!(called, [NAME, "内部说明.txt"], "{}", opened.text());

    let drafted = case.call("draft-reply", &reply(&[&list])).await?.staff("handler", "jyj").send().await?;
    assert_eq!(drafted.status, 200, "{}", drafted.text());
    assert_eq!(case.view().await?.field("draft")["files"], json!([list]));
    let (number, code) = (case.receipt.number.as_str(), case.receipt.code.as_str());
    assert_eq!(given(&app, number, code, &list).await?.status, 404, "a draft gives nothing");
    assert!(!case.page().await?.contains(NAME));

    case.done("approve-reply", &json!({})).await?;
    let page = case.page().await?;
    assert!(page.contains(NAME) && page.contains(&list), "{page}");
    assert!(!page.contains("内部说明") && !page.contains(&memo), "{page}");
    let file = given(&app, number, code, &list).await?;
    assert_eq!((file.status.as_u16(), file.text().as_str()), (200, CANARY));
    let header = |name: &str| file.headers[name].to_str().unwrap_or_default().to_owned();
    assert!(
        header("content-disposition").starts_with("attachment; filename=\"file-"),
        "{}",
        header("content-disposition")
    );
    assert_eq!(
        (header("cache-control").as_str(), header("x-content-type-options").as_str()),
        ("private, no-store", "nosniff")
    );
    assert_eq!(given(&app, number, code, &memo).await?.status, 404, "what was not given");
    assert_eq!(given(&app, number, code, "file-1").await?.status, 404);
    assert!(!app.everything().await?.contains(CANARY), "it is readable without the key");
    Ok(())
}

#[tokio::test]
async fn a_wrong_code_and_an_unknown_number_are_told_the_same_and_given_nothing() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let list = added(&case, NAME, CANARY).await?;
    case.decided(&reply(&[&list])).await?;
    let wrong = given(&app, &case.receipt.number, "0000-0000-0000-0000", &list).await?;
    let unknown = given(&app, "YG-20261124-000019", &case.receipt.code, &list).await?;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("no-such-case") && !answer.text().contains(CANARY), "{}", answer.text());
    }
    let empty = given(&app, &case.receipt.number, "", &list).await?;
    assert_eq!(empty.status, 422);
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_sent_again_is_there_once_and_another_under_its_key_is_refused() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let version = case.view().await?.field("version").as_u64().context("a version")?;
    let first = sent(&case, NAME, CANARY, version, "one").await?;
    let again = sent(&case, NAME, CANARY, version, "one").await?;
    assert_eq!((first.status, first.text()), (again.status, again.text()));
    assert_eq!(sent(&case, NAME, "另一份", version, "one").await?.told(), (422, "key-reused".to_owned()));
    assert_eq!(sent(&case, NAME, CANARY, version, "two").await?.told(), (412, "stale".to_owned()));
    assert_eq!(case.view().await?.field("files").as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test]
async fn what_is_no_file_of_its_name_or_none_of_the_case_is_refused_and_changes_nothing() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let before = case.view().await?.text();
    assert_eq!(adding(&case, "清单.pdf", "这不是 PDF").await?.told(), (422, "case-file-unfit".to_owned()));
    assert_eq!(adding(&case, "页面.txt", "<script>alert(1)</script>").await?.told().0, 422);
    assert_eq!(adding(&case, "", "内容").await?.told().0, 422);
    assert_eq!(adding(&case, "空.txt", "").await?.told().0, 422);
    for files in [&["file-1"][..], &["没有这个名字"], &["file-aaaaaaaaaaaaa", "file-aaaaaaaaaaaaa"]] {
        let call = case.call("draft-reply", &reply(files)).await?.staff("handler", "jyj");
        assert_eq!(call.send().await?.told(), (422, "reply-files".to_owned()), "{files:?}");
    }
    assert_eq!(case.view().await?.text(), before);
    Ok(())
}

#[tokio::test]
async fn nobody_has_a_file_of_a_case_that_is_erased() -> Result<()> {
    let app = town().await?;
    let case = Case::confirmed(&app).await?;
    let list = added(&case, NAME, CANARY).await?;
    case.decided(&reply(&[&list])).await?;
    case.done("erase", &json!({ "reason": "本人要求" })).await?;
    let (number, code) = (case.receipt.number.as_str(), case.receipt.code.as_str());
    assert_eq!(given(&app, number, code, &list).await?.status, 404);
    assert!(!case.page().await?.contains(NAME));
    assert_eq!(adding(&case, NAME, CANARY).await?.told(), (410, "case-erased".to_owned()));
    Ok(())
}
