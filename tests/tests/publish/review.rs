//! One to three levels of review, and who publishes, as the column asks.

use anyhow::{Result, ensure};
use domain::staff::Role;
use journeys::{
    app::{Call, TestApp},
    tokens::city_registrar,
};
use serde_json::{Value, json};

/// A town whose column `jyj.tzgg` takes a second approval, by czj, which also publishes there.
async fn town() -> Result<TestApp> {
    let app = TestApp::town().await?;
    ask(&app, 1, json!({ "levels": [{}, { "department": "czj" }], "publisher": { "department": "czj" } })).await?;
    Ok(app)
}

async fn ask(app: &TestApp, version: u64, review: Value) -> Result<()> {
    let call = app.put("/columns/jyj.tzgg").bearer(city_registrar()?).key(&format!("review-{version}"));
    let body = json!({ "profile": { "name": "通知公告", "review": review } });
    let answer = call.if_match(version).json(&body).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(())
}

/// A submitted draft of jyj: its id and revision, at version 2.
async fn submitted(app: &TestApp) -> Result<(String, Value)> {
    let id = app.drafted("jyj", "jyj.tzgg", "两级审核").await?;
    let call = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("submit").if_match(1);
    let answer = call.json(&json!({})).send().await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok((id, answer.json()["revision"].clone()))
}

/// A command on the document `id`, which `subject` saw at `version`.
fn on<'a>(app: &'a TestApp, id: &str, subject: &str, verb: &str, version: u64, body: &Value) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/{verb}")).subject(subject);
    call.key(&format!("{verb}-{subject}-{version}")).if_match(version).json(body)
}

#[tokio::test]
async fn each_level_approves_in_its_turn_and_the_named_department_publishes() -> Result<()> {
    let app = town().await?;
    let (id, revision) = submitted(&app).await?;
    let approval = json!({ "revision": revision });
    let early = on(&app, &id, "reviewer.czj", "approve", 2, &approval).send().await?;
    assert_eq!(early.told(), (403, "forbidden".to_owned()), "{}", early.text());
    let first = on(&app, &id, "reviewer.jyj", "approve", 2, &approval).send().await?;
    assert_eq!(first.status, 200, "{}", first.text());

    let half = on(&app, &id, "publisher.czj", "publish", 3, &json!({})).send().await?;
    assert_eq!(half.told(), (409, "not-approved".to_owned()));
    let told = half.json()["detail"].as_str().unwrap().to_owned();
    assert!(told.contains("2 级") && told.contains("1 级"), "{told}");
    let twice = on(&app, &id, "reviewer.jyj", "approve", 3, &approval).send().await?;
    assert_eq!(twice.told(), (403, "forbidden".to_owned()));
    let view = app.get(&format!("/documents/{id}")).subject("reviewer.czj").send().await?.json();
    let draft = &view["draft"];
    assert_eq!(
        (&draft["stage"], &draft["approved_by"], &draft["levels"]),
        (&json!("submitted"), &json!(["reviewer.jyj"]), &json!(2))
    );

    let second = on(&app, &id, "reviewer.czj", "approve", 3, &approval).send().await?;
    assert_eq!(second.status, 200, "{}", second.text());
    let done = on(&app, &id, "reviewer.czj", "approve", 4, &approval).send().await?;
    assert_eq!(done.told(), (409, "already-approved".to_owned()));
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["draft"]["stage"], "approved");
    let own = on(&app, &id, "publisher.jyj", "publish", 4, &json!({})).send().await?;
    assert_eq!(own.told(), (403, "forbidden".to_owned()), "czj publishes there");
    let published = on(&app, &id, "publisher.czj", "publish", 4, &json!({ "slug": "two" })).send().await?;
    assert_eq!(published.status, 200, "{}", published.text());
    let withdrawn = on(&app, &id, "publisher.jyj", "withdraw", 5, &json!({ "reason": "有误" })).send().await?;
    assert_eq!(withdrawn.status, 200, "a department takes its own text back: {}", withdrawn.text());
    Ok(())
}

#[tokio::test]
async fn nobody_approves_at_two_levels() -> Result<()> {
    let app = town().await?;
    app.enrol("everywhere", &[(Role::Reviewer, "", "")]).await?;
    let (id, revision) = submitted(&app).await?;
    let approval = json!({ "revision": revision });
    assert_eq!(on(&app, &id, "everywhere", "approve", 2, &approval).send().await?.status, 200);
    let again = on(&app, &id, "everywhere", "approve", 3, &approval).send().await?;
    assert_eq!(again.told(), (403, "own-approval".to_owned()));
    assert_eq!(on(&app, &id, "reviewer.czj", "approve", 3, &approval).send().await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn the_second_level_sends_back_to_the_first() -> Result<()> {
    let app = town().await?;
    let (id, revision) = submitted(&app).await?;
    on(&app, &id, "reviewer.jyj", "approve", 2, &json!({ "revision": revision })).send().await?;
    let remark = json!({ "revision": revision, "remark": "请核对金额" });
    let returned = on(&app, &id, "reviewer.czj", "return", 3, &remark).send().await?;
    assert_eq!(returned.status, 200, "{}", returned.text());
    assert_eq!(on(&app, &id, "editor.jyj", "submit", 4, &json!({})).send().await?.status, 200);
    let skipped = on(&app, &id, "reviewer.czj", "approve", 5, &json!({ "revision": revision })).send().await?;
    assert_eq!(skipped.told(), (403, "forbidden".to_owned()), "the first level has its turn again");
    Ok(())
}

/// Whoever reviews or publishes for a column reads what stands in it; his colleagues with other roles do not.
#[tokio::test]
async fn who_reviews_for_another_department_reads_its_drafts() -> Result<()> {
    let app = town().await?;
    let (id, _) = submitted(&app).await?;
    let elsewhere = app.drafted("jyj", "jyj.xw", "别处").await?;
    let parts = ["", "/history", "/revisions", "/diff"].map(|part| format!("/documents/{id}{part}"));
    for path in parts.into_iter().chain([format!("/commits/document:{id}:1")]) {
        for (subject, status) in [("reviewer.czj", 200), ("publisher.czj", 200), ("editor.czj", 403)] {
            assert_eq!(app.get(&path).subject(subject).send().await?.status.as_u16(), status, "{subject} {path}");
        }
    }
    let unnamed = app.get(&format!("/documents/{elsewhere}")).subject("reviewer.czj").send().await?;
    assert_eq!(unnamed.told(), (403, "forbidden".to_owned()));
    Ok(())
}

/// What counts is what the column asks on the day of publication.
#[tokio::test]
async fn a_column_that_asks_for_more_is_given_more() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "标题").await?;
    ask(&app, 1, json!({ "levels": [{}, {}], "publisher": {} })).await?;
    let refused = on(&app, &id, "publisher.jyj", "publish", 3, &json!({})).send().await?;
    assert_eq!(refused.told(), (409, "not-approved".to_owned()));
    ask(&app, 2, json!({ "levels": [{}], "publisher": {} })).await?;
    let published = on(&app, &id, "publisher.jyj", "publish", 3, &json!({ "slug": "more" })).send().await?;
    assert_eq!(published.status, 200, "{}", published.text());
    Ok(())
}

/// A correction is reviewed where it will stand: the other column may ask for other eyes.
#[tokio::test]
async fn a_correction_that_moves_with_its_document_is_reviewed_again() -> Result<()> {
    let app = town().await?;
    app.enrol("both", &[(Role::Publisher, "jyj", ""), (Role::Publisher, "czj", "")]).await?;
    let id = app.published("jyj", "jyj.xw", "water").await?;
    let content = json!({ "content": { "title": "新稿", "body_html": "<p>新稿。</p>" } });
    let revise = app.put(&format!("/documents/{id}/draft")).staff("editor", "jyj").key("revise").if_match(4);
    let revision = revise.json(&content).send().await?.json()["revision"].clone();
    let approval = json!({ "revision": revision });
    assert_eq!(on(&app, &id, "editor.jyj", "submit", 5, &json!({})).send().await?.status, 200);
    assert_eq!(on(&app, &id, "reviewer.jyj", "approve", 6, &approval).send().await?.status, 200);
    let past = on(&app, &id, "publisher.jyj", "move", 7, &json!({ "column": "jyj.tzgg" })).send().await?;
    assert_eq!(
        past.told(),
        (403, "forbidden".to_owned()),
        "czj publishes there, and lets in what is public: {}",
        past.text()
    );
    let moved = on(&app, &id, "both", "move", 7, &json!({ "column": "jyj.tzgg" })).send().await?;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let note = json!({ "note": "更正" });
    let refused = on(&app, &id, "publisher.czj", "correct", 8, &note).send().await?;
    assert_eq!(refused.told(), (409, "not-approved".to_owned()));
    assert_eq!(on(&app, &id, "editor.jyj", "submit", 8, &json!({})).send().await?.status, 200);
    assert_eq!(on(&app, &id, "reviewer.jyj", "approve", 9, &approval).send().await?.status, 200);
    assert_eq!(on(&app, &id, "reviewer.czj", "approve", 10, &approval).send().await?.status, 200);
    let corrected = on(&app, &id, "publisher.czj", "correct", 11, &note).send().await?;
    assert_eq!(corrected.status, 200, "{}", corrected.text());
    Ok(())
}
