//! The API's own description: what the fake answers and what the desk sends fit it.

use std::sync::LazyLock;

use axum::{body::Body, extract::Request};
use http::Method;
use serde_json::{Value, json};

use crate::{
    cases,
    fake::{Api, Asked, Desk},
    registering, requests,
    world::{self, ID, revision},
};

static PUBLISH: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../publish/openapi.json")).unwrap());
static LETTER: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(letter::openapi()).unwrap());
static DISCLOSURE: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(disclosure::openapi()).unwrap());

static REACT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(react::openapi()).unwrap());

/// The description of the API that a path is of, and the whole path.
fn described(path: &str) -> (&'static Value, String) {
    match path.split('/').nth(2) {
        Some("letter") => (&LETTER, path.to_owned()),
        Some("disclosure") => (&DISCLOSURE, path.to_owned()),
        Some("react") => (&REACT, path.to_owned()),
        _ => (&PUBLISH, format!("/api/publish{path}")),
    }
}

/// The operation that a request is.
fn operation<'a>(method: &str, path: &str) -> &'a Value {
    let (description, whole) = described(path);
    let asked: Vec<&str> = whole.split('?').next().unwrap().split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == asked.len()
            && parts.iter().zip(&asked).all(|(part, given)| part == given || part.starts_with('{'))
    };
    let paths = description["paths"].as_object().unwrap();
    // A name that is written out goes before one that stands for any.
    let (_, found) = paths
        .iter()
        .filter(|(template, _)| fits(template))
        .min_by_key(|(template, _)| template.matches('{').count())
        .unwrap();
    found.get(method.to_ascii_lowercase()).unwrap_or_else(|| panic!("no {method} {path}"))
}

/// Where a value is not as `schema` of the description says.
fn flaws(path: &str, schema: &Value, value: &Value) -> Vec<String> {
    let mut whole = schema.clone();
    whole["components"] = described(path).0["components"].clone();
    let validator = jsonschema::draft202012::new(&whole).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn holds(what: &str, schema: &Value, value: &Value) {
    let (_, path) = what.split_once(' ').unwrap();
    let flaws = flaws(path, schema, value);
    assert!(flaws.is_empty(), "{what}: {flaws:#?}\n{value}");
}

#[test]
fn what_the_api_does_not_take_is_found_out() {
    let path = format!("/documents/{ID}/approve");
    let schema = operation("POST", &path).pointer("/requestBody/content/application~1json/schema").unwrap();
    assert_eq!(flaws(&path, schema, &json!({"revision": revision('a')})), [""; 0]);
    for wrong in [json!({}), json!({"revision": "x"}), json!({"revision": revision('a'), "note": "x"}), json!([])] {
        assert!(!flaws(&path, schema, &wrong).is_empty(), "{wrong}");
    }
}

/// A command as the desk sends it.
fn command(asked: &Asked) {
    let what = format!("{} {}", asked.method, asked.path);
    let operation = operation(asked.method.as_str(), &asked.path);
    if let Some(body) = operation.pointer("/requestBody/content/application~1json/schema") {
        holds(&what, body, &asked.json());
    }
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] == "header" && parameter["required"] == true {
            let name = parameter["name"].as_str().unwrap();
            assert!(!asked.header(name).is_empty(), "{what}: {name}");
        }
    }
}

#[test]
fn what_the_fake_answers_is_what_the_api_does() {
    let api = Api::default();
    world::fill(&api);
    let mut answers = api.answers();
    let at = format!("GET /documents/{ID}");
    for stage in ["editing", "submitted", "returned", "approved"] {
        answers.extend([(at.clone(), world::document(stage)), (at.clone(), world::fresh(stage))]);
    }
    let discarded = [world::document("editing"), world::fresh("editing")].map(world::discarded);
    answers.extend(discarded.map(|document| (at.clone(), document)));
    answers.extend([(at.clone(), world::urgent()), (format!("{at}/checks"), world::checks(false))]);
    answers.extend(cases::stages().into_iter().map(|case| (format!("GET {}", cases::at("")), case)));
    answers.extend(requests::stages().into_iter().map(|case| (format!("GET {}", requests::at("")), case)));
    for (request, answer) in answers {
        let (method, path) = request.split_once(' ').unwrap();
        let responses = operation(method, path)["responses"].as_object().unwrap();
        let (_, response) = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap();
        holds(&request, response.pointer("/content/application~1json/schema").unwrap(), &answer);
    }
}

#[tokio::test]
async fn what_the_desk_sends_is_what_the_api_takes() {
    let (name, title) = (format!("revision-{ID}"), format!("title-{ID}"));
    let (old, new) = (revision('a'), revision('b'));
    let act = |verb: &str| format!("/api/desk/documents/{ID}/act/{verb}");
    let content = [
        ("column", "www.zwgk.tzgg"),
        ("department", "sswj"),
        ("title", "停水"),
        ("markup", "markup"),
        ("body", "停水。"),
        ("summary", "停水"),
        ("document_number", "澄水发〔2026〕5号"),
        ("written_on", "2026-11-20"),
        ("source", "市水务局"),
        ("keywords", "停水 检修"),
        ("subject", "综合政务"),
        ("genre", "notice"),
        ("class", "announcements"),
        ("terms", "供水"),
        ("validity", "in-force"),
        ("expires_on", "2031-12-31"),
        ("office", "供水科"),
        ("relation_kind", "based-on"),
        ("relation_document", world::OTHER),
        ("attachment", world::PICTURE),
        ("attachment_title", "示意图"),
    ];
    let mut forms = Vec::new();
    let standing = world::document;
    for kind in ["article", "question", "leader", "link", "file", "pictures", "film"] {
        let mut fields = content.to_vec();
        fields.extend([
            ("kind", kind),
            ("reviewed_on", "2026-11-20"),
            ("post", "局长"),
            ("duties", ""),
            ("address", "https://a.example/"),
        ]);
        forms.push(("/api/desk/documents/new".to_owned(), standing("submitted"), fields.clone()));
        forms.push((format!("/api/desk/documents/{ID}/edit"), standing("submitted"), fields));
    }
    let bare = vec![("title", "停水"), ("markup", "markup"), ("body", "停水。"), ("column", "www.xw")];
    forms.push(("/api/desk/documents/new".to_owned(), standing("submitted"), bare));
    forms.push((
        "/api/desk/decisions".to_owned(),
        standing("submitted"),
        vec![("pick", ID), ("decision", "approve"), (&name, &new), (&title, "x")],
    ));
    let answered = [("finding", "dead-link@body.7"), ("override_reason", "热线页面正在改版")];
    for (verb, document, fields) in [
        ("submit", world::fresh("editing"), answered.to_vec()),
        ("approve", standing("submitted"), vec![("revision", &*new)]),
        ("return", standing("submitted"), vec![("revision", &*new), ("remark", "请补充")]),
        ("publish", world::fresh("approved"), vec![("slug", "water"), answered[0], answered[1]]),
        ("correct", standing("approved"), vec![("note", "更正时间")]),
        ("schedule", standing("approved"), vec![("revision", &*new), ("at", "2026-12-01T09:00"), ("note", "更正时间")]),
        ("schedule", world::fresh("approved"), vec![("revision", &*new), ("at", "2026-12-01T09:00"), ("slug", "")]),
        ("publish-urgently", world::fresh("editing"), vec![("reason", "台风"), ("slug", "typhoon")]),
        ("review-after", world::urgent(), vec![("revision", &*old)]),
        ("set-expiry", standing("approved"), vec![("at", "2027-01-01T00:00"), ("reason", "报名已截止")]),
        ("clear-expiry", standing("approved"), vec![]),
        ("move", standing("approved"), vec![("column", "www.xw"), ("slug", "")]),
        ("withdraw", standing("approved"), vec![("reason", "内容有误")]),
        ("discard", standing("returned"), vec![("revision", &*new)]),
    ] {
        forms.push((act(verb), document, fields));
    }
    let listed = [("document", ID), ("column", "jyj.tzgg")];
    forms.push(("/api/desk/share".to_owned(), standing("submitted"), listed.to_vec()));
    let ended = [&listed[..], &[("reason", "内容重复"), ("then", "end")]].concat();
    forms.push(("/api/desk/share".to_owned(), standing("submitted"), ended));
    let look = [
        ("raised", "on"),
        ("level", "notice"),
        ("text", "系统维护"),
        ("link_name", "详情"),
        ("link_address", "https://a.example/"),
    ];
    forms.push(("/api/desk/appearance".to_owned(), standing("submitted"), look.to_vec()));
    forms.push(("/api/desk/appearance".to_owned(), standing("submitted"), vec![("grey", "on"), ("mourned", "哀悼")]));
    let office = [("office_name", "办公室"), ("office_hours", "工作日"), ("fax", ""), ("mailbox", "gk@sswj.example")];
    let named = "/api/desk/departments/sswj/disclosure".to_owned();
    forms.push((named.clone(), standing("submitted"), office.to_vec()));
    forms.push((named, standing("submitted"), vec![]));
    for (path, document, fields) in forms {
        let mut desk = Desk::signed_in().await;
        desk.api.answer("GET /staff/me", 200, world::on_duty());
        desk.api.answer(&format!("GET /documents/{ID}"), 200, document);
        desk.api.answer(&format!("GET /documents/{ID}/checks"), 200, world::checks(false));
        desk.api.answer("POST /decisions", 200, json!({"accepted": 0, "refused": 0, "outcomes": []}));
        let shown = desk.get(&path).await;
        let shown = if path.ends_with("decisions") { desk.get("/api/desk/").await } else { shown };
        desk.fill(&path, &shown, &fields).await;
        let commands = desk.api.commands();
        assert_eq!(commands.len(), 1, "{path}");
        command(&commands[0]);
    }
}

#[tokio::test]
async fn a_restoration_and_a_file_are_sent_as_the_api_takes_them() {
    let mut desk = Desk::signed_in().await;
    let old = revision('a');
    let shown = desk.get(&format!("/api/desk/documents/{ID}/act/restore?revision={old}")).await;
    desk.fill(&format!("/api/desk/documents/{ID}/act/restore"), &shown, &[("revision", &old)]).await;
    let shown = desk.get(&format!("/api/desk/documents/{ID}/attach")).await;
    let token = shown.hidden("token");
    let field = format!("--x\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"表.pdf\"\r\n\r\n%PDF\r\n--x--\r\n";
    let request = Request::post(format!("/api/desk/documents/{ID}/files"));
    let request =
        request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(field + file)).unwrap();
    desk.send(request).await;
    let path = format!("/api/desk/documents/{ID}/attach");
    let shown = desk.get(&format!("{path}?file={}&title=x", revision('e'))).await;
    desk.fill(&path, &shown, &[("file", &revision('e')), ("title", "表")]).await;
    let commands = desk.api.commands();
    assert_eq!(
        commands.iter().map(|asked| asked.method.clone()).collect::<Vec<_>>(),
        [Method::POST, Method::POST, Method::PUT]
    );
    for asked in &commands {
        command(asked);
    }
}

#[tokio::test]
async fn what_the_desk_does_to_cases_is_what_the_api_takes() {
    let act = |verb: &str| format!("{}/act/{verb}", cases::page(""));
    let reason = [("reason", "属教育部门\n职责")];
    let picked = format!("correction:{}", cases::ID);
    let answer = [("outcome", "corrected"), ("about", "停水日期"), ("reply", "已更正。\n\n谢谢。")];
    let forms = [
        (act("take"), cases::fresh(), vec![]),
        (act("answer"), cases::mine(), answer.to_vec()),
        (act("notes"), cases::mine(), vec![("memo", "已电话核实。")]),
        (act("assign"), cases::mine(), vec![("department", "bgs"), reason[0]]),
        (act("dismiss"), cases::mine(), reason.to_vec()),
        (act("withdraw-answer"), cases::answered(), reason.to_vec()),
        (act("erase"), cases::answered(), reason.to_vec()),
        (format!("{}/open", cases::page("")), cases::mine(), vec![("why", "核实并答复")]),
        ("/api/desk/cases/take".to_owned(), cases::fresh(), vec![("pick", &*picked)]),
        ("/api/desk/messages".to_owned(), cases::mine(), vec![("message", cases::LOST)]),
    ];
    for (path, case, fields) in forms {
        let mut desk = Desk::signed_in().await;
        desk.api.answer("GET /staff/me", 200, cases::handles());
        desk.api.answer(&format!("GET {}", cases::at("")), 200, case);
        let shown = desk.get(if path.ends_with("cases/take") { "/api/desk/cases" } else { &path }).await;
        let done = desk.fill(&path, &shown, &fields).await;
        assert!(done.status.is_success() || done.status.is_redirection(), "{path}: {}", done.html);
        let commands = desk.api.commands();
        assert_eq!(commands.len(), 1, "{path}");
        command(&commands[0]);
    }
}

#[tokio::test]
async fn what_the_desk_registers_is_what_the_api_takes() {
    for (name, text) in
        [("received_on", "2026-11-27"), ("received_on", ""), ("arrival", "in-person"), ("arrival", "fax")]
    {
        let mut desk = Desk::signed_in().await;
        let shown = desk.get(registering::DECIDED).await;
        let changed = registering::FILLED.map(|(field, typed)| (field, if field == name { text } else { typed }));
        let done = desk.fill(registering::NEW, &shown, &changed).await;
        assert!(done.status.is_success(), "{}", done.html);
        command(&desk.api.commands()[0]);
    }
}

#[tokio::test]
async fn what_the_desk_does_to_applications_is_what_the_api_takes() {
    let reason = ("reason", "需要汇总\n资料");
    let opinion =
        [("letter", "2"), ("received_on", "2026-11-30"), ("stance", "objects"), ("opinion", "涉及商业秘密。")];
    let mut forms = vec![
        ("take", requests::filed(), vec![]),
        ("confirm", requests::filed(), vec![]),
        ("ask-completion", requests::confirmed(), vec![("missing", "请写明年度。")]),
        ("seek-opinion", requests::confirmed(), vec![("whom", "third-party"), ("asking", "某公司：请提出意见。")]),
        (
            "seek-opinion",
            requests::consulted(),
            vec![("whom", "third-party"), ("asking", "某公司。"), ("delivered_on", "2026-11-27"), reason],
        ),
        ("record-delivery", requests::waits_for_opinion(), vec![("letter", "2"), ("delivered_on", "2026-11-30")]),
        ("record-opinion", requests::waits_for_opinion(), opinion.to_vec()),
        ("ask-fee", requests::confirmed(), vec![("item", "11")]),
        ("record-payment", requests::waits_for_fee(), vec![("received_on", "2026-11-27")]),
        (
            "record-completion",
            requests::waits_for_completion(),
            vec![("completed", "2025年度的。"), ("received_on", "2026-11-27")],
        ),
        ("reopen", requests::uncompleted(), vec![reason]),
        ("ask-reasons", requests::confirmed(), vec![("question", "请说明理由。")]),
        ("record-reasons", requests::waits_for_reasons(), vec![("reasons", "写论文。"), ("received_on", "2026-11-27")]),
        ("extend", requests::confirmed(), vec![("days", "20"), reason]),
        ("delay", requests::reasoned(), vec![("days", "30"), reason]),
        ("approve-reply", requests::drafted(), vec![]),
        ("return-reply", requests::drafted(), vec![("mending", "请补充依据。")]),
        ("redirect", requests::confirmed(), vec![("channel", "信访渠道"), reason]),
        ("withdraw", requests::confirmed(), vec![("shown_by", "call"), reason]),
        ("notes", requests::confirmed(), vec![("memo", "已电话确认。")]),
        ("assign", requests::confirmed(), vec![("department", "bgs"), reason]),
        (
            "record-publication",
            requests::decided(),
            vec![("document", "本页显示 document:gq4tmnzzgqztsmzrgq2dqmjsge 第 3 版")],
        ),
        ("archive", requests::decided(), vec![("file_number", "2026-YSQ-0031")]),
        ("erase", requests::decided(), vec![reason]),
    ];
    for (result, grounds) in [
        ("provided", ""),
        ("provided-partly", "附件二（条例第十五条）"),
        ("not-disclosable", "内部事务信息（条例第十六条）"),
        ("already-public", "https://www.cheng.example/zwgk/"),
        ("does-not-exist", ""),
        ("not-ours", ""),
        ("not-ours", "市财政局"),
        ("repeat", "YG-20261125-204415"),
        ("excessive", ""),
        ("special-law", "《不动产登记暂行条例》"),
    ] {
        let fields = vec![("result", result), ("grounds", grounds), ("written", "答复。")];
        forms.push(("draft-reply", requests::confirmed(), fields));
    }
    for (verb, case, fields) in forms {
        let path = requests::page(&format!("/act/{verb}"));
        let mut desk = Desk::signed_in().await;
        desk.api.answer("GET /staff/me", 200, cases::handles());
        desk.api.answer(&format!("GET {}", requests::at("")), 200, case);
        // Only what was read is approved.
        let read = if verb == "approve-reply" { format!("{path}?seen=7") } else { path.clone() };
        let shown = desk.get(&read).await;
        let done = desk.fill(&path, &shown, &fields).await;
        assert!(done.status.is_redirection(), "{path}: {}", done.html);
        let commands = desk.api.commands();
        assert_eq!(commands.len(), 1, "{path}");
        command(&commands[0]);
    }
}
