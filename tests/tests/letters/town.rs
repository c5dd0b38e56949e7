//! A town whose readers report errors.

use anyhow::{Context, Result};
use http::{Method, StatusCode};
use journeys::{
    app::{Answer, Call, TestApp},
    cases::{Receipt, token_in},
};
use serde_json::{Value, json};

use super::follower::Follower;

/// What a reader wrote: found nowhere but under the key of his case.
pub(crate) const WROTE: &str = "有错的原文甲乙丙丁";
/// His telephone.
pub(crate) const PHONE: &str = "13800138000";

/// The token of a form that is opened on the site of the education department.
pub(crate) async fn token(app: &TestApp) -> Result<String> {
    let page = app.form(Method::GET, "jyj", "/form/letter/correction").send().await?;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    token_in(&page.text())
}

/// The fields of a report, as the last page sends them.
pub(crate) fn fields<'a>(token: &'a str, wrote: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("_token", token),
        ("_at", "check"),
        ("_go", "send"),
        ("page", "http://jyj.localhost:8080/tzgg/"),
        ("mistake", "content"),
        ("text-place", wrote),
        ("right", "应为十一月二十五日"),
        ("name", "王小明"),
        ("phone", PHONE),
    ]
}

/// Sends a report under `token`.
pub(crate) async fn send(app: &TestApp, token: &str, wrote: &str) -> Result<Answer> {
    app.form(Method::POST, "jyj", "/form/letter/correction").fields(&fields(token, wrote)).send().await
}

/// Reports an error on a page of the education department, and gives number and code.
pub(crate) async fn reported(app: &TestApp) -> Result<Receipt> {
    let token = token(app).await?;
    receipt(&send(app, &token, WROTE).await?)
}

/// What a receipt says.
pub(crate) fn receipt(answer: &Answer) -> Result<Receipt> {
    Receipt::read(answer, "ZC")
}

/// Asks how a case stands.
pub(crate) async fn status(app: &TestApp, number: &str, code: &str) -> Result<Answer> {
    app.form(Method::POST, "jyj", "/form/letter/status").fields(&[("number", number), ("code", code)]).send().await
}

/// A town whose views hold all there is, and one report.
pub(crate) async fn town() -> Result<TestApp> {
    let app = TestApp::town().await?;
    Follower::of(&app).await?;
    Ok(app)
}

/// The queue of a department, as its handler sees it.
pub(crate) async fn queue(app: &TestApp, department: &str) -> Result<Vec<Value>> {
    Follower::of(app).await?;
    let answer = app.letter(Method::GET, "/cases").staff("handler", department).send().await?;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    Ok(answer.field("entries").as_array().cloned().unwrap_or_default())
}

/// Id of the only case of a department.
pub(crate) async fn only_case(app: &TestApp, department: &str) -> Result<String> {
    let queue = queue(app, department).await?;
    assert_eq!(queue.len(), 1, "{queue:?}");
    let stream = queue[0]["stream"].as_str().context("a stream")?;
    Ok(stream.strip_prefix("correction:").context("a report")?.to_owned())
}

/// A command on a report, at the version seen.
pub(crate) fn act<'a>(app: &'a TestApp, id: &str, act: &str, version: u64, body: &Value) -> Call<'a> {
    let call = app.letter(Method::POST, &format!("/corrections/{id}/{act}"));
    call.key(&format!("{act}-{id}-{version}")).if_match(version).json(body)
}

/// Answers a report.
pub(crate) fn answer<'a>(app: &'a TestApp, id: &str, version: u64) -> Call<'a> {
    let body = json!({ "finding": "corrected", "subject": "招生通知的日期", "text": "日期已更正为11月25日。" });
    act(app, id, "answer", version, &body)
}

/// The version of a report.
pub(crate) async fn version(app: &TestApp, id: &str) -> Result<u64> {
    let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
    view.field("version").as_u64().context("a version")
}
