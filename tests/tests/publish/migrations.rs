//! Documents of older systems: public at once, under their own dates and numbers, once.

use anyhow::Result;
use domain::staff::Role;
use journeys::app::{Answer, TestApp};
use serde_json::{Value, json};

fn record(key: &str) -> Value {
    json!({
        "column": "jyj.tzgg",
        "department": "jyj",
        "content": { "title": "关于义务教育招生的通知", "body_html": "<p style='x'>各学校：</p>", "document_number": "澄府令第12号",
            "written_on": "2019-01-16", "source": "旧门户网站" },
        "index_number": "014006438/2019-00004",
        "origin": {
            "system": "old-portal", "name": "旧门户网站", "key": key, "evidence": "ab".repeat(32),
            "date": { "kind": "published", "day": "2019-01-30" },
            "url": "http://old.chenghu.example/1.html", "issuer": "澄湖市人民政府", "subject": "科技、教育\\教育",
            "validity": "in-force", "history": ["2019年1月16日通过"],
        },
    })
}

fn with(mut record: Value, pointer: &str, value: Value) -> Value {
    *record.pointer_mut(pointer).unwrap() = value;
    record
}

fn without(mut record: Value, name: &str) -> Value {
    record.as_object_mut().unwrap().remove(name);
    record
}

async fn send(app: &TestApp, who: &str, key: &str, body: &Value) -> Result<Answer> {
    app.post("/migrations").staff(who, "jyj").key(key).json(body).send().await
}

#[tokio::test]
async fn a_record_is_public_at_once_under_its_own_date_and_number() -> Result<()> {
    let app = TestApp::town().await?;
    let answer = send(&app, "migrator", "1", &record("1")).await?;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let receipt = answer.json();
    let id = receipt["id"].as_str().unwrap();
    assert_eq!(receipt["path"], format!("/tzgg/2019/01/30/{}.html", &id[..10]));
    assert_eq!(receipt["index_number"], "014006438/2019-00004");
    assert_eq!(receipt["removed"], json!(["p[style]"]));
    assert_eq!(answer.headers["location"], format!("/api/publish/documents/{id}").as_str());
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["live"]["public_at"], "2019-01-29T16:00:00Z");
    assert_eq!(view["live"]["content"]["document_number"], "澄府令第12号");
    let arrival = &view["arrival"];
    assert_eq!((&arrival["dated"], &arrival["day"]), (&json!("published"), &json!("2019-01-30")));
    assert_eq!((&arrival["at"], &arrival["validity"]), (&json!("2026-11-23T01:00:00Z"), &json!("in-force")));
    Ok(())
}

#[tokio::test]
async fn only_a_migrator_of_department_and_column_brings_records_in() -> Result<()> {
    let app = TestApp::town().await?;
    for role in ["editor", "reviewer", "publisher", "registrar", "auditor", "administrator"] {
        let refused = send(&app, role, "1", &record("1")).await?;
        assert_eq!(refused.told(), (403, "forbidden".to_owned()), "{role}");
        assert!(refused.text().contains("migrator"), "{}", refused.text());
    }
    let elsewhere = app.post("/migrations").staff("migrator", "czj").key("1").json(&record("1")).send().await?;
    assert_eq!(elsewhere.told(), (403, "forbidden".to_owned()));
    let foreign = with(record("1"), "/column", json!("www.xw"));
    app.enrol("guest.jyj", &[(Role::Migrator, "jyj", "")]).await?;
    let refused = app.post("/migrations").staff("guest", "jyj").key("1").json(&foreign).send().await?;
    assert!(matches!(refused.status.as_u16(), 403 | 422), "{}", refused.text());
    Ok(())
}

#[tokio::test]
async fn a_record_comes_in_once_whoever_sends_it() -> Result<()> {
    let app = TestApp::town().await?;
    let first = send(&app, "migrator", "1", &record("1")).await?;
    let resent = send(&app, "migrator", "1", &record("1")).await?;
    assert_eq!((resent.status, resent.text()), (first.status, first.text()));
    let again = send(&app, "migrator", "2", &record("1")).await?;
    assert_eq!(again.told(), (409, "unchanged".to_owned()));
    app.enrol("colleague.jyj", &[(Role::Migrator, "jyj", "")]).await?;
    let colleague = send(&app, "colleague", "1", &record("1")).await?;
    assert_eq!(colleague.told(), (409, "unchanged".to_owned()));
    let changed = with(record("1"), "/content/title", json!("关于招生的通知"));
    let refused = send(&app, "migrator", "3", &changed).await?;
    assert_eq!(refused.told(), (409, "migrated-otherwise".to_owned()));
    Ok(())
}

#[tokio::test]
async fn another_record_under_the_same_index_number_or_path_is_refused_by_name() -> Result<()> {
    let app = TestApp::town().await?;
    let slugged = |key: &str| {
        let mut record = record(key);
        record["slug"] = json!("content-1");
        record
    };
    assert_eq!(send(&app, "migrator", "1", &slugged("1")).await?.status, 201);
    let number = send(&app, "migrator", "2", &record("2")).await?;
    assert_eq!(number.told(), (409, "index-number-taken".to_owned()), "{}", number.text());
    let path = send(&app, "migrator", "3", &without(slugged("2"), "index_number")).await?;
    assert_eq!(path.told(), (409, "path-taken".to_owned()), "{}", path.text());
    Ok(())
}

#[tokio::test]
async fn an_amended_version_names_the_record_that_it_amends() -> Result<()> {
    let app = TestApp::town().await?;
    let bare = |key: &str| without(record(key), "index_number");
    let mut later = bare("later");
    later["amends"] = json!("earlier");
    let refused = send(&app, "migrator", "1", &later).await?;
    assert_eq!(refused.told(), (422, "amended-unknown".to_owned()));
    let earlier = send(&app, "migrator", "2", &bare("earlier")).await?.json();
    let accepted = send(&app, "migrator", "1", &later).await?;
    assert_eq!(accepted.status, 201, "{}", accepted.text());
    let id = accepted.json()["id"].as_str().unwrap().to_owned();
    let view = app.get(&format!("/documents/{id}")).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["arrival"]["amends"], earlier["id"]);
    Ok(())
}

/// The earlier version's page will say that it was amended, and name this one.
#[tokio::test]
async fn only_who_may_bring_in_the_earlier_version_says_that_it_was_amended_and_only_while_it_is_public() -> Result<()>
{
    let app = TestApp::town().await?;
    let bare = |key: &str| without(record(key), "index_number");
    let earlier = send(&app, "migrator", "1", &bare("earlier")).await?.json();
    let mut foreign = bare("foreign");
    foreign["amends"] = json!("earlier");
    foreign["column"] = json!("czj.tzgg");
    foreign["department"] = json!("czj");
    let call = app.post("/migrations").staff("migrator", "czj").key("2").json(&foreign);
    let refused = call.send().await?;
    assert_eq!(refused.told(), (403, "forbidden".to_owned()), "{}", refused.text());

    let id = earlier["id"].as_str().unwrap();
    let withdraw = app.post(&format!("/documents/{id}/withdraw")).staff("publisher", "jyj").key("w").if_match(1);
    assert_eq!(withdraw.json(&json!({ "reason": "含个人信息" })).send().await?.status, 200);
    let mut later = bare("later");
    later["amends"] = json!("earlier");
    let refused = send(&app, "migrator", "3", &later).await?;
    assert_eq!(refused.told(), (409, "related-not-public".to_owned()), "{}", refused.text());
    Ok(())
}

#[tokio::test]
async fn what_a_source_cannot_have_told_is_refused_field_by_field() -> Result<()> {
    let app = TestApp::town().await?;
    let flaws = [
        ("/origin/date", json!({ "kind": "published" }), "/origin/date/day"),
        ("/origin/date", json!({ "kind": "unknown", "day": "2019-01-30" }), "/origin/date/day"),
        ("/origin/date", json!({ "kind": "version", "day": "2019-02-30" }), "/origin/date/day"),
        ("/origin/url", json!("javascript:alert(1)"), "/origin/url"),
        ("/origin/url", json!("ftp://a.example/x"), "/origin/url"),
        ("/origin/evidence", json!("ab"), "/origin/evidence"),
        ("/origin/system", json!("Old Portal"), "/origin/system"),
        ("/origin/key", json!(""), "/origin/key"),
        ("/origin/history", json!(["a".repeat(501)]), "/origin/history/0"),
        ("/index_number", json!(" "), "/index_number"),
        ("/content/document_number", json!("12号"), "/content/document_number"),
    ];
    for (pointer, value, named) in flaws {
        let refused = send(&app, "migrator", "1", &with(record("1"), pointer, value.clone())).await?;
        assert_eq!(refused.status, 422, "{pointer} {value}: {}", refused.text());
        assert_eq!(refused.json()["errors"][0]["pointer"], named, "{value}");
    }
    let ahead = json!({ "kind": "published", "day": "2026-11-24" });
    let refused = send(&app, "migrator", "1", &with(record("1"), "/origin/date", ahead)).await?;
    assert_eq!(refused.told(), (422, "date-implausible".to_owned()));
    Ok(())
}
