//! A document of one column, listed in another.

use anyhow::Result;
use journeys::app::{Call, TestApp};
use serde_json::{Value, json};

use super::follower::Follower;

fn share<'a>(app: &'a TestApp, id: &str, column: &str) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/share")).key(&format!("share-{column}"));
    call.json(&json!({ "column": column }))
}

fn end<'a>(app: &'a TestApp, id: &str, column: &str) -> Call<'a> {
    let call = app.post(&format!("/documents/{id}/end-sharing")).key(&format!("end-{column}"));
    call.json(&json!({ "column": column, "reason": "内容重复" }))
}

#[tokio::test]
async fn a_publisher_of_the_column_lists_a_document_of_another_and_takes_it_from_the_list() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    let shared = share(&app, &id, "czj.tzgg").staff("publisher", "czj").send().await?;
    assert_eq!(shared.status, 200, "{}", shared.text());
    assert_eq!(shared.json()["commit"], format!("sharing:czj.tzgg.{id}:1"));
    assert_eq!(shared.json()["links"]["self"], format!("/api/publish/documents/{id}/sharing"));
    let again = share(&app, &id, "czj.tzgg").staff("publisher", "czj").send().await?;
    assert_eq!(again.body, shared.body, "the same request again");
    let twice = share(&app, &id, "czj.tzgg").key("twice").staff("publisher", "czj").send().await?;
    assert_eq!(twice.told(), (409, "already-shared".to_owned()));

    Follower::of(&app).await?;
    let told = app.get(&format!("/documents/{id}/sharing")).staff("editor", "jyj").send().await?.json();
    let since = "2026-11-23T01:00:00Z";
    assert_eq!(told, json!({ "columns": [{ "column": "czj.tzgg", "since": since }] }));
    let commit = app.get(&format!("/commits/sharing:czj.tzgg.{id}:1")).staff("editor", "jyj").send().await?;
    assert_eq!(commit.json()["events"], json!(["DocumentShared"]), "{}", commit.text());

    let ended = end(&app, &id, "czj.tzgg").staff("publisher", "jyj").send().await?;
    assert_eq!(ended.status, 200, "the document's own department may too: {}", ended.text());
    let none = end(&app, &id, "czj.tzgg").key("none").staff("publisher", "czj").send().await?;
    assert_eq!(none.told(), (409, "not-shared".to_owned()));
    let back = share(&app, &id, "czj.tzgg").key("back").staff("publisher", "czj").send().await?;
    assert_eq!((back.status.as_u16(), &back.json()["version"]), (200, &json!(3)));
    Ok(())
}

#[tokio::test]
async fn nobody_lists_anything_in_a_column_where_he_does_not_publish() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.published("jyj", "jyj.tzgg", "water").await?;
    for (role, department) in [("publisher", "jyj"), ("editor", "czj"), ("registrar", "czj"), ("administrator", "czj")]
    {
        let answer = share(&app, &id, "czj.tzgg").staff(role, department).send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{role} {department}");
    }
    assert_eq!(share(&app, &id, "czj.tzgg").staff("publisher", "czj").send().await?.status, 200);
    let answer = end(&app, &id, "czj.tzgg").staff("editor", "jyj").send().await?;
    assert_eq!(answer.told(), (403, "forbidden".to_owned()));
    Ok(())
}

#[tokio::test]
async fn only_what_is_public_is_shared_and_only_to_another_open_column_of_a_site_that_takes_it() -> Result<()> {
    let app = TestApp::town().await?;
    let draft = app.drafted("jyj", "jyj.tzgg", "草稿").await?;
    let public = app.published("jyj", "jyj.tzgg", "water").await?;
    let told = async |id: &str, column: &str, department: &str| -> Result<(u16, String)> {
        let call = share(&app, id, column).key(&format!("{column}-{}", &id[..4]));
        Ok(call.staff("publisher", department).send().await?.told())
    };
    assert_eq!(told(&draft, "czj.tzgg", "czj").await?, (409, "not-public".to_owned()));
    assert_eq!(told(&public, "jyj.tzgg", "jyj").await?, (409, "shared-in-own-column".to_owned()));
    assert_eq!(told(&public, "czj.none", "czj").await?, (422, "column-unknown".to_owned()));
    assert_eq!(told(&public, "Czj/x", "czj").await?, (422, "invalid-field".to_owned()));
    let nothing = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(told(nothing, "czj.tzgg", "czj").await?, (404, "document-not-found".to_owned()));
    let archive: Value = json!({ "state": "archived", "reason": "机构改革" });
    let call = app.put("/sites/czj/state").staff("registrar", "czj").key("archive").if_match(1);
    assert_eq!(call.json(&archive).send().await?.status, 200);
    assert_eq!(told(&public, "czj.xw", "czj").await?, (409, "site-archived".to_owned()));
    Ok(())
}
