//! Files: taken in, put beside texts, looked at by staff.

use anyhow::{Context, Result, ensure};
use data_encoding::{BASE64, HEXLOWER};
use domain::{document::BodyHash, staff::Role};
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use journeys::app::{Answer, Call, TestApp, draft};
use serde_json::{Value, json};

const CSV: &str = "报名点,电话\n一小,0599-1234567\n";

fn send<'a>(app: &'a TestApp, name: &str, bytes: impl Into<bytes::Bytes>) -> Call<'a> {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let call = app.post(&format!("/files?name={name}")).staff("editor", "jyj");
    call.raw(bytes).header("content-type", "application/octet-stream")
}

/// The name of a table that was taken in.
async fn taken(app: &TestApp) -> Result<String> {
    let answer = send(app, "报名点.csv", CSV).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.field("file").as_str().context("a name")?.to_owned())
}

/// A request to the store, past the API.
async fn exchange(method: Method, url: &str, headers: &Value, body: &str) -> Result<(u16, String)> {
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<bytes::Bytes>>();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers.as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap());
    }
    let answer = client.request(request.body(Full::from(body.to_owned()))?).await?;
    let status = answer.status().as_u16();
    Ok((status, String::from_utf8(answer.into_body().collect().await?.to_bytes().to_vec())?))
}

async fn drafted(app: &TestApp, key: &str, content: Value) -> Result<Answer> {
    let mut body = draft("jyj.tzgg", "报名通知", "<p>见附件。</p>");
    for (name, value) in content.as_object().into_iter().flatten() {
        body["content"][name] = value.clone();
    }
    app.post("/documents").staff("editor", "jyj").key(key).json(&body).send().await
}

fn named(answer: &Answer) -> String {
    answer.field("id").as_str().unwrap_or_default().to_owned()
}

fn codes(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

#[tokio::test]
async fn a_file_is_taken_in_once_under_the_hash_of_what_is_stored() -> Result<()> {
    let app = TestApp::town().await?;
    let first = send(&app, "报名点.csv", CSV).send().await?;
    assert_eq!(first.status, 200, "{}", first.text());
    let stored = format!("\u{FEFF}{CSV}");
    assert_eq!(first.field("file"), json!(BodyHash::of(stored.as_bytes()).as_str()));
    assert_eq!((first.field("kind"), first.field("bytes")), (json!("csv"), json!(stored.len())));
    assert_eq!(first.field("media_type"), json!("text/csv; charset=utf-8"));
    let written = app.written().await?;
    let again = send(&app, "另一个名字.csv", CSV).send().await?;
    assert_eq!(again.json(), first.json());
    assert_eq!(app.written().await?, written);
    Ok(())
}

/// Readers of a public file know its hash, for it stands in its address.
#[tokio::test]
async fn a_hash_opens_a_file_to_nobody_but_who_took_it_in_and_who_may_read_its_text() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    let own = app.get(&format!("/files/{file}")).staff("editor", "jyj").send().await?;
    assert_eq!(own.status, 200, "{}", own.text());
    let (status, bytes) = exchange(Method::GET, own.field("url").as_str().unwrap(), &json!({}), "").await?;
    assert_eq!((status, bytes), (200, format!("\u{FEFF}{CSV}")));
    let nothing = "0".repeat(64);
    for (who, department, file) in [
        ("reviewer", "jyj", file.as_str()),
        ("editor", "czj", file.as_str()),
        ("editor", "jyj", nothing.as_str()),
        ("editor", "jyj", "x"),
    ] {
        let answer = app.get(&format!("/files/{file}")).staff(who, department).send().await?;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "file-not-found"), "{who} {department}");
    }
    let attachments = json!([{ "file": file, "title": "报名点" }]);
    let mut theirs = draft("czj.tzgg", "别人的附件", "<p>见附件。</p>");
    theirs["content"]["attachments"] = attachments.clone();
    let answer = app.post("/documents").staff("editor", "czj").key("theirs").json(&theirs).send().await?;
    assert_eq!(codes(&answer), [("/content/attachments/0/file".to_owned(), "file-unknown".to_owned())]);

    let id = named(&drafted(&app, "own", json!({ "attachments": attachments })).await?);
    let path = format!("/documents/{id}/files/{file}");
    assert_eq!(app.get(&path).staff("reviewer", "jyj").send().await?.status, 200);
    assert_eq!(app.get(&path).staff("editor", "czj").send().await?.code(), "forbidden");
    let other = format!("/documents/{id}/files/{nothing}");
    assert_eq!(app.get(&other).staff("reviewer", "jyj").send().await?.code(), "file-not-found");
    Ok(())
}

/// Whoever goes on with a colleague's draft keeps its files.
#[tokio::test]
async fn a_colleague_who_revises_a_text_keeps_the_files_that_it_names() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    let attachments = json!([{ "file": file, "title": "报名点" }]);
    let id = named(&drafted(&app, "own", json!({ "attachments": attachments })).await?);
    let mut content = draft("jyj.tzgg", "报名通知", "<p>见附件，改。</p>")["content"].clone();
    content["attachments"] = attachments;
    app.enrol("li.si", &[(Role::Editor, "jyj", "")]).await?;
    let revise = app.put(&format!("/documents/{id}/draft")).subject("li.si").key("revise").if_match(1);
    let answer = revise.json(&json!({ "content": content })).send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Ok(())
}

/// What was erased does not come back as a draft whose file nobody can be given.
#[tokio::test]
async fn a_text_whose_file_was_erased_is_not_restored() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    let first = drafted(&app, "own", json!({ "attachments": [{ "file": file, "title": "报名点" }] })).await?;
    let (id, revision) = (named(&first), first.field("revision"));
    let plain = json!({ "content": draft("jyj.tzgg", "报名通知", "<p>无附件。</p>")["content"] });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("revise").if_match(1);
    ensure!(revise.json(&plain).send().await?.status == 200, "revised");
    let key = format!("body/{file}");
    app.clients.s3.delete_object().bucket(local::cloud::tables::BODIES).key(key).send().await?;
    let restore = app.post(&format!("/documents/{id}/restore")).staff("editor", "jyj").key("restore").if_match(2);
    let answer = restore.json(&json!({ "revision": revision })).send().await?;
    assert_eq!(answer.code(), "body-erased", "{}", answer.text());
    Ok(())
}

/// What an editor writes behind a file's address never opens an attribute on a page.
#[tokio::test]
async fn an_address_of_a_file_is_whole_or_refused() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    for behind in ["//onerror=alert(1)//", ".csv", "?a", "/"] {
        let html = format!("<p><a href=\"/_files/{file}{behind}\">表</a></p>");
        let content = json!({ "body_html": html, "attachments": [{ "file": file, "title": "表" }] });
        let answer = drafted(&app, "dressed", content).await?;
        assert_eq!(codes(&answer), [("/content/body_html".to_owned(), "file-address".to_owned())], "{behind}");
    }
    Ok(())
}

#[tokio::test]
async fn who_brings_documents_in_brings_their_files_too() -> Result<()> {
    let app = TestApp::town().await?;
    let answer = send(&app, "报名点.csv", CSV).staff("migrator", "jyj").send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_given_to_readers_is_refused_and_nothing_is_stored() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let page = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    for (name, bytes, code) in [
        ("空.pdf", Vec::new(), "empty"),
        ("程序.pdf", b"MZ\x90\0\x03\0\0\0".to_vec(), "unknown-kind"),
        ("网页.txt", page.as_bytes().to_vec(), "unknown-kind"),
        ("图.png", CSV.as_bytes().to_vec(), "kind-differs"),
        ("坏.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "damaged"),
        ("公式.csv", b"a,=cmd|' /C calc'!A0\n".to_vec(), "formula"),
    ] {
        let answer = send(&app, name, bytes).send().await?;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, "file-unfit"), "{name}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["code"], code, "{name}: {}", answer.text());
    }
    let too_large = send(&app, "大.txt", vec![b'a'; 4 * 1_048_576 + 1]).send().await?;
    assert_eq!((too_large.status.as_u16(), too_large.code().as_str()), (413, "file-too-large"));
    let nameless =
        app.post("/files").staff("editor", "jyj").raw("a").header("content-type", "application/octet-stream");
    assert_eq!(nameless.send().await?.code(), "malformed-parameter");
    assert_eq!(send(&app, "a\nb.csv", CSV).send().await?.code(), "invalid-field");
    assert_eq!(send(&app, "a.csv", CSV).header("content-type", "text/csv").send().await?.code(), "file-media-type");
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn only_who_drafts_somewhere_takes_in_files() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    for call in [send(&app, "a.csv", CSV), app.post("/uploads").json(&json!({ "bytes": 1, "sha256": "0".repeat(64) }))]
    {
        let answer = call.staff("reviewer", "jyj").send().await?;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "forbidden"));
    }
    let nobody = app.post("/files?name=a.csv").raw(CSV).header("content-type", "application/octet-stream");
    assert_eq!(nobody.send().await?.code(), "token-missing");
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn a_text_names_files_that_were_taken_in_and_no_others() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    let before = app.written().await?;
    let unknown = "0".repeat(64);
    let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    for (content, wanted) in [
        (
            json!({ "attachments": [{ "file": unknown, "title": "表" }] }),
            at("/content/attachments/0/file", "file-unknown"),
        ),
        (
            json!({ "attachments": [{ "file": file, "title": "表" }, { "file": file, "title": "表二" }] }),
            at("/content/attachments", "file-twice"),
        ),
        (
            json!({ "attachments": [{ "file": "x", "title": "表" }] }),
            at("/content/attachments/0/file", "name-malformed"),
        ),
        (json!({ "attachments": [{ "file": file, "title": "" }] }), at("/content/attachments/0/title", "text-empty")),
        (
            json!({ "body_html": format!("<a href=\"/_files/{file}\">表</a>") }),
            at("/content/body_html", "file-not-attached"),
        ),
        (
            json!({
                "body_html": format!("<img src=\"/_files/{file}\" alt=\"表\">"),
                "attachments": [{ "file": file, "title": "表" }],
            }),
            at("/content/body_html", "file-no-picture"),
        ),
        (
            json!({ "form": { "kind": "pictures" }, "attachments": [{ "file": file, "title": "表" }] }),
            at("/content/attachments", "files-missing"),
        ),
    ] {
        let answer = drafted(&app, "refused", content).await?;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(codes(&answer), [wanted]);
    }
    let many: Vec<Value> = (0..51).map(|_| json!({ "file": file, "title": "表" })).collect();
    assert_eq!(
        codes(&drafted(&app, "refused", json!({ "attachments": many })).await?),
        [at("/content/attachments", "list-too-long")]
    );
    assert_eq!(app.written().await?, before);

    let attached = json!({ "form": { "kind": "file" }, "attachments": [{ "file": file, "title": "报名点" }] });
    let answer = drafted(&app, "taken", attached).await?;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let id = answer.field("id").as_str().unwrap().to_owned();
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    let bytes = CSV.len() + 3;
    assert_eq!(
        view["draft"]["content"]["attachments"],
        json!([{ "file": file, "title": "报名点", "kind": "csv", "bytes": bytes }])
    );
    Ok(())
}

#[tokio::test]
async fn the_title_of_a_file_is_looked_at_before_the_public_reads_it() -> Result<()> {
    let app = TestApp::town().await?;
    let file = taken(&app).await?;
    let content = json!({ "attachments": [{ "file": file, "title": "请电 13800138000" }] });
    let id = drafted(&app, "personal", content).await?.field("id").as_str().unwrap().to_owned();
    let submit = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("submit").if_match(1);
    let answer = submit.json(&json!({})).send().await?;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, "checks-failed"), "{}", answer.text());
    let error = &answer.json()["errors"][0];
    assert_eq!(error["pointer"], "/content/attachments/0/title");
    assert_eq!(error["finding"], "mobile@attachments.1.4-14");
    Ok(())
}

#[tokio::test]
async fn a_large_file_goes_to_quarantine_first_and_only_its_own_bytes_do() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let hash = BodyHash::of(CSV.as_bytes());
    let ask = json!({ "bytes": CSV.len(), "sha256": hash.as_str() });
    let opened = app.post("/uploads").staff("editor", "jyj").json(&ask).send().await?;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let (url, headers) = (opened.field("url").as_str().unwrap().to_owned(), opened.field("headers"));
    assert_eq!((opened.field("method"), opened.field("upload")), (json!("PUT"), json!(hash.as_str())));

    let name = json!({ "name": "报名点.csv" });
    let path = format!("/uploads/{hash}/take-in");
    let take_in = |who: &'static str, department: &'static str| app.post(&path).staff(who, department).json(&name);
    assert_eq!(take_in("editor", "jyj").send().await?.code(), "upload-not-found", "nothing was sent yet");

    let other = CSV.replace('一', "二");
    let (status, answer) = exchange(Method::PUT, &url, &headers, &other).await?;
    assert!((400..500).contains(&status), "{status} {answer}");
    let (status, answer) = exchange(Method::PUT, &url, &json!({}), CSV).await?;
    assert!((400..500).contains(&status), "without its headers: {status} {answer}");
    let (status, answer) = exchange(Method::PUT, &url, &headers, CSV).await?;
    assert_eq!(status, 200, "{answer}");

    assert_eq!(take_in("editor", "czj").send().await?.code(), "upload-not-found", "somebody else's upload");
    assert_eq!(app.written().await?, before, "nothing is among the bodies yet");
    let misnamed = app.post(&path).staff("editor", "jyj").json(&json!({ "name": "报名点.pdf" })).send().await?;
    assert_eq!(misnamed.code(), "file-unfit");
    let taken = take_in("editor", "jyj").send().await?;
    assert_eq!((taken.status.as_u16(), taken.field("kind")), (200, json!("csv")), "{}", taken.text());
    assert_eq!(take_in("editor", "jyj").send().await?.json(), taken.json(), "a resend gets the first answer");
    assert_eq!(send(&app, "报名点.csv", CSV).send().await?.json(), taken.json());
    Ok(())
}

#[tokio::test]
async fn an_upload_says_how_large_it_is_and_what() -> Result<()> {
    let app = TestApp::town().await?;
    let digest = BASE64.decode(b"ZHVtbXk=").map(|bytes| HEXLOWER.encode(&bytes)).unwrap();
    for (bytes, sha256, pointer) in [
        (0_u64, "0".repeat(64), "/bytes"),
        (33_554_433, "0".repeat(64), "/bytes"),
        (u64::MAX, "0".repeat(64), "/bytes"),
        (1, digest, "/sha256"),
    ] {
        let ask = json!({ "bytes": bytes, "sha256": sha256 });
        let answer = app.post("/uploads").staff("editor", "jyj").json(&ask).send().await?;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, "invalid-field"), "{}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }
    Ok(())
}

#[tokio::test]
async fn no_site_is_opened_under_the_host_of_files() -> Result<()> {
    let app = TestApp::town().await?;
    let profile = json!({ "name": "文件", "identification_code": "3299010001", "sponsor": "教育局",
        "contact": "0599-1234567", "icp": "澄ICP备00000001号" });
    let body = json!({ "label": "files", "department": "jyj", "profile": profile });
    let call = app.post("/sites").bearer(journeys::tokens::city_registrar()?).key("files").json(&body);
    let answer = call.send().await?;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "label-reserved"), "{}", answer.text());
    Ok(())
}
