//! The checks before publication: what they find, what they keep from the public, who answers for it, and whose rules they are.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use journeys::{
    app::{Answer, TestApp, draft},
    tokens::city_registrar,
};
use publish::{TimetableReport, keep_time};
use serde_json::{Value, json};

use super::follower::Follower;

const MOBILE: &str = "<p>各学校：</p><p>请联系张老师，手机 138-0013-8000。</p>";

async fn drafted(app: &TestApp, column: &str, html: &str) -> Result<String> {
    let call = app.post("/documents").staff("editor", "jyj").key(&format!("draft-{column}-{}", html.len()));
    let answer = call.json(&draft(column, "关于冬季供暖的通知", html)).send().await?;
    ensure!(answer.status == 201, "{}", answer.text());
    Ok(answer.field("id").as_str().context("an id")?.to_owned())
}

async fn version(app: &TestApp, id: &str) -> Result<u64> {
    document(app, id).await?["version"].as_u64().context("a version")
}

async fn document(app: &TestApp, id: &str) -> Result<Value> {
    Ok(app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json())
}

/// A command on the document as it stands.
async fn on(app: &TestApp, id: &str, role: &str, verb: &str, body: &Value) -> Result<Answer> {
    let version = version(app, id).await?;
    let call = app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").if_match(version);
    call.key(&format!("{verb}-{version}-{}", body.to_string().len())).json(body).send().await
}

async fn accepted(app: &TestApp, id: &str, role: &str, verb: &str, body: &Value) -> Result<Value> {
    let answer = on(app, id, role, verb, body).await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer.json())
}

async fn checks(app: &TestApp, id: &str) -> Result<Value> {
    let answer = app.get(&format!("/documents/{id}/checks")).staff("editor", "jyj").send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

/// Ids and levels of what the checks find.
async fn found(app: &TestApp, id: &str) -> Result<Vec<(String, String)>> {
    let told = checks(app, id).await?;
    let findings = told["findings"].as_array().context("findings")?.iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(findings.map(|finding| (text(&finding["id"]), text(&finding["level"]))).collect())
}

fn overriding(finding: &str, reason: &str) -> Value {
    json!({ "override": { "findings": [finding], "reason": reason } })
}

/// A change of the city's rules as they stand.
async fn rule(app: &TestApp, method: &str, path: &str, body: &Value) -> Result<Answer> {
    let read = app.get("/vetting").bearer(city_registrar()?).send().await?;
    let version = read.field("version").as_u64().context("a version")?;
    let call = if method == "PUT" { app.put(path) } else { app.post(path) };
    call.bearer(city_registrar()?).if_match(version).key(&format!("rule-{version}")).json(body).send().await
}

#[tokio::test]
async fn a_telephone_number_keeps_a_text_from_review_until_it_is_mended() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    let before = app.written().await?;
    let refused = on(&app, &id, "editor", "submit", &json!({})).await?;
    assert_eq!(refused.told(), (422, "checks-failed".to_owned()));
    let error = &refused.field("errors")[0];
    assert_eq!(
        (&error["pointer"], &error["code"], &error["finding"]),
        (&json!("/content/body_html"), &json!("mobile"), &json!("mobile@body.2.11-23"))
    );
    assert!(error["detail"].as_str().unwrap().starts_with("第 2 段：疑似手机号“138********00”"), "{error}");
    assert!(!refused.text().contains("0013"), "no number leaves whole: {}", refused.text());
    assert_eq!(app.written().await?, before, "nothing is written");

    let told = checks(&app, &id).await?;
    assert_eq!(
        (&told["passes"], &told["rules"], &told["findings"][0]["passage"]),
        (&json!(false), &json!(0), &json!(2))
    );
    assert!(told["findings"][0]["excerpt"].as_str().unwrap().contains("请联系张老师，手机 138********00"), "{told}");

    let mended = json!({ "content": { "title": "关于冬季供暖的通知", "body_html": "<p>请致电 0599-1234567。</p>" } });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("mend").if_match(1);
    ensure!(revise.json(&mended).send().await?.status == 200);
    assert_eq!((&checks(&app, &id).await?["passes"], found(&app, &id).await?), (&json!(true), vec![]));
    accepted(&app, &id, "editor", "submit", &json!({})).await?;
    Ok(())
}

#[tokio::test]
async fn who_answers_for_a_finding_says_why_and_is_in_the_history() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    let answered = overriding("mobile@body.2.11-23", "值班手机，对外公开");
    let first = on(&app, &id, "editor", "submit", &answered).await?;
    assert_eq!(first.status, 200, "{}", first.text());
    let told = document(&app, &id).await?;
    let overridden = &told["draft"]["overridden"][0];
    assert_eq!(
        (&overridden["findings"], &overridden["reason"], &overridden["by"]),
        (&json!(["mobile@body.2.11-23"]), &json!("值班手机，对外公开"), &json!("editor.jyj"))
    );
    let told = checks(&app, &id).await?;
    assert_eq!((&told["passes"], &told["findings"][0]["overridden"]), (&json!(true), &json!(true)));
    let history = app.get(&format!("/documents/{id}/history")).staff("editor", "jyj").send().await?.json();
    let events = &history["commits"][1]["events"];
    assert_eq!((&events[0]["name"], &events[1]["name"]), (&json!("ChecksOverridden"), &json!("DocumentSubmitted")));
    assert_eq!(
        (&events[0]["findings"], &events[0]["reason"]),
        (&json!(["mobile@body.2.11-23"]), &json!("值班手机，对外公开"))
    );
    // The revision carries it to the public: nobody is asked twice.
    let revision = document(&app, &id).await?["draft"]["revision"].clone();
    accepted(&app, &id, "reviewer", "approve", &json!({ "revision": revision })).await?;
    accepted(&app, &id, "publisher", "publish", &json!({ "slug": "gnwd" })).await?;
    let again = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").if_match(1);
    let again = again.key(&format!("submit-1-{}", answered.to_string().len())).json(&answered).send().await?;
    assert_eq!(again, first, "a resend gets the first answer");
    Ok(())
}

#[tokio::test]
async fn an_override_names_what_blocks_and_nothing_else() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    let nothing = on(&app, &id, "editor", "submit", &overriding("mobile@body.1.1-11", "对外公开")).await?;
    assert_eq!(nothing.told(), (422, "override-of-nothing".to_owned()));
    for (body, pointer) in [
        (json!({ "override": { "findings": ["mobile"], "reason": "公开" } }), "/override/findings/0"),
        (json!({ "override": { "findings": [], "reason": "公开" } }), "/override/findings"),
        (json!({ "override": { "findings": ["mobile@body.2.11-23"], "reason": " " } }), "/override/reason"),
        (
            json!({ "override": { "findings": vec!["mobile@body.2.11-23"; 1001], "reason": "公开" } }),
            "/override/findings",
        ),
    ] {
        let refused = on(&app, &id, "editor", "submit", &body).await?;
        assert_eq!(refused.told(), (422, "invalid-field".to_owned()), "{body}");
        assert_eq!(refused.field("errors")[0]["pointer"], pointer, "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn links_to_the_citys_own_pages_must_lead_somewhere() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let other = app.published("jyj", "jyj.tzgg", "there").await?;
    follower.catch_up().await?;
    let html = "<p><img src=\"/none.png\" alt=\"供暖范围\">见<a href=\"/tzgg/2026/11/23/there.html\">前文</a>、<a href=\"/tzgg/\">栏目</a>、\
                <a href=\"http://jyj.localhost:8080/tzgg/2026/11/23/no.html\">旧文</a>和<a href=\"https://www.example.com/no\">外站</a></p>";
    let id = drafted(&app, "jyj.xw", html).await?;
    assert_eq!(
        found(&app, &id).await?,
        [
            ("dead-link@body.1.3".to_owned(), "block".to_owned()),
            ("dead-link@file.1.all".to_owned(), "block".to_owned())
        ]
    );
    accepted(&app, &other, "publisher", "withdraw", &json!({ "reason": "内容有误" })).await?;
    follower.catch_up().await?;
    let dead = ["dead-link@body.1.1", "dead-link@body.1.3", "dead-link@file.1.all"]
        .map(|id| (id.to_owned(), "block".to_owned()));
    assert_eq!(found(&app, &id).await?, dead);
    let told = checks(&app, &id).await?;
    assert!(told["findings"][0]["detail"].as_str().unwrap().contains("该页面已撤下（410）"), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_policy_tells_what_the_catalogue_files_it_by() -> Result<()> {
    let app = TestApp::town().await?;
    let column =
        json!({ "column": "jyj.zcwj", "department": "jyj", "kind": "policies", "profile": { "name": "政策文件" } });
    let opened = app.post("/columns").bearer(city_registrar()?).key("c").json(&column).send().await?;
    ensure!(opened.status == 201, "{}", opened.text());
    let id = drafted(&app, "jyj.zcwj", "<p>就近入学。</p>").await?;
    let refused = on(&app, &id, "editor", "submit", &json!({})).await?;
    assert_eq!(refused.told(), (422, "checks-failed".to_owned()));
    let errors = refused.json()["errors"].clone();
    let missing: Vec<&str> =
        errors.as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(missing, ["/content/catalogue/genre", "/content/catalogue/subject", "/content/written_on"]);
    let content = json!({ "title": "招生办法", "body_html": "<p>就近入学。</p>", "written_on": "2026-11-20",
        "catalogue": { "subject": "科技、教育\\教育", "genre": "notice" } });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("tell").if_match(1);
    ensure!(revise.json(&json!({ "content": content })).send().await?.status == 200);
    // Nobody asks for an interpretation before it is public: none could be public before it.
    assert_eq!(found(&app, &id).await?, []);
    accepted(&app, &id, "editor", "submit", &json!({})).await?;
    Ok(())
}

#[tokio::test]
async fn a_public_policy_is_reminded_of_its_interpretation_until_it_has_one() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let column =
        json!({ "column": "jyj.zcwj", "department": "jyj", "kind": "policies", "profile": { "name": "政策文件" } });
    ensure!(app.post("/columns").bearer(city_registrar()?).key("c").json(&column).send().await?.status == 201);
    let content = json!({ "title": "招生办法", "body_html": "<p>就近入学。</p>", "written_on": "2026-11-20",
        "catalogue": { "subject": "科技、教育\\教育", "genre": "notice" } });
    let policy = app.post("/documents").staff("editor", "jyj").key("policy");
    let policy = policy.json(&json!({ "column": "jyj.zcwj", "content": content })).send().await?;
    let policy = policy.field("id").as_str().context("an id")?.to_owned();
    let road = async |id: &str, slug: &str| -> Result<()> {
        accepted(&app, id, "editor", "submit", &json!({})).await?;
        let revision = document(&app, id).await?["draft"]["revision"].clone();
        accepted(&app, id, "reviewer", "approve", &json!({ "revision": revision })).await?;
        accepted(&app, id, "publisher", "publish", &json!({ "slug": slug })).await?;
        follower.catch_up().await
    };
    road(&policy, "zsbf").await?;
    let told = checks(&app, &policy).await?;
    assert_eq!(told["findings"][0]["id"], "interpretation@relations.1.all");
    let detail = told["findings"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("解读最迟应在 2026-11-26（第 3 个工作日"), "{detail}");
    let content = json!({ "title": "《招生办法》解读", "body_html": "<p>何为就近。</p>",
        "relations": [{ "kind": "interprets", "document": policy }] });
    let interpretation = app.post("/documents").staff("editor", "jyj").key("interpretation");
    let body = json!({ "column": "jyj.tzgg", "content": content });
    let interpretation = interpretation.json(&body).send().await?.field("id").as_str().context("an id")?.to_owned();
    road(&interpretation, "zsjd").await?;
    let content = json!({ "title": "招生办法", "body_html": "<p>就近入学，公办优先。</p>", "written_on": "2026-11-20",
        "catalogue": { "subject": "科技、教育\\教育", "genre": "notice" } });
    let revise = app.put(&format!("/documents/{policy}/draft")).staff("editor", "jyj").key("again").if_match(4);
    ensure!(revise.json(&json!({ "content": content })).send().await?.status == 200);
    assert_eq!(found(&app, &policy).await?, []);
    Ok(())
}

#[tokio::test]
async fn a_city_makes_its_own_rules_and_lists() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", "<p>请登陆平台，车牌苏B12345。</p><p>一、小题</p>").await?;
    let houses = [("plate@body.1.9-15", "warn"), ("heading-plain@body.2.all", "warn")];
    let expected = |found: &[(&str, &str)]| -> Vec<(String, String)> {
        found.iter().map(|(id, level)| ((*id).to_owned(), (*level).to_owned())).collect()
    };
    assert_eq!(found(&app, &id).await?, expected(&houses));

    let words = json!([{ "word": "登陆", "instead": "登录", "unless": ["登陆舰"] }]);
    let list = json!({ "title": "本市用语", "level": "block", "words": words, "reason": "宣传部门下发" });
    let adopted = rule(&app, "PUT", "/vetting/lists/city-words", &list).await?;
    assert_eq!(adopted.status, 200, "{}", adopted.text());
    assert_eq!(adopted.field("links")["self"], "/api/publish/vetting");
    let rules = json!({ "rules": { "levels": { "heading-plain": "off", "plate": "block" }, "required": [] }, "reason": "季度检查" });
    let changed = rule(&app, "PUT", "/vetting/rules", &rules).await?;
    assert_eq!((changed.status.as_u16(), &changed.field("version")), (200, &json!(2)), "{}", changed.text());
    let now = [("word.city-words@body.1.2-3", "block"), ("plate@body.1.9-15", "block")];
    assert_eq!(found(&app, &id).await?, expected(&now));
    assert_eq!(checks(&app, &id).await?["rules"], 2);

    let standing = app.get("/vetting").staff("editor", "jyj").send().await?.json();
    let lists: Vec<(&str, &Value)> = standing["lists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|list| (list["name"].as_str().unwrap(), &list["built_in"]))
        .collect();
    let (house, own) = (json!(true), json!(false));
    assert_eq!(lists, [("city-words", &own), ("common-mistakes", &house), ("respectful-terms", &house)]);
    assert_eq!(standing["rules"]["levels"]["mobile"], "block", "what is not named has the level it comes with");
    let list = app.get("/vetting/lists/city-words").staff("editor", "jyj").send().await?.json();
    assert_eq!((&list["words"], &list["level"]), (&words, &json!("block")));

    let dropped = rule(&app, "POST", "/vetting/lists/city-words/drop", &json!({ "reason": "改用省级词库" })).await?;
    assert_eq!(dropped.status, 200, "{}", dropped.text());
    assert_eq!(found(&app, &id).await?, expected(&now[1..]));
    let gone = rule(&app, "POST", "/vetting/lists/city-words/drop", &json!({ "reason": "再停一次" })).await?;
    assert_eq!(gone.told(), (404, "word-list-not-found".to_owned()));
    assert_eq!(
        app.get("/vetting/lists/city-words").staff("editor", "jyj").send().await?.told(),
        (404, "word-list-not-found".to_owned())
    );
    Ok(())
}

#[tokio::test]
async fn what_makes_no_rules_or_no_list_is_refused() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let list = |words: Value| json!({ "title": "词库", "level": "warn", "words": words, "reason": "试" });
    for (words, code, pointer) in [
        (json!([]), "list-empty", "/words"),
        (json!([{ "word": "ab" }, { "word": "ＡＢ" }]), "word-twice", "/words/1/word"),
        (json!([{ "word": "登陆", "unless": ["登录舰"] }]), "word-unrelated", "/words/0/unless"),
        (json!([{ "word": " " }]), "text-empty", "/words/0/word"),
        (json!([{ "word": "长".repeat(41) }]), "text-too-long", "/words/0/word"),
    ] {
        let refused = rule(&app, "PUT", "/vetting/lists/city-words", &list(words.clone())).await?;
        assert_eq!(refused.status, 422, "{words}: {}", refused.text());
        let error = &refused.field("errors")[0];
        assert_eq!((&error["code"], &error["pointer"]), (&json!(code), &json!(pointer)), "{words}");
    }
    let twice = json!({ "rules": { "levels": {}, "required": [{ "kind": "news", "fields": ["source", "source"] }] }, "reason": "试" });
    assert_eq!(rule(&app, "PUT", "/vetting/rules", &twice).await?.told(), (422, "required-twice".to_owned()));
    let unknown = json!({ "rules": { "levels": { "mood": "block" }, "required": [] }, "reason": "试" });
    assert_eq!(rule(&app, "PUT", "/vetting/rules", &unknown).await?.status, 422);
    let named = list(json!([{ "word": "试" }]));
    let editor = app.put("/vetting/lists/city-words").staff("editor", "jyj").if_match(0).key("e").json(&named);
    assert_eq!(editor.send().await?.told(), (403, "forbidden".to_owned()));
    let delegated = app.put("/vetting/lists/city-words").staff("registrar", "jyj").if_match(0).key("d").json(&named);
    assert_eq!(delegated.send().await?.told(), (403, "forbidden".to_owned()), "the rules are the city's");
    assert_eq!(
        rule(&app, "PUT", "/vetting/lists/City_Words", &named).await?.told(),
        (404, "word-list-not-found".to_owned())
    );
    assert_eq!(app.written().await?, before, "nothing is written");
    Ok(())
}

/// Two registrars change the rules at the same version: one of them is told what the other did.
#[tokio::test]
async fn the_rules_have_versions_like_everything_else() -> Result<()> {
    let app = TestApp::town().await?;
    let rules = json!({ "rules": { "levels": { "plate": "block" }, "required": [] }, "reason": "季度检查" });
    let change =
        |key: &str| app.put("/vetting/rules").bearer(city_registrar().unwrap()).if_match(0).key(key).json(&rules);
    assert_eq!(change("one").send().await?.status, 200);
    let stale = change("two").send().await?;
    assert_eq!(stale.told(), (412, "stale".to_owned()));
    assert_eq!(stale.field("changes")[0]["events"], json!(["VettingRulesChanged"]));
    assert!(stale.field("detail").as_str().unwrap().contains("修改了检查规则"), "{}", stale.text());
    Ok(())
}

#[tokio::test]
async fn what_is_approved_is_checked_again_with_the_rules_of_its_publication() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = app.approved("jyj", "jyj.tzgg", "十时公开").await?;
    let timed = app.approved("jyj", "jyj.tzgg", "定时十时公开").await?;
    let revision = document(&app, &timed).await?["draft"]["revision"].clone();
    let at = json!({ "revision": revision, "at": "2026-11-23T10:00:00+08:00", "slug": "ten" });
    accepted(&app, &timed, "publisher", "schedule", &at).await?;
    let list = json!({ "title": "本市用语", "level": "block", "words": [{ "word": "十时", "instead": "10时" }], "reason": "下发" });
    ensure!(rule(&app, "PUT", "/vetting/lists/city-words", &list).await?.status == 200);

    let refused = on(&app, &id, "publisher", "publish", &json!({ "slug": "shi" })).await?;
    assert_eq!(refused.told(), (422, "checks-failed".to_owned()));
    let finding = "word.city-words@title.1.1-2";
    assert_eq!(refused.field("errors")[0]["finding"], finding);
    let urgently = on(&app, &id, "publisher", "publish-urgently", &json!({ "reason": "急", "slug": "shi" })).await?;
    assert_eq!(urgently.told(), (409, "already-approved".to_owned()), "its own refusal comes first");
    let revision = document(&app, &id).await?["draft"]["revision"].clone();
    let decision =
        json!({ "decisions": [{ "document": id, "decision": "publish", "revision": revision, "slug": "shi" }] });
    let batch = app.post("/decisions").staff("publisher", "jyj").key("batch").json(&decision).send().await?.json();
    assert_eq!(batch["outcomes"][0]["problem"]["code"], "checks-failed", "{batch}");

    app.clock.pass(Duration::from_secs(3600));
    follower.catch_up().await?;
    assert_eq!(keep_time(&app.state).await?, TimetableReport { failed: 1, ..TimetableReport::default() });
    let failed = document(&app, &timed).await?["draft"]["failed"].clone();
    assert_eq!(failed["code"], "checks-failed");
    assert!(
        failed["detail"].as_str().unwrap().contains("发现 1 处问题须先处理：word.city-words@title.1.3-4"),
        "{failed}"
    );
    assert!(!failed["detail"].as_str().unwrap().contains("十时"), "an event holds nothing of the text: {failed}");

    let decision = json!({ "decisions": [{ "document": id, "decision": "publish", "revision": revision, "slug": "shi",
        "override": { "findings": [finding], "reason": "沿用原标题" } }] });
    let batch = app.post("/decisions").staff("publisher", "jyj").key("batch-2").json(&decision).send().await?.json();
    assert_eq!(batch["accepted"], 1, "{batch}");
    let history = app.get(&format!("/documents/{id}/history")).staff("editor", "jyj").send().await?.json();
    let last = history["commits"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["events"][0]["name"], &last["events"][1]["name"]),
        (&json!("ChecksOverridden"), &json!("DocumentPublished"))
    );
    Ok(())
}

#[tokio::test]
async fn only_who_may_read_a_draft_reads_its_findings() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    let foreign = app.get(&format!("/documents/{id}/checks")).staff("editor", "czj").send().await?;
    assert_eq!(foreign.told(), (403, "forbidden".to_owned()));
    let none = app.get("/documents/qi2bfupkzntzkyra4uzjlhybaq/checks").staff("editor", "jyj").send().await?;
    assert_eq!(none.told(), (404, "document-not-found".to_owned()));
    let public = app.published("jyj", "jyj.xw", "pub").await?;
    let told = checks(&app, &public).await?;
    assert_eq!(
        (&told["passes"], &told["findings"]),
        (&json!(true), &json!([])),
        "the public text, where there is no draft"
    );
    Ok(())
}

/// The tests begin on a Monday: its third working day is Thursday.
#[tokio::test]
async fn an_interpretation_that_comes_late_is_told_so() -> Result<()> {
    let app = TestApp::town().await?;
    let policy = app.published("jyj", "jyj.xw", "policy").await?;
    let content = json!({ "title": "《办法》解读", "body_html": "<p>何为就近。</p>",
        "relations": [{ "kind": "interprets", "document": policy }] });
    let body = json!({ "column": "jyj.tzgg", "content": content });
    let drafted = app.post("/documents").staff("editor", "jyj").key("i").json(&body).send().await?;
    let id = drafted.field("id").as_str().context("an id")?.to_owned();
    app.clock.pass(Duration::from_secs(3 * 86_400));
    assert_eq!(found(&app, &id).await?, [], "Thursday");
    app.clock.pass(Duration::from_secs(4 * 86_400));
    let told = checks(&app, &id).await?;
    let finding = &told["findings"][0];
    assert_eq!((&finding["id"], &finding["level"]), (&json!("interpretation-late@relations.1.1"), &json!("warn")));
    let detail = finding["detail"].as_str().unwrap();
    assert!(detail.contains("最迟应在 2026-11-26（第 3 个工作日"), "{detail}");
    assert!(detail.contains("已迟 2 个工作日"), "{detail}");
    Ok(())
}

/// What a command tells the public beside the text is looked at like the text.
#[tokio::test]
async fn notes_slugs_and_reasons_are_public_too() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "供暖通知").await?;
    let slug = on(&app, &id, "publisher", "publish", &json!({ "slug": "13800138000" })).await?;
    assert_eq!(slug.told(), (422, "reason-checks-failed".to_owned()));
    assert_eq!(slug.field("errors")[0]["pointer"], "/slug");
    assert!(!slug.text().contains("放行"), "nobody answers for what no revision holds: {}", slug.text());
    accepted(&app, &id, "publisher", "publish", &json!({ "slug": "gongnuan" })).await?;
    let withdraw = json!({ "reason": "误登 13800138000" });
    for (verb, body) in [
        ("withdraw", withdraw),
        ("set-expiry", json!({ "at": "2026-12-01T09:00:00+08:00", "reason": "致电13800138000" })),
    ] {
        let refused = on(&app, &id, "publisher", verb, &body).await?;
        assert_eq!(refused.told(), (422, "reason-checks-failed".to_owned()), "{verb}");
        assert!(!refused.text().contains("13800138000"), "{}", refused.text());
    }
    let content = json!({ "title": "供暖通知", "body_html": "<p>改。</p>" });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("again").if_match(4);
    ensure!(revise.json(&json!({ "content": content })).send().await?.status == 200);
    accepted(&app, &id, "editor", "submit", &json!({})).await?;
    let revision = document(&app, &id).await?["draft"]["revision"].clone();
    accepted(&app, &id, "reviewer", "approve", &json!({ "revision": revision })).await?;
    let note = on(&app, &id, "publisher", "correct", &json!({ "note": "删去电话13800138000" })).await?;
    assert_eq!(note.told(), (422, "reason-checks-failed".to_owned()));
    let answered = json!({ "note": "删去电话13800138000", "override": { "findings": ["mobile@command.1.5-15"], "reason": "公开" } });
    let answered = on(&app, &id, "publisher", "correct", &answered).await?;
    assert_eq!(answered.told(), (422, "reason-checks-failed".to_owned()));
    let state = app.put("/sites/jyj/state").staff("registrar", "jyj").key("state").if_match(1);
    let state = state
        .json(&json!({ "state": "rectifying", "until": "2026-12-20", "reason": "联系13800138000" }))
        .send()
        .await?;
    assert_eq!(state.told(), (422, "reason-checks-failed".to_owned()));
    accepted(&app, &id, "publisher", "correct", &json!({ "note": "删去电话" })).await?;
    Ok(())
}

#[tokio::test]
async fn reviewers_see_what_was_answered_for() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    accepted(&app, &id, "editor", "submit", &overriding("mobile@body.2.11-23", "值班手机，对外公开")).await?;
    let storm = drafted(&app, "jyj.xw", MOBILE).await?;
    let urgent =
        json!({ "reason": "台风红色预警", "override": { "findings": ["mobile@body.2.11-23"], "reason": "应急电话" } });
    accepted(&app, &storm, "publisher", "publish-urgently", &urgent).await?;
    follower.catch_up().await?;
    let queue = app.get("/queue").staff("reviewer", "jyj").send().await?.json();
    let entries = queue["entries"].as_array().unwrap();
    let of = |id: &str| &entries.iter().find(|entry| entry["document"] == *id).unwrap()["overridden"];
    assert_eq!((of(&id), of(&storm)), (&json!(["值班手机，对外公开"]), &json!(["应急电话"])));
    let owed = document(&app, &storm).await?["live"]["unreviewed"].clone();
    assert_eq!((&owed["reason"], &owed["overridden"][0]["reason"]), (&json!("台风红色预警"), &json!("应急电话")));
    assert_eq!(checks(&app, &storm).await?["findings"][0]["id"], "mobile@body.2.11-23", "of the public text");
    Ok(())
}

/// The same key and the same reason for another list are another request.
#[tokio::test]
async fn each_list_is_a_thing_of_its_own() -> Result<()> {
    let app = TestApp::town().await?;
    let drop = async |list: &str, version: u64| {
        let call =
            app.post(&format!("/vetting/lists/{list}/drop")).bearer(city_registrar()?).if_match(version).key("stop");
        call.json(&json!({ "reason": "停用" })).send().await
    };
    let first = drop("common-mistakes", 0).await?;
    assert_eq!((first.status.as_u16(), &first.field("version")), (200, &json!(1)), "{}", first.text());
    let second = drop("respectful-terms", 1).await?;
    assert_eq!((second.status.as_u16(), &second.field("version")), (200, &json!(2)), "{}", second.text());
    assert_eq!(drop("common-mistakes", 0).await?, first, "a resend gets the first answer");
    let standing = app.get("/vetting").staff("editor", "jyj").send().await?.json();
    let forces: Vec<&Value> = standing["lists"].as_array().unwrap().iter().map(|list| &list["in_force"]).collect();
    assert_eq!(forces, [&json!(false), &json!(false)]);
    let words = app.get("/vetting/lists/common-mistakes").staff("editor", "jyj").send().await?.json();
    assert!(words["words"].as_array().unwrap().len() > 100, "what was dropped can be read, and adopted anew");
    let commit = app.get("/commits/vetting:city:1").staff("editor", "jyj").send().await?;
    assert_eq!(commit.status, 200, "{}", commit.text());
    let history = app.get("/vetting/history").staff("editor", "jyj").send().await?.json();
    let told: Vec<(&Value, &Value)> =
        history["changes"].as_array().unwrap().iter().map(|change| (&change["list"], &change["reason"])).collect();
    assert_eq!(told, [(&json!("common-mistakes"), &json!("停用")), (&json!("respectful-terms"), &json!("停用"))]);
    Ok(())
}

/// A draft that moved on is told so before its text is looked at.
#[tokio::test]
async fn a_stale_submission_is_stale_whatever_the_text_says() -> Result<()> {
    let app = TestApp::town().await?;
    let id = drafted(&app, "jyj.tzgg", MOBILE).await?;
    let mended = json!({ "content": { "title": "供暖", "body_html": "<p>致电 13900139000。</p>" } });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("mend").if_match(1);
    ensure!(revise.json(&mended).send().await?.status == 200);
    let late = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").if_match(1).key("late");
    assert_eq!(late.json(&json!({})).send().await?.told(), (412, "stale".to_owned()));
    Ok(())
}

/// Words and links may hold line ends and numbers: what refuses a timed publication is told in one line all the same.
#[tokio::test]
async fn a_timed_publication_that_is_refused_fails_whatever_the_text_holds() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let target = app.published("jyj", "jyj.xw", "there").await?;
    follower.catch_up().await?;
    let html = "<p>布<br>署，86<br>13800138000，<a href=\"/xw/2026/11/23/there.html\">张三<br>13800138001</a></p>";
    let id = drafted(&app, "jyj.tzgg", html).await?;
    let ids: Vec<Value> = checks(&app, &id).await?["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["level"] == "block")
        .map(|finding| finding["id"].clone())
        .collect();
    let answered = json!({ "override": { "findings": ids, "reason": "对外公开" } });
    accepted(&app, &id, "editor", "submit", &answered).await?;
    let revision = document(&app, &id).await?["draft"]["revision"].clone();
    accepted(&app, &id, "reviewer", "approve", &json!({ "revision": revision })).await?;
    let at = json!({ "revision": revision, "at": "2026-11-23T10:00:00+08:00", "slug": "ten" });
    accepted(&app, &id, "publisher", "schedule", &at).await?;
    let list = json!({ "title": "用语", "level": "block", "words": [{ "word": "布署", "instead": "部署" }], "reason": "下发" });
    ensure!(rule(&app, "PUT", "/vetting/lists/city-words", &list).await?.status == 200);
    accepted(&app, &target, "publisher", "withdraw", &json!({})).await?;
    app.clock.pass(Duration::from_secs(3600));
    follower.catch_up().await?;
    assert_eq!(keep_time(&app.state).await?, TimetableReport { failed: 1, ..TimetableReport::default() });
    let failed = document(&app, &id).await?["draft"]["failed"].clone();
    let detail = failed["detail"].as_str().unwrap();
    assert!(
        detail.contains("发现 2 处")
            && detail.contains("word.city-words@body.1.1-3")
            && detail.contains("dead-link@body.1.1"),
        "{detail}"
    );
    let ledger = app.written().await?;
    assert!(ledger.values().all(|item| !item.contains("13800138000")), "no event holds the number");
    Ok(())
}

#[tokio::test]
async fn a_public_text_moves_only_where_it_passes() -> Result<()> {
    let app = TestApp::town().await?;
    let column =
        json!({ "column": "jyj.zcwj", "department": "jyj", "kind": "policies", "profile": { "name": "政策文件" } });
    ensure!(app.post("/columns").bearer(city_registrar()?).key("c").json(&column).send().await?.status == 201);
    let id = app.published("jyj", "jyj.tzgg", "here").await?;
    let moved = on(&app, &id, "publisher", "move", &json!({ "column": "jyj.zcwj" })).await?;
    assert_eq!(moved.told(), (422, "move-checks-failed".to_owned()), "{}", moved.text());
    assert_eq!(moved.field("errors")[0]["finding"], "metadata@record.1.genre");
    accepted(&app, &id, "publisher", "move", &json!({ "column": "jyj.xw" })).await?;
    Ok(())
}
