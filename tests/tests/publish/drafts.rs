//! Drafts are found again by whoever may edit them, until they are public or thrown away.

use std::time::Duration;

use anyhow::{Result, ensure};
use domain::{CommitId, DocumentId, shanghai, staff::Role};
use jiff::{SignedDuration, Timestamp};
use journeys::app::{Answer, TestApp, draft};
use ledger::Clock;
use serde_json::{Value, json};
use views::{
    Prefix, Row, RowKey,
    city::{DraftRow, DraftStage, slice},
};

use super::follower::Follower;

async fn list(app: &TestApp, subject: &str, query: &str) -> Result<Value> {
    let answer = app.get(&format!("/drafts{query}")).subject(subject).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

/// A field of each entry that `subject` is told.
async fn told(app: &TestApp, subject: &str, query: &str, field: &str) -> Result<Vec<Value>> {
    let list = list(app, subject, query).await?;
    Ok(list["entries"].as_array().unwrap().iter().map(|entry| entry[field].clone()).collect())
}

/// A first draft by `subject`, a second after whatever was before.
async fn drafted(app: &TestApp, subject: &str, department: &str, column: &str, title: &str) -> Result<String> {
    app.clock.pass(Duration::from_secs(1));
    let mut body = draft(column, title, "<p>正文。</p>");
    body["department"] = json!(department);
    let answer = app
        .post("/documents")
        .subject(subject)
        .key(&app.clock.now().as_second().to_string())
        .json(&body)
        .send()
        .await?;
    ensure!(answer.status == 201, "{}", answer.text());
    Ok(answer.json()["id"].as_str().unwrap().to_owned())
}

async fn view(app: &TestApp, id: &str) -> Result<Value> {
    Ok(app.get(&format!("/documents/{id}")).subject("editor.jyj").send().await?.json())
}

async fn on(app: &TestApp, id: &str, subject: &str, verb: &str, body: &Value) -> Result<Answer> {
    app.clock.pass(Duration::from_secs(1));
    let version = view(app, id).await?["version"].as_u64().unwrap();
    let call = app.post(&format!("/documents/{id}/{verb}")).subject(subject).if_match(version);
    let answer = call.key(&format!("{verb}-{version}")).json(body).send().await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer)
}

async fn save(app: &TestApp, id: &str, subject: &str, title: &str) -> Result<()> {
    app.clock.pass(Duration::from_secs(1));
    let version = view(app, id).await?["version"].as_u64().unwrap();
    let call = app.put(&format!("/documents/{id}/draft")).subject(subject).if_match(version);
    let content = json!({ "content": { "title": title, "body_html": "<p>正文。</p>" } });
    let answer = call.key(&format!("save-{version}")).json(&content).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(())
}

#[tokio::test]
async fn the_last_saved_is_told_first_with_who_saved_it_and_what_can_be_done() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    app.enrol("second", &[(Role::Editor, "jyj", "")]).await?;
    let first = drafted(&app, "editor.jyj", "jyj", "jyj.tzgg", "第一件").await?;
    drafted(&app, "second", "jyj", "jyj.tzgg", "第二件").await?;
    follower.catch_up().await?;
    assert_eq!(told(&app, "editor.jyj", "", "title").await?, ["第二件", "第一件"]);
    assert_eq!(told(&app, "editor.jyj", "?mine=true", "title").await?, ["第一件"]);
    save(&app, &first, "second", "第一件（改）").await?;
    follower.catch_up().await?;
    assert_eq!(told(&app, "editor.jyj", "", "title").await?, ["第一件（改）", "第二件"]);
    assert_eq!(told(&app, "second", "?mine=true", "title").await?, ["第一件（改）", "第二件"]);
    let entry = list(&app, "editor.jyj", "?mine=true").await?["entries"][0].clone();
    let standing = view(&app, &first).await?;
    let told = ["revision", "stage", "editors"].map(|field| (entry[field].clone(), standing["draft"][field].clone()));
    assert!(told.iter().all(|(listed, read)| listed == read), "{entry} {standing}");
    assert_eq!(
        (&entry["document"], &entry["site"], &entry["department"]),
        (&json!(first), &json!("jyj"), &json!("jyj"))
    );
    assert_eq!((&entry["saved_by"], &entry["saved_at"]), (&json!("second"), &entry["since"]));
    assert_eq!((&entry["public"], &entry["acts"]), (&json!(false), &json!(["revise", "submit", "discard"])));
    assert_eq!(entry["link"], format!("/api/publish/documents/{first}"));
    Ok(())
}

#[tokio::test]
async fn a_draft_is_listed_at_every_stage_until_it_is_public() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = drafted(&app, "editor.jyj", "jyj", "jyj.tzgg", "一件").await?;
    let revision = json!({ "revision": view(&app, &id).await?["draft"]["revision"] });
    let saved = app.clock.now().to_string();
    let stages = async |expected: Option<(&str, Value)>| -> Result<()> {
        follower.catch_up().await?;
        let entries = list(&app, "editor.jyj", "").await?["entries"].as_array().unwrap().clone();
        let told: Vec<(Value, Value)> =
            entries.iter().map(|entry| (entry["stage"].clone(), entry["acts"].clone())).collect();
        let expected: Vec<(Value, Value)> = expected.into_iter().map(|(stage, acts)| (json!(stage), acts)).collect();
        assert_eq!(told, expected);
        assert!(entries.iter().all(|entry| entry["saved_at"] == saved), "to submit is not to save: {entries:?}");
        Ok(())
    };
    stages(Some(("editing", json!(["revise", "submit", "discard"])))).await?;
    on(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    stages(Some(("submitted", json!(["revise", "discard"])))).await?;
    let remark = json!({ "revision": revision["revision"], "remark": "请补充电话" });
    on(&app, &id, "reviewer.jyj", "return", &remark).await?;
    stages(Some(("returned", json!(["revise", "submit", "discard"])))).await?;
    assert_eq!(told(&app, "editor.jyj", "", "remark").await?, ["请补充电话"]);
    on(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    on(&app, &id, "reviewer.jyj", "approve", &revision).await?;
    stages(Some(("approved", json!(["revise", "discard"])))).await?;
    let at = json!({ "revision": revision["revision"], "at": "2026-12-01T09:00:00+08:00" });
    on(&app, &id, "publisher.jyj", "schedule", &at).await?;
    stages(Some(("scheduled", json!(["revise", "discard"])))).await?;
    assert_eq!(told(&app, "editor.jyj", "", "scheduled_at").await?, ["2026-12-01T01:00:00Z"]);
    on(&app, &id, "publisher.jyj", "unschedule", &json!({})).await?;
    on(&app, &id, "publisher.jyj", "publish", &json!({})).await?;
    stages(None).await?;

    save(&app, &id, "editor.jyj", "一件（更正）").await?;
    follower.catch_up().await?;
    assert_eq!(told(&app, "editor.jyj", "", "public").await?, [true], "the draft of a correction");
    Ok(())
}

#[tokio::test]
async fn a_correction_that_was_reworded_back_is_listed_marked_and_can_be_thrown_away() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = drafted(&app, "editor.jyj", "jyj", "jyj.tzgg", "一件").await?;
    let revision = json!({ "revision": view(&app, &id).await?["draft"]["revision"] });
    on(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    on(&app, &id, "reviewer.jyj", "approve", &revision).await?;
    on(&app, &id, "publisher.jyj", "publish", &json!({})).await?;
    for (title, same, acts) in
        [("一件（更正）", false, json!(["revise", "submit", "discard"])), ("一件", true, json!(["revise", "discard"]))]
    {
        save(&app, &id, "editor.jyj", title).await?;
        follower.catch_up().await?;
        for query in ["", "?mine=true"] {
            let entries = list(&app, "editor.jyj", query).await?["entries"].clone();
            let entry = &entries[0];
            let told = (&entry["title"], &entry["public"], &entry["same_as_public"], &entry["acts"]);
            assert_eq!(told, (&json!(title), &json!(true), &json!(same), &acts), "{entries}");
        }
    }
    // It is found wherever it went: sent to review, it can still be thrown away.
    on(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    follower.catch_up().await?;
    assert_eq!(told(&app, "editor.jyj", "", "stage").await?, ["submitted"]);
    assert_eq!(told(&app, "editor.jyj", "", "same_as_public").await?, [true]);
    on(&app, &id, "editor.jyj", "discard", &revision).await?;
    follower.catch_up().await?;
    assert!(told(&app, "editor.jyj", "", "title").await?.is_empty());
    assert!(told(&app, "editor.jyj", "?mine=true", "title").await?.is_empty());
    assert_eq!(list(&app, "reviewer.jyj", "").await?["entries"], json!([]));
    Ok(())
}

/// Puts rows of `count` drafts into the slice, without the drafts: the first is saved first.
async fn rows(follower: &Follower<'_>, slice: &str, count: u32, editor: &str, column: &str) -> Result<()> {
    let views = follower.projector.worker().views();
    let prefix = Prefix(views.registry().await?.unwrap().active);
    for number in 0..count {
        let saved_at = "2026-11-20T00:00:00Z".parse::<Timestamp>()? + SignedDuration::from_secs(number.into());
        let document = DocumentId::derive(&CommitId::derive(&editor.parse()?, column, slice, 0, &number.to_string()));
        let row = DraftRow {
            document: document.to_string(),
            title: format!("{number}"),
            column: column.to_owned(),
            department: "jyj".to_owned(),
            revision: "0".repeat(64),
            editors: vec![editor.to_owned()],
            stage: DraftStage::Editing,
            since: saved_at,
            saved_at,
            saved_by: editor.to_owned(),
            approvals: Vec::new(),
            public: false,
            same_as_public: false,
            remark: None,
            scheduled_at: None,
            failed: None,
        };
        let at = RowKey::new(slice, format!("{}/{document}", shanghai::sortable(saved_at)));
        views.put_row(&prefix, &Row { at, version: 1, body: Some(serde_json::to_string(&row)?) }).await?;
    }
    Ok(())
}

/// The titles of every page, how many pages there were, and which of them said that there is more.
async fn pages(app: &TestApp, subject: &str, query: &str) -> Result<(Vec<String>, Vec<(usize, bool)>)> {
    let (mut titles, mut pages, mut after) = (Vec::new(), Vec::new(), String::new());
    loop {
        let part = list(app, subject, &format!("?limit=200{query}{after}")).await?;
        let entries = part["entries"].as_array().unwrap();
        titles.extend(entries.iter().map(|entry| entry["title"].as_str().unwrap().to_owned()));
        pages.push((entries.len(), part["more"].as_bool().unwrap()));
        let Some(next) = part["next"].as_str() else { return Ok((titles, pages)) };
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn more_drafts_than_are_looked_at_are_told_page_by_page_and_a_page_says_so() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    follower.catch_up().await?;
    app.enrol("there", &[(Role::Editor, "jyj", "czj")]).await?;
    rows(&follower, &slice::drafts("jyj"), 601, "editor.jyj", "jyj.tzgg").await?;
    let all: Vec<String> = (0..601).rev().map(|number| number.to_string()).collect();
    let (titles, parts) = pages(&app, "editor.jyj", "").await?;
    assert_eq!(titles, all, "each once, the last saved first");
    assert_eq!(parts, [(200, true), (200, true), (200, false), (1, false)]);
    // Who may edit none of what was looked at is told nothing, and that there is more.
    let (titles, parts) = pages(&app, "there", "").await?;
    assert_eq!((titles, parts), (Vec::new(), vec![(0, true), (0, true), (0, false)]));
    let (titles, parts) = pages(&app, "editor.jyj", "&site=czj").await?;
    assert_eq!((titles, parts), (Vec::new(), vec![(0, true), (0, true), (0, false)]));
    Ok(())
}

#[tokio::test]
async fn one_s_own_drafts_are_found_whatever_the_department_writes() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    app.enrol("second", &[(Role::Editor, "jyj", "")]).await?;
    let own = drafted(&app, "editor.jyj", "jyj", "jyj.tzgg", "我的").await?;
    app.clock.pass(Duration::from_secs(1));
    follower.catch_up().await?;
    rows(&follower, &slice::drafts("jyj"), 300, "second", "jyj.tzgg").await?;
    let mine = list(&app, "editor.jyj", "?mine=true").await?;
    assert_eq!((&mine["entries"][0]["document"], &mine["more"]), (&json!(own), &json!(false)), "{mine}");
    assert_eq!(mine["entries"].as_array().unwrap().len(), 1);
    rows(&follower, &slice::edited("editor.jyj"), 251, "editor.jyj", "jyj.tzgg").await?;
    let (titles, parts) = pages(&app, "editor.jyj", "&mine=true").await?;
    assert_eq!((titles.len(), parts), (252, vec![(200, true), (52, false)]));
    assert_eq!(list(&app, "editor.jyj", "?mine=true&department=czj").await?["entries"], json!([]));
    Ok(())
}

#[tokio::test]
async fn only_what_one_may_edit_is_told() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Editor, "jyj", "czj"), (Role::Editor, "czj", "")]).await?;
    app.enrol("there", &[(Role::Editor, "jyj", "czj")]).await?;
    app.enrol("everywhere", &[(Role::Editor, "", "")]).await?;
    drafted(&app, "both", "jyj", "jyj.tzgg", "甲").await?;
    drafted(&app, "both", "jyj", "czj.xw", "乙").await?;
    drafted(&app, "both", "czj", "czj.tzgg", "丙").await?;
    follower.catch_up().await?;
    for (subject, query, titles) in [
        ("both", "", &["丙", "乙", "甲"][..]),
        ("both", "?mine=true", &["丙", "乙", "甲"]),
        ("both", "?department=jyj", &["乙", "甲"]),
        ("both", "?site=czj", &["丙", "乙"]),
        ("both", "?site=czj&department=jyj", &["乙"]),
        ("everywhere", "", &["丙", "乙", "甲"]),
        ("everywhere", "?department=czj", &["丙"]),
        ("everywhere", "?mine=true", &[]),
        ("editor.jyj", "", &["乙", "甲"]),
        ("editor.jyj", "?department=czj", &[]),
        ("there", "", &["乙"]),
        ("reviewer.jyj", "", &[]),
        ("publisher.jyj", "", &[]),
        ("auditor.jyj", "", &[]),
    ] {
        assert_eq!(told(&app, subject, query, "title").await?, titles, "{subject}{query}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_follow_each_other_while_somebody_saves() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(drafted(&app, "editor.jyj", "jyj", "jyj.tzgg", &format!("第{number}件")).await?);
    }
    follower.catch_up().await?;
    let first = list(&app, "editor.jyj", "?limit=2").await?;
    let next = first["next"].as_str().unwrap().to_owned();
    // What was told goes to the front once more; what was not told yet does, too.
    save(&app, &ids[4], "editor.jyj", "第4件（改）").await?;
    save(&app, &ids[1], "editor.jyj", "第1件（改）").await?;
    follower.catch_up().await?;
    let second = list(&app, "editor.jyj", &format!("?limit=2&after={next}")).await?;
    let titles: Vec<&Value> = second["entries"].as_array().unwrap().iter().map(|entry| &entry["title"]).collect();
    assert_eq!(titles, ["第2件", "第0件"], "none twice, none of those that stayed is passed over");
    assert_eq!(second["next"], Value::Null);
    let mut after = String::new();
    let mut all = Vec::new();
    loop {
        let part = list(&app, "editor.jyj", &format!("?limit=1{after}")).await?;
        all.extend(part["entries"].as_array().unwrap().iter().map(|entry| entry["title"].clone()));
        let Some(next) = part["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(all, ["第1件（改）", "第4件（改）", "第3件", "第2件", "第0件"]);
    Ok(())
}

#[tokio::test]
async fn what_is_no_page_of_drafts_is_a_problem() -> Result<()> {
    let app = TestApp::town().await?;
    let place = format!("2026-11-23T09:00:00.000/{}", "a".repeat(26));
    for wrong in [
        "?mine=perhaps".to_owned(),
        "?limit=0".to_owned(),
        "?limit=201".to_owned(),
        "?colour=red".to_owned(),
        "?site=".to_owned(),
        "?department=NO".to_owned(),
        "?after=x".to_owned(),
        format!("?after={place}/draft"),
    ] {
        let answer = app.get(&format!("/drafts{wrong}")).subject("editor.jyj").send().await?;
        assert_eq!(answer.told(), (400, "malformed-parameter".to_owned()), "{wrong}: {}", answer.text());
    }
    // No worker has ever run here.
    assert_eq!(list(&app, "editor.jyj", &format!("?after={place}")).await?, json!({ "entries": [], "more": false }));
    Ok(())
}
