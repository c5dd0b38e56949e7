//! A report and an application into whose every personal field something is written that is found nowhere else, and all that is done to both.

use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use domain::shanghai;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::taihu::{Asked, Taihu};

/// His telephone, in both cases: by it he is found as a person.
pub(crate) const PHONE: &str = "13905987531";

/// What is public, so that whoever looks for something is known to find it.
pub(crate) const MARK: &str = "观澜路停水改期";

/// What stands in the report, and what its handler reads it by.
pub(crate) const REPORT: [(&str, &str); 8] = [
    ("text-place", "金丝雀原文寅卯辰"),
    ("right", "金丝雀正文巳午未"),
    ("name", "金丝雀甲一"),
    ("phone", PHONE),
    ("email", "jinsique-7531@example.cn"),
    ("picture", "金丝雀门口的照片.png"),
    ("note", "金丝雀备注申酉戌"),
    ("rating", "金丝雀评价亥子丑寅"),
];

/// What stands in the application, and what its handler reads it by.
pub(crate) const APPLICATION: [(&str, &str); 19] = [
    ("name", "金丝雀乙二"),
    ("card-number", "11010519491231002X"),
    ("description", "金丝雀清单子丑寅"),
    ("number", "金丝雀发〔2025〕7531号"),
    ("phone", PHONE),
    ("email", "jinsique-7532@example.cn"),
    ("address", "金丝雀巷七千五百三十一号"),
    ("enclosure", "金丝雀居住证明.txt"),
    ("missing", "金丝雀补正告知卯辰"),
    ("completion", "金丝雀补正内容巳午"),
    ("completion-file", "金丝雀补正材料.txt"),
    ("letter", "金丝雀征求意见未申"),
    ("opinion", "金丝雀意见酉戌亥"),
    ("question", "金丝雀理由告知子丑"),
    ("reasons", "金丝雀理由寅卯辰"),
    ("remark", "金丝雀退回巳午未"),
    ("reply", "金丝雀答复申酉戌"),
    ("given", "金丝雀答复附件.txt"),
    ("rating", "金丝雀评价卯辰巳午"),
];

/// What no view of a case shows: what stands in files, and a draft that another one took the place of.
pub(crate) const UNSEEN: [&str; 5] = [ENCLOSED, COMPLETED, GIVEN, DRAFT, "canary-0599-7654321"];

const ENCLOSED: &str = "金丝雀身份证明亥子丑";
const COMPLETED: &str = "金丝雀补正材料正文酉戌";
const GIVEN: &str = "金丝雀附件正文戌亥子";
const DRAFT: &str = "金丝雀初稿午未申";

/// Four pixels with a comment: the last of [`UNSEEN`].
const PNG: &str = "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001b74455874436f6d6d656e740063616e6172792d30353939\
    2d373635343332316bc9b1e6000000134944415478da63f8cfc0c000c20cff393939011a2a03195ac4b1e50000000049454e44ae426082";

/// A case as its citizen and its handlers have it.
pub(crate) struct Case {
    pub(crate) stream: String,
    pub(crate) number: String,
    pub(crate) code: String,
    /// Where the API has it.
    path: String,
}

impl Case {
    /// The case of a receipt, once its department's list has it.
    async fn of(taihu: &Taihu, receipt: &str, prefix: &str, lists: &str, path: &str) -> Self {
        let number = receipt.split(&format!("{prefix}-")).nth(1).and_then(|rest| rest.get(..15)).unwrap();
        let is_code = |word: &&str| word.len() == 19 && word.split('-').all(|group| group.len() == 4);
        let mut words = receipt.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'));
        let code = words.find(is_code).unwrap().to_owned();
        let number = format!("{prefix}-{number}");
        let started = Instant::now();
        loop {
            let (status, listed) = taihu.send("GET", lists, "handler", None).await;
            assert_eq!(status, StatusCode::OK, "{listed}");
            let listed: Value = serde_json::from_str(&listed).unwrap();
            let mut entries = listed["entries"].as_array().unwrap().iter();
            if let Some(entry) = entries.find(|entry| entry["number"] == number.as_str()) {
                let stream = entry["stream"].as_str().unwrap().to_owned();
                let id = stream.split(':').next_back().unwrap();
                return Self { path: format!("{path}/{id}"), stream, number, code };
            }
            assert!(started.elapsed() < Duration::from_secs(60), "{number} is in no list: {listed}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn version(&self, taihu: &Taihu) -> u64 {
        read(taihu, &self.path).await["version"].as_u64().unwrap()
    }

    /// Does something to it in the name of a role.
    pub(crate) async fn done(&self, taihu: &Taihu, role: &str, verb: &str, body: Value) {
        let version = self.version(taihu).await;
        let (path, key) = (format!("{}/{verb}", self.path), format!("{verb}-{version}"));
        let asked = Asked { method: "POST", path: &path, role, key: &key, version: Some(version), body: Some(body) };
        let (status, told) = taihu.door().send(&asked).await.unwrap();
        assert_eq!(status, StatusCode::OK, "{verb}: {told}");
    }

    /// Puts a file into it; what it is asked for by.
    async fn added(&self, taihu: &Taihu, name: &str, text: &str) -> String {
        let version = self.version(taihu).await;
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let added = taihu.put_in("handler", &format!("{}/files?name={name}", self.path), version, text).await;
        assert_eq!(added.status(), StatusCode::OK, "{}", added.body());
        serde_json::from_str::<Value>(added.body()).unwrap()["file"].as_str().unwrap().to_owned()
    }

    /// What its handler reads in it.
    async fn opened(&self, taihu: &Taihu) -> String {
        let path = format!("{}/open", self.path);
        let (status, told) = taihu.send("POST", &path, "handler", Some(json!({ "reason": "办理" }))).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        told
    }

    /// What its citizen sees of it.
    pub(crate) async fn page(&self, taihu: &Taihu, capability: &str) -> String {
        let fields = [("number", &*self.number), ("code", &*self.code)];
        let page = taihu.form(&format!("/form/{capability}/status"), &fields).await;
        assert_eq!(page.status(), StatusCode::OK, "{}", page.body());
        page.into_body()
    }
}

/// What the API tells an auditor.
pub(crate) async fn read(taihu: &Taihu, path: &str) -> Value {
    let (status, told) = taihu.send("GET", path, "auditor", None).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    serde_json::from_str(&told).unwrap()
}

/// Publishes what everybody may find, and waits until a search does.
pub(crate) async fn publish(taihu: &Taihu) {
    let content = json!({ "title": MARK, "body_html": format!("<p>{MARK}。</p>") });
    let draft = json!({ "column": "www.tzgg", "content": content });
    let (status, told) = taihu.send("POST", "/api/publish/documents", "editor", Some(draft)).await;
    assert!(status.is_success(), "{told}");
    let drafted: Value = serde_json::from_str(&told).unwrap();
    let document = format!("/api/publish/documents/{}", drafted["id"].as_str().unwrap());
    let steps = [
        ("submit", "editor", json!({})),
        ("approve", "reviewer", json!({ "revision": drafted["revision"] })),
        ("publish", "publisher", json!({ "slug": "tingshui" })),
    ];
    for (version, (act, role, body)) in (1..).zip(steps) {
        let path = format!("{document}/{act}");
        let asked = Asked { method: "POST", path: &path, role, key: act, version: Some(version), body: Some(body) };
        let (status, told) = taihu.door().send(&asked).await.unwrap();
        assert!(status.is_success(), "{act}: {told}");
    }
    let query: String = form_urlencoded::byte_serialize(MARK.as_bytes()).collect();
    let started = Instant::now();
    loop {
        let (status, told) = taihu.send("GET", &format!("/api/query/documents?q={query}"), "auditor", None).await;
        if status == StatusCode::OK && told.contains("\"total\":1") {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{status}: {told}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The value of the first field of this name on a page, or in a part of one.
fn value<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
    rest.split('"').next().unwrap()
}

/// A form with a file chosen in it, as a browser sends it.
async fn adds(taihu: &Taihu, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> String {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let (field, name, bytes) = file;
    let head = format!("--part\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--part--\r\n");
    let page = taihu.post(path, "multipart/form-data; boundary=part", body).await;
    assert_eq!(page.status(), StatusCode::OK, "{}", page.body());
    page.into_body()
}

/// Fills in a form with a file on one of its pages, and sends it; the receipt.
async fn sent(taihu: &Taihu, form: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> String {
    let opened = taihu.get(form).await.into_body();
    let token = value(&opened, "_token");
    let page = [&[("_token", token), ("_at", file.0), ("_go", "add")][..], fields].concat();
    let added = adds(taihu, &format!("{form}/files"), &page, file).await;
    let carried = value(&added, file.0);
    let whole = [&[("_token", token), ("_at", "check"), ("_go", "send"), (file.0, carried)][..], fields].concat();
    let receipt = taihu.form(form, &whole).await;
    assert_eq!(receipt.status(), StatusCode::OK, "{}", receipt.body());
    receipt.into_body()
}

/// The text that was planted under this name.
fn of(planted: &[(&str, &'static str)], name: &str) -> &'static str {
    planted.iter().find(|(known, _)| *known == name).unwrap().1
}

/// Reports an error with a picture, and has it noted on and answered.
pub(crate) async fn report(taihu: &Taihu) -> Case {
    let wrote = |name| of(&REPORT, name);
    let mut fields = vec![("page", "/tzgg/"), ("mistake", "content")];
    fields.extend(["text-place", "right", "name", "phone", "email"].map(|name| (name, wrote(name))));
    let picture = HEXLOWER.decode(PNG.as_bytes()).unwrap();
    let form = "/form/letter/correction";
    let receipt = sent(taihu, form, &fields, ("pictures", wrote("picture"), &picture)).await;
    let case = Case::of(taihu, &receipt, "ZC", "/api/letter/cases", "/api/letter/corrections").await;
    case.done(taihu, "handler", "notes", json!({ "text": wrote("note") })).await;
    let answer = json!({ "finding": "corrected", "subject": MARK, "text": "日期已更正为11月25日。" });
    case.done(taihu, "handler", "answer", answer).await;
    assert!(case.page(taihu, "letter").await.contains("日期已更正为11月25日。"));
    rated(taihu, &case, "letter", wrote("rating")).await;
    let opened = case.opened(taihu).await;
    for (name, canary) in REPORT {
        assert!(opened.contains(canary), "{name}: {opened}");
    }
    case
}

/// Applies for information with a document, and has it go through all that an application can go through to a reply with a file.
pub(crate) async fn application(taihu: &Taihu) -> Case {
    let wrote = |name| of(&APPLICATION, name);
    let mut fields = vec![("applicant", "citizen"), ("document", "identity-card")];
    fields.extend([("medium", "electronic"), ("way", "online")]);
    let personal = ["name", "card-number", "description", "number", "phone", "email", "address"];
    fields.extend(personal.map(|name| (name, wrote(name))));
    let form = "/form/disclosure/information-request";
    let receipt = sent(taihu, form, &fields, ("enclosures", wrote("enclosure"), ENCLOSED.as_bytes())).await;
    let case = Case::of(taihu, &receipt, "YG", "/api/disclosure/requests", "/api/disclosure/requests").await;
    handled(taihu, &case).await;
    rated(taihu, &case, "disclosure", wrote("rating")).await;
    let opened = case.opened(taihu).await;
    for (name, canary) in APPLICATION {
        assert!(opened.contains(canary), "{name}: {opened}");
    }
    let page = case.page(taihu, "disclosure").await;
    assert!(page.contains(wrote("reply")) && page.contains(wrote("given")), "{page}");
    let file = page.split("name=\"file\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let asked = [("number", &*case.number), ("file-code", &*case.code), ("file", file)];
    let given = taihu.form("/form/disclosure/file", &asked).await;
    assert!(given.status() == StatusCode::OK && given.body().contains(GIVEN), "{}", given.body());
    case
}

async fn handled(taihu: &Taihu, case: &Case) {
    let wrote = |name| of(&APPLICATION, name);
    let today = shanghai::day(Timestamp::now());
    let handler = async |verb: &str, body: Value| case.done(taihu, "handler", verb, body).await;
    handler("confirm", json!({})).await;
    handler("ask-completion", json!({ "text": wrote("missing") })).await;
    completed(taihu, case).await;
    handler("seek-opinion", json!({ "of": "third-party", "text": wrote("letter") })).await;
    let opinion = json!({ "letter": 1, "stance": "objects", "text": wrote("opinion"), "received_on": today });
    handler("record-opinion", opinion).await;
    handler("ask-reasons", json!({ "text": wrote("question") })).await;
    handler("record-reasons", json!({ "text": wrote("reasons"), "received_on": today })).await;
    let file = case.added(taihu, wrote("given"), GIVEN).await;
    let whole = json!({ "kind": "provided", "extent": { "kind": "whole" } });
    handler("draft-reply", json!({ "outcome": whole, "text": DRAFT })).await;
    case.done(taihu, "supervisor", "return-reply", json!({ "text": wrote("remark") })).await;
    handler("draft-reply", json!({ "outcome": whole, "text": wrote("reply"), "files": [file] })).await;
    case.done(taihu, "supervisor", "approve-reply", json!({})).await;
}

/// The form of an act that the page of a case offers.
fn form_of<'a>(page: &'a str, act: &str) -> &'a str {
    let named = format!("name=\"act\" value=\"{act}\"");
    page.split("<form ").find(|form| form.contains(&named)).unwrap()
}

/// Its citizen says what he thinks of the reply.
async fn rated(taihu: &Taihu, case: &Case, capability: &str, text: &str) {
    let page = case.page(taihu, capability).await;
    let said = [
        ("_token", value(form_of(&page, "rate"), "_token")),
        ("act", "rate"),
        ("number", &*case.number),
        ("rate-code", &*case.code),
        ("rate-satisfaction", "dissatisfied"),
        ("rate-text", text),
    ];
    let done = taihu.form(&format!("/form/{capability}/act"), &said).await;
    assert_eq!(done.status(), StatusCode::OK, "{}", done.body());
}

/// What he is asked for he says himself, from the page of his case.
async fn completed(taihu: &Taihu, case: &Case) {
    let page = case.page(taihu, "disclosure").await;
    let form = form_of(&page, "complete");
    let own = [
        ("_token", value(form, "_token")),
        ("act", "complete"),
        ("number", &*case.number),
        ("complete-text", of(&APPLICATION, "completion")),
    ];
    let adding = [&own[..], &[("_go", "add")]].concat();
    let file = ("complete-files", of(&APPLICATION, "completion-file"), COMPLETED.as_bytes());
    let page = adds(taihu, "/form/disclosure/act/files", &adding, file).await;
    let carried = value(&page, "complete-files");
    let sent = [&own[..], &[("complete-code", &*case.code), ("complete-files", carried)]].concat();
    let done = taihu.form("/form/disclosure/act", &sent).await;
    assert_eq!(done.status(), StatusCode::OK, "{}", done.body());
}
