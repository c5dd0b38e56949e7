//! What editors time, what cannot wait, and what waits for whom.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use domain::staff::Role;
use journeys::{
    app::{Answer, TestApp},
    tokens::city_registrar,
};
use publish::{TimetableReport, keep_time};
use serde_json::{Value, json};

use super::follower::Follower;

/// A command on the document `id`, which `subject` saw as it stands.
async fn on(app: &TestApp, id: &str, subject: &str, verb: &str, body: &Value) -> Result<Answer> {
    let version = document(app, id).await?["version"].as_u64().context("a version")?;
    let call = app.post(&format!("/documents/{id}/{verb}")).subject(subject);
    call.key(&format!("{verb}-{subject}-{version}")).if_match(version).json(body).send().await
}

async fn accepted(app: &TestApp, id: &str, subject: &str, verb: &str, body: &Value) -> Result<Value> {
    let answer = on(app, id, subject, verb, body).await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer.json())
}

async fn document(app: &TestApp, id: &str) -> Result<Value> {
    let answer = app.get(&format!("/documents/{id}")).subject("editor.jyj").send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

async fn queue(app: &TestApp, subject: &str, query: &str) -> Result<Value> {
    let answer = app.get(&format!("/queue{query}")).subject(subject).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

/// Titles and decisions of the queue of `subject`.
async fn waits(app: &TestApp, subject: &str) -> Result<Vec<(String, Vec<String>)>> {
    let queue = queue(app, subject, "").await?;
    let entries = queue["entries"].as_array().context("entries")?.iter();
    Ok(entries
        .map(|entry| {
            let decisions = entry["decisions"].as_array().unwrap().iter();
            (
                entry["title"].as_str().unwrap().to_owned(),
                decisions.map(|decision| decision.as_str().unwrap().to_owned()).collect(),
            )
        })
        .collect())
}

fn one(title: &str, decisions: &[&str]) -> Vec<(String, Vec<String>)> {
    vec![(title.to_owned(), decisions.iter().map(|decision| (*decision).to_owned()).collect())]
}

/// Scheduled for ten in the morning; the tests begin at nine.
async fn scheduled(app: &TestApp, title: &str) -> Result<String> {
    let id = app.approved("jyj", "jyj.tzgg", title).await?;
    let revision = document(app, &id).await?["draft"]["revision"].clone();
    let body = json!({ "revision": revision, "at": "2026-11-23T10:00:00+08:00", "slug": "ten" });
    accepted(app, &id, "publisher.jyj", "schedule", &body).await?;
    Ok(id)
}

async fn round(app: &TestApp, follower: &Follower<'_>) -> Result<TimetableReport> {
    follower.catch_up().await?;
    let report = keep_time(&app.state).await?;
    follower.catch_up().await?;
    Ok(report)
}

#[tokio::test]
async fn what_is_scheduled_becomes_public_at_its_time_and_expires_at_its_time() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = scheduled(&app, "十时公开").await?;
    let expiry = json!({ "at": "2026-11-23T11:00:00+08:00", "reason": "报名已截止" });
    accepted(&app, &id, "publisher.jyj", "set-expiry", &expiry).await?;
    let told = document(&app, &id).await?;
    assert_eq!(told["draft"]["scheduled"]["at"], "2026-11-23T02:00:00Z");
    assert_eq!(told["draft"]["scheduled"]["by"], "publisher.jyj");
    assert_eq!(told["expiry"]["reason"], "报名已截止");
    assert_eq!(round(&app, &follower).await?, TimetableReport::default(), "an hour early");

    app.clock.pass(Duration::from_secs(3600));
    assert_eq!(round(&app, &follower).await?, TimetableReport { published: 1, ..TimetableReport::default() });
    assert_eq!(round(&app, &follower).await?, TimetableReport::default(), "once");
    let told = document(&app, &id).await?;
    assert_eq!(told["live"]["url"], "http://jyj.localhost:8080/tzgg/2026/11/23/ten.html");
    assert_eq!(told["live"]["public_at"], "2026-11-23T02:00:00Z");
    let history = app.get(&format!("/documents/{id}/history")).subject("editor.jyj").send().await?.json();
    let last = history["commits"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["actor"], "system:timetable");

    app.clock.pass(Duration::from_secs(3600));
    assert_eq!(round(&app, &follower).await?, TimetableReport { expired: 1, ..TimetableReport::default() });
    let told = document(&app, &id).await?;
    assert_eq!((&told["live"], &told["withdrawn"]["reason"]), (&Value::Null, &json!("报名已截止")));
    assert_eq!(round(&app, &follower).await?, TimetableReport::default());
    Ok(())
}

#[tokio::test]
async fn everything_is_asked_again_at_its_time_and_a_refusal_is_told() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = scheduled(&app, "将被拒绝").await?;
    let archived = app.put("/sites/jyj/state").staff("registrar", "jyj").key("archive").if_match(1);
    let archived = archived.json(&json!({ "state": "archived", "reason": "站点整合" })).send().await?;
    ensure!(archived.status == 200, "{}", archived.text());
    app.clock.pass(Duration::from_secs(3600));
    assert_eq!(round(&app, &follower).await?, TimetableReport { failed: 1, ..TimetableReport::default() });
    let told = document(&app, &id).await?;
    let draft = &told["draft"];
    assert_eq!((&draft["failed"]["code"], &draft["stage"]), (&json!("site-archived"), &json!("approved")));
    assert_eq!(draft["scheduled"], Value::Null);
    assert_eq!(round(&app, &follower).await?, TimetableReport::default(), "it is not tried again");
    let failed = queue(&app, "editor.jyj", "").await?;
    assert_eq!(failed["entries"][0]["failed_code"], "site-archived", "{failed}");
    assert_eq!(failed["entries"][0]["decisions"], json!(["revise"]), "its editors are told");
    Ok(())
}

#[tokio::test]
async fn a_schedule_that_fell_is_passed_over_even_where_the_views_still_tell_of_it() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = scheduled(&app, "取消的").await?;
    follower.catch_up().await?;
    accepted(&app, &id, "publisher.jyj", "unschedule", &json!({})).await?;
    app.clock.pass(Duration::from_secs(3600));
    // The doorbell of the taking back was lost: the row still stands.
    assert_eq!(keep_time(&app.state).await?, TimetableReport { fallen: 1, ..TimetableReport::default() });
    assert_eq!(document(&app, &id).await?["live"], Value::Null);
    assert_eq!(round(&app, &follower).await?, TimetableReport::default());
    Ok(())
}

#[tokio::test]
async fn two_rounds_at_once_publish_once() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = scheduled(&app, "同时").await?;
    follower.catch_up().await?;
    app.clock.pass(Duration::from_secs(3600));
    let (first, second) = tokio::join!(keep_time(&app.state), keep_time(&app.state));
    let (first, second) = (first?, second?);
    assert!(first.published + second.published >= 1, "{first:?} {second:?}");
    assert_eq!(first.failed + second.failed, 0, "{first:?} {second:?}");
    let history = app.get(&format!("/documents/{id}/history")).subject("editor.jyj").send().await?.json();
    assert_eq!(history["version"], 5, "draft, submit, approve, schedule, publish: {history}");
    Ok(())
}

#[tokio::test]
async fn bad_schedules_are_refused_with_a_sentence_and_change_nothing() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "定时").await?;
    let revision = document(&app, &id).await?["draft"]["revision"].clone();
    let before = app.written().await?;
    let other = "0".repeat(64);
    for (body, status, code) in [
        (json!({ "revision": revision, "at": "2026-11-23T08:59:00+08:00" }), 422, "not-ahead"),
        (json!({ "revision": revision, "at": "2028-11-23T08:59:00+08:00" }), 422, "not-ahead"),
        (json!({ "revision": revision, "at": "2026-12-01 09:00" }), 422, "invalid-field"),
        (json!({ "revision": revision, "at": "tomorrow" }), 422, "invalid-field"),
        (json!({ "revision": other, "at": "2026-12-01T09:00:00+08:00" }), 409, "other-revision"),
        (json!({ "revision": revision, "at": "2026-12-01T09:00:00+08:00", "note": "更正" }), 422, "note-unwanted"),
        (json!({ "revision": revision, "at": "2026-12-01T09:00:00+08:00", "slug": "No" }), 422, "invalid-field"),
    ] {
        let answer = on(&app, &id, "publisher.jyj", "schedule", &body).await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{body}: {}", answer.text());
    }
    let body = json!({ "revision": revision, "at": "2026-12-01T09:00:00+08:00" });
    for subject in ["editor.jyj", "reviewer.jyj", "publisher.czj"] {
        let answer = on(&app, &id, subject, "schedule", &body).await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{subject}");
    }
    assert_eq!(on(&app, &id, "publisher.jyj", "unschedule", &json!({})).await?.told().1, "not-scheduled");
    assert_eq!(on(&app, &id, "publisher.jyj", "clear-expiry", &json!({})).await?.told().1, "no-expiry");
    let past = json!({ "at": "2026-11-23T08:00:00+08:00" });
    assert_eq!(on(&app, &id, "publisher.jyj", "set-expiry", &past).await?.told().1, "not-ahead");
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn what_cannot_wait_is_public_at_once_and_reviewed_after() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "停课通知").await?;
    let urgent = json!({ "reason": "台风红色预警", "slug": "typhoon" });
    for subject in ["editor.jyj", "reviewer.jyj", "publisher.czj"] {
        let answer = on(&app, &id, subject, "publish-urgently", &urgent).await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{subject}");
    }
    accepted(&app, &id, "publisher.jyj", "publish-urgently", &urgent).await?;
    let told = document(&app, &id).await?;
    let owed = &told["live"]["unreviewed"];
    assert_eq!((&owed["reason"], &owed["by"]), (&json!("台风红色预警"), &json!("publisher.jyj")));
    follower.catch_up().await?;
    assert_eq!(waits(&app, "reviewer.jyj").await?, one("停课通知", &["review-after"]));
    let review = json!({ "revision": told["live"]["revision"] });
    assert_eq!(on(&app, &id, "publisher.jyj", "review-after", &review).await?.told().1, "forbidden");
    app.enrol("both", &[(Role::Reviewer, "jyj", ""), (Role::Publisher, "jyj", "")]).await?;
    accepted(&app, &id, "reviewer.jyj", "review-after", &review).await?;
    assert_eq!(document(&app, &id).await?["live"]["unreviewed"], Value::Null);
    let again = on(&app, &id, "both", "review-after", &review).await?;
    assert_eq!(again.told(), (409, "nothing-owed".to_owned()));
    follower.catch_up().await?;
    assert_eq!(waits(&app, "reviewer.jyj").await?, []);
    Ok(())
}

#[tokio::test]
async fn whoever_published_urgently_does_not_review_it() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    app.enrol("both", &[(Role::Reviewer, "jyj", ""), (Role::Publisher, "jyj", "")]).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "停课").await?;
    let published = accepted(&app, &id, "both", "publish-urgently", &json!({ "reason": "紧急" })).await?;
    let review = json!({ "revision": published["revision"] });
    assert_eq!(on(&app, &id, "both", "review-after", &review).await?.told(), (403, "own-publication".to_owned()));
    follower.catch_up().await?;
    assert_eq!(waits(&app, "both").await?, [], "it is not asked of him");
    Ok(())
}

#[tokio::test]
async fn each_is_asked_only_what_he_may_decide_across_departments_and_sites() -> Result<()> {
    let app = TestApp::town().await?;
    let review = json!({ "levels": [{}, { "department": "czj" }], "publisher": { "department": "czj" } });
    let call = app.put("/columns/jyj.tzgg").bearer(city_registrar()?).key("review").if_match(1);
    let answer = call.json(&json!({ "profile": { "name": "通知公告", "review": review } })).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    let follower = Follower::of(&app).await?;
    app.enrol("everywhere", &[(Role::Reviewer, "", "")]).await?;
    app.enrol("elsewhere", &[(Role::Reviewer, "jyj", "czj")]).await?;

    let id = app.drafted("jyj", "jyj.tzgg", "两级").await?;
    let submitted = accepted(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    let revision = json!({ "revision": submitted["revision"] });
    follower.catch_up().await?;
    let asked = one("两级", &["approve", "return"]);
    assert_eq!(waits(&app, "reviewer.jyj").await?, asked);
    assert_eq!(waits(&app, "everywhere").await?, asked);
    for nobody in ["reviewer.czj", "publisher.czj", "editor.jyj", "elsewhere", "auditor.jyj"] {
        assert_eq!(waits(&app, nobody).await?, [], "{nobody}");
    }

    accepted(&app, &id, "reviewer.jyj", "approve", &revision).await?;
    follower.catch_up().await?;
    assert_eq!(waits(&app, "reviewer.jyj").await?, [], "he has approved it");
    assert_eq!(waits(&app, "reviewer.czj").await?, asked, "the second level has its turn");

    accepted(&app, &id, "reviewer.czj", "approve", &revision).await?;
    follower.catch_up().await?;
    assert_eq!(waits(&app, "publisher.czj").await?, one("两级", &["publish", "schedule"]));
    assert_eq!(waits(&app, "publisher.jyj").await?, [], "czj publishes there");

    let remark = json!({ "revision": submitted["revision"], "remark": "请核对金额" });
    accepted(&app, &id, "reviewer.czj", "return", &remark).await?;
    follower.catch_up().await?;
    assert_eq!(waits(&app, "editor.jyj").await?, one("两级", &["revise"]));
    assert_eq!(queue(&app, "editor.jyj", "").await?["entries"][0]["remark"], "请核对金额");
    Ok(())
}

#[tokio::test]
async fn the_queue_is_read_in_parts_and_filtered() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    // A guest drafts in another department's column.
    app.enrol("guest", &[(Role::Editor, "jyj", ""), (Role::Editor, "jyj", "czj")]).await?;
    for (number, column) in ["jyj.tzgg", "czj.xw", "jyj.tzgg", "czj.xw", "jyj.tzgg"].into_iter().enumerate() {
        app.clock.pass(Duration::from_secs(1));
        let mut body = journeys::app::draft(column, &format!("第{number}件"), "<p>正文。</p>");
        body["department"] = json!("jyj");
        let drafted =
            app.post("/documents").subject("guest").key(&format!("guest-{number}")).json(&body).send().await?;
        ensure!(drafted.status == 201, "{}", drafted.text());
        let id = drafted.json()["id"].as_str().context("an id")?.to_owned();
        accepted(&app, &id, "editor.jyj", "submit", &json!({})).await?;
    }
    follower.catch_up().await?;
    let mut titles = Vec::new();
    let mut after = String::new();
    loop {
        let part = queue(&app, "reviewer.jyj", &format!("?limit=2{after}")).await?;
        titles.extend(part["entries"].as_array().unwrap().iter().map(|entry| entry["title"].clone()));
        let Some(next) = part["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(titles, ["第0件", "第1件", "第2件", "第3件", "第4件"]);
    let there = queue(&app, "reviewer.jyj", "?site=czj").await?;
    assert_eq!(there["entries"].as_array().unwrap().len(), 2, "{there}");
    assert_eq!(queue(&app, "reviewer.jyj", "?decision=publish").await?["entries"], json!([]));
    for wrong in
        ["?decision=burn", "?limit=0", "?limit=201", "?limit=x", "?colour=red", "?site=", "?after=", "?after=x"]
    {
        let answer = app.get(&format!("/queue{wrong}")).subject("reviewer.jyj").send().await?;
        assert_eq!(answer.told(), (400, "malformed-parameter".to_owned()), "{wrong}: {}", answer.text());
    }
    Ok(())
}

#[tokio::test]
async fn many_decisions_are_carried_out_each_by_itself_and_answered_again() -> Result<()> {
    let app = TestApp::town().await?;
    let mut decisions = Vec::new();
    let mut ids = Vec::new();
    for number in 0..3 {
        let id = app.drafted("jyj", "jyj.tzgg", &format!("批{number}")).await?;
        let submitted = accepted(&app, &id, "editor.jyj", "submit", &json!({})).await?;
        decisions.push(json!({ "document": id, "decision": "approve", "revision": submitted["revision"] }));
        ids.push(id);
    }
    decisions[1]["revision"] = json!("0".repeat(64));
    decisions.push(json!({ "document": "a".repeat(26), "decision": "approve", "revision": "1".repeat(64) }));
    let body = json!({ "decisions": decisions });
    let send = || app.post("/decisions").subject("reviewer.jyj").key("batch").json(&body).send();
    let answer = send().await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told = answer.json();
    assert_eq!((&told["accepted"], &told["refused"]), (&json!(2), &json!(2)), "{told}");
    let codes: Vec<&Value> = told["outcomes"].as_array().unwrap().iter().map(|one| &one["problem"]["code"]).collect();
    assert_eq!(codes, [&Value::Null, &json!("other-revision"), &Value::Null, &json!("document-not-found")]);
    let written = app.written().await?;
    let again = send().await?.json();
    assert_eq!(again["outcomes"][0], told["outcomes"][0], "a resend gets the first answer");
    assert_eq!(again["outcomes"][2], told["outcomes"][2]);
    assert_eq!(app.written().await?, written, "and changes nothing");

    let publishing = json!({ "decisions": [
        { "document": ids[0], "decision": "publish", "revision": decisions[0]["revision"], "slug": "first" },
        { "document": ids[2], "decision": "publish", "revision": decisions[2]["revision"] },
        { "document": ids[1], "decision": "publish", "revision": "0".repeat(64) },
    ] });
    let send = || app.post("/decisions").subject("publisher.jyj").key("batch").json(&publishing).send();
    let told = send().await?.json();
    assert_eq!(told["accepted"], 2, "{told}");
    assert_eq!(told["outcomes"][0]["receipt"]["path"], "/tzgg/2026/11/23/first.html");
    assert_eq!(send().await?.json()["outcomes"][0], told["outcomes"][0]);
    Ok(())
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_whole() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "一件").await?;
    let one = json!({ "document": id, "decision": "approve", "revision": "0".repeat(64) });
    let another = |n| json!({ "document": format!("{n}"), "decision": "approve", "revision": "" });
    let many: Vec<Value> = (0..51).map(another).collect();
    for (number, decisions) in [json!([]), json!([one, one]), json!(many)].into_iter().enumerate() {
        let call = app.post("/decisions").subject("reviewer.jyj").key(&format!("none-{number}"));
        let answer = call.json(&json!({ "decisions": decisions })).send().await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{}", answer.text());
    }
    let unfit = json!({ "document": id, "decision": "return", "revision": "0".repeat(64) });
    let call = app.post("/decisions").subject("reviewer.jyj").key("unfit");
    let told = call.json(&json!({ "decisions": [unfit] })).send().await?.json();
    assert_eq!(told["outcomes"][0]["problem"]["errors"][0]["code"], "decision-unfit", "{told}");
    Ok(())
}
