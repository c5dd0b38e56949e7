//! What was done to a document, every text it had, and what differs between two of them.

use anyhow::{Result, ensure};
use domain::{
    CommitId, StreamId,
    document::{BodyHash, Content, DocumentEvent},
    text::Line,
};
use journeys::app::{Answer, Call, TestApp};
use ledger::{Commit, bulk};
use local::cloud::tables;
use serde_json::{Value, json};

fn content(title: &str, html: &str) -> Value {
    json!({ "content": { "title": title, "body_html": html } })
}

/// A document of jyj, and what is done to it, each time at the version that stands.
struct Desk<'a> {
    app: &'a TestApp,
    id: String,
    version: u64,
}

impl<'a> Desk<'a> {
    async fn drafted(app: &'a TestApp, title: &str) -> Result<Self> {
        Ok(Self { app, id: app.drafted("jyj", "jyj.tzgg", title).await?, version: 1 })
    }

    async fn act(&mut self, role: &str, verb: &str, body: &Value) -> Result<Answer> {
        let path = format!("/documents/{}/{verb}", self.id);
        let call = if verb == "draft" { self.app.put(&path) } else { self.app.post(&path) };
        let call = call.staff(role, "jyj").key(&format!("{verb}-{}", self.version)).if_match(self.version);
        let answer = call.json(body).send().await?;
        ensure!(answer.status == 200, "{verb}: {}", answer.text());
        self.version += 1;
        Ok(answer)
    }

    /// Revises the draft and gives its revision.
    async fn revise(&mut self, title: &str, html: &str) -> Result<String> {
        let answer = self.act("editor", "draft", &content(title, html)).await?;
        Ok(answer.field("revision").as_str().unwrap().to_owned())
    }

    /// Submits, approves, and makes public as `verb` says.
    async fn review(&mut self, verb: &str, body: &Value) -> Result<()> {
        let revision = self.act("editor", "submit", &json!({})).await?.field("revision");
        self.act("reviewer", "approve", &json!({ "revision": revision })).await?;
        self.act("publisher", verb, body).await?;
        Ok(())
    }

    fn read(&self, what: &str) -> Call<'a> {
        self.app.get(&format!("/documents/{}/{what}", self.id)).staff("editor", "jyj")
    }

    async fn told(&self, what: &str) -> Result<Value> {
        let answer = self.read(what).send().await?;
        ensure!(answer.status == 200, "{what}: {}", answer.text());
        Ok(answer.json())
    }
}

#[tokio::test]
async fn a_history_says_what_each_event_says() -> Result<()> {
    let app = TestApp::town().await?;
    let mut desk = Desk::drafted(&app, "停水通知").await?;
    let first = desk.act("editor", "submit", &json!({})).await?.field("revision");
    desk.act("reviewer", "return", &json!({ "revision": first, "remark": "请补充联系电话" })).await?;
    let second = desk.revise("停水公告", "<p style='color:red'>停水。</p>").await?;
    desk.review("publish", &json!({ "slug": "water" })).await?;
    let third = desk.revise("停水公告", "<p>停水，更正。</p>").await?;
    desk.review("correct", &json!({ "note": "更正停水时间" })).await?;
    desk.act("publisher", "move", &json!({ "column": "jyj.xw" })).await?;
    desk.act("publisher", "withdraw", &json!({ "reason": "内容有误" })).await?;
    desk.act("editor", "restore", &json!({ "revision": first })).await?;

    let history = desk.told("history").await?;
    let events: Vec<Value> =
        history["commits"].as_array().unwrap().iter().map(|commit| commit["events"][0].clone()).collect();
    let url = |path: &str| format!("http://jyj.localhost:8080{path}/2026/11/23/water.html");
    let expected = [
        json!({ "name": "DocumentDrafted", "name_zh": "起草", "revision": first, "title": "停水通知", "department": "jyj", "column": "jyj.tzgg" }),
        json!({ "name": "DocumentSubmitted", "name_zh": "送审", "revision": first }),
        json!({ "name": "DocumentReturned", "name_zh": "退回修改", "revision": first, "remark": "请补充联系电话" }),
        json!({ "name": "DraftRevised", "name_zh": "修改草稿", "revision": second, "title": "停水公告", "removed": ["p[style]"] }),
        json!({ "name": "DocumentSubmitted", "name_zh": "送审", "revision": second }),
        json!({ "name": "DocumentApproved", "name_zh": "审核通过", "revision": second }),
        json!({ "name": "DocumentPublished", "name_zh": "发布", "revision": second, "column": "jyj.tzgg", "url": url("/tzgg"),
            "index_number": "014006438/2026-00001" }),
        json!({ "name": "DraftRevised", "name_zh": "修改草稿", "revision": third, "title": "停水公告" }),
        json!({ "name": "DocumentSubmitted", "name_zh": "送审", "revision": third }),
        json!({ "name": "DocumentApproved", "name_zh": "审核通过", "revision": third }),
        json!({ "name": "DocumentCorrected", "name_zh": "更正", "revision": third, "note": "更正停水时间" }),
        json!({ "name": "DocumentMoved", "name_zh": "移动栏目", "column": "jyj.xw", "url": url("/xw") }),
        json!({ "name": "DocumentWithdrawn", "name_zh": "撤回", "reason": "内容有误" }),
        json!({ "name": "DraftRevised", "name_zh": "修改草稿", "revision": first, "title": "停水通知", "restores": 1 }),
    ];
    assert_eq!(events, expected);
    assert_eq!((&history["version"], history.get("earlier")), (&json!(14), None));
    assert_eq!(history["commits"][2]["actor"], "reviewer.jyj");
    Ok(())
}

#[tokio::test]
async fn every_text_a_document_had_can_be_read_again() -> Result<()> {
    let app = TestApp::town().await?;
    let mut desk = Desk::drafted(&app, "第一稿").await?;
    let second = desk.revise("第二稿", "<p>第二。</p>").await?;
    desk.review("publish", &json!({ "slug": "text" })).await?;
    desk.revise("第三稿", "<p>第三。</p>").await?;
    let list = desk.told("revisions").await?;
    let revisions = list["revisions"].as_array().unwrap();
    let told: Vec<_> =
        revisions.iter().map(|entry| (entry["title"].as_str().unwrap(), entry["number"].as_u64().unwrap())).collect();
    assert_eq!(told, [("第一稿", 1), ("第二稿", 2), ("第三稿", 6)]);
    assert_eq!(
        revisions[1],
        json!({ "revision": second, "number": 2, "commit": format!("document:{}:2", desk.id), "at": "2026-11-23T01:00:00Z",
            "actor": "editor.jyj", "title": "第二稿", "public_at": "2026-11-23T01:00:00Z" })
    );
    assert_eq!((revisions[0].get("public_at"), revisions[2].get("public_at"), list.get("earlier")), (None, None, None));

    let first = revisions[0]["revision"].as_str().unwrap();
    let text = desk.told(&format!("revisions/{first}")).await?;
    assert_eq!((&text["content"]["title"], &text["content"]["body_html"]), (&json!("第一稿"), &json!("<p>正文。</p>")));
    assert_eq!((&text["number"], &text["actor"], &text["version"]), (&json!(1), &json!("editor.jyj"), &json!(6)));
    let known = desk.read(&format!("revisions/{first}")).header("if-none-match", "\"6\"").send().await?;
    assert_eq!(known.status, 304);
    Ok(())
}

/// A migrated document's text is one of its revisions, public when it came in.
#[tokio::test]
async fn a_migrated_text_is_a_revision_too() -> Result<()> {
    let app = TestApp::town().await?;
    let record = json!({ "column": "jyj.tzgg", "department": "jyj", "content": content("旧文", "<p>旧。</p>")["content"], "origin": {
        "system": "old-portal", "name": "旧门户网站", "key": "1", "evidence": "ab".repeat(32), "date": { "kind": "published", "day": "2019-01-30" } } });
    let answer = app.post("/migrations").staff("migrator", "jyj").key("1").json(&record).send().await?;
    let id = answer.field("id").as_str().unwrap().to_owned();
    let desk = Desk { app: &app, id, version: 1 };
    let list = desk.told("revisions").await?;
    assert_eq!(
        (&list["revisions"][0]["actor"], &list["revisions"][0]["public_at"]),
        (&json!("migrator.jyj"), &json!("2026-11-23T01:00:00Z"))
    );
    let event = desk.told("history").await?["commits"][0]["events"][0].clone();
    assert_eq!(
        (&event["name_zh"], &event["origin"], &event["title"]),
        (&json!("迁入"), &json!("旧门户网站"), &json!("旧文"))
    );
    Ok(())
}

#[tokio::test]
async fn what_differs_is_told_field_by_field_and_line_by_line() -> Result<()> {
    let app = TestApp::town().await?;
    let mut desk = Desk::drafted(&app, "停水通知").await?;
    let first = desk.told("diff").await?;
    assert_eq!(first.get("from"), None, "there was nothing before");
    assert_eq!(first["body"]["lines"], json!([[{ "kind": "added", "text": "正文。" }]]));
    assert_eq!(first["fields"][0], json!({ "field": "/title", "name_zh": "名称", "to": "停水通知" }));

    let second = desk.revise("停水通知", "<p>各用户：</p><p>滨湖路段将于11月25日停水。</p>").await?;
    let drafts = desk.told("diff").await?;
    assert_eq!((drafts.get("from"), &drafts["to"]["number"]), (None, &json!(2)), "no reviewer has seen any of it");
    desk.review("publish", &json!({ "slug": "water" })).await?;
    let published = desk.told("diff").await?;
    assert_eq!(
        (&published["from"]["number"], &published["to"]["revision"]),
        (&json!(1), &json!(second)),
        "there is no draft"
    );

    desk.revise("停水通知", "<p>各用户：</p><p>滨湖路段将于11月25日停水，三小时。</p>").await?;
    let mut body = content("停水公告", "<p>各用户：</p><p>滨湖路段将于11月26日停水。</p>");
    body["content"]["keywords"] = json!(["停水"]);
    body["content"]["catalogue"] = json!({ "genre": "public-notice" });
    desk.act("editor", "draft", &body).await?;
    let draft = desk.told("diff").await?;
    assert_eq!(
        (&draft["from"]["revision"], &draft["to"]["number"]),
        (&json!(second), &json!(7)),
        "the public text and the draft"
    );
    assert_eq!(
        draft["fields"],
        json!([
            { "field": "/title", "name_zh": "名称", "from": "停水通知", "to": "停水公告" },
            { "field": "/keywords", "name_zh": "关键词", "to": ["停水"] },
            { "field": "/catalogue/genre", "name_zh": "体裁分类", "to": "public-notice" },
        ])
    );
    let kept = |text: &str| json!({ "kind": "kept", "text": text });
    assert_eq!(
        draft["body"],
        json!({ "lines": [[kept("滨湖路段将于11月2"), { "kind": "removed", "text": "5" }, { "kind": "added", "text": "6" }, kept("日停水。")]],
            "more": 0, "too_long": false, "erased": false, "markup_only": false })
    );
    let back = desk.told(&format!("diff?from={}&to={second}", draft["to"]["revision"].as_str().unwrap())).await?;
    assert_eq!(
        back["fields"][0],
        json!({ "field": "/title", "name_zh": "名称", "from": "停水公告", "to": "停水通知" })
    );
    Ok(())
}

/// What no reader sees is seen by who approves it: where a link leads, and that the markup is another.
#[tokio::test]
async fn a_link_that_leads_elsewhere_and_other_markup_do_not_pass_unseen() -> Result<()> {
    let app = TestApp::town().await?;
    let mut desk = Desk::drafted(&app, "指南").await?;
    let first = desk.revise("指南", "<p>见<a href=\"/zn/1.html\">指南</a>。</p>").await?;
    let second = desk.revise("指南", "<p>见<a href=\"/zn/2.html\">指南</a>。</p>").await?;
    let link = desk.told(&format!("diff?from={first}")).await?;
    assert_eq!(link["fields"], json!([]));
    let line: String =
        link["body"]["lines"][0].as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect();
    assert_eq!(line, "见指南［链接：/zn/12.html］。");
    desk.revise("指南", "<p>见<a href=\"/zn/2.html\"><strong>指南</strong></a>。</p>").await?;
    let markup = desk.told(&format!("diff?from={second}")).await?;
    assert_eq!((&markup["body"]["lines"], &markup["body"]["markup_only"]), (&json!([]), &json!(true)));
    let same = desk.told(&format!("diff?from={second}&to={second}")).await?;
    assert_eq!((&same["fields"], same.get("body")), (&json!([]), None), "equal texts differ in nothing");
    Ok(())
}

#[tokio::test]
async fn an_erased_body_is_told_as_erased() -> Result<()> {
    let app = TestApp::town().await?;
    let mut desk = Desk::drafted(&app, "误发").await?;
    let first = desk.told("revisions").await?["revisions"][0]["revision"].as_str().unwrap().to_owned();
    desk.revise("改正", "<p>改正。</p>").await?;
    let key = format!("body/{}", BodyHash::of("<p>正文。</p>".as_bytes()));
    app.clients.s3.delete_object().bucket(tables::BODIES).key(key).send().await?;
    let text = desk.told(&format!("revisions/{first}")).await?;
    assert_eq!((&text["content"]["title"], text["content"].get("body_html")), (&json!("误发"), None));
    let difference = desk.told(&format!("diff?from={first}")).await?;
    assert_eq!((&difference["body"]["erased"], &difference["body"]["lines"]), (&json!(true), &json!([])));
    assert_eq!(difference["fields"][0]["from"], "误发", "the fields are still compared");
    Ok(())
}

#[tokio::test]
async fn a_revision_that_is_none_of_the_documents_is_not_found() -> Result<()> {
    let app = TestApp::town().await?;
    let desk = Desk::drafted(&app, "标题").await?;
    let own = desk.told("revisions").await?["revisions"][0]["revision"].as_str().unwrap().to_owned();
    let other = Desk::drafted(&app, "别的文件").await?.told("revisions").await?;
    let other = other["revisions"][0]["revision"].as_str().unwrap();
    let upper = own.to_uppercase();
    for none in [other, &"ab".repeat(32), "xyz", "0", &own[..63], &upper, "%00", "..%2F..", &"a".repeat(5000)] {
        for what in [
            format!("revisions/{none}"),
            format!("diff?from={none}"),
            format!("diff?to={none}"),
            format!("diff?from={own}&to={none}"),
        ] {
            let answer = desk.read(&what).send().await?;
            assert_eq!(answer.told(), (404, "revision-not-found".to_owned()), "{what:.80}: {}", answer.text());
        }
    }
    for what in [
        "history?before=",
        "history?before=0",
        "history?before=x",
        "history?befor=3",
        "revisions?before=-1",
        "revisions?before=1&before=2",
        "diff?form=a",
        &format!("diff?from={own}&from={own}"),
    ] {
        let answer = desk.read(what).send().await?;
        assert_eq!(answer.told(), (400, "malformed-parameter".to_owned()), "{what}: {}", answer.text());
    }
    for id in ["a".repeat(26), "x".to_owned()] {
        for what in ["history".to_owned(), "revisions".to_owned(), "diff".to_owned(), format!("revisions/{own}")] {
            let answer = app.get(&format!("/documents/{id}/{what}")).staff("editor", "jyj").send().await?;
            assert_eq!(answer.told(), (404, "document-not-found".to_owned()), "{id} {what}");
        }
    }
    Ok(())
}

/// Adds `times` edits to a draft at version 1, as the API would have written them.
async fn edited(app: &TestApp, id: &str, times: u64) -> Result<()> {
    let stream: StreamId = format!("document:{id}").parse()?;
    let mut last = app.ledger.load(&stream).await?.pop().unwrap();
    let body = BodyHash::of("<p>正文。</p>".as_bytes());
    for number in 2..2 + times {
        let content = Content::new(Line::new(&format!("第{number}稿"))?, body.clone());
        let event = DocumentEvent::DraftRevised { revision: content.revision(), content, removed: Vec::new() };
        let commit = Commit {
            number,
            id: CommitId::derive(&last.actor, "edit", stream.as_str(), 0, &number.to_string()),
            events: vec![bulk::record(&event)?],
            ..last.clone()
        };
        let (item, hash) = bulk::item(&commit, &last.hash)?;
        app.clients.dynamodb.put_item().table_name(tables::LEDGER).set_item(Some(item)).send().await?;
        last = Commit { hash, ..commit };
    }
    Ok(())
}

#[tokio::test]
async fn of_thousands_of_edits_the_newest_two_hundred_are_told_and_the_rest_asked_for() -> Result<()> {
    let app = TestApp::town().await?;
    let desk = Desk::drafted(&app, "第1稿").await?;
    edited(&app, &desk.id, 2_049).await?;
    let of = |entries: &Value| -> Vec<u64> {
        entries.as_array().unwrap().iter().map(|entry| entry["number"].as_u64().unwrap()).collect()
    };
    let mut numbers: Vec<u64> = Vec::new();
    let mut query = String::new();
    loop {
        let told = desk.told(&format!("revisions{query}")).await?;
        numbers.splice(0..0, of(&told["revisions"]));
        match told["earlier"].as_u64() {
            Some(earlier) => query = format!("?before={earlier}"),
            None => break,
        }
    }
    assert_eq!(numbers, (1..=2050).collect::<Vec<u64>>(), "no gap, no overlap");
    for (query, numbers, earlier) in [("", 1851..=2050, json!(1851)), ("?before=51", 1..=50, Value::Null)] {
        let told = desk.told(&format!("history{query}")).await?;
        assert_eq!((of(&told["commits"]), &told["earlier"]), (numbers.collect(), &earlier), "{query}");
    }
    let submit = app.post(&format!("/documents/{}/submit", desk.id)).staff("editor", "jyj").key("s").if_match(1);
    let stale = submit.json(&json!({})).send().await?;
    assert_eq!((stale.told().0, &stale.field("more")), (412, &json!(2029)));
    Ok(())
}
