//! A draft is thrown away, and what that leaves.

use anyhow::{Result, ensure};
use domain::staff::Role;
use journeys::{
    app::{Answer, Call, TestApp},
    tokens::city_registrar,
};
use serde_json::{Value, json};
use views::{Prefix, city::slice};

use super::follower::Follower;

async fn view(app: &TestApp, id: &str) -> Result<Value> {
    let answer = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

async fn looked_up(app: &TestApp, id: &str, what: &str) -> Result<Value> {
    let answer = app.get(&format!("/documents/{id}/{what}")).staff("editor", "jyj").send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.json())
}

fn discard<'a>(app: &'a TestApp, id: &str, version: u64, revision: &Value) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/discard")).staff("editor", "jyj").if_match(version);
    call.key(&format!("discard-{version}")).json(&json!({ "revision": revision }))
}

/// A command of a member of jyj on the document as it stands.
async fn act(app: &TestApp, id: &str, role: &str, verb: &str, body: &Value) -> Result<Answer> {
    let version = view(app, id).await?["version"].as_u64().unwrap();
    let call = app.post(&format!("/documents/{id}/{verb}")).staff(role, "jyj").key(&format!("{verb}-{version}"));
    let answer = call.if_match(version).json(body).send().await?;
    ensure!(answer.status == 200, "{verb}: {}", answer.text());
    Ok(answer)
}

async fn revise(app: &TestApp, id: &str, title: &str) -> Result<Value> {
    let version = view(app, id).await?["version"].as_u64().unwrap();
    let call = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").if_match(version);
    let content = json!({ "content": { "title": title, "body_html": "<p>正文。</p>" } });
    let answer = call.key(&format!("revise-{version}")).json(&content).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(answer.field("revision"))
}

/// How many entries the queue and the drafts of jyj's staff have.
async fn open(app: &TestApp, follower: &Follower<'_>) -> Result<(usize, usize)> {
    follower.catch_up().await?;
    let count = async |subject: &str, path: &str| -> Result<usize> {
        let answer = app.get(path).subject(subject).send().await?;
        ensure!(answer.status == 200, "{}", answer.text());
        Ok(answer.json()["entries"].as_array().unwrap().len())
    };
    let waiting = count("reviewer.jyj", "/queue").await? + count("editor.jyj", "/queue").await?;
    Ok((waiting, count("editor.jyj", "/drafts").await?))
}

#[tokio::test]
async fn a_draft_that_was_thrown_away_is_gone_from_all_lists_and_can_be_brought_back() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "没人要的").await?;
    let revision = view(&app, &id).await?["draft"]["revision"].clone();
    act(&app, &id, "editor", "submit", &json!({})).await?;
    assert_eq!(open(&app, &follower).await?, (1, 1));
    let thrown = discard(&app, &id, 2, &revision).send().await?;
    assert_eq!(thrown.status, 200, "{}", thrown.text());
    assert_eq!((&thrown.field("revision"), &thrown.field("version")), (&revision, &json!(3)));
    assert_eq!(discard(&app, &id, 2, &revision).send().await?, thrown, "a resend gets the first answer");
    assert_eq!(open(&app, &follower).await?, (0, 0));

    let told = view(&app, &id).await?;
    assert_eq!((&told["draft"], &told["live"]), (&Value::Null, &Value::Null));
    let discarded = &told["discarded"];
    assert_eq!(
        (&discarded["revision"], &discarded["title"], &discarded["by"]),
        (&revision, &json!("没人要的"), &json!("editor.jyj"))
    );
    let history = looked_up(&app, &id, "history").await?;
    let last = &history["commits"][2];
    assert_eq!(
        (&last["events"][0]["name"], &last["events"][0]["name_zh"], &last["events"][0]["revision"]),
        (&json!("DraftDiscarded"), &json!("放弃草稿"), &revision)
    );
    let texts = looked_up(&app, &id, "revisions").await?;
    assert_eq!(texts["revisions"][0]["discarded_at"], discarded["at"]);
    let checks = app.get(&format!("/documents/{id}/checks")).staff("editor", "jyj").send().await?;
    assert_eq!(checks.told(), (409, "no-draft".to_owned()));

    act(&app, &id, "editor", "restore", &json!({ "revision": revision })).await?;
    let told = view(&app, &id).await?;
    assert_eq!((&told["draft"]["revision"], &told["draft"]["stage"]), (&revision, &json!("editing")));
    assert_eq!(told["discarded"], Value::Null);
    assert_eq!(open(&app, &follower).await?, (0, 1));
    let second = act(&app, &id, "editor", "discard", &json!({ "revision": revision })).await?;
    assert_eq!(second.field("version"), 5);
    revise(&app, &id, "另写的").await?;
    assert_eq!(view(&app, &id).await?["draft"]["content"]["title"], "另写的");
    assert_eq!(open(&app, &follower).await?, (0, 1));
    assert!(follower.projector.worker().verify().await?.differences.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_public_text_stays_and_is_what_is_compared() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    let live = view(&app, &id).await?["live"].clone();
    let correction = revise(&app, &id, "更正稿").await?;
    act(&app, &id, "editor", "submit", &json!({})).await?;
    let remark = json!({ "revision": correction, "remark": "不必更正" });
    act(&app, &id, "reviewer", "return", &remark).await?;
    assert_eq!(open(&app, &follower).await?, (1, 1));
    act(&app, &id, "editor", "discard", &json!({ "revision": correction })).await?;
    assert_eq!(open(&app, &follower).await?, (0, 0));
    let told = view(&app, &id).await?;
    assert_eq!((&told["live"], &told["discarded"]["title"]), (&live, &json!("更正稿")));
    let difference = looked_up(&app, &id, "diff").await?;
    assert_eq!(difference["to"]["revision"], live["revision"], "what stands, not what was thrown away");
    let of_it = format!("diff?to={}", correction.as_str().unwrap());
    let difference = looked_up(&app, &id, &of_it).await?;
    assert_eq!(difference["from"]["revision"], live["revision"]);

    revise(&app, &id, "再次更正").await?;
    let difference = looked_up(&app, &id, "diff").await?;
    assert_eq!(difference["from"]["revision"], live["revision"]);
    act(&app, &id, "publisher", "withdraw", &json!({})).await?;
    let withdrawn = view(&app, &id).await?;
    let draft = json!({ "revision": withdrawn["draft"]["revision"] });
    act(&app, &id, "editor", "discard", &draft).await?;
    assert_eq!(looked_up(&app, &id, "diff").await?["to"]["revision"], live["revision"], "what was public last");
    act(&app, &id, "editor", "restore", &json!({ "revision": live["revision"] })).await?;
    Ok(())
}

#[tokio::test]
async fn a_return_of_a_draft_thrown_away_is_no_base_for_the_next() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "第一稿").await?;
    let revision = view(&app, &id).await?["draft"]["revision"].clone();
    act(&app, &id, "editor", "submit", &json!({})).await?;
    act(&app, &id, "reviewer", "return", &json!({ "revision": revision, "remark": "重写" })).await?;
    act(&app, &id, "editor", "discard", &json!({ "revision": revision })).await?;
    revise(&app, &id, "第二稿").await?;
    let difference = looked_up(&app, &id, "diff").await?;
    assert_eq!(difference["from"], Value::Null, "all of it is new: {difference}");
    Ok(())
}

#[tokio::test]
async fn who_wrote_what_was_thrown_away_does_not_approve_what_comes_next() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("both", &[(Role::Editor, "jyj", ""), (Role::Reviewer, "jyj", "")]).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "第一稿").await?;
    let content = json!({ "content": { "title": "第二稿", "body_html": "<p>正文。</p>" } });
    let call = app.put(&format!("/documents/{id}/draft")).subject("both").if_match(1).key("second");
    let second = call.json(&content).send().await?.field("revision");
    act(&app, &id, "editor", "discard", &json!({ "revision": second })).await?;
    let third = revise(&app, &id, "第三稿").await?;
    act(&app, &id, "editor", "submit", &json!({})).await?;
    let approve = app.post(&format!("/documents/{id}/approve")).subject("both").key("a").if_match(5);
    let refused = approve.json(&json!({ "revision": third })).send().await?;
    assert_eq!(refused.told(), (403, "own-edit".to_owned()), "{}", refused.text());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_thrown_away_is_refused_and_nothing_is_written() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "草稿").await?;
    let public = app.published("jyj", "jyj.tzgg", "public").await?;
    let revision = view(&app, &id).await?["draft"]["revision"].clone();
    let other = json!("0".repeat(64));
    let before = app.written().await?;
    let refusals = [
        (discard(&app, &id, 1, &other), 409, "other-revision"),
        (discard(&app, &public, 4, &other), 409, "no-draft"),
        (discard(&app, &id, 1, &json!("xyz")), 422, "invalid-field"),
        (discard(&app, &id, 1, &revision).raw("{}"), 422, "missing-field"),
        (discard(&app, &id, 9, &revision), 412, "stale"),
        (discard(&app, &id, 1, &revision).header("if-match", "x"), 400, "if-match-malformed"),
        (discard(&app, &id, 1, &revision).staff("reviewer", "jyj"), 403, "forbidden"),
        (discard(&app, &id, 1, &revision).staff("publisher", "jyj"), 403, "forbidden"),
        (discard(&app, &id, 1, &revision).staff("editor", "czj"), 403, "forbidden"),
        (discard(&app, &"a".repeat(26), 1, &revision), 404, "document-not-found"),
        (discard(&app, "x", 1, &revision), 404, "document-not-found"),
    ];
    for (place, (call, status, code)) in refusals.into_iter().enumerate() {
        let answer = call.send().await?;
        assert_eq!(answer.told(), (status, code.to_owned()), "{place}: {}", answer.text());
    }
    assert_eq!(app.written().await?, before, "something was written");
    Ok(())
}

/// Live rows of open work in a slice.
async fn waiting(follower: &Follower<'_>, slice: &str) -> Result<usize> {
    let views = follower.projector.worker().views();
    let prefix = Prefix(views.registry().await?.unwrap().active);
    Ok(views.open(&prefix, slice, None, None, 10).await?.len())
}

#[tokio::test]
async fn what_is_scheduled_takes_its_schedule_and_every_row_of_open_work_with_it() -> Result<()> {
    let app = TestApp::town().await?;
    let follower = Follower::of(&app).await?;
    let id = app.approved("jyj", "jyj.tzgg", "定时").await?;
    let revision = view(&app, &id).await?["draft"]["revision"].clone();
    let at = json!({ "revision": revision, "at": "2026-12-01T09:00:00+08:00" });
    act(&app, &id, "publisher", "schedule", &at).await?;
    let slices = [slice::due(), slice::queue("jyj"), slice::queue_of_column("jyj.tzgg"), slice::drafts("jyj")];
    for expected in [1, 0] {
        follower.catch_up().await?;
        for slice in &slices {
            assert_eq!(waiting(&follower, slice).await?, expected, "{slice}");
        }
        if expected == 1 {
            act(&app, &id, "editor", "discard", &json!({ "revision": revision })).await?;
        }
    }
    let told = view(&app, &id).await?;
    assert_eq!((&told["draft"], &told["discarded"]["revision"]), (&Value::Null, &revision));
    let version = told["version"].as_u64().unwrap();
    let late = app.post(&format!("/documents/{id}/unschedule")).staff("publisher", "jyj").if_match(version);
    assert_eq!(late.key("late").json(&json!({})).send().await?.told().0, 409);
    assert!(follower.projector.worker().verify().await?.differences.is_empty());
    Ok(())
}

#[tokio::test]
async fn an_archived_site_does_not_keep_its_drafts() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "草稿").await?;
    let archive = app.put("/sites/jyj/state").bearer(city_registrar()?).key("archive").if_match(1);
    let archived = archive.json(&json!({ "state": "archived", "reason": "站点整合" })).send().await?;
    ensure!(archived.status == 200, "{}", archived.text());
    let revision = view(&app, &id).await?["draft"]["revision"].clone();
    assert_eq!(discard(&app, &id, 1, &revision).send().await?.status, 200);
    Ok(())
}
